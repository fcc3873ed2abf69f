import type { Clock } from "../shared/clock.ts";
import { log } from "../shared/log.ts";
import type { DeliveryStore } from "./delivery-store.ts";

/** A message that a transport rejected at once: its address takes no mail, ever. */
export interface Rejection {
	/** Names the message: the same however often it is tried. */
	readonly message: string;
	readonly subscriber: string;
	/** The address that it was to. */
	readonly address: string;
	/** What the provider said. */
	readonly detail: string;
}

export interface NotingRejections {
	readonly delivery: Pick<DeliveryStore, "take">;
	readonly clock: Clock;
}

/**
 * Takes a rejection as the report that it is. What became of the message is settled by then: where this
 * cannot be kept, the log says so, and the next message is rejected too.
 */
export async function noteRejected(
	{ delivery, clock }: NotingRejections,
	{ message, subscriber, address, detail }: Rejection,
): Promise<void> {
	const now = clock();
	const report = {
		id: `submission:${message}`,
		transport: "submission",
		subscriber,
		address,
		linkVersion: null,
		verdict: "permanent",
		words: detail,
		at: now,
	} as const;
	await delivery
		.take(report, now)
		.catch((fault) => log("error", "rejection-not-kept", { fault: String(fault) }));
}
