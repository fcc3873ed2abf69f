import type { Outcome } from "../mail/transport.ts";
import type { Clock } from "../shared/clock.ts";
import { log, withoutAddresses } from "../shared/log.ts";
import { type NotingRejections, noteRejected } from "../subscribers/delivery-rejections.ts";
import type { ClaimLedger, Exception, PlannedBatch } from "./claim-ledger.ts";
import { type RecipientOutcome, settlementOf } from "./outcomes.ts";
import type { Planning } from "./plan.ts";
import { replanChanged } from "./replan.ts";
import type { SettleLedger, Settlement } from "./settle-ledger.ts";

/** How often the record of what was submitted is tried. */
const PERSIST_ATTEMPTS = 4;

export interface Settling extends Planning, NotingRejections {
	readonly batches: ClaimLedger;
	readonly settlements: SettleLedger;
	readonly clock: Clock;
}

/** Batches that a settlement made, and in how many seconds each is due. */
export type LaterSubmissions = readonly {
	readonly batch: string;
	readonly delaySeconds: number;
}[];

/**
 * Settles a claimed batch by what became of handing its messages over; whoever has no outcome was not
 * claimed, and it is looked up why.
 *
 * @param takenBack who was claimed and has nothing to hear any more.
 * @returns the later batches of those to try again or planned anew.
 */
export async function settleBatch(
	settling: Settling,
	batch: PlannedBatch,
	outcomes: readonly RecipientOutcome[],
	takenBack: readonly string[] = [],
): Promise<LaterSubmissions> {
	const told = new Set([...outcomes.map(({ recipient }) => recipient.id), ...takenBack]);
	const others = batch.recipients.filter((recipient) => !told.has(recipient));
	const explained = await persist(() => settling.batches.explainExclusions(batch, others));
	const exceptions = [...explained, ...takenBack.map(exclude("taken-back"))];
	const now = settling.clock();
	const replanned = await replanChanged(settling, batch, exceptions, now).catch((fault) => {
		// They stay behind, and the next run finds them; what was submitted must still be settled.
		log("error", "replan-failed", { batch: batch.id, fault: String(fault) });
		return { replanned: [], excluded: exceptions };
	});
	return record(settling, batch, outcomes, replanned);
}

/** Settles a batch that was claimed without anybody: all of it is excluded, for one reason. */
export async function excludeAll(
	settling: Settling,
	batch: PlannedBatch,
	reason: string,
): Promise<LaterSubmissions> {
	const excluded = batch.recipients.map(exclude(reason));
	return record(settling, batch, [], { excluded, replanned: [] });
}

function exclude(reason: string) {
	return (subscriber: string): Exception => ({ subscriber, outcome: "excluded", reason });
}

/**
 * Settles a batch whose consumer was lost after the claim: nobody knows whom it told, so that is
 * what is recorded of all whom it had claimed.
 */
export async function abandonBatch(settling: Settling, id: string): Promise<LaterSubmissions> {
	const batch = await settling.batches.readClaimed(id);
	if (!batch) return [];
	const claimed = await settling.batches.listClaimed(batch);
	const detail = "the consumer was lost after the claim";
	const outcome: Outcome = { kind: "unknown", detail };
	const outcomes = claimed.map((recipient) => ({ recipient: { id: recipient }, outcome }));
	return settleBatch(settling, batch, outcomes);
}

async function record(
	settling: Settling,
	batch: PlannedBatch,
	outcomes: readonly RecipientOutcome[],
	others: Parameters<typeof settlementOf>[2],
): Promise<LaterSubmissions> {
	const { settlements, clock, newId } = settling;
	const now = clock();
	const settlement = settlementOf(batch, outcomes, others, { now, newId });
	await persist(() => settlements.settle(batch, settlement, now));
	logSettlement(batch, settlement, outcomes);
	await noteAll(settling, batch, outcomes);
	return settlement.later.map(({ batch: later, due }) => ({
		batch: later.id,
		delaySeconds: Math.ceil((due - now) / 1000),
	}));
}

/** Who is rejected gets no more: it is done after the settlement, which must not wait for it. */
async function noteAll(
	settling: Settling,
	{ run }: PlannedBatch,
	outcomes: readonly RecipientOutcome[],
): Promise<void> {
	for (const { recipient, outcome } of outcomes) {
		if (outcome.kind !== "rejected" || recipient.address === undefined) continue;
		const { id, address } = recipient;
		const message = `${run}.${id}`;
		await noteRejected(settling, { message, subscriber: id, address, detail: outcome.detail });
	}
}

/** An operator learns from the log that a provider is down, and in its words, but for addresses. */
function logSettlement(
	{ id, run, attempt }: PlannedBatch,
	{ submitted, exceptions, later }: Settlement,
	outcomes: readonly RecipientOutcome[],
): void {
	const details = outcomes.flatMap(({ outcome }) => ("detail" in outcome ? [outcome.detail] : []));
	const postponed = later.reduce((sum, { batch }) => sum + batch.recipients.length, 0);
	log(details.length > 0 ? "warn" : "info", "batch-settled", {
		run,
		batch: id,
		attempt,
		submitted,
		postponed,
		exceptions: exceptions.length,
		...(details[0] ? { said: withoutAddresses(details[0]) } : {}),
	});
}

/** What was submitted must be recorded: a passing fault of the store is not the end of it. */
async function persist<Value>(write: () => Promise<Value>): Promise<Value> {
	for (let attempt = 1; attempt < PERSIST_ATTEMPTS; attempt += 1) {
		try {
			return await write();
		} catch (fault) {
			log("warn", "store-failed", { attempt, fault: String(fault) });
		}
	}
	return write();
}
