import { type Answer, isNotConnected } from "./provider-call.ts";
import type { Outcome, Scope } from "./transport.ts";

const LONGEST_WORDS = 300;

/** Statuses that speak of what was said, so that something else may be taken. */
const ABOUT_THE_REQUEST = [400, 413, 422];
/** The server error that is the provider's own word that it has done nothing (RFC 9110, section 15.6.4). */
const NOTHING_DONE = 503;
/** `303`: see elsewhere what came of it (RFC 9110, section 15.4.4). */
const SEE_OTHER = 303;

/** What an answer that accepts nothing means for each message of its request, by its status alone. */
export function failureOf(answer: Answer, said = ""): Outcome {
	if (answer.kind === "not-made") return { kind: "retry", detail: answer.detail };
	if (isAmbiguous(answer)) return unknownOutcome(answer, said);
	return retryOutcome(answer, scopeOf(answer), said);
}

/**
 * Whether the messages may have been accepted although the answer does not say so: it was lost, it is
 * a success that cannot be read, it comes from a gateway that lost the answer itself, or the provider
 * broke down over the request (500), and may have done so after it took some of it.
 */
export function isAmbiguous(answer: Answer): boolean {
	if (answer.kind === "not-made") return false;
	if (answer.kind === "lost") return true;
	const { status } = answer;
	if (status < 300 || status === SEE_OTHER) return true;
	return status >= 500 && status !== NOTHING_DONE && !isNotConnected(status);
}

function scopeOf(answer: Answer): Scope {
	const isAboutRequest =
		answer.kind === "not-made" ||
		(answer.kind === "answered" && ABOUT_THE_REQUEST.includes(answer.status));
	return isAboutRequest ? "recipient" : "provider";
}

/** It was not accepted, and may be later. */
export function retryOutcome(answer: Answer, scope: Scope, said: string): Outcome {
	const wait =
		answer.kind === "answered" && answer.retryAfterSeconds !== undefined
			? { afterSeconds: answer.retryAfterSeconds }
			: {};
	return { kind: "retry", detail: detailOf(answer, said), scope, ...wait };
}

/** The address itself takes no mail. */
export function rejectedOutcome(answer: Answer, said: string): Outcome {
	return { kind: "rejected", detail: detailOf(answer, said) };
}

/** Nobody knows whether it was accepted. */
export function unknownOutcome(answer: Answer, said = ""): Outcome {
	return { kind: "unknown", detail: detailOf(answer, said), scope: "provider" };
}

function detailOf(answer: Answer, said: string): string {
	if (answer.kind !== "answered") return answer.detail;
	return `${answer.status} ${said}`.trim().slice(0, LONGEST_WORDS);
}
