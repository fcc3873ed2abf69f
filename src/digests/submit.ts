import { type Gate, judge, type Ticket } from "../mail/gate.ts";
import type { Mailbox, Transport } from "../mail/transport.ts";
import type { Pause } from "../shared/clock.ts";
import { log } from "../shared/log.ts";
import type { Listing } from "../subscribers/list.ts";
import type { PlannedBatch, Recipient } from "./claim-ledger.ts";
import { handOver, isOurs } from "./hand-over.ts";
import { type Made, readOrMake } from "./making.ts";
import type { RenderedEdition } from "./render.ts";
import { excludeAll, type LaterSubmissions, type Settling, settleBatch } from "./settling.ts";

export interface Submitting extends Settling, Listing {
	readonly identity: Settling["identity"];
	readonly transport: Transport;
	/** Also says how many messages a second the provider takes; null for as many as can be. */
	readonly gate: Gate & { readonly rate: number | null };
	readonly sender: Mailbox;
	readonly pause: Pause;
}

/** For so long a consumer waits for its batch's turn; for a later one another consumer comes back. */
const PATIENCE_MS = 30_000;

/** A batch that was settled, or left planned because the provider takes nothing now. */
export interface Submitted {
	readonly run: string;
	/** What is to be submitted later: those to try again or planned anew, or the batch itself. */
	readonly later: LaterSubmissions;
}

/**
 * Claims a batch, hands its messages over and settles it. Of any number of calls for the same batch
 * one claims it; the others do nothing. While the provider is down nothing is claimed, and no attempt
 * is used up.
 *
 * @returns null where this call did nothing.
 */
export async function submitBatch(submitting: Submitting, id: string): Promise<Submitted | null> {
	const batch = await submitting.batches.readPlanned(id);
	if (!batch) return null;
	// Before the claim: a fault in here leaves the batch planned, for another attempt.
	return submitMade(submitting, batch, await readOrMake(submitting, batch.of, batch.assumed));
}

/** Submits a planned batch whose edition has been made just now; see {@link submitBatch}. */
export async function submitMade(
	submitting: Submitting,
	batch: PlannedBatch,
	made: Made,
): Promise<Submitted | null> {
	const later = await claimAndHandOver(submitting, batch, made);
	return later && { run: batch.run, later };
}

async function claimAndHandOver(
	submitting: Submitting,
	batch: PlannedBatch,
	made: Made,
): Promise<LaterSubmissions | null> {
	const { batches, gate, clock, pause } = submitting;
	if (made.kind === "faulty") {
		if (!(await batches.claimNobody(batch, clock()))) return null;
		return excludeAll(submitting, batch, "faulty");
	}
	const passage = await gate.enter(batch.recipients.length, clock(), PATIENCE_MS);
	if (passage.kind === "shut") return putOff(submitting, batch, passage.until);
	await pause(Math.max(passage.ticket.start - clock(), 0));
	const claimed = await batches.claim(batch, clock());
	if (!claimed) return null;
	if (made.kind === "nothing") {
		const takenBack = claimed.map(({ id: recipient }) => recipient);
		return settleBatch(submitting, batch, [], takenBack);
	}
	return tell(submitting, batch, made.rendered, { claimed, ticket: passage.ticket });
}

async function tell(
	submitting: Submitting,
	batch: PlannedBatch,
	edition: RenderedEdition,
	{ claimed, ticket }: { readonly claimed: readonly Recipient[]; readonly ticket: Ticket },
): Promise<LaterSubmissions> {
	const { gate, clock } = submitting;
	const handing = { ...submitting, rate: gate.rate, isTrial: ticket.failures > 0 };
	const outcomes = await handOver(handing, batch, edition, claimed);
	const said = outcomes.map(({ outcome }) => outcome);
	const later = await settleBatch(submitting, batch, outcomes);
	// Last: what was submitted must be recorded, whatever becomes of the gate.
	await gate
		.leave(ticket, judge(said.filter((outcome) => !isOurs(outcome))), clock())
		.catch((fault) => log("warn", "gate-not-left", { fault: String(fault) }));
	return later;
}

/** Leaves a batch planned until then. Of several messages for it one comes back, or none would ever go. */
async function putOff(
	{ batches, clock }: Submitting,
	batch: PlannedBatch,
	until: number,
): Promise<LaterSubmissions> {
	if (!(await batches.putOff(batch.id, until, clock()))) return [];
	log("info", "batch-put-off", {
		run: batch.run,
		batch: batch.id,
		until: new Date(until).toISOString(),
	});
	return [{ batch: batch.id, delaySeconds: Math.max(Math.ceil((until - clock()) / 1000), 1) }];
}
