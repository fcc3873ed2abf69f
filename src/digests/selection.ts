import type { NewsEntry } from "../releases/entry.ts";
import type { Kind } from "../releases/kinds.ts";
import type { Language } from "../shared/language.ts";
import type { EditionContents } from "./contents.ts";

/** What decides which releases a reader is told of. */
export interface Interest {
	readonly kinds: readonly Kind[];
	/** In order of preference. */
	readonly languages: readonly Language[];
	/** The highest sequence whose news they have been given. */
	readonly heardThrough: number;
	/** Whether they have been told of a release that was first published up to there. */
	readonly hasHeard: (entry: NewsEntry) => boolean;
	/** Whether they were told of it as it stands now. */
	readonly knowsAsItStands: (entry: NewsEntry) => boolean;
}

export type News = Pick<EditionContents, "fresh" | "changed">;

/**
 * What is new to an interest, by sequence, never by date, so that nothing back-dated is missed:
 * - fresh: what was first published above what it has heard, or was corrected since without having
 *   been heard of, with its current text. Of a story in several languages only the one in the best
 *   of its languages, and none where it has heard of the story before;
 * - changed: what it has heard of, and was corrected or withdrawn since, unless it was told so
 *   already; once a story.
 *
 * @param entries in the order of their first sequences, with the earlier releases of their stories.
 * @param upperSequence what the run tells up to. A release corrected later is fresh with its text of
 *   now; whoever has heard of it hears of that correction in a later run.
 */
export function selectNews(
	entries: readonly NewsEntry[],
	interest: Interest,
	upperSequence: number,
): News {
	const { heardThrough, hasHeard } = interest;
	const isHeard = (entry: NewsEntry) => entry.firstSequence <= heardThrough && hasHeard(entry);
	const heardStories = new Set(
		entries.filter((one) => one.status === "published" && isHeard(one)).map(({ story }) => story),
	);
	const isInRun = (sequence: number) => sequence > heardThrough && sequence <= upperSequence;
	const isFresh = (entry: NewsEntry) =>
		entry.status === "published" &&
		interest.kinds.includes(entry.kind) &&
		(isInRun(entry.firstSequence) ||
			(entry.firstSequence <= heardThrough && isInRun(entry.sequence))) &&
		!heardStories.has(entry.story);
	const isToldOf = (entry: NewsEntry) => isWhatWasTold(entry, entries.filter(isHeard), interest);
	const isChanged = (entry: NewsEntry) =>
		entry.publications.some(({ kind }) => interest.kinds.includes(kind)) &&
		isInRun(entry.sequence) &&
		isHeard(entry) &&
		isToldOf(entry) &&
		!interest.knowsAsItStands(entry);
	return {
		fresh: onceAStory(entries.filter(isFresh), interest),
		changed: onceAStory(entries.filter(isChanged), interest),
	};
}

/**
 * Whether a release may be the one of its story that a reader was told, of those that they have heard
 * of: the first that there was, or the one in the best of their languages.
 */
function isWhatWasTold(
	entry: NewsEntry,
	heard: readonly NewsEntry[],
	{ languages }: Pick<Interest, "languages">,
): boolean {
	const others = heard.filter((one) => one.story === entry.story && one !== entry);
	const rank = ({ language }: NewsEntry) => languages.indexOf(language);
	const isFirst = others.every((one) => one.firstSequence > entry.firstSequence);
	return isFirst || others.every((one) => rank(one) < 0 || rank(one) > rank(entry));
}

/**
 * The first sequences of what a reader has heard of, as far as it bears on what is new to them: the
 * same for all who are to be told the same.
 */
export function listHeard(
	entries: readonly NewsEntry[],
	{ heardThrough, hasHeard, languages }: Omit<Interest, "knowsAsItStands">,
	upperSequence: number,
): number[] {
	const open = new Set(
		entries
			.filter((entry) => entry.sequence > heardThrough && entry.firstSequence <= upperSequence)
			.filter(({ language }) => languages.includes(language))
			.map(({ story }) => story),
	);
	return entries
		.filter((entry) => open.has(entry.story) && entry.firstSequence <= heardThrough)
		.filter(hasHeard)
		.map(({ firstSequence }) => firstSequence);
}

/**
 * Events that a reader is reminded of: announced before, of their kinds, once a story, in the best of
 * their languages.
 *
 * @param events in the order in which they are to be listed.
 * @param news what the mail tells; nobody is reminded of what is fresh in it.
 */
export function selectComing(
	events: readonly NewsEntry[],
	interest: Pick<Interest, "kinds" | "languages" | "heardThrough">,
	{ fresh }: Pick<News, "fresh">,
): NewsEntry[] {
	const told = new Set(fresh.map(({ story }) => story));
	const wanted = events.filter(
		({ kind, story, firstSequence }) =>
			firstSequence <= interest.heardThrough && interest.kinds.includes(kind) && !told.has(story),
	);
	return onceAStory(wanted, interest);
}

/** Of each story the one in the best of some languages, in the order that they have. */
function onceAStory(
	entries: readonly NewsEntry[],
	{ languages }: Pick<Interest, "languages">,
): NewsEntry[] {
	const read = entries.filter(({ language }) => languages.includes(language));
	const rank = ({ language }: NewsEntry) => languages.indexOf(language);
	const best = new Map<string, NewsEntry>();
	for (const entry of read) {
		const other = best.get(entry.story);
		if (!other || rank(entry) < rank(other)) best.set(entry.story, entry);
	}
	return read.filter((entry) => best.get(entry.story) === entry);
}
