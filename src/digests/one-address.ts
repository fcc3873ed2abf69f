import { submitForOutcome } from "../mail/submit-one.ts";
import type { Message, Transport } from "../mail/transport.ts";
import type { Fault } from "../shared/fault.ts";
import { log, withoutAddresses } from "../shared/log.ts";
import type { SuppressionStore } from "../subscribers/suppression-store.ts";
import type { TestMailAnswer } from "./operator-answers.ts";

// What an operator's test messages have in common: they go to one address that is named, at once.

/** Why no test may go to an address; null where one may. */
export async function findSuppressed(
	suppressions: Pick<SuppressionStore, "reasonFor">,
	address: string,
): Promise<Fault | null> {
	const reason = await suppressions.reasonFor(address);
	if (reason === null) return null;
	const detail = `The address is on the suppression list (${reason}); DELETE /api/suppressions lifts it.`;
	return { kind: "conflict", detail };
}

/**
 * Submits a test, not by the gate: whoever asks wants to see whether the provider takes it.
 *
 * @param event what the log calls it.
 * @returns what the provider made of it, and its words without addresses.
 */
export async function submitAndSay(
	transport: Transport,
	message: Message,
	event: string,
): Promise<TestMailAnswer> {
	const outcome = await submitForOutcome({ transport }, message);
	const said = "detail" in outcome ? { said: withoutAddresses(outcome.detail) } : {};
	log("info", event, { outcome: outcome.kind, ...said });
	return { outcome: outcome.kind, ...said };
}
