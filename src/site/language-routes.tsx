import type { Context, Hono } from "hono";
import { etag } from "hono/etag";
import { KINDS, type Kind } from "../releases/kinds.ts";
import type { Clock } from "../shared/clock.ts";
import type { Language } from "../shared/language.ts";
import { AboutPage } from "./about.tsx";
import { archivePath, homePath, pagePath, type Sought } from "./addresses.ts";
import { answerPage } from "./answer.ts";
import { CACHING } from "./page-headers.ts";
import { makeComing, makeHome, makeList, type PageMaking } from "./page-maker.tsx";
import { pagingOf, readPage, sliceOf } from "./paging.ts";
import { type Found, SearchPage } from "./search.tsx";
import type { SearchStore } from "./search-store.ts";
import { toMatch } from "./search-words.ts";
import { SubscribePage } from "./subscribe.tsx";
import { todayOf } from "./zone.ts";

export interface SiteRoutes extends PageMaking {
	readonly search: SearchStore;
	readonly clock: Clock;
}

/** The pages that each language of the publication has. */
export function addLanguagePages(routes: Hono, parts: SiteRoutes, language: Language): void {
	const { publication } = parts;
	const add = (path: string, answer: (context: Context) => Response | Promise<Response>) =>
		routes.get(path, etag({ weak: true }), answer);

	const today = () => todayOf(publication, parts.clock());
	routes.get(homePath(language), async (context) =>
		answerPage(context, await makeHome(parts, language, today())),
	);
	routes.get(pagePath(language, "coming"), async (context) =>
		answerPage(context, await makeComing(parts, language, today())),
	);
	for (const kind of [undefined, ...KINDS])
		routes.get(archivePath(language, kind), (context) => archive(context, parts, language, kind));
	add(pagePath(language, "search"), (context) => search(context, parts, language));
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

async function archive(
	context: Context,
	parts: SiteRoutes,
	language: Language,
	kind: Kind | undefined,
): Promise<Response> {
	const asked = context.req.query("page");
	const page = asked === undefined ? null : readPage(asked);
	if (asked !== undefined && page === null) return context.notFound();
	const count = await parts.history.count({ language, kind: kind ?? null });
	return answerPage(context, await makeList(parts, { language, kind }, page, count));
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
