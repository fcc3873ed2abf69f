import { readCloudflareEvent } from "../mail/reports/cloudflare.ts";
import type { Clock } from "../shared/clock.ts";
import { log } from "../shared/log.ts";
import type { DeliveryStore } from "./delivery-store.ts";

/** Seconds before an event that could not be kept is delivered again. */
const RETRY_SECONDS = 60;

/** What is looked at of a queue's message. */
export interface QueuedEvent {
	readonly body: unknown;
	ack(): void;
	retry(options: { readonly delaySeconds: number }): void;
}

export interface TakingEvents {
	readonly delivery: Pick<DeliveryStore, "take">;
	readonly clock: Clock;
}

/**
 * Takes events of Cloudflare's Email Sending from their queue, each by itself. What is no report of a
 * message is dropped; what cannot be kept now is delivered again.
 */
export async function takeCloudflareEvents(
	{ delivery, clock }: TakingEvents,
	messages: readonly QueuedEvent[],
): Promise<void> {
	for (const message of messages) {
		try {
			const report = readCloudflareEvent(message.body);
			if (report) await delivery.take(report, clock());
			else log("warn", "report-not-understood", { transport: "cloudflare" });
			message.ack();
		} catch (fault) {
			log("error", "report-not-kept", { transport: "cloudflare", fault: String(fault) });
			message.retry({ delaySeconds: RETRY_SECONDS });
		}
	}
}
