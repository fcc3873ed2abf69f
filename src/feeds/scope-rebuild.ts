import { type EverPublicEntry, isPublic } from "../releases/entry.ts";
import type { PublishedRelease } from "../releases/release.ts";
import { archiveOf, partIntoArchives, selectForFeed } from "./archives.ts";
import {
	ARCHIVE_LENGTH,
	CALENDAR,
	CALENDAR_LENGTH,
	FEED_LENGTH,
	type FeedFile,
	FORMATS,
	type Format,
} from "./feed.ts";
import { type FeedItem, toItem } from "./item.ts";
import type { Lagging } from "./lag.ts";
import { makeCalendar, makeFeed, validatorsOf } from "./making.ts";
import type { Rebuilding } from "./rebuild.ts";
import type { Scope } from "./scope.ts";
import type { Progress } from "./store.ts";

/** Archives that one step makes of new releases at most, and as many of corrected ones. */
const ARCHIVES_A_STEP = 20;
/** Most characters of bodies that one document holds; beyond it, items have their summaries alone. */
const BODY_CHARACTERS = 4_000_000;

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
	for (const number of new Set(corrected.map(({ place }) => archiveOf(place))))
		await scribe.archiveAnew(number);

	const areCorrectionsDone = corrected.length < ARCHIVES_A_STEP;
	const isDone = areCorrectionsDone && archives.length < ARCHIVES_A_STEP;
	const reached: Progress = {
		madeBy,
		through: isDone ? highest : known.through,
		correctedThrough: areCorrectionsDone
			? highest
			: (corrected.at(-1)?.sequence ?? known.correctedThrough),
		archives: known.archives + archives.length,
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

/** Writes the documents of one scope. */
class Scribe {
	written = 0;
	readonly #parts: Rebuilding;
	readonly #scope: Scope;
	readonly #modifiedAt: number;

	constructor(parts: Rebuilding, scope: Scope, modifiedAt: number) {
		this.#parts = parts;
		this.#scope = scope;
		this.#modifiedAt = modifiedAt;
	}

	async archive(number: number, entries: readonly EverPublicEntry[]): Promise<void> {
		await this.#write(number, number - 1, await this.#itemsOf(entries.toReversed()));
	}

	async archiveAnew(number: number): Promise<void> {
		const offset = (number - 1) * ARCHIVE_LENGTH;
		const entries = await this.#parts.history.listFrom(this.#scope, offset, ARCHIVE_LENGTH);
		await this.archive(number, entries);
	}

	/** The feed and the calendar. */
	async newest(rest: readonly EverPublicEntry[], archives: number): Promise<void> {
		const { history, identity } = this.#parts;
		const lastChanged = await history.listLastChanged(this.#scope, FEED_LENGTH);
		const items = await this.#itemsOf(selectForFeed(rest, lastChanged));
		const isWhole = rest.length + archives * ARCHIVE_LENGTH <= FEED_LENGTH;
		await this.#write(null, isWhole ? 0 : archives, items);
		const events = await history.listEvents(this.#scope, CALENDAR_LENGTH);
		await this.#keep(CALENDAR, makeCalendar(identity, this.#scope, events));
	}

	async #write(
		archive: number | null,
		archivesBefore: number,
		items: readonly FeedItem[],
	): Promise<void> {
		const making = {
			identity: this.#parts.identity,
			scope: this.#scope,
			archive,
			archivesBefore,
		};
		for (const format of Object.keys(FORMATS) as Format[])
			await this.#keep(format, makeFeed(making, format, items), archive ?? undefined);
	}

	async #keep(file: FeedFile, text: string, archive?: number): Promise<void> {
		const document = { scope: this.#scope, file, ...(archive === undefined ? {} : { archive }) };
		const validators = await validatorsOf(text, this.#modifiedAt);
		await this.#parts.feeds.keep(document, text, validators);
		this.written += 1;
	}

	async #itemsOf(entries: readonly EverPublicEntry[]): Promise<FeedItem[]> {
		const { releases, identity } = this.#parts;
		const whole = await releases.readAll(entries.filter(isPublic));
		const byId = new Map(withinLimit(whole).map((release) => [release.id, release]));
		return entries.map((entry) => toItem(identity.url, entry, byId.get(entry.id) ?? null));
	}
}

/** The releases, from the first on, whose bodies fit together; one at least. */
function withinLimit(releases: readonly PublishedRelease[]): PublishedRelease[] {
	let characters = 0;
	return releases.filter(({ body }, index) => {
		characters += body.length;
		return index === 0 || characters <= BODY_CHARACTERS;
	});
}
