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
