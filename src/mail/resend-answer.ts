import * as z from "zod";
import { type Answer, parseJson } from "./provider-call.ts";
import { failureOf, isAmbiguous, rejectedOutcome, retryOutcome } from "./provider-outcome.ts";
import type { Message, Outcome } from "./transport.ts";

/**
 * What an answer to a batch says.
 * - `accepted`: of each message, whether it is.
 * - `refused`: none is accepted.
 * - `busy`: none is accepted, for a moment.
 * - `mixed`: none is accepted, because of some of them.
 * - `open`: nothing that can be relied on; the same request made again may say.
 */
export type BatchReading =
	| { readonly kind: "accepted" | "refused" | "busy"; readonly outcomes: readonly Outcome[] }
	| { readonly kind: "mixed" }
	| { readonly kind: "open" };

/** A provider that asks to be left alone for no longer is waited for. */
const BRIEF_SECONDS = 2;

const ACCEPTED = z.object({
	data: z.array(z.object({ id: z.string().min(1) })),
	errors: z.array(z.object({ index: z.int().nonnegative(), message: z.string() })).default([]),
});
const REFUSED = z.object({ name: z.string(), message: z.string() });

/** Statuses and names of errors that one message brings upon the others of its batch. */
const TOO_LARGE = 413;
const INVALID = [400, 422];
const SOME_MESSAGES_FAULT = ["validation_error", "missing_required_field", "invalid_parameter"];
/** Such a batch is being worked on, or its key had other messages before: some may be accepted. */
const KEY_IN_USE = 409;
/** Too many requests a second, or mails a day; the name tells which. */
const TOO_MANY = 429;

export function readBatchAnswer(answer: Answer, messages: readonly Message[]): BatchReading {
	const toAll = (outcome: Outcome) => messages.map(() => outcome);
	if (answer.kind === "answered" && answer.status === 200) return readResults(answer, messages);
	if (answer.kind !== "answered")
		return isAmbiguous(answer)
			? { kind: "open" }
			: { kind: "refused", outcomes: toAll(failureOf(answer)) };
	if (isAmbiguous(answer) || answer.status === KEY_IN_USE) return { kind: "open" };
	const { name, message } = REFUSED.catch({ name: "", message: "" }).parse(parseJson(answer.text));
	const said = `${name} ${message}`;
	const isSomeMessagesFault = INVALID.includes(answer.status) && SOME_MESSAGES_FAULT.includes(name);
	if (isSomeMessagesFault || answer.status === TOO_LARGE)
		return messages.length > 1
			? { kind: "mixed" }
			: { kind: "refused", outcomes: [invalidOutcome(answer, said)] };
	// What else is invalid is the sender or the request itself, with any message.
	if (INVALID.includes(answer.status))
		return { kind: "refused", outcomes: toAll(retryOutcome(answer, "provider", said)) };
	const isBrief = (answer.retryAfterSeconds ?? 0) <= BRIEF_SECONDS;
	const isTooFast = answer.status === TOO_MANY && name === "rate_limit_exceeded";
	const kind = isTooFast && isBrief ? "busy" : "refused";
	return { kind, outcomes: toAll(failureOf(answer, said)) };
}

/** The ids of those that are accepted, in their order, and the places of those that are not. */
function readResults(
	answer: Answer & { kind: "answered" },
	messages: readonly Message[],
): BatchReading {
	const parsed = ACCEPTED.safeParse(parseJson(answer.text));
	if (!parsed.success) return { kind: "open" };
	const { data, errors } = parsed.data;
	const faults = new Map(errors.map(({ index, message }) => [index, message]));
	const isWhole =
		faults.size === errors.length &&
		data.length + errors.length === messages.length &&
		errors.every(({ index }) => index < messages.length);
	if (!isWhole) return { kind: "open" };
	const outcomes = messages.map((_, index): Outcome => {
		const fault = faults.get(index);
		return fault === undefined ? { kind: "submitted" } : invalidOutcome(answer, fault);
	});
	return { kind: "accepted", outcomes };
}

/** Only what is wrong with the address itself is final. */
function invalidOutcome(answer: Answer, said: string): Outcome {
	return /\binvalid `to` field/i.test(said)
		? rejectedOutcome(answer, said)
		: retryOutcome(answer, "recipient", said);
}
