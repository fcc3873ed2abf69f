import { isProvidersOwn } from "../mail/gate.ts";
import { fillIn } from "../mail/personal.ts";
import type { Line, Mailbox, Message, Outcome, Transport } from "../mail/transport.ts";
import type { Clock, Pause } from "../shared/clock.ts";
import { log } from "../shared/log.ts";
import { manageUrl } from "../subscribers/links.ts";
import { type Listing, listOf, returnPathOf } from "../subscribers/list.ts";
import type { ActiveRecipient, ClaimLedger, PlannedBatch, Recipient } from "./claim-ledger.ts";
import type { RecipientOutcome } from "./outcomes.ts";
import type { RenderedEdition } from "./render.ts";

/**
 * After this long no further message is handed over: a queue ends its consumer at 15 minutes, of which one
 * has passed at most, and the last message may take more than eight, with its connection.
 */
const HANDOVER_MS = 5.5 * 60 * 1000;
/** How often messages are made anew whose recipients change while they are made. */
const MOST_MAKINGS = 3;

export interface HandingOver extends Listing {
	readonly batches: Pick<ClaimLedger, "listActive">;
	readonly transport: Transport;
	readonly sender: Mailbox;
	/** Messages a second; null for as many as can be. */
	readonly rate: number | null;
	/** Whether the provider failed before, so that what it does with the first message may stay unknown. */
	readonly isTrial: boolean;
	readonly clock: Clock;
	readonly pause: Pause;
}

/**
 * Hands the messages of a claimed batch over, a few at a time, and no faster than the rate allows;
 * where the provider fails itself, the rest is left for later, and one that failed gets a single one first. Who has left is looked up again before
 * each time, when the messages are made and the line is open, so that nobody is mailed whose
 * unsubscribe was answered before their message was being handed over.
 *
 * @returns an outcome for each that is still active.
 */
export async function handOver(
	handing: HandingOver,
	batch: PlannedBatch,
	edition: RenderedEdition,
	claimed: readonly Recipient[],
): Promise<RecipientOutcome[]> {
	const { transport, clock } = handing;
	const began = clock();
	const line = transport.open();
	const outcomes: RecipientOutcome[] = [];
	let most = handing.isTrial ? 1 : atOnce(handing);
	let rest = claimed;
	while (rest.length > 0) {
		await awaitTurn(handing, began, claimed.length - rest.length);
		const isLate = clock() - began > HANDOVER_MS;
		const next = rest.slice(0, most);
		rest = rest.slice(most);
		most = atOnce(handing);
		const done = isLate ? null : await handOverSome({ ...handing, line }, batch, edition, next);
		outcomes.push(...(done ?? next.map(postpone)));
		const down = done?.find(({ outcome }) => isProvidersOwn(outcome));
		if (done && !down) continue;
		outcomes.push(...rest.map(down ? leaveAlone(down.outcome) : postpone));
		break;
	}
	await line.close().catch((fault) => log("warn", "line-not-closed", { fault: String(fault) }));
	return outcomes;
}

/** How many messages a hand-over has: as many as the transport takes, and no more than go in a second. */
function atOnce({ transport, rate }: HandingOver): number {
	return Math.min(transport.handover, Math.max(rate ?? transport.handover, 1));
}

/** Waits until so many messages may have been handed over since the first. */
async function awaitTurn(
	{ rate, clock, pause }: HandingOver,
	began: number,
	count: number,
): Promise<void> {
	const early = rate === null ? 0 : began + (count * 1000) / rate - clock();
	if (early > 0) await pause(early);
}

/** Returns null where they could not be looked up, or changed all the time: nothing was handed over. */
async function handOverSome(
	handing: HandingOver & { readonly line: Line },
	batch: PlannedBatch,
	edition: RenderedEdition,
	recipients: readonly Recipient[],
): Promise<RecipientOutcome[] | null> {
	const { line, batches } = handing;
	try {
		let known: readonly Recipient[] = recipients;
		for (let making = 1; making <= MOST_MAKINGS; making += 1) {
			const messages = await makeMessages(handing, batch, edition, known);
			await line.ready();
			const active = await batches.listActive(batch, recipients);
			// From here to the line nothing is waited for.
			const byId = new Map(known.map((one) => [one.id, one]));
			if (active.every((one) => isAsKnown(one, byId))) return submit(line, active, messages);
			known = active;
		}
	} catch (fault) {
		log("warn", "hand-over-failed", { batch: batch.id, fault: String(fault) });
	}
	return null;
}

async function submit(
	line: Line,
	active: readonly ActiveRecipient[],
	messages: ReadonlyMap<string, Message>,
): Promise<RecipientOutcome[]> {
	const wanted = active.filter(({ isPaused }) => !isPaused);
	const theirs = wanted.flatMap(({ id }) => messages.get(id) ?? []);
	// A transport that throws has broken its contract; what it did with the messages nobody knows.
	const lost = (fault: unknown): Outcome[] =>
		theirs.map(() => ({ kind: "unknown", detail: String(fault) }));
	const outcomes = theirs.length > 0 ? await line.submit(theirs).catch(lost) : [];
	return [
		...active.filter(({ isPaused }) => isPaused).map(putBack),
		...wanted.map((recipient, index) => ({ recipient, outcome: outcomes[index] ?? NO_OUTCOME })),
	];
}

const NO_OUTCOME: Outcome = { kind: "unknown", detail: "the transport gave no outcome" };

/** Whether the address and the links are those that the message was made with. */
function isAsKnown(
	{ id, address, linkVersion }: Recipient,
	known: ReadonlyMap<string, Recipient>,
): boolean {
	const before = known.get(id);
	return before?.address === address && before.linkVersion === linkVersion;
}

const UNFINISHED: Outcome = { kind: "retry", detail: "the batch could not be finished" };
const PAUSED: Outcome = { kind: "retry", detail: "paused since the claim" };

/** Whether an outcome is of our own making: it says nothing of the provider. */
export function isOurs(outcome: Outcome): boolean {
	return outcome === UNFINISHED || outcome === PAUSED;
}

function postpone(recipient: Recipient): RecipientOutcome {
	return { recipient, outcome: UNFINISHED };
}

/** The provider is down: it is not asked to take the others, and nothing was wrong with them. */
function leaveAlone(down: Outcome) {
	const asked = "afterSeconds" in down ? { afterSeconds: down.afterSeconds } : {};
	return (recipient: Recipient): RecipientOutcome => ({
		recipient,
		outcome: {
			kind: "retry",
			scope: "provider",
			detail: "the provider failed before this one",
			...asked,
		},
	});
}

/** Their cursor goes back, and the claim of the later batch leaves them out while they pause. */
function putBack(recipient: Recipient): RecipientOutcome {
	return { recipient, outcome: PAUSED };
}

async function makeMessages(
	handing: HandingOver,
	batch: PlannedBatch,
	edition: RenderedEdition,
	recipients: readonly Recipient[],
): Promise<ReadonlyMap<string, Message>> {
	const make = async (recipient: Recipient): Promise<[string, Message]> => [
		recipient.id,
		await toMessage(handing, batch, edition, recipient),
	];
	return new Map(await Promise.all(recipients.map(make)));
}

async function toMessage(
	handing: HandingOver,
	batch: PlannedBatch,
	edition: RenderedEdition,
	recipient: Recipient,
): Promise<Message> {
	const { identity, tokens, sender, clock } = handing;
	const list = await listOf(handing, recipient);
	const urls = {
		unsubscribe: list.unsubscribeUrl,
		manage: await manageUrl(identity.url, tokens, recipient),
	};
	return {
		from: sender,
		to: recipient.address,
		subject: edition.subject,
		// Made where a transport asks for them: most go by what is common.
		get html() {
			return fillIn(edition.html, urls);
		},
		get text() {
			return fillIn(edition.text, urls);
		},
		common: { html: edition.html, text: edition.text, values: urls },
		language: edition.language,
		messageId: `${batch.run}.${recipient.id}@${sender.address.split("@")[1]}`,
		date: clock(),
		subscriber: recipient.id,
		...(await returnPathOf(handing, recipient)),
		list: { ...list, feedbackId: `${batch.run}:${edition.language}:digest:communique` },
	};
}
