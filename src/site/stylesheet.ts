import { styleFor, styleVersion } from "./style.ts";

/** The stylesheet as it is served. */
export interface Stylesheet {
	readonly text: string;
	/** Changes with the text. */
	readonly version: string;
	/** Where this very text is, for good. */
	readonly path: string;
}

const made = new Map<string | null, Stylesheet>();

/** The stylesheet in a publication's colour; made once. */
export function stylesheetOf(colour: string | null): Stylesheet {
	const known = made.get(colour);
	if (known) return known;
	const text = styleFor(colour);
	const version = styleVersion(text);
	const stylesheet = { text, version, path: `/style.css?v=${version}` };
	made.set(colour, stylesheet);
	return stylesheet;
}
