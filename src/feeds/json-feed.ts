import { type Event, knownEnd } from "../releases/release.ts";
import { toIsoTime } from "../shared/civil-time.ts";
import type { Channel } from "./feed.ts";
import type { FeedItem } from "./item.ts";

/**
 * JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/). Its archives are the pages that `next_url`
 * leads to; event dates stand in an extension, by the names that schema.org has.
 */
export function buildJsonFeed(channel: Channel, items: readonly FeedItem[]): string {
	return JSON.stringify({
		version: "https://jsonfeed.org/version/1.1",
		title: channel.title,
		description: channel.description,
		home_page_url: channel.pageUrl,
		feed_url: channel.selfUrl,
		...(channel.previousUrl ? { next_url: channel.previousUrl } : {}),
		...(channel.logo ? { icon: channel.logo } : {}),
		...(channel.language ? { language: channel.language } : {}),
		...(channel.hub ? { hubs: [{ type: "WebSub", url: channel.hub }] } : {}),
		items: items.map(toJsonItem),
	});
}

function toJsonItem(item: FeedItem) {
	return {
		id: item.id,
		url: item.url,
		title: item.title,
		summary: item.summary,
		// One of the two is needed.
		...(item.content
			? { content_html: item.content.html, content_text: item.content.text }
			: { content_text: item.summary }),
		...(item.attachments.length > 0
			? {
					attachments: item.attachments.map(({ url, title, type, length }) => ({
						url,
						title,
						mime_type: type,
						size_in_bytes: length,
					})),
				}
			: {}),
		date_published: new Date(item.publishedAt).toISOString(),
		...(item.updatedAt === null ? {} : { date_modified: new Date(item.updatedAt).toISOString() }),
		language: item.language,
		tags: [item.kind],
		...(item.event ? { _event: toSchemaOrg(item.event) } : {}),
	};
}

function toSchemaOrg(event: Event) {
	const { starts, place, timeZone } = event;
	const end = knownEnd(event);
	return {
		about: "https://schema.org/Event",
		startDate: toIsoTime(starts, timeZone),
		...(end === null ? {} : { endDate: toIsoTime(end, timeZone) }),
		...(place === null ? {} : { location: place }),
	};
}
