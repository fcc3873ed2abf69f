import type { MarkupFault } from "../../src/mail/render.ts";

/** Elements that have no end tag. */
const VOID = ["br", "hr", "img", "meta"];
const TAG = /<(\/?)([a-z][\w-]*)\b(?:"[^"]*"|[^"<>])*>/gi;

/** Where MJML or the HTML in it is not nested as it has to be: MJML itself lets that pass. */
export function findUnclosed(mjml: string): MarkupFault[] {
	const open: { readonly name: string; readonly line: number }[] = [];
	for (const [index, text] of mjml.split("\n").entries())
		for (const [tag, slash, name = ""] of text.matchAll(TAG)) {
			const line = index + 1;
			if (slash) {
				const last = open.pop();
				if (last?.name !== name)
					return [{ line, words: `</${name}> ends what <${last?.name ?? "nothing"}> has begun` }];
			} else if (!tag.endsWith("/>") && !VOID.includes(name)) open.push({ name, line });
		}
	return open.slice(-1).map(({ name, line }) => ({ line, words: `<${name}> is never ended` }));
}
