import type { Gate, Passage } from "../mail/gate.ts";
import type { Line, Transport } from "../mail/transport.ts";
import type { NewsStore } from "../releases/news-store.ts";
import { gather } from "../shared/gather.ts";
import { log } from "../shared/log.ts";
import { readOrMake } from "./making.ts";
import type { SettledBatch } from "./settle-ledger.ts";
import type { LaterSubmissions } from "./settling.ts";
import { type Submitted, type Submitting, submitMade } from "./submit.ts";

/** After this long no further batches are begun: a queue ends its consumer at 15 minutes. */
const BEGIN_MS = 30_000;
/**
 * Hand-overs that one message brings at most: for each it is looked up who has left, and D1 answers 1,000
 * queries an invocation (https://developers.cloudflare.com/d1/platform/limits/, 21 April 2026).
 */
const MOST_HANDOVERS = 200;
/** Recipients of a batch at most. */
const BATCH_SIZE = 100;

/** What became of some batches. */
export interface SubmittedTogether {
	/** A run that was told of in part; null where other consumers had all of them. */
	readonly run: string | null;
	/** What is to be submitted later. */
	readonly later: LaterSubmissions;
	/** What went wrong with batches, which are to be submitted again. */
	readonly faults: readonly unknown[];
}

/**
 * Submits the batches of a message, each as `submitBatch` does. As many are worked on at a time as
 * the transport takes; what those ask of the stores meanwhile goes into as few queries as can be. What
 * one message cannot do is left for later.
 */
export async function submitBatches(
	submitting: Submitting,
	ids: readonly string[],
): Promise<SubmittedTogether> {
	const { clock, transport } = submitting;
	const began = clock();
	const line = shareLine(transport);
	const most = mostBatches(transport);
	const done: Done[] = [];
	let rest = ids.slice(0, most);
	while (rest.length > 0 && clock() - began <= BEGIN_MS) {
		const some = rest.slice(0, atATime(submitting));
		rest = rest.slice(some.length);
		const handing = { ...submitting, transport: line.transport };
		done.push(...(await submitSome(handing, some).catch((reason) => [failed(reason)])));
	}
	await line.close();
	return summarize(done, [...rest, ...ids.slice(most)]);
}

type Done = PromiseSettledResult<Submitted | null>;

function failed(reason: unknown): Done {
	return { status: "rejected", reason };
}

function summarize(done: readonly Done[], left: readonly string[]): SubmittedTogether {
	const submitted = done.flatMap((one) => (one.status === "fulfilled" ? (one.value ?? []) : []));
	const faults = done.flatMap((one) => (one.status === "rejected" ? [one.reason] : []));
	// After a fault the message comes again, and with it those that are left.
	const others = faults.length > 0 ? [] : left.map((batch) => ({ batch, delaySeconds: 0 }));
	return {
		run: submitted[0]?.run ?? null,
		later: [...submitted.flatMap(({ later }) => later), ...others],
		faults,
	};
}

/** Submits some batches at the same time. */
async function submitSome(submitting: Submitting, ids: readonly string[]): Promise<Done[]> {
	// First: what a batch tells must not be older than the sequence that it was read at.
	const batches = await submitting.batches.readAllPlanned(ids);
	const making = { ...submitting, news: lookOnce(submitting.news) };
	const sharing = batches.length > 1 ? share(submitting) : submitting;
	return Promise.allSettled(
		batches.map(async (batch) =>
			submitMade(sharing, batch, await readOrMake(making, batch.of, batch.assumed)),
		),
	);
}

/** At a rate, batches go one after the other. */
function atATime({ gate, transport }: Submitting): number {
	return gate.rate === null ? (transport.parallel ?? 1) : 1;
}

function mostBatches({ handover }: Transport): number {
	return Math.max(Math.floor(MOST_HANDOVERS / Math.ceil(BATCH_SIZE / handover)), 1);
}

/** One line for all batches of a message: each of theirs is it, and it is closed when they are done. */
function shareLine(transport: Transport) {
	let opened: Line | undefined;
	const open = (): Line => {
		opened ??= transport.open();
		const line = opened;
		return {
			ready: () => line.ready(),
			submit: (messages) => line.submit(messages),
			close: async () => {},
		};
	};
	const close = async (): Promise<void> => {
		await opened
			?.close()
			.catch((fault) => log("warn", "line-not-closed", { fault: String(fault) }));
	};
	return { transport: { handover: transport.handover, open }, close };
}

/** The same stores and gate, asked for several batches at a time. */
function share(submitting: Submitting): Submitting {
	const { batches, settlements, gate, pause } = submitting;
	// What is asked for in a turn of the runtime has been asked for at its end.
	const turn = () => pause(0);
	const claim = gather(batches.claimAll, turn);
	const listActive = gather(batches.listAllActive, turn);
	const settle = gather(async (settled: readonly SettledBatch[]) => {
		await settlements.settleAll(settled);
		return settled.map(() => undefined);
	}, turn);
	return {
		...submitting,
		batches: {
			...batches,
			claim: (batch, now) => claim({ batch, now }),
			listActive: (batch, recipients) => listActive({ batch, recipients }),
		},
		settlements: {
			...settlements,
			settle: (batch, settlement, now) => settle({ batch, settlement, now }),
		},
		gate: { ...gate, enter: enterTogether(gate) },
	};
}

/** The same question has the same answer for all batches that are made at the same time. */
function lookOnce(news: NewsStore): NewsStore {
	return { ...news, listNews: once(news.listNews), listEvents: once(news.listEvents) };
}

function once<Given extends readonly unknown[], Found>(look: (...given: Given) => Promise<Found>) {
	const known = new Map<string, Promise<Found>>();
	return (...given: Given): Promise<Found> => {
		const question = JSON.stringify(given);
		const found = known.get(question) ?? look(...given);
		known.set(question, found);
		return found;
	};
}

/** Where there is neither a rate nor a failure, what the first is told is true for all who ask with it. */
function enterTogether(gate: Submitting["gate"]): Gate["enter"] {
	let first: Promise<Passage> | undefined;
	return async (...asked) => {
		if (!first) {
			first = gate.enter(...asked);
			return first;
		}
		const passage = await first;
		const isFree = gate.rate === null && passage.kind === "open" && passage.ticket.failures === 0;
		return isFree ? passage : gate.enter(...asked);
	};
}
