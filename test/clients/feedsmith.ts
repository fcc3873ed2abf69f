import { parseAtomFeed, parseJsonFeed, parseOpml, parseRssFeed } from "feedsmith";
import { type Told, toSeconds } from "./told.ts";

/** What feedsmith (https://feedsmith.dev) reads in a feed. */
export interface ReadFeed {
	readonly title: string | undefined;
	readonly language: string | undefined;
	/** The address of the archive before it. */
	readonly previous: string | undefined;
	readonly items: readonly Told[];
}

/** Its parsers, by the file that each reads. */
export const PARSERS: Readonly<Record<string, (text: string) => ReadFeed>> = {
	"rss.xml": parseRss,
	"atom.xml": parseAtom,
	"feed.json": parseJson,
};

function parseRss(text: string): ReadFeed {
	const { title, language, atom, items = [] } = parseRssFeed(text);
	return {
		title,
		language,
		previous: previousOf(atom?.links),
		items: items.map((item) => ({
			id: item.guid?.value ?? "",
			title: item.title ?? "",
			url: item.link ?? "",
			summary: textOf(item.description),
			language: item.dc?.languages?.[0] ?? "",
			kind: item.categories?.[0]?.name ?? "",
			published: toSeconds(item.pubDate ?? ""),
			updated: toSeconds(item.atom?.updated ?? item.pubDate ?? ""),
			attachments: (item.enclosures ?? []).map(toAttachment),
		})),
	};
}

function parseAtom(text: string): ReadFeed {
	const { title, xml, links, entries = [] } = parseAtomFeed(text);
	return {
		title: title?.value,
		language: xml?.lang,
		previous: previousOf(links),
		items: entries.map((entry) => ({
			id: entry.id ?? "",
			title: entry.title?.value ?? "",
			url: entry.links?.find(({ rel }) => rel === "alternate")?.href ?? "",
			summary: entry.summary?.value ?? "",
			language: entry.xml?.lang ?? "",
			kind: entry.categories?.[0]?.term ?? "",
			published: toSeconds(entry.published ?? ""),
			updated: toSeconds(entry.updated ?? ""),
			attachments: (entry.links ?? [])
				.filter(({ rel }) => rel === "enclosure")
				.map(({ href, type, length }) => toAttachment({ url: href, type, length })),
		})),
	};
}

function parseJson(text: string): ReadFeed {
	const { title, language, next_url: previous, items = [] } = parseJsonFeed(text);
	return {
		title,
		language,
		previous,
		items: items.map((item) => ({
			id: item.id ?? "",
			title: item.title ?? "",
			url: item.url ?? "",
			summary: item.summary ?? "",
			language: item.language ?? "",
			kind: item.tags?.[0] ?? "",
			published: toSeconds(item.date_published ?? ""),
			updated: toSeconds(item.date_modified ?? item.date_published ?? ""),
			attachments: (item.attachments ?? []).map(({ url, mime_type, size_in_bytes }) =>
				toAttachment({ url, type: mime_type, length: size_in_bytes }),
			),
		})),
	};
}

interface Listed {
	readonly title: string;
	readonly address: string;
	/** The page with the same releases. */
	readonly page: string;
	readonly language: string | null;
}

/** The feeds that a subscription list has, whatever groups they stand in. */
export function readOpml(text: string): Listed[] {
	const groups = parseOpml(text).body?.outlines ?? [];
	return groups
		.flatMap(({ outlines = [] }) => outlines)
		.map(({ text: title = "", xmlUrl: address = "", htmlUrl: page = "", language = null }) => ({
			title,
			address,
			page,
			language,
		}));
}

function toAttachment(file: { url?: string; type?: string; length?: number }) {
	return { url: file.url ?? "", type: file.type ?? "", length: file.length ?? Number.NaN };
}

function previousOf(links: readonly { rel?: string; href?: string }[] = []) {
	return links.find(({ rel }) => rel === "prev-archive")?.href;
}

/**
 * A title as it reads it in RSS: it takes out what looks like a comment, although it stands in a CDATA
 * section, where there are none.
 */
export function titleInRss(title: string): string {
	return title.replaceAll(/<!--.*?-->/g, "").trim();
}

/** The text of HTML without elements. */
export function textOf(html = ""): string {
	return html.replaceAll(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)));
}
