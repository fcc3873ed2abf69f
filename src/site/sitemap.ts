import type { XmlObject } from "xml";
import { xmlDocument } from "../feeds/xml.ts";
import type { SitemapEntry } from "../releases/archive-store.ts";
import { releaseUrl } from "../releases/release.ts";
import type { Language } from "../shared/language.ts";

// Sitemaps after the protocol of sitemaps.org, version 0.9; languages by hreflang, as HTML has it.

const SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9";
const XHTML = "http://www.w3.org/1999/xhtml";

/** The pages that every language has, behind `/{language}`. */
const PAGES = [
	"/",
	"/releases",
	"/consultations",
	"/meetings",
	"/announcements",
	"/coming",
	"/about",
	"/subscribe",
];

interface Alternate {
	readonly language: Language;
	readonly url: string;
}

/** A sitemap of sitemaps, by their absolute addresses. */
export function sitemapIndex(urls: readonly string[]): string {
	const sitemaps = urls.map((url) => ({ sitemap: [{ loc: url }] }));
	return xmlDocument({ sitemapindex: [{ _attr: { xmlns: SITEMAP } }, ...sitemaps] });
}

/** The pages of each language, with the same page in the others. */
export function pagesSitemap(origin: string, languages: readonly Language[]): string {
	return urlset(
		PAGES.flatMap((page) => {
			const alternates = languages.map((language) => ({
				language,
				url: `${origin}/${language}${page}`,
			}));
			return alternates.map(({ url }) => urlElement(url, alternates));
		}),
	);
}

/** The pages of releases, with the same story in other languages where `entries` has it too. */
export function releasesSitemap(origin: string, entries: readonly SitemapEntry[]): string {
	const stories = Map.groupBy(entries, ({ story }) => story);
	return urlset(
		entries.map((entry) => {
			const alternates = (stories.get(entry.story) ?? []).map((one) => ({
				language: one.language,
				url: releaseUrl(origin, one),
			}));
			return urlElement(releaseUrl(origin, entry), alternates, entry.changedAt);
		}),
	);
}

function urlset(urls: readonly XmlObject[]): string {
	return xmlDocument({ urlset: [{ _attr: { xmlns: SITEMAP, "xmlns:xhtml": XHTML } }, ...urls] });
}

/** @param alternates the page in every language that has it, its own too; left out if that is all. */
function urlElement(url: string, alternates: readonly Alternate[], changedAt?: number): XmlObject {
	const links = alternates.length < 2 ? [] : alternates;
	return {
		url: [
			{ loc: url },
			...(changedAt === undefined ? [] : [{ lastmod: new Date(changedAt).toISOString() }]),
			...links.map(({ language, url: href }) => ({
				"xhtml:link": { _attr: { rel: "alternate", hreflang: language, href } },
			})),
		],
	};
}
