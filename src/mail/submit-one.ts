import type { Clock } from "../shared/clock.ts";
import { log, withoutAddresses } from "../shared/log.ts";
import { type Gate, judge } from "./gate.ts";
import type { Message, Outcome, Transport } from "./transport.ts";

/** What a message is submitted with. */
export interface Mailing {
	readonly transport: Transport;
	readonly gate: Gate;
	readonly clock: Clock;
}

/** The provider is left alone for now: the message is for later, and is not to be given up. */
export class ProviderDown extends Error {
	override readonly name = "ProviderDown";
	/** How long to leave it alone. */
	readonly seconds: number;

	constructor(seconds: number, said: string) {
		super(`the provider is down: ${said}`);
		this.seconds = seconds;
	}
}

/** One message does not wait for its turn: it goes before those of digests, which are many. */
const ANY_TURN_MS = 10 ** 12;
/** Where the provider has just failed and did not say for how long. */
const USUAL_SECONDS = 60;

/**
 * Submits one message that is nobody else's, past those of digests, which are many. Where it is
 * rejected, or its outcome is unknown, it is not repeated.
 *
 * @throws ProviderDown where the provider takes nothing now.
 * @throws Error where it may take this message later, for the queue to try again.
 */
export async function submitOne(mailing: Mailing, message: Message): Promise<Outcome> {
	const { gate, clock } = mailing;
	const passage = await gate.enter(1, clock(), ANY_TURN_MS);
	if (passage.kind === "shut")
		throw new ProviderDown(secondsUntil(passage.until, clock()), "it is left alone");
	const outcome = await submitForOutcome(mailing, message);
	// What became of the message stands, whatever becomes of the gate: a fault would have it repeated.
	await gate
		.leave(passage.ticket, judge([outcome]), clock())
		.catch((fault) => log("warn", "gate-not-left", { fault: String(fault) }));
	if (outcome.kind === "submitted") return outcome;
	// The provider's words may name the address, which no log may have.
	const said = withoutAddresses(outcome.detail);
	if (outcome.kind === "retry" && outcome.scope === "provider")
		throw new ProviderDown(outcome.afterSeconds || USUAL_SECONDS, said);
	if (outcome.kind === "retry") throw new Error(`the provider did not take the mail: ${said}`);
	log("warn", "mail-not-submitted", { outcome: outcome.kind, said });
	return outcome;
}

/** A queue takes no delay that is negative, as one is where the moment passed meanwhile. */
function secondsUntil(moment: number, now: number): number {
	return Math.max(Math.ceil((moment - now) / 1000), 1);
}

/** Submits one message that is nobody else's at once, and says what became of it. */
export async function submitForOutcome(
	{ transport }: Pick<Mailing, "transport">,
	message: Message,
): Promise<Outcome> {
	const line = transport.open();
	const lost = (fault: unknown): Outcome[] => [{ kind: "unknown", detail: String(fault) }];
	const [outcome] = await line.submit([message]).catch(lost);
	await line.close().catch((fault) => log("warn", "line-not-closed", { fault: String(fault) }));
	return outcome ?? { kind: "unknown", detail: "the transport gave no outcome" };
}
