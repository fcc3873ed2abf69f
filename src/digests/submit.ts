import { fillIn } from "../mail/personal.ts";
import type { Line, Mailbox, Message, Outcome, Transport } from "../mail/transport.ts";
import type { Clock } from "../shared/clock.ts";
import { log, withoutAddresses } from "../shared/log.ts";
import { manageUrl } from "../subscribers/links.ts";
import { type Listing, listOf } from "../subscribers/list.ts";
import type { BatchLedger, PlannedBatch, Recipient, Settlement } from "./batch-ledger.ts";
import { type RecipientOutcome, settlementOf } from "./outcomes.ts";
import { type Planning, readOrRender } from "./plan.ts";
import type { RenderedEdition } from "./render.ts";
import { replanChanged } from "./replan.ts";

/** After this long no further message is handed over: a queue ends its consumer at 15 minutes. */
const HANDOVER_MS = 8 * 60 * 1000;

/** How often the record of what was submitted is tried. */
const PERSIST_ATTEMPTS = 4;

export interface Submitting extends Planning, Listing {
	readonly identity: Planning["identity"];
	readonly batches: BatchLedger;
	readonly transport: Transport;
	readonly sender: Mailbox;
	readonly clock: Clock;
}

/** Batches that a settlement made, and in how many seconds each is due. */
export type LaterSubmissions = readonly {
	readonly batch: string;
	readonly delaySeconds: number;
}[];

/**
 * Claims a batch, hands its messages over and settles it. Of any number of calls for the same batch
 * one claims it; the others do nothing.
 *
 * @returns the later batches of those to try again or planned anew.
 */
export async function submitBatch(submitting: Submitting, id: string): Promise<LaterSubmissions> {
	const batch = await submitting.batches.readPlanned(id);
	if (!batch) return [];
	// Before the claim: a fault in here leaves the batch planned, for another attempt.
	const edition = await readOrRender(submitting, batch, batch.assumed);
	const claimed = await submitting.batches.claim(batch, submitting.clock());
	if (!claimed) return [];
	// All that it told was withdrawn: whom it claimed has nothing to hear.
	const outcomes = edition ? await handOver(submitting, batch, edition, claimed) : [];
	return settle(submitting, batch, outcomes);
}

/**
 * Settles a batch whose consumer was lost after the claim: nobody knows whom it told, so that is
 * what is recorded of all whom it had claimed.
 */
export async function abandonBatch(submitting: Submitting, id: string): Promise<void> {
	const batch = await submitting.batches.readClaimed(id);
	if (!batch) return;
	const claimed = await submitting.batches.listClaimed(batch);
	const detail = "the consumer was lost after the claim";
	const outcome: Outcome = { kind: "unknown", detail };
	await settle(
		submitting,
		batch,
		claimed.map((recipient) => ({ recipient: { id: recipient }, outcome })),
	);
}

async function settle(
	submitting: Submitting,
	batch: PlannedBatch,
	outcomes: readonly RecipientOutcome[],
): Promise<LaterSubmissions> {
	const { batches, clock, newId } = submitting;
	const told = new Set(outcomes.map(({ recipient }) => recipient.id));
	const others = batch.recipients.filter((recipient) => !told.has(recipient));
	const exceptions = await persist(() => batches.explainExclusions(batch, others));
	const now = clock();
	const replanned = await replanChanged(submitting, batch, exceptions, now).catch((fault) => {
		// They stay behind, and the next run finds them; what was submitted must still be settled.
		log("error", "replan-failed", { batch: batch.id, fault: String(fault) });
		return { replanned: [], excluded: exceptions };
	});
	const settlement = settlementOf(batch, outcomes, replanned, { now, newId });
	await persist(() => batches.settle(batch, settlement, now));
	logSettlement(batch, settlement, outcomes);
	return settlement.later.map(({ batch: later, due }) => ({
		batch: later.id,
		delaySeconds: Math.ceil((due - now) / 1000),
	}));
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

/**
 * Hands messages over a few at a time. Who has left is looked up again before each time, so that
 * nobody is mailed whose unsubscribe was answered before their message was handed over.
 */
async function handOver(
	submitting: Submitting,
	batch: PlannedBatch,
	edition: RenderedEdition,
	claimed: readonly Recipient[],
): Promise<RecipientOutcome[]> {
	const { transport, clock } = submitting;
	const deadline = clock() + HANDOVER_MS;
	const line = transport.open();
	const outcomes: RecipientOutcome[] = [];
	for (let from = 0; from < claimed.length; from += transport.handover) {
		const next = claimed.slice(from, from + transport.handover);
		const prepared =
			clock() > deadline ? null : await prepare(submitting, batch, edition, next).catch(() => null);
		if (!prepared) {
			outcomes.push(...claimed.slice(from).map(postpone));
			break;
		}
		outcomes.push(...prepared.paused.map(putBack));
		outcomes.push(...(await trySubmit(line, prepared.wanted, prepared.messages)));
	}
	await line.close().catch((fault) => log("warn", "line-not-closed", { fault: String(fault) }));
	return outcomes;
}

/**
 * The messages for those of some recipients who are still active, to the address they have now; and
 * who of them have paused their mail.
 */
async function prepare(
	submitting: Submitting,
	batch: PlannedBatch,
	edition: RenderedEdition,
	recipients: readonly Recipient[],
): Promise<{ wanted: Recipient[]; paused: Recipient[]; messages: Message[] }> {
	const active = await submitting.batches.listActive(batch, recipients);
	const wanted = active.filter(({ isPaused }) => !isPaused);
	const messages = await Promise.all(
		wanted.map((recipient) => toMessage(submitting, batch, edition, recipient)),
	);
	return { wanted, paused: active.filter(({ isPaused }) => isPaused), messages };
}

function postpone(recipient: Recipient): RecipientOutcome {
	return { recipient, outcome: { kind: "retry", detail: "the batch could not be finished" } };
}

/** Their cursor goes back, and the claim of the later batch leaves them out while they pause. */
function putBack(recipient: Recipient): RecipientOutcome {
	return { recipient, outcome: { kind: "retry", detail: "paused since the claim" } };
}

/** A transport that throws has broken its contract; what it did with the messages nobody knows. */
async function trySubmit(
	line: Line,
	recipients: readonly Recipient[],
	messages: readonly Message[],
): Promise<RecipientOutcome[]> {
	const lost = (fault: unknown): Outcome[] =>
		messages.map(() => ({ kind: "unknown", detail: String(fault) }));
	const outcomes = await line.submit(messages).catch(lost);
	return recipients.map((recipient, index) => ({
		recipient,
		outcome: outcomes[index] ?? { kind: "unknown", detail: "the transport gave no outcome" },
	}));
}

async function toMessage(
	submitting: Submitting,
	batch: PlannedBatch,
	edition: RenderedEdition,
	recipient: Recipient,
): Promise<Message> {
	const { identity, tokens, sender, clock } = submitting;
	const list = await listOf(submitting, recipient);
	const urls = {
		unsubscribe: list.unsubscribeUrl,
		manage: await manageUrl(identity.url, tokens, recipient),
	};
	return {
		from: sender,
		to: recipient.address,
		subject: edition.subject,
		html: fillIn(edition.html, urls),
		text: fillIn(edition.text, urls),
		language: edition.language,
		messageId: `${batch.run}.${recipient.id}@${sender.address.split("@")[1]}`,
		date: clock(),
		list,
	};
}
