import { type Context, Hono } from "hono";
import type { ArchiveStore } from "../releases/archive-store.ts";
import type { Publication } from "./publication.ts";
import { pagesSitemap, releasesSitemap, sitemapIndex } from "./sitemap.ts";

export interface SitemapRoutes {
	readonly publication: Publication;
	readonly archive: ArchiveStore;
}

/** Releases that one sitemap has; the protocol allows ten times as many. */
const RELEASES_A_SITEMAP = 5000;

/** What search engines ask for: `/robots.txt` (RFC 9309), `/sitemap.xml` and what it leads to. */
export function sitemapRoutes({ publication, archive }: SitemapRoutes): Hono {
	const routes = new Hono();
	const { url: origin, languages } = publication;

	routes.get("/robots.txt", (context) =>
		answer(context, "text/plain; charset=utf-8", robots(publication)),
	);

	routes.get("/sitemap.xml", async (context) => {
		const parts = Math.ceil((await archive.countSitemap()) / RELEASES_A_SITEMAP);
		const names = ["pages", ...Array.from({ length: parts }, (_, at) => `releases-${at + 1}`)];
		return answerXml(context, sitemapIndex(names.map((name) => `${origin}/sitemaps/${name}.xml`)));
	});

	routes.get("/sitemaps/pages.xml", (context) =>
		answerXml(context, pagesSitemap(origin, languages)),
	);

	routes.get("/sitemaps/:name{releases-[1-9][0-9]{0,5}\\.xml}", async (context) => {
		const part = Number.parseInt(context.req.param("name").slice("releases-".length), 10);
		const offset = (part - 1) * RELEASES_A_SITEMAP;
		const entries = await archive.listSitemap({ limit: RELEASES_A_SITEMAP, offset });
		if (entries.length === 0) return context.notFound();
		return answerXml(context, releasesSitemap(origin, entries));
	});

	return routes;
}

/** Keeps crawlers from what is no page, and from searches, which have no end. */
function robots({ url, languages }: Publication): string {
	const closed = ["/api/", "/subscriptions/", "/mailbox"];
	const searches = languages.map((language) => `/${language}/search`);
	return [
		"User-agent: *",
		...[...closed, ...searches].map((path) => `Disallow: ${path}`),
		"",
		`Sitemap: ${url}/sitemap.xml`,
		"",
	].join("\n");
}

function answerXml(context: Context, text: string): Response {
	return answer(context, "application/xml; charset=utf-8", text);
}

function answer(context: Context, type: string, text: string): Response {
	const headers = { "Content-Type": type, "Cache-Control": "public, max-age=3600" };
	return context.body(text, 200, headers);
}
