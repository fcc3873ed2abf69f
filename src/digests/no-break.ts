const NO_BREAK = "\u00a0";

/** Words that stay on one line: `in 2 days`. */
export function unbroken(words: string): string {
	return words.replaceAll(" ", NO_BREAK);
}

/** A number that stays on the line of its noun: `1 correction`. */
export function unbrokenNumber(counted: string): string {
	return counted.replace(" ", NO_BREAK);
}

/** Plain text as every reader's program can search and wrap it. */
export function withPlainSpaces(text: string): string {
	return text.replaceAll(NO_BREAK, " ");
}
