import { jsonHeadersOf } from "./json-message.ts";
import type { Message } from "./transport.ts";

/** Of the headers of our messages, those that Cloudflare's Email Service lets a sender set. */
const ALLOWED = [
	"Auto-Submitted",
	"Content-Language",
	"List-Id",
	"List-Unsubscribe",
	"List-Unsubscribe-Post",
];
const LONGEST_VALUE_BYTES = 2048;

/**
 * The headers of a message that the Email Service takes. It refuses a mail for one that it does not:
 * those that it makes itself (`Message-ID`, `Date`, `Feedback-ID`), empty ones, and addresses to
 * unsubscribe at that are neither `https:` nor `mailto:`.
 */
export function headersFor(message: Message): Record<string, string> {
	const headers = jsonHeadersOf(message);
	const unsubscribe = headers["List-Unsubscribe"] ?? "";
	const isOneClick = unsubscribe.startsWith("<https://");
	const byMail = /<mailto:[^<>]+>/.exec(unsubscribe)?.[0] ?? "";
	return Object.fromEntries(
		Object.entries({ ...headers, "List-Unsubscribe": isOneClick ? unsubscribe : byMail }).filter(
			([name, value]) =>
				ALLOWED.includes(name) &&
				isTaken(value) &&
				(name !== "List-Unsubscribe-Post" || (isOneClick && isTaken(unsubscribe))),
		),
	);
}

function isTaken(value: string): boolean {
	return value !== "" && new TextEncoder().encode(value).length <= LONGEST_VALUE_BYTES;
}
