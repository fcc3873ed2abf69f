import { makeEventFile } from "../feeds/event-file.ts";
import type { FeedIdentity } from "../feeds/feed.ts";
import { makerOf } from "../feeds/maker.ts";
import { type CatalogueEntry, isPublic, type PublicEntry } from "../releases/entry.ts";
import { KINDS } from "../releases/kinds.ts";
import type { PublishedRelease } from "../releases/release.ts";
import { DocumentMissing } from "../releases/store.ts";
import type { Clock } from "../shared/clock.ts";
import { log } from "../shared/log.ts";
import { archivePath, eventPath, homePath, pagePath, releasePath } from "./addresses.ts";
import {
	makeComing,
	makeHome,
	makeNewestList,
	makePublic,
	makeWithdrawn,
	type PageMaking,
} from "./page-maker.tsx";
import type { Page, PageGroup, PageStore } from "./page-store.ts";
import { type Today, todayOf } from "./zone.ts";

/** Pages of releases that one step makes at most, unless one story has more. */
const RELEASES_A_STEP = 60;
/** Pages that are made at once: so many texts, of 2 MiB at most, are in memory together. */
const PAGES_AT_ONCE = 12;

export interface ReadyPages extends PageMaking {
	readonly identity: FeedIdentity;
	readonly pages: PageStore;
	readonly clock: Clock;
	/** What pages look like, as a short name. */
	readonly look: () => Promise<string>;
}

/** Whether something is public that ready pages lack, or they are of another look or another day. */
export async function arePagesBehind(ready: ReadyPages): Promise<boolean> {
	return ready.pages.isBehind(await makersOf(ready, todayOf(ready.publication, ready.clock())));
}

/**
 * Makes ready what the public pages lack, in a bounded step: the home of each language, what is coming, the
 * newest page of each list, and the pages of releases that have changed. Older pages of lists are made with
 * the archives of feeds. Doing it twice changes
 * nothing; it must not run twice at once, which the feeds queue's single consumer sees to.
 *
 * @returns whether more is left.
 */
export async function bringUpPages(ready: ReadyPages): Promise<boolean> {
	const today = todayOf(ready.publication, ready.clock());
	const makers = await makersOf(ready, today);
	await bringUpFronts(ready, makers.fronts, today);
	return bringUpReleases(ready, makers.releases);
}

async function makersOf(
	{ identity, look }: ReadyPages,
	{ date, zone }: Today,
): Promise<Record<PageGroup, string>> {
	const maker = await makerOf(identity, await look());
	return { releases: maker, fronts: `${maker} ${date} ${zone}` };
}

/** Takes away what is ready of a release. */
export async function dropRelease(
	pages: PageStore,
	entry: { readonly slug: string },
): Promise<void> {
	await Promise.all([pages.drop(releasePath(entry)), pages.drop(eventPath(entry))]);
}

async function bringUpFronts(ready: ReadyPages, madeBy: string, today: Today): Promise<void> {
	const { pages, releases, publication } = ready;
	const highest = await releases.highestSequence();
	const known = await pages.progress("fronts");
	const isCurrent = known?.madeBy === madeBy;
	if (isCurrent && known.through >= highest) return;
	const languages = isCurrent
		? await listTouched(ready, known.through)
		: new Set<string>(publication.languages);
	for (const language of publication.languages.filter((one) => languages.has(one))) {
		await pages.keep(homePath(language), await makeHome(ready, language, today));
		await pages.keep(pagePath(language, "coming"), await makeComing(ready, language, today));
		for (const kind of [undefined, ...KINDS])
			await keepOrDrop(
				ready,
				archivePath(language, kind),
				await makeNewestList(ready, { language, kind }),
			);
	}
	await pages.saveProgress("fronts", { madeBy, through: highest });
}

/** The languages whose lists have other releases than at a sequence; a correction may have changed it. */
async function listTouched(
	{ releases, publication }: ReadyPages,
	after: number,
): Promise<ReadonlySet<string>> {
	const changed = await releases.listChangedAfter(after, RELEASES_A_STEP);
	const isAny = changed.length === RELEASES_A_STEP || changed.some(({ revision }) => revision > 1);
	return new Set(isAny ? publication.languages : changed.map(({ language }) => language));
}

async function bringUpReleases(ready: ReadyPages, madeBy: string): Promise<boolean> {
	const { pages, releases } = ready;
	const known = await pages.progress("releases");
	const after = known?.madeBy === madeBy ? known.through : 0;
	const changed = await releases.listChangedAfter(after, RELEASES_A_STEP);
	const stories = Map.groupBy(await releases.listStories(changed), ({ story }) => story);
	const { entries, through } = takeStories(changed, stories, after);
	await keepReleases(ready, entries);
	if (known?.madeBy !== madeBy || through > after)
		await pages.saveProgress("releases", { madeBy, through });
	return changed.length === RELEASES_A_STEP || through < (changed.at(-1)?.sequence ?? after);
}

/**
 * The releases that one step makes pages of: changed ones in their order, each with its translations, which
 * name it.
 *
 * @returns them, and the sequence up to which all changes are among them.
 */
function takeStories(
	changed: readonly CatalogueEntry[],
	stories: ReadonlyMap<string, readonly CatalogueEntry[]>,
	after: number,
): { entries: CatalogueEntry[]; through: number } {
	const taken = new Map<string, readonly CatalogueEntry[]>();
	let through = after;
	let count = 0;
	for (const { story, sequence } of changed) {
		const entries = taken.has(story) ? [] : (stories.get(story) ?? []);
		if (count > 0 && count + entries.length > RELEASES_A_STEP) break;
		if (entries.length > 0) taken.set(story, entries);
		count += entries.length;
		through = sequence ?? through;
	}
	return { entries: [...taken.values()].flat(), through };
}

async function keepReleases(ready: ReadyPages, entries: readonly CatalogueEntry[]): Promise<void> {
	const listed = entries.filter(isPublic);
	for (let from = 0; from < entries.length; from += PAGES_AT_ONCE) {
		const some = entries.slice(from, from + PAGES_AT_ONCE);
		const texts = await readTexts(ready, some.filter(isPublic));
		await Promise.all(some.map((entry) => keepRelease(ready, entry, texts, listed)));
	}
}

async function keepRelease(
	ready: ReadyPages,
	entry: CatalogueEntry,
	texts: ReadonlyMap<string, PublishedRelease>,
	listed: readonly PublicEntry[],
): Promise<void> {
	const text = texts.get(entry.id);
	const translations = listed.filter(({ story, id }) => story === entry.story && id !== entry.id);
	const page =
		isPublic(entry) && text
			? await makePublic(ready, entry, text, sortByLanguage(translations))
			: await makeWithdrawn(ready, entry);
	await keepOrDrop(ready, releasePath(entry), page);
	const event = await makeEventFile(ready.identity, entry);
	// One that a correction took away was there before.
	if (event !== null || entry.revision > 1)
		await keepOrDrop(ready, eventPath(entry), event === null ? null : { text: event, status: 200 });
}

function sortByLanguage(entries: readonly PublicEntry[]): PublicEntry[] {
	return entries.toSorted((one, other) => (one.language < other.language ? -1 : 1));
}

/**
 * The texts of some releases, by id. One that is not to be had has its page made when it is asked for, and
 * holds up no other.
 */
async function readTexts(
	{ releases }: ReadyPages,
	entries: readonly PublicEntry[],
): Promise<ReadonlyMap<string, PublishedRelease>> {
	const read = async (some: readonly PublicEntry[]): Promise<(PublishedRelease | null)[]> => {
		try {
			return await releases.readAll(some);
		} catch (fault) {
			if (!(fault instanceof DocumentMissing)) throw fault;
			if (some.length > 1) return (await Promise.all(some.map((one) => read([one])))).flat();
			log("warn", "page-not-made", { slug: some[0]?.slug, fault: fault.message });
			return [null];
		}
	};
	const texts = await read(entries);
	return new Map(
		entries.flatMap(({ id }, index) => {
			const text = texts[index];
			return text ? [[id, text] as const] : [];
		}),
	);
}

async function keepOrDrop({ pages }: ReadyPages, path: string, page: Page | null): Promise<void> {
	await (page === null ? pages.drop(path) : pages.keep(path, page));
}
