import type { Context, Hono } from "hono";
import { etag } from "hono/etag";
import type { ArchiveStore } from "../releases/archive-store.ts";
import { KINDS, type Kind } from "../releases/release.ts";
import type { ReleaseStore } from "../releases/store.ts";
import type { Clock } from "../shared/clock.ts";
import { civilDateAt } from "../shared/dates.ts";
import type { Language } from "../shared/language.ts";
import { AboutPage } from "./about.tsx";
import { archivePath, homePath, pagePath, type Sought } from "./addresses.ts";
import { ArchivePage } from "./archive.tsx";
import { ComingPage } from "./coming.tsx";
import { HomePage } from "./home.tsx";
import { pagingOf, readPage, sliceOf } from "./paging.ts";
import type { Publication } from "./publication.ts";
import { type Found, SearchPage } from "./search.tsx";
import type { SearchStore } from "./search-store.ts";
import { toMatch } from "./search-words.ts";
import { SubscribePage } from "./subscribe.tsx";
import { zoneInWords } from "./zone.ts";

export interface SiteRoutes {
	readonly publication: Publication;
	readonly releases: ReleaseStore;
	readonly archive: ArchiveStore;
	readonly search: SearchStore;
	readonly clock: Clock;
}

export const CACHING = "public, max-age=60, stale-while-revalidate=300";

/** How many releases and events the home shows, and how many events the page of all of them. */
const HOME_NEWEST = 10;
const HOME_COMING = 5;
const ALL_COMING = 200;

/** The pages that each language of the publication has. */
export function addLanguagePages(routes: Hono, parts: SiteRoutes, language: Language): void {
	const { publication } = parts;
	const add = (path: string, answer: (context: Context) => Response | Promise<Response>) =>
		routes.get(path, etag({ weak: true }), answer);

	add(homePath(language), (context) => home(context, parts, language));
	for (const kind of [undefined, ...KINDS])
		add(archivePath(language, kind), (context) => archive(context, parts, language, kind));
	add(pagePath(language, "search"), (context) => search(context, parts, language));
	add(pagePath(language, "coming"), (context) => coming(context, parts, language));
	add(pagePath(language, "subscribe"), (context) =>
		show(context, <SubscribePage publication={publication} language={language} />),
	);
	add(pagePath(language, "about"), (context) =>
		show(context, <AboutPage publication={publication} language={language} />),
	);
}

function show(context: Context, page: string | Promise<string>): Response | Promise<Response> {
	context.header("Cache-Control", CACHING);
	return context.html(page);
}

async function home(context: Context, parts: SiteRoutes, language: Language) {
	const { publication, archive, clock } = parts;
	const today = civilDateAt(clock(), publication.timeZone);
	const [newest, soonest] = await Promise.all([
		archive.listPublic({ language }, { limit: HOME_NEWEST, offset: 0 }),
		archive.listComing({ language }, today, HOME_COMING),
	]);
	return show(
		context,
		<HomePage
			publication={publication}
			language={language}
			releases={newest}
			coming={soonest}
			today={today}
		/>,
	);
}

async function archive(
	context: Context,
	{ publication, archive }: SiteRoutes,
	language: Language,
	kind: Kind | undefined,
) {
	const page = readPage(context.req.query("page"));
	if (page === null) return context.notFound();
	const filter = { language, kind };
	const [total, releases] = await Promise.all([
		archive.countPublic(filter),
		archive.listPublic(filter, sliceOf(page)),
	]);
	const paging = pagingOf(page, total);
	if (paging === null) return context.notFound();
	const facts = { publication, language, kind, total, paging, releases };
	return show(context, <ArchivePage {...facts} />);
}

async function coming(
	context: Context,
	{ publication, archive, clock }: SiteRoutes,
	language: Language,
) {
	const now = clock();
	const today = civilDateAt(now, publication.timeZone);
	const entries = await archive.listComing({ language }, today, ALL_COMING);
	return show(
		context,
		<ComingPage
			publication={publication}
			language={language}
			entries={entries}
			today={today}
			zone={zoneInWords(publication.timeZone, now)}
		/>,
	);
}

async function search(context: Context, parts: SiteRoutes, language: Language) {
	const page = readPage(context.req.query("page"));
	const sought = readSought(context);
	if (page === null || sought === null) return context.notFound();
	const found = sought.query === "" ? null : await find(parts, language, sought, page);
	if (found === undefined) return context.notFound();
	const facts = { publication: parts.publication, language, sought, found };
	return show(context, <SearchPage {...facts} />);
}

/** What is searched for, or null where there is no such kind. An empty kind is any. */
function readSought({ req }: Context): Sought | null {
	const query = (req.query("q") ?? "").trim();
	const given = req.query("kind") || undefined;
	const kind = KINDS.find((one) => one === given);
	return kind === given ? { query, kind } : null;
}

/** What is found, or undefined where it ends before this page. Where no word is asked for, nothing is. */
async function find(
	{ search }: SiteRoutes,
	language: Language,
	{ query, kind }: Sought,
	page: number,
): Promise<Found | undefined> {
	const match = toMatch(query);
	const { total, entries } =
		match === null
			? { total: 0, entries: [] }
			: await search.search({ language, kind }, match, sliceOf(page));
	const paging = pagingOf(page, total);
	return paging === null ? undefined : { total, paging, releases: entries };
}
