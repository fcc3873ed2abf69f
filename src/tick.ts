import { closeFinishedRuns } from "./digests/closing.ts";
import { DEAD_LETTER_MS } from "./digests/dead-letters.ts";
import { takeLostWork } from "./digests/recovery.ts";
import { findDueRuns } from "./digests/schedule.ts";
import { abandonBatch } from "./digests/settling.ts";
import { isHubWaiting } from "./feeds/hub-news.ts";
import { makerOf } from "./feeds/maker.ts";
import type { Rooms } from "./rooms.ts";
import { log } from "./shared/log.ts";
import { arePagesBehind } from "./site/ready-pages.ts";
import { MOVE_MS } from "./subscribers/move.ts";

/** Releases that one tick makes public at most; the rest follow a minute later. */
const EMBARGOES_A_TICK = 100;
/** Lost batches that one tick settles at most, so that its queries stay within D1's limit. */
const ABANDONED_A_TICK = 50;
/** Held runs that one tick has the operator told of at most. */
const NOTICES_A_TICK = 10;
/** How long a notice has before it is asked for again: its message may be tried all this time. */
const NOTICE_LOST_MS = 60 * 60 * 1000;

/**
 * What the clock does each minute: starts the runs that are due, has lost work done, and has feeds
 * and the search index brought up to date that are behind. Doing it twice changes nothing.
 *
 * @param scheduledTime when the tick was due (milliseconds since 1970 UTC); decides what is due.
 *   Leases are judged by the clock itself.
 */
export async function tick(rooms: Rooms, scheduledTime: number): Promise<void> {
	await endEmbargoes(rooms, scheduledTime);
	await startDueRuns(rooms, scheduledTime);
	await recover(rooms);
	await tellOfHeldRuns(rooms);
	await rooms.idempotency.forgetOld(rooms.clock());
	await forgetSubscribers(rooms);
	await rooms.preferences.forgetMoves(rooms.clock() - MOVE_MS);
	await rooms.deadLetters.forgetBefore(rooms.clock() - DEAD_LETTER_MS);
	if (await isSomethingBehind(rooms)) await rooms.queues.rebuildFeeds();
	if (await isHubWaiting(rooms)) await rooms.queues.tellHub();
}

/** Whether the feeds, the search or the pages lack something that is public. */
async function isSomethingBehind(rooms: Rooms): Promise<boolean> {
	const { feeds, search, identity, look } = rooms;
	return (
		(await feeds.isBehind(await makerOf(identity, await look()), identity.languages)) ||
		(await search.behind()) ||
		(await arePagesBehind(rooms))
	);
}

/** Before runs are due, so that what goes public now is in them. */
async function endEmbargoes({ changes }: Rooms, scheduledTime: number): Promise<void> {
	for (let ended = 0; ended < EMBARGOES_A_TICK; ended += 1)
		if (!(await changes.publishDue(scheduledTime))) return;
}

async function forgetSubscribers({ retention, settings, clock }: Rooms): Promise<void> {
	const forgotten = await retention.forgetOld(settings.endedDays, clock());
	if (forgotten.pending + forgotten.ended > 0)
		log("info", "subscribers-forgotten", { ...forgotten });
}

async function startDueRuns(rooms: Rooms, scheduledTime: number): Promise<void> {
	const { runs, settings } = rooms;
	const facts = {
		schedules: await runs.listSchedules(),
		highestSequence: await rooms.releases.highestSequence(),
		lastTick: await runs.lastStrike(),
	};
	for (const due of findDueRuns(settings, facts, scheduledTime)) {
		const run = await runs.create(due, rooms.clock());
		if (!run) continue;
		if (due.isPast) continue;
		log(due.stale === null ? "info" : "warn", "run-created", { run, stale: due.stale });
		await (due.stale === null ? rooms.queues.plan(run) : rooms.queues.notice(run));
	}
	// Last: where the runs could not be made, the clock has not struck.
	await runs.strike(scheduledTime);
}

async function tellOfHeldRuns({ overseen, settings, queues, clock }: Rooms): Promise<void> {
	if (settings.operatorAddress === null) return;
	const now = clock();
	for (const run of await overseen.takeUntold(now - NOTICE_LOST_MS, now, NOTICES_A_TICK))
		await queues.notice(run);
}

async function recover(rooms: Rooms): Promise<void> {
	const now = rooms.clock();
	const lost = await takeLostWork(rooms.lost, now);
	for (const run of lost.runs) await rooms.queues.plan(run);
	await rooms.queues.submit(lost.plannedBatches);
	for (const batch of lost.claimedBatches.slice(0, ABANDONED_A_TICK)) {
		log("warn", "batch-abandoned", { batch });
		await abandon(rooms, batch).catch((fault) =>
			log("error", "batch-not-abandoned", { batch, fault: String(fault) }),
		);
	}
	await closeFinishedRuns(rooms, now);
}

async function abandon(rooms: Rooms, batch: string): Promise<void> {
	const later = await abandonBatch(rooms, batch);
	await rooms.queues.submit(later.map((one) => one.batch));
}
