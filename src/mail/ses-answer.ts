import * as z from "zod";
import { type Answer, parseJson } from "./provider-call.ts";
import { failureOf, rejectedOutcome, retryOutcome, unknownOutcome } from "./provider-outcome.ts";
import type { Message, Outcome } from "./transport.ts";

const ACCEPTED = z.object({ MessageId: z.string().min(1) });
const REFUSED = z
	.object({ __type: z.string(), code: z.string(), message: z.string(), Message: z.string() })
	.partial();

/** Errors that any other message would meet. */
const PROVIDERS_FAULT = [
	"TooManyRequestsException",
	"LimitExceededException",
	"AccountSuspendedException",
	"SendingPausedException",
	"MailFromDomainNotVerifiedException",
	"NotFoundException",
];

/** What an answer means for the message of its request. */
export function readMailAnswer(answer: Answer, { to }: Message): Outcome {
	if (answer.kind !== "answered") return failureOf(answer);
	if (answer.status === 200)
		return ACCEPTED.safeParse(parseJson(answer.text)).success
			? { kind: "submitted" }
			: unknownOutcome(answer, "the answer has no message id");
	const { type, words } = refusalOf(answer);
	const said = `${type} ${words}`.trim();
	if (PROVIDERS_FAULT.includes(type)) return retryOutcome(answer, "provider", said);
	// It does not say whose address is wrong, unless it repeats it.
	if (type === "BadRequestException" && words.includes(to)) return rejectedOutcome(answer, said);
	return failureOf(answer, said);
}

/** More mails a second than the account may submit, but not a day's too many. */
export function isTooFast(answer: Answer): boolean {
	if (answer.kind !== "answered" || answer.retryAfterSeconds !== undefined) return false;
	const { type, words } = refusalOf(answer);
	return type === "TooManyRequestsException" && !/daily/i.test(words);
}

/** The error's name, which may come with a namespace before it and an address after it, and its words. */
function refusalOf({ headers, text }: Answer & { kind: "answered" }) {
	const { __type, code, message, Message: words } = REFUSED.catch({}).parse(parseJson(text));
	const name = headers.get("x-amzn-ErrorType") ?? __type ?? code ?? "";
	return { type: /([A-Za-z]+)(:|$)/.exec(name)?.[1] ?? "", words: message ?? words ?? "" };
}
