import type { LostLedger } from "./lost-ledger.ts";

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

/**
 * Finds lost work and marks it as taken up now, so that it is not taken up at every tick while its
 * message waits. Each is one query; having it done twice changes nothing.
 */
export async function takeLostWork(lost: LostLedger, now: number): Promise<LostWork> {
	return {
		runs: await lost.takeStalled(now - MESSAGE_LOST_MS, now),
		plannedBatches: await lost.takePlanned(now - MESSAGE_LOST_MS, now),
		claimedBatches: await lost.listClaimedBefore(now - LEASE_MS),
	};
}
