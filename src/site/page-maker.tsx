import { numberedPages } from "../feeds/archives.ts";
import { ARCHIVE_LENGTH } from "../feeds/feed.ts";
import type { ArchiveFilter, ArchiveStore } from "../releases/archive-store.ts";
import { type CatalogueEntry, isPublic, type PublicEntry } from "../releases/entry.ts";
import type { HistoryStore } from "../releases/history-store.ts";
import type { PublishedRelease } from "../releases/release.ts";
import type { ReleaseStore } from "../releases/store.ts";
import type { Language } from "../shared/language.ts";
import { ArchivePage } from "./archive.tsx";
import { ComingPage } from "./coming.tsx";
import { HomePage } from "./home.tsx";
import { archiveSlice } from "./list-paging.ts";
import type { Page } from "./page-store.ts";
import type { Publication } from "./publication.ts";
import { ReleasePage } from "./release.tsx";
import { WithdrawnPage } from "./withdrawn.tsx";
import type { Today } from "./zone.ts";

/** How many releases and events the home shows, and how many events the page of all of them. */
const HOME_NEWEST = 10;
const HOME_COMING = 5;
const ALL_COMING = 200;

export interface PageMaking {
	readonly publication: Publication;
	readonly releases: ReleaseStore;
	readonly archive: ArchiveStore;
	readonly history: HistoryStore;
}

/** The home of a language as it is on a day. */
export async function makeHome(
	{ publication, archive }: PageMaking,
	language: Language,
	{ date: today }: Today,
): Promise<Page> {
	const [releases, coming] = await Promise.all([
		archive.listPublic({ language }, { limit: HOME_NEWEST, offset: 0 }),
		archive.listComing({ language }, today, HOME_COMING),
	]);
	return toPage(<HomePage {...{ publication, language, releases, coming, today }} />);
}

/** What is coming in a language as it is on a day. */
export async function makeComing(
	{ publication, archive }: PageMaking,
	language: Language,
	{ date: today, zone }: Today,
): Promise<Page> {
	const entries = await archive.listComing({ language }, today, ALL_COMING);
	return toPage(<ComingPage {...{ publication, language, entries, today, zone }} />);
}

/**
 * A page of a language's releases, or of those of a kind: one with a number, or the newest (null).
 *
 * @param count how many releases the list has, with those that were withdrawn.
 * @returns null where there is no page of that number.
 */
export async function makeList(
	making: PageMaking,
	{ language, kind }: ArchiveFilter,
	page: number | null,
	count: number,
): Promise<Page | null> {
	const { publication, history, archive } = making;
	const scope = { language, kind: kind ?? null };
	const numbered = numberedPages(Math.floor(count / ARCHIVE_LENGTH));
	if (page !== null && page > numbered) return null;
	const { offset, limit } = archiveSlice(page ?? numbered + 1);
	const [entries, total] = await Promise.all([
		page === null
			? history.listLastPublished(scope, count - offset)
			: history.listFrom(scope, offset, limit).then((oldestFirst) => oldestFirst.toReversed()),
		page === null ? archive.countPublic({ language, kind }) : null,
	]);
	const releases = entries.filter(isPublic);
	const facts = { publication, language, kind, releases, total, paging: { page, numbered } };
	return toPage(<ArchivePage {...facts} />);
}

/** The newest page of a list as it is now. */
export async function makeNewestList(making: PageMaking, filter: ArchiveFilter) {
	const count = await making.history.count({ ...filter, kind: filter.kind ?? null });
	return makeList(making, filter, null, count);
}

/**
 * The page of a release, or what stands in its place when it was withdrawn.
 *
 * @returns null for what is under embargo, or was cancelled before it ended: it does not exist.
 * @throws {DocumentMissing} where its text has not reached this place yet.
 */
export async function makeRelease(making: PageMaking, entry: CatalogueEntry): Promise<Page | null> {
	if (!isPublic(entry)) return makeWithdrawn(making, entry);
	const [release] = await making.releases.readAll([entry]);
	const translations = await making.releases.listTranslations(entry);
	return release ? makePublic(making, entry, release, translations) : null;
}

/** What stands in the place of a release that was withdrawn; null for one that was never public. */
export async function makeWithdrawn(
	{ publication }: Pick<PageMaking, "publication">,
	entry: CatalogueEntry,
): Promise<Page | null> {
	if (entry.status !== "withdrawn") return null;
	return toPage(<WithdrawnPage publication={publication} entry={entry} />, 410);
}

/** The page of a public release whose text and translations are known. */
export async function makePublic(
	{ publication, releases }: Pick<PageMaking, "publication" | "releases">,
	entry: PublicEntry,
	release: PublishedRelease,
	translations: readonly PublicEntry[],
): Promise<Page> {
	const revisions = entry.revision > 1 ? await releases.listRevisions(entry.id) : [];
	const corrections = revisions.filter(({ change }) => change === "correction");
	return toPage(<ReleasePage {...{ publication, release, translations, corrections }} />);
}

async function toPage(
	page: string | Promise<string> | object,
	status: Page["status"] = 200,
): Promise<Page> {
	return { text: String(await page), status };
}
