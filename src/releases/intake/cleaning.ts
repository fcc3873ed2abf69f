import { partAtIndents } from "./indents.ts";

// biome-ignore lint/suspicious/noControlCharactersInRegex: they break lines, too
const LINE_BREAKS = /\r\n?|[\u000b\u000c\u0085\u2028]/g;
// C0 but tab and line feed, DEL, C1, and the byte order mark.
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to take out
const CONTROLS = /[\u0000-\u0008\u000e-\u001f\u007f-\u009f\ufeff]/g;
// They only say where a word may be broken; one at the end of a line has done so.
const SOFT_HYPHENS = /\u00ad(?:[ \t]*\n(?=[ \t]*\p{Ll}))?/gu;
const SPACES = /[\t \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+/g;

/**
 * The lines of a text as it was sent: without byte order mark, control characters and soft hyphens, with runs of
 * spaces folded to one and none at the ends; a paragraph that only its indent sets off has a blank
 * line before it. Nothing else changes.
 */
export function cleanLines(text: string): string[] {
	const lines = text
		.replace(LINE_BREAKS, "\n")
		.replace(/\u2029/g, "\n\n")
		.replace(CONTROLS, "")
		.replace(SOFT_HYPHENS, "")
		.split("\n");
	return partAtIndents(lines).map((line) => line.replace(SPACES, " ").trim());
}
