import RSS from "rss";
import type { XmlObject } from "xml";
import { escapeMarkup } from "../shared/text.ts";
import { eventElements } from "./event-dates.ts";
import { type Channel, FRESH_SECONDS, isArchive } from "./feed.ts";
import type { FeedItem } from "./item.ts";
import { atomLink, NAMESPACES } from "./xml.ts";

/**
 * RSS 2.0, after the RSS Advisory Board's profile: full text in `content:encoded`, archives by
 * RFC 5005, event dates by the RSS 1.0 event module.
 */
export function buildRss(channel: Channel, items: readonly FeedItem[]): string {
	const newest = Math.max(...items.map(({ publishedAt }) => publishedAt));
	const feed = new RSS({
		title: channel.title,
		description: channel.description,
		feed_url: channel.selfUrl,
		site_url: channel.pageUrl,
		generator: "Communiqué",
		ttl: FRESH_SECONDS / 60,
		...(channel.language ? { language: channel.language } : {}),
		...(channel.hub ? { hub: channel.hub } : {}),
		...(channel.logo ? { image_url: channel.logo } : {}),
		...(items.length > 0 ? { pubDate: new Date(newest) } : {}),
		custom_namespaces: NAMESPACES,
		custom_elements: historyElements(channel),
	});
	for (const item of items) feed.item(toRssItem(item));
	// The library stamps the time of building, which would change a feed that says the same.
	return feed.xml().replace(/<lastBuildDate>[^<]*<\/lastBuildDate>/, "");
}

/** RFC 5005, section 4. */
function historyElements(channel: Channel): XmlObject[] {
	const type = "application/rss+xml";
	const link = (rel: string, href: string) => atomLink("atom:link", { rel, href, type });
	return [
		...(isArchive(channel) ? [{ "fh:archive": [] }, link("current", channel.currentUrl)] : []),
		...(channel.previousUrl ? [link("prev-archive", channel.previousUrl)] : []),
	];
}

function toRssItem(item: FeedItem): RSS.ItemOptions {
	return {
		title: item.title,
		// RSS reads it as HTML.
		description: escapeMarkup(item.summary),
		url: item.url,
		guid: item.id,
		categories: [item.kind],
		date: new Date(item.publishedAt),
		custom_elements: [
			// The library takes one enclosure and guesses its type; ours say theirs.
			...item.attachments.map(({ url, type, length }) => ({
				enclosure: { _attr: { url, length, type } },
			})),
			...(item.updatedAt === null
				? []
				: [{ "atom:updated": new Date(item.updatedAt).toISOString() }]),
			{ "dc:language": item.language },
			...(item.event ? eventElements(item.event) : []),
			...(item.content ? [{ "content:encoded": { _cdata: item.content.html } }] : []),
		],
	};
}
