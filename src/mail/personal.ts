/** A text cut at its personal places; what stands between two of them is the same for everybody. */
export interface CutText<Name extends string> {
	/** One more than there are places. */
	readonly pieces: readonly string[];
	/** Which of a recipient's values stands after each piece but the last. */
	readonly places: readonly Name[];
}

/** Cuts a rendered text at every occurrence of a marker; each value has one of its own. */
export function cut<Name extends string>(
	text: string,
	markers: Readonly<Record<Name, string>>,
): CutText<Name> {
	const pieces: string[] = [];
	const places: Name[] = [];
	let rest = text;
	for (let next = findFirst(rest, markers); next; next = findFirst(rest, markers)) {
		pieces.push(rest.slice(0, next.at));
		places.push(next.name);
		rest = rest.slice(next.at + markers[next.name].length);
	}
	return { pieces: [...pieces, rest], places };
}

/** Puts one recipient's values into the places of a cut text. What is in a value is not read again. */
export function fillIn<Name extends string>(
	{ pieces, places }: CutText<Name>,
	values: Readonly<Record<Name, string>>,
): string {
	const [first, ...others] = pieces;
	return places.reduce((text, name, index) => text + values[name] + others[index], first ?? "");
}

function findFirst<Name extends string>(
	text: string,
	markers: Readonly<Record<Name, string>>,
): { name: Name; at: number } | undefined {
	return (Object.keys(markers) as Name[])
		.map((name) => ({ name, at: text.indexOf(markers[name]) }))
		.filter(({ at }) => at >= 0)
		.toSorted((one, other) => one.at - other.at)[0];
}
