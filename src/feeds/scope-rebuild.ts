import { archiveOf, numberedPages, pagesToMake, partIntoArchives } from "./archives.ts";
import { ARCHIVE_LENGTH, FORMATS, type Format } from "./feed.ts";
import type { Lagging } from "./lag.ts";
import type { Rebuilding } from "./rebuild.ts";
import type { Scope } from "./scope.ts";
import { Scribe } from "./scribe.ts";
import type { Progress } from "./store.ts";

/** Archives that one step makes of new releases at most, and as many of corrected ones. */
const ARCHIVES_A_STEP = 20;

/** What the feeds are brought up to, and what they are made by. */
interface Target {
	readonly madeBy: string;
	readonly highest: number;
}

/** What a step did: how many documents it wrote, and whether the scope has everything now. */
interface Step {
	readonly written: number;
	readonly isDone: boolean;
}

/**
 * One bounded step for one scope: archives of the releases that fill them, archives of corrected
 * releases, and, once those are done, the feed and the calendar.
 */
export async function rebuildScope(
	parts: Rebuilding,
	lagging: Lagging,
	{ madeBy, highest }: Target,
): Promise<Step> {
	const { scope } = lagging;
	const known = await startOf(parts, lagging, { madeBy, highest });
	const modifiedAt = nextModified(parts.clock(), known.modifiedAt);
	const scribe = new Scribe(parts, scope, modifiedAt);

	const limit = ARCHIVES_A_STEP * ARCHIVE_LENGTH + ARCHIVE_LENGTH - 1;
	const waiting = await parts.history.listFirstPublishedAfter(scope, known.archivedThrough, limit);
	const { archives, rest } = partIntoArchives(waiting);
	for (const [index, entries] of archives.entries())
		await scribe.archive(known.archives + index + 1, entries);

	const range = {
		after: known.correctedThrough,
		through: highest,
		publishedThrough: known.archivedThrough,
	};
	const corrected = await parts.history.listCorrected(scope, range, ARCHIVES_A_STEP);
	const anew = [...new Set(corrected.map(({ place }) => archiveOf(place)))];
	for (const number of anew) await scribe.archiveAnew(number);
	const total = known.archives + archives.length;
	for (const page of pagesToMake(known.archives, total, anew)) await scribe.list(page, total);

	const areCorrectionsDone = corrected.length < ARCHIVES_A_STEP;
	const isDone = areCorrectionsDone && archives.length < ARCHIVES_A_STEP;
	const reached: Progress = {
		madeBy,
		through: isDone ? highest : known.through,
		correctedThrough: areCorrectionsDone
			? highest
			: (corrected.at(-1)?.sequence ?? known.correctedThrough),
		archives: total,
		archivedThrough: archives.at(-1)?.at(-1)?.firstSequence ?? known.archivedThrough,
		modifiedAt,
	};
	if (isDone) await scribe.newest(rest, reached.archives);
	await parts.feeds.saveProgress(scope, reached);
	return { written: scribe.written, isDone };
}

/** Takes away the archives, up to `last`, that a scope with fewer releases than before will not have. */
async function dropArchives(parts: Rebuilding, scope: Scope, last: number): Promise<void> {
	const kept = Math.floor((await parts.history.count(scope)) / ARCHIVE_LENGTH);
	for (let archive = kept + 1; archive <= last; archive += 1)
		for (const file of Object.keys(FORMATS) as Format[])
			await parts.feeds.drop({ scope, file, archive });
	for (let page = numberedPages(kept) + 1; page <= numberedPages(last); page += 1)
		await parts.lists.drop(scope, page);
}

/**
 * What a step goes on from. A making from the first archive on is recorded before it writes anything:
 * where it is broken off, no other takes its documents for its own.
 */
async function startOf(
	parts: Rebuilding,
	{ scope, progress, isAnew }: Lagging,
	{ madeBy, highest }: Target,
): Promise<Progress> {
	if (progress && !isAnew) return progress;
	if (progress) await dropArchives(parts, scope, progress.archives);
	const start = {
		madeBy,
		through: 0,
		// Archives made from now on have every correction that there is.
		correctedThrough: highest,
		archives: 0,
		archivedThrough: 0,
		modifiedAt: progress?.modifiedAt ?? 0,
	};
	await parts.feeds.saveProgress(scope, start);
	return start;
}

/**
 * HTTP dates have whole seconds: two makings within one would look the same to a reader that goes by
 * `If-Modified-Since`, so each is a second after the last at least.
 */
function nextModified(now: number, last: number): number {
	return Math.max(Math.floor(now / 1000) * 1000, last + 1000);
}
