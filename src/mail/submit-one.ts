import { log, withoutAddresses } from "../shared/log.ts";
import type { Message, Outcome, Transport } from "./transport.ts";

/**
 * Submits one message that is nobody else's. Where it is rejected, or its outcome is unknown, it is
 * not repeated.
 *
 * @throws Error where the provider may take it later, for the queue to try again.
 */
export async function submitOne(transport: Transport, message: Message): Promise<void> {
	const outcome = await submitForOutcome(transport, message);
	if (outcome.kind === "submitted") return;
	// The provider's words may name the address, which no log may have.
	const said = withoutAddresses(outcome.detail);
	if (outcome.kind === "retry") throw new Error(`the provider did not take the mail: ${said}`);
	log("warn", "mail-not-submitted", { outcome: outcome.kind, said });
}

/** Submits one message that is nobody else's, and says what became of it. */
export async function submitForOutcome(transport: Transport, message: Message): Promise<Outcome> {
	const line = transport.open();
	const lost = (fault: unknown): Outcome[] => [{ kind: "unknown", detail: String(fault) }];
	const [outcome] = await line.submit([message]).catch(lost);
	await line.close().catch((fault) => log("warn", "line-not-closed", { fault: String(fault) }));
	return outcome ?? { kind: "unknown", detail: "the transport gave no outcome" };
}
