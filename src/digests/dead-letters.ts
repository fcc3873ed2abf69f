import { log } from "../shared/log.ts";
import type { DeadLetterLedger } from "./dead-letter-ledger.ts";

/** A message as the queue of those given up hands it over. */
export interface GivenUp {
	readonly id: string;
	readonly body: unknown;
}

/** For how long messages that were given up are kept. */
export const DEAD_LETTER_MS = 90 * 24 * 60 * 60 * 1000;

/** Keeps messages that were given up, whatever is in them, and tells the operator by the log. */
export async function keepDeadLetters(
	deadLetters: Pick<DeadLetterLedger, "keep">,
	messages: readonly GivenUp[],
	now: number,
): Promise<void> {
	const letters = messages.map(({ id, body }) => ({ id, message: toJson(body), since: now }));
	await deadLetters.keep(letters);
	for (const { id, message } of letters) log("error", "dead-letter-kept", { id, message });
}

/** What JSON cannot say is kept in words. */
function toJson(body: unknown): string {
	try {
		return JSON.stringify(body) ?? JSON.stringify(String(body));
	} catch {
		return JSON.stringify(String(body));
	}
}
