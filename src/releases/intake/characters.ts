// biome-ignore lint/suspicious/noControlCharactersInRegex: they break lines, too
const LINE_BREAKS = /\r\n?|[\u000b\u000c\u0085\u2028]/g;
// C0 but tab and line feed, DEL, C1, and the byte order mark.
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to take out
const CONTROLS = /[\u0000-\u0008\u000e-\u001f\u007f-\u009f\ufeff]/g;
const SPACES = /[\t \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+/g;

/**
 * The lines of a text as it was sent: without byte order mark and control characters, with runs of
 * spaces folded to one and none at the ends. Nothing else changes.
 */
export function cleanLines(text: string): string[] {
	return text
		.replace(LINE_BREAKS, "\n")
		.replace(/\u2029/g, "\n\n")
		.replace(CONTROLS, "")
		.replace(SPACES, " ")
		.split("\n")
		.map((line) => line.trim());
}

/**
 * The text with every dash as "-" and every apostrophe as "'", for matching only: each character
 * stays where it is, so that what is found can be quoted from the text itself.
 */
export function plainMarks(text: string): string {
	return text.replace(/[‐‑‒–—―−]/g, "-").replace(/[’‘ʻʼ`´]/g, "'");
}

/** Whether there is a letter or a digit in the text. */
export function hasWords(text: string): boolean {
	return /[\p{L}\p{N}]/u.test(text);
}

/** The end of a line, long enough for every question about how it ends. */
export function tail(line: string): string {
	return line.slice(-100);
}

/** The beginning of a line, long enough for every question about how it begins. */
export function head(line: string): string {
	return line.slice(0, 100);
}
