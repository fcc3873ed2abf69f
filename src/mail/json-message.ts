import { headersOf } from "./message.ts";
import type { Mailbox, Message } from "./transport.ts";

/** The headers of a message as a provider's JSON has them: each in one line, whatever is in it. */
export function jsonHeadersOf(message: Message): Record<string, string> {
	const headers = Object.entries(headersOf(message));
	return Object.fromEntries(headers.map(([name, value]) => [name, onOneLine(value)]));
}

/** A mailbox as RFC 5322, section 3.4 writes it, with its name quoted and in Unicode. */
export function formatMailbox({ name, address }: Mailbox): string {
	const words = onOneLine(name);
	return words === "" ? address : `"${words.replaceAll(/["\\]/g, "\\$&")}" <${address}>`;
}

/** What needs no cleaning: printable ASCII, but for white space at its ends. It is found much faster. */
const CLEAN = /^[!-~](?:[ -~]*[!-~])?$/;

/** Without what could end a header or begin another: control characters and line ends of Unicode. */
export function onOneLine(text: string): string {
	if (CLEAN.test(text)) return text;
	return text
		.toWellFormed()
		.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, " ")
		.trim();
}
