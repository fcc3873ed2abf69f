import type { XmlObject } from "xml";
import { eventElements } from "./event-dates.ts";
import { type Channel, isArchive } from "./feed.ts";
import type { FeedItem } from "./item.ts";
import { atomLink, NAMESPACES, xmlDocument } from "./xml.ts";

/** When a feed that never had a release changed. */
const NEVER = 0;

/**
 * Atom (RFC 4287), with archives by RFC 5005 and event dates by the RSS 1.0 event module. A feed and
 * its archives have one `id`.
 */
export function buildAtom(channel: Channel, items: readonly FeedItem[]): string {
	const language = channel.language ? { "xml:lang": channel.language } : {};
	const updatedAt = Math.max(NEVER, ...items.map(changedAt));
	return xmlDocument({
		feed: [
			{
				_attr: {
					xmlns: "http://www.w3.org/2005/Atom",
					"xmlns:ev": NAMESPACES.ev,
					"xmlns:fh": NAMESPACES.fh,
					...language,
				},
			},
			{ id: channel.currentUrl },
			{ title: channel.title },
			{ subtitle: channel.description },
			{ updated: toTime(updatedAt) },
			{ author: [{ name: channel.publisher }, { uri: `${channel.origin}/` }] },
			{ generator: "Communiqué" },
			...(channel.logo ? [{ logo: channel.logo }] : []),
			...linksOf(channel),
			...items.map(toEntry),
		],
	});
}

function linksOf(channel: Channel): XmlObject[] {
	const type = "application/atom+xml";
	const link = (rel: string, href: string) => atomLink("link", { rel, href, type });
	return [
		link("self", channel.selfUrl),
		atomLink("link", { rel: "alternate", href: channel.pageUrl, type: "text/html" }),
		...(isArchive(channel) ? [{ "fh:archive": [] }, link("current", channel.currentUrl)] : []),
		...(channel.previousUrl ? [link("prev-archive", channel.previousUrl)] : []),
		...(channel.hub ? [atomLink("link", { rel: "hub", href: channel.hub })] : []),
	];
}

function toEntry(item: FeedItem): XmlObject {
	const { url, language: hreflang } = item;
	return {
		entry: [
			{ _attr: { "xml:lang": item.language } },
			{ id: item.id },
			{ title: item.title },
			{ published: toTime(item.publishedAt) },
			{ updated: toTime(changedAt(item)) },
			atomLink("link", { rel: "alternate", href: url, type: "text/html", hreflang }),
			...item.attachments.map(({ url: href, title, type, length }) =>
				atomLink("link", { rel: "enclosure", href, title, type, length: String(length) }),
			),
			{ category: { _attr: { term: item.kind } } },
			{ summary: item.summary },
			...(item.event ? eventElements(item.event) : []),
			...(item.content ? [{ content: [{ _attr: { type: "html" } }, item.content.html] }] : []),
		],
	};
}

function changedAt({ publishedAt, updatedAt }: FeedItem): number {
	return updatedAt ?? publishedAt;
}

/** RFC 3339. */
function toTime(milliseconds: number): string {
	return new Date(milliseconds).toISOString();
}
