import type { BatchLedger } from "./batch-ledger.ts";
import type { RunLedger } from "./ledger.ts";

/** A message that has not done its work in this time is taken for lost and made anew. */
const MESSAGE_LOST_MS = 2 * 60 * 1000;
/** A queue's consumer is ended after 15 minutes, so whoever claimed a batch this long ago is gone. */
const LEASE_MS = 20 * 60 * 1000;

/** Work that was begun and is not being done. */
export interface LostWork {
	readonly runs: readonly string[];
	readonly plannedBatches: readonly string[];
	readonly claimedBatches: readonly string[];
}

/** Finds lost work. Each is one query; having it done twice changes nothing. */
export async function findLostWork(
	runs: RunLedger,
	batches: BatchLedger,
	now: number,
): Promise<LostWork> {
	return {
		runs: await runs.listStalled(now - MESSAGE_LOST_MS),
		plannedBatches: await batches.listStale("planned", now - MESSAGE_LOST_MS),
		claimedBatches: await batches.listStale("claimed", now - LEASE_MS),
	};
}
