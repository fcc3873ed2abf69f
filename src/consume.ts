import { closeFinishedRuns } from "./digests/closing.ts";
import { keepDeadLetters } from "./digests/dead-letters.ts";
import { submitNotice } from "./digests/notice.ts";
import { planStep } from "./digests/plan.ts";
import { startBatches } from "./digests/start.ts";
import { submitBatches } from "./digests/submit-together.ts";
import { tellHubNews } from "./feeds/hub-news.ts";
import { ProviderDown } from "./mail/submit-one.ts";
import { meter } from "./metering.ts";
import { type QueueMessage, queueMessage } from "./queues.ts";
import type { Rooms } from "./rooms.ts";
import { log } from "./shared/log.ts";
import { submitConfirmation } from "./subscribers/confirmation.ts";
import { takeCloudflareEvents } from "./subscribers/delivery-events.ts";
import { submitMove } from "./subscribers/move.ts";
import { submitWelcome } from "./subscribers/welcome.ts";

/** Seconds before a message whose work failed is delivered again: doubled each time, up to an hour. */
const FIRST_RETRY_SECONDS = 20;
const LONGEST_RETRY_SECONDS = 3600;

/** The queue of messages that were given up (wrangler.toml). */
const DEAD_QUEUE = "communique-dead";
/** The queue that Cloudflare's Email Sending puts its events into, where it is the transport. */
const EVENTS_QUEUE = "communique-mail-events";

/** Steps of the search index that one message has taken at most; the next message takes the rest. */
const INDEX_STEPS = 5;

/**
 * Does what messages ask for. A message says which, never what: each step reads the facts anew, so
 * a message that comes twice, late or out of order changes nothing that is done already.
 */
export async function consume(batch: MessageBatch<unknown>, rooms: Rooms): Promise<void> {
	if (batch.queue === DEAD_QUEUE) return keepGivenUp(batch.messages, rooms);
	if (batch.queue === EVENTS_QUEUE) return takeCloudflareEvents(rooms, batch.messages);
	const work = mergeAlike(batch.messages);
	for (const { asked, messages } of work) {
		try {
			if (asked) await actOrPutOff(asked, rooms);
			for (const message of messages) message.ack();
		} catch (fault) {
			const facts = { ...asked, attempts: messages[0]?.attempts, fault: String(fault) };
			log("error", "message-failed", facts);
			for (const message of messages) message.retry({ delaySeconds: delayOf(message) });
		}
	}
}

/** Whatever is in them: what cannot be kept now is delivered again. */
async function keepGivenUp(messages: readonly Message<unknown>[], rooms: Rooms): Promise<void> {
	try {
		await keepDeadLetters(rooms.deadLetters, messages, rooms.clock());
		for (const message of messages) message.ack();
	} catch (fault) {
		log("error", "dead-letters-not-kept", { fault: String(fault) });
		for (const message of messages) message.retry({ delaySeconds: delayOf(message) });
	}
}

function delayOf({ attempts }: Message<unknown>): number {
	return Math.min(FIRST_RETRY_SECONDS * 2 ** (attempts - 1), LONGEST_RETRY_SECONDS);
}

interface Work {
	/** Null for what is no message of ours: it is dropped, with a line in the log. */
	readonly asked: QueueMessage | null;
	readonly messages: Message<unknown>[];
}

/** Messages that ask for the same are one piece of work: a burst of releases, one rebuild. */
function mergeAlike(messages: readonly Message<unknown>[]): Work[] {
	const work = new Map<string, Work>();
	for (const message of messages) {
		const parsed = queueMessage.safeParse(message.body);
		if (!parsed.success) log("error", "message-not-understood", { id: message.id });
		const asked = parsed.data ?? null;
		const key = JSON.stringify(asked);
		const alike = work.get(key);
		if (alike) alike.messages.push(message);
		else work.set(key, { asked, messages: [message] });
	}
	return [...work.values()];
}

/** While the provider is down a message is put off, and not given up however often. */
async function actOrPutOff(asked: QueueMessage, rooms: Rooms): Promise<void> {
	try {
		await act(asked, rooms);
	} catch (fault) {
		if (!(fault instanceof ProviderDown)) throw fault;
		log("warn", "message-put-off", { ...asked, seconds: fault.seconds, fault: fault.message });
		await rooms.queues.later(asked, fault.seconds);
	}
}

async function act(asked: QueueMessage, rooms: Rooms): Promise<void> {
	switch (asked.type) {
		case "feeds":
			return bringUp(rooms);
		case "hub":
			return tellHubNews(rooms);
		case "confirm":
			return submitConfirmation(rooms, asked.subscriber);
		case "welcome":
			return submitWelcome(rooms, asked.subscriber);
		case "move":
			return submitMove(rooms, asked.subscriber);
		case "plan":
			return charge(rooms, () => plan(asked.run, rooms));
		case "start":
			return charge(rooms, () => start(asked.run, asked.after, rooms));
		case "submit":
			return charge(rooms, () => submit("batch" in asked ? [asked.batch] : asked.batches, rooms));
		case "notice":
			return submitNotice(rooms, asked.run);
	}
}

/** What the queue bills for the message itself: it was read, and is deleted. */
const OWN_QUEUE_OPERATIONS = 2;

/** Does a step of a run, and adds to the run what it has cost: at least that, where a consumer dies. */
async function charge(rooms: Rooms, step: () => Promise<string | null>): Promise<void> {
	const { value: run, spent } = await meter(step);
	if (run === null) return;
	const queueOperations = spent.queueOperations + OWN_QUEUE_OPERATIONS;
	await rooms.runs
		.spend(run, { ...spent, queueOperations, rowsWritten: spent.rowsWritten + 1 }, rooms.clock())
		.catch((fault) => log("warn", "cost-not-noted", { run, fault: String(fault) }));
}

/** Brings up what is made of releases, as far as one step may; another message does the rest. */
async function bringUp(rooms: Rooms): Promise<void> {
	// What builds feeds is large, and of no use to a request.
	const { rebuildLagging } = await import("./feeds/rebuild.ts");
	const { bringUpPages } = await import("./site/ready-pages.ts");
	// First: feeds lead to them.
	const arePagesUnfinished = await bringUpPages(rooms);
	const { scopes, isUnfinished } = await rebuildLagging(rooms);
	if (scopes.length > 0) log("info", "feeds-rebuilt", { scopes });
	if ((await isIndexUnfinished(rooms)) || isUnfinished || arePagesUnfinished)
		await rooms.queues.rebuildFeeds();
}

/** Indexes releases for search. Returns whether more is left. */
async function isIndexUnfinished({ releases, search }: Rooms): Promise<boolean> {
	const { indexBehind } = await import("./site/search-index.ts");
	for (let step = 0; step < INDEX_STEPS; step += 1)
		if (!(await indexBehind(releases, search))) return false;
	return true;
}

/** Returns the run, or null where another planner had done it. */
async function plan(run: string, rooms: Rooms): Promise<string | null> {
	const step = await planStep(rooms, run);
	if (step === "done") return null;
	if (step === "unfinished") await rooms.queues.plan(run);
	if (step === "submitting") await start(run, "", rooms);
	if (step === "held") await rooms.queues.notice(run);
	return run;
}

async function start(run: string, from: string, rooms: Rooms): Promise<string> {
	const { batches, after } = await startBatches(rooms.lost, run, from);
	await rooms.queues.submit(batches);
	if (after !== null) await rooms.queues.start(run, after);
	await closeFinishedRuns(rooms, rooms.clock());
	return run;
}

/** Returns the run, or null where other consumers had the batches. */
async function submit(batches: readonly string[], rooms: Rooms): Promise<string | null> {
	const { run, later, faults } = await submitBatches(rooms, batches);
	const byDelay = Map.groupBy(later, ({ delaySeconds }) => delaySeconds);
	for (const [delaySeconds, some] of byDelay)
		await rooms.queues.submit(
			some.map(({ batch }) => batch),
			delaySeconds,
		);
	await closeFinishedRuns(rooms, rooms.clock());
	// The message comes again, for those that nobody has claimed.
	if (faults.length > 0) throw faults[0];
	return run;
}
