/** One line of an iCalendar object: `NAME;PARAMETER=value:value`. */
export interface ContentLine {
	readonly name: string;
	readonly parameters: Readonly<Record<string, string>>;
	/** As it stands, with its escapes. */
	readonly value: string;
}

/** A component with its own lines and the components in it. */
export interface Component {
	readonly name: string;
	readonly lines: ContentLine[];
	readonly components: Component[];
}

/** Reads an iCalendar object (RFC 5545, section 3.1), and throws where it is not well-formed. */
export function parseCalendar(text: string): Component {
	if (!text.endsWith("\r\n")) throw new Error("the last line has no end");
	const folded = text.slice(0, -2).split("\r\n");
	for (const line of folded) {
		if (/[\r\n]/.test(line)) throw new Error(`a bare line end in ${JSON.stringify(line)}`);
		if (line === "") throw new Error("an empty line");
		if (octets(line) > 75) throw new Error(`${octets(line)} octets in ${line}`);
		if (!line.isWellFormed()) throw new Error(`a character is cut in ${JSON.stringify(line)}`);
	}
	const lines = text
		.slice(0, -2)
		.replaceAll(/\r\n[ \t]/g, "")
		.split("\r\n")
		.map(parseLine);
	const root: Component = { name: "", lines: [], components: [] };
	const open = [root];
	for (const line of lines) {
		const current = open.at(-1) as Component;
		if (line.name === "BEGIN") {
			const component = { name: line.value, lines: [], components: [] };
			current.components.push(component);
			open.push(component);
		} else if (line.name === "END") {
			if (open.pop()?.name !== line.value) throw new Error(`END:${line.value} out of place`);
		} else {
			if (current.components.length > 0) throw new Error(`${line.name} behind a component`);
			current.lines.push(line);
		}
	}
	const [calendar, ...more] = root.components;
	if (open.length !== 1 || root.lines.length > 0 || !calendar || more.length > 0)
		throw new Error("not one calendar");
	return calendar;
}

/** The one line of a name, or undefined. */
export function lineOf({ lines }: Component, name: string): ContentLine | undefined {
	const found = lines.filter((line) => line.name === name);
	if (found.length > 1) throw new Error(`${name} stands ${found.length} times`);
	return found[0];
}

/** A value of the type TEXT (RFC 5545, section 3.3.11) without its escapes. */
export function textOf(component: Component, name: string): string | undefined {
	const value = lineOf(component, name)?.value;
	if (value !== undefined && /(?<!\\)(?:\\\\)*[;,]/.test(value))
		throw new Error(`${name} has a bare comma or semicolon: ${value}`);
	return value?.replaceAll(/\\(.)/g, (_, character: string) =>
		character.toLowerCase() === "n" ? "\n" : character,
	);
}

function parseLine(line: string): ContentLine {
	const match = /^([A-Z0-9-]+)((?:;[A-Z0-9-]+=(?:"[^"]*"|[^";:,]*))*):(.*)$/s.exec(line);
	if (!match) throw new Error(`not a line: ${line}`);
	const [, name = "", parameters = "", value = ""] = match;
	const pairs = parameters
		.split(";")
		.slice(1)
		.map((one) => one.split("=") as [string, string]);
	return { name, parameters: Object.fromEntries(pairs), value };
}

function octets(line: string): number {
	return new TextEncoder().encode(line).length;
}
