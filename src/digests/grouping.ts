import type { NewsEntry } from "../releases/entry.ts";
import { hasHeard, parseEarlier } from "../subscribers/hearing.ts";
import { splitKinds, splitLanguages } from "../subscribers/store.ts";
import { hasNews } from "./contents.ts";
import type { Alike, Edition, Run, Telling } from "./run.ts";
import { type Interest, listHeard, type News, selectNews } from "./selection.ts";

/** Recipients of one edition. */
export interface Group {
	readonly edition: Edition;
	readonly news: News;
	readonly recipients: readonly Alike[];
}

export interface Grouping {
	/** Groups that have something new to hear. */
	readonly groups: readonly Group[];
	/** Those who have nothing new to hear. */
	readonly without: readonly Alike[];
	/** The last candidate that is in this grouping. */
	readonly through: string;
	/** Whether it took all candidates; where not, the rest is for the next page. */
	readonly isWhole: boolean;
}

/** How much work a grouping may bring. */
export interface Bound {
	/** Ids of editions that cost no work any more. */
	readonly planned: { has(edition: string): boolean };
	/** How many others there may be. */
	readonly mostEditions: number;
}

/**
 * Groups candidates, in the order of their ids, by the edition they share, up to a number of editions
 * that are not planned yet: the first candidate who would need one more ends the page.
 *
 * @param tellings what the batches told that told the candidates last, by their ids.
 */
export function groupCandidates(
	run: Pick<Run, "id" | "upperSequence">,
	candidates: readonly Alike[],
	entries: readonly NewsEntry[],
	tellings: ReadonlyMap<string, Telling>,
	{ planned, mostEditions }: Bound,
): Grouping {
	const findEdition = editionFinder(run, entries, tellings);
	const groups = new Map<string, Group & { recipients: Alike[] }>();
	let unplanned = 0;
	for (const alike of candidates.toSorted(byFirst)) {
		const edition = findEdition(alike);
		let group = groups.get(edition.id);
		if (!group) {
			const news = findNews(run, edition, entries);
			if (hasNews(news) && !planned.has(edition.id)) unplanned += 1;
			if (unplanned > mostEditions) return endBefore(firstOf(alike), [...groups.values()]);
			group = { edition, news, recipients: [] };
			groups.set(edition.id, group);
		}
		group.recipients.push(alike);
	}
	return { ...partByNews([...groups.values()]), through: lastOf(candidates), isWhole: true };
}

function firstOf({ ids }: Alike): string {
	return ids[0] ?? "";
}

function byFirst(one: Alike, other: Alike): number {
	return firstOf(one) < firstOf(other) ? -1 : 1;
}

/** The last id of some candidates; empty where there are none. */
export function lastOf(candidates: readonly Alike[]): string {
	const lasts = candidates.map(({ ids }) => ids.at(-1) ?? "");
	return lasts.toSorted().at(-1) ?? "";
}

/** The lowest cursor of some candidates, or a sequence that is lower. */
export function lowestOf(candidates: readonly Alike[], highest: number): number {
	return candidates.reduce((lowest, one) => Math.min(lowest, one.heardThrough), highest);
}

/** Groups of candidates whose first is before one: without whoever is not. */
function endBefore(end: string, groups: readonly Group[]): Grouping {
	const cut = groups.map(({ recipients, ...group }) => ({
		...group,
		recipients: recipients.map((alike) => ({
			...alike,
			ids: alike.ids.filter((id) => id < end),
		})),
	}));
	const through = lastOf(cut.flatMap(({ recipients }) => recipients));
	return { ...partByNews(cut), through, isWhole: false };
}

/** What an edition tells of the catalogue as it stands. */
export function findNews(
	{ upperSequence }: Pick<Run, "upperSequence">,
	edition: Edition,
	entries: readonly NewsEntry[],
): News {
	const isAmong = (sequences: readonly number[]) => {
		const known = new Set(sequences);
		return ({ firstSequence }: NewsEntry) => known.has(firstSequence);
	};
	const hasHeard = isAmong(edition.heard);
	const knowsAsItStands = isAmong(edition.heardAsItStands);
	const interest = { ...interestOf(edition), hasHeard, knowsAsItStands };
	return selectNews(entries, interest, upperSequence);
}

/** The preferences and the cursor that an edition assumes. */
export function interestOf({
	kinds,
	languages,
	heardThrough,
}: Pick<Edition, "kinds" | "languages" | "heardThrough">): Omit<
	Interest,
	"hasHeard" | "knowsAsItStands"
> {
	return { kinds: splitKinds(kinds), languages: splitLanguages(languages), heardThrough };
}

/** Finds candidates' editions; those who differ only in the batch that told them are looked at once. */
function editionFinder(
	run: Pick<Run, "id" | "upperSequence">,
	entries: readonly NewsEntry[],
	tellings: ReadonlyMap<string, Telling>,
) {
	const found = new Map<string, Edition>();
	return (candidate: Alike): Edition => {
		const { kinds, languages, heardThrough, earlier, batch } = candidate;
		const last = tellings.get(batch ?? "");
		const telling = last && [last.heardThrough, last.upperSequence, last.asOf];
		const key = [kinds, languages, heardThrough, earlier, telling].join(" ");
		const edition = found.get(key) ?? editionOf(run, candidate, entries, last);
		found.set(key, edition);
		return edition;
	};
}

function editionOf(
	run: Pick<Run, "id" | "upperSequence">,
	{ kinds, languages, heardThrough, earlier }: Alike,
	entries: readonly NewsEntry[],
	last: Telling | undefined,
): Edition {
	const interest = interestOf({ kinds, languages, heardThrough });
	const hearing = { ...interest, earlier: parseEarlier(earlier) };
	const isHeard = (entry: NewsEntry) => hasHeard(hearing, entry);
	const heard = listHeard(entries, { ...interest, hasHeard: isHeard }, run.upperSequence);
	const changed = entries.filter(({ sequence }) => sequence > heardThrough);
	const heardAsItStands = changed
		.filter((entry) => last !== undefined && isToldAsItStands(entry, last))
		.map(({ firstSequence }) => firstSequence)
		.filter((firstSequence) => heard.includes(firstSequence));
	const known = [heard.join("."), heardAsItStands.join(".")];
	const id = [run.id, languages, kinds, heardThrough, ...known].join("/");
	return { id, run: run.id, kinds, languages, heardThrough, heard, heardAsItStands };
}

/**
 * Whether a telling had a release among its news, and its last change too: a mail that was made after
 * a correction has the corrected text, and one that was made after a withdrawal nothing of it.
 */
function isToldAsItStands({ firstSequence, sequence }: NewsEntry, last: Telling): boolean {
	const wasNews = firstSequence > last.heardThrough && firstSequence <= last.upperSequence;
	return wasNews && sequence <= last.asOf;
}

function partByNews(groups: readonly Group[]): Pick<Grouping, "groups" | "without"> {
	return {
		groups: groups.filter(({ news }) => hasNews(news)),
		without: groups.filter(({ news }) => !hasNews(news)).flatMap(({ recipients }) => recipients),
	};
}
