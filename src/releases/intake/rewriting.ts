/** A text that was rewritten, and where in the original each of its characters comes from. */
export interface Rewritten {
	readonly text: string;
	/** For each character, where what it stands for begins in the original … */
	readonly starts: readonly number[];
	/** … and ends. */
	readonly ends: readonly number[];
}

/** A pattern with the flag `g`, and what each match is to read as. */
export interface Rule {
	readonly pattern: RegExp;
	readonly reads: (match: RegExpExecArray) => string;
}

/** The text (keep it bounded) as it reads after all rules, one after the other. */
export function rewritten(text: string, rules: readonly Rule[]): Rewritten {
	const positions = Array.from({ length: text.length }, (_, index) => index);
	const plain = { text, starts: positions, ends: positions.map((index) => index + 1) };
	return rules.reduce(applied, plain);
}

function applied(before: Rewritten, { pattern, reads }: Rule): Rewritten {
	const after = { text: "", starts: [] as number[], ends: [] as number[] };
	const keep = (from: number, to: number) => {
		after.text += before.text.slice(from, to);
		after.starts.push(...before.starts.slice(from, to));
		after.ends.push(...before.ends.slice(from, to));
	};
	let from = 0;
	for (const match of before.text.matchAll(pattern)) {
		const end = match.index + match[0].length;
		keep(from, match.index);
		const words = reads(match);
		after.text += words;
		for (let count = 0; count < words.length; count++) {
			after.starts.push(before.starts[match.index] ?? 0);
			after.ends.push(before.ends[end - 1] ?? 0);
		}
		from = end;
	}
	keep(from, before.text.length);
	return after;
}
