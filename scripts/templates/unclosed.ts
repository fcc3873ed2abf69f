import type { MarkupFault } from "../../src/mail/render.ts";

/** Elements that have no end tag. */
const VOID = ["br", "hr", "img", "meta"];
const TAG = /<(\/?)([a-z][\w-]*)\b(?:"[^"]*"|[^"<>])*>/gi;

interface Tag {
	readonly name: string;
	readonly line: number;
}

/** Where MJML or the HTML in it is not nested as it has to be: MJML itself lets that pass. */
export function findUnclosed(mjml: string): MarkupFault[] {
	const open: Tag[] = [];
	for (const [index, text] of mjml.split("\n").entries())
		for (const [tag, slash, name = ""] of text.matchAll(TAG)) {
			const line = index + 1;
			if (slash) {
				const last = open.pop();
				if (last?.name !== name) return [tellMismatch(open, last, { name, line })];
			} else if (!tag.endsWith("/>") && !VOID.includes(name)) open.push({ name, line });
		}
	return open.slice(-1).map(({ name, line }) => ({ line, words: `<${name}> is never ended` }));
}

/** Either the element that was begun last is not ended, or the end tag ends nothing. */
function tellMismatch(open: readonly Tag[], last: Tag | undefined, end: Tag): MarkupFault {
	if (last && open.some(({ name }) => name === end.name))
		return { line: last.line, words: `<${last.name}> is not ended before </${end.name}>` };
	return { line: end.line, words: `</${end.name}> ends nothing` };
}
