import * as z from "zod";
import { type Answer, parseJson } from "./provider-call.ts";
import { failureOf, rejectedOutcome, retryOutcome, unknownOutcome } from "./provider-outcome.ts";
import type { Message, Outcome } from "./transport.ts";

const RESULT = z.object({ ErrorCode: z.int(), Message: z.string() });

const OK = 0;
const INVALID_REQUEST = 300;
const INACTIVE_RECIPIENT = 406;
/** Codes of what any other message would meet: token, maintenance, sender, credit, account, rate, stream. */
const PROVIDERS_FAULT = [10, 100, 400, 401, 405, 412, 413, 429, 1235, 1236];

/** An outcome for each message: a batch is answered with 200 even where none of it is accepted. */
export function readBatchResults(answer: Answer, messages: readonly Message[]): readonly Outcome[] {
	if (answer.kind !== "answered") return messages.map(() => failureOf(answer));
	const said = parseJson(answer.text);
	if (answer.status !== 200) return messages.map(() => wholeFailureOf(answer, said));
	const results = z.array(RESULT).safeParse(said);
	// With one missing, no result can be told to be whose.
	if (!results.success || results.data.length !== messages.length)
		return messages.map(() => unknownOutcome(answer, "the results do not fit the messages"));
	return results.data.map((result) => outcomeOf(answer, result));
}

function wholeFailureOf(answer: Answer, said: unknown): Outcome {
	const { data } = RESULT.safeParse(said);
	if (!data) return failureOf(answer);
	const words = `${data.ErrorCode} ${data.Message}`;
	return PROVIDERS_FAULT.includes(data.ErrorCode)
		? retryOutcome(answer, "provider", words)
		: failureOf(answer, words);
}

function outcomeOf(
	answer: Answer,
	{ ErrorCode: code, Message: said }: z.infer<typeof RESULT>,
): Outcome {
	if (code === OK) return { kind: "submitted" };
	const words = `${code} ${said}`;
	const isAboutAddress = code === INVALID_REQUEST && /'To'/.test(said);
	if (code === INACTIVE_RECIPIENT || isAboutAddress) return rejectedOutcome(answer, words);
	return retryOutcome(answer, PROVIDERS_FAULT.includes(code) ? "provider" : "recipient", words);
}
