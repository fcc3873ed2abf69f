import type { Mailbox, Transport } from "../mail/transport.ts";
import type { Listing } from "../subscribers/list.ts";
import type { PlannedBatch } from "./claim-ledger.ts";
import { handOver } from "./hand-over.ts";
import { readOrMake } from "./making.ts";
import { excludeAll, type LaterSubmissions, type Settling, settleBatch } from "./settling.ts";

export interface Submitting extends Settling, Listing {
	readonly identity: Settling["identity"];
	readonly transport: Transport;
	readonly sender: Mailbox;
}

/** A batch that was settled. */
export interface Submitted {
	readonly run: string;
	/** The later batches of those to try again or planned anew. */
	readonly later: LaterSubmissions;
}

/**
 * Claims a batch, hands its messages over and settles it. Of any number of calls for the same batch
 * one claims it; the others do nothing.
 *
 * @returns null where this call did nothing.
 */
export async function submitBatch(submitting: Submitting, id: string): Promise<Submitted | null> {
	const batch = await submitting.batches.readPlanned(id);
	if (!batch) return null;
	const later = await claimAndHandOver(submitting, batch);
	return later && { run: batch.run, later };
}

async function claimAndHandOver(
	submitting: Submitting,
	batch: PlannedBatch,
): Promise<LaterSubmissions | null> {
	const { batches, clock } = submitting;
	// Before the claim: a fault in here leaves the batch planned, for another attempt.
	const made = await readOrMake(submitting, batch.of, batch.assumed);
	if (made.kind === "faulty") {
		if (!(await batches.claimNobody(batch, clock()))) return null;
		return excludeAll(submitting, batch, "faulty");
	}
	const claimed = await batches.claim(batch, clock());
	if (!claimed) return null;
	if (made.kind === "nothing") {
		const takenBack = claimed.map(({ id: recipient }) => recipient);
		return settleBatch(submitting, batch, [], takenBack);
	}
	const outcomes = await handOver(submitting, batch, made.rendered, claimed);
	return settleBatch(submitting, batch, outcomes);
}
