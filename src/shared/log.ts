/** One line of JSON for the operator's log. Never an address, a token or a text. */
export function log(
	level: "info" | "warn" | "error",
	event: string,
	facts: Readonly<Record<string, unknown>> = {},
): void {
	console[level](JSON.stringify({ level, event, ...facts }));
}

/** A provider's words without the addresses that they name. */
export function withoutAddresses(words: string): string {
	return words.replaceAll(/[^\s<>"]{1,256}@[^\s<>",;:]+/g, "(address)");
}
