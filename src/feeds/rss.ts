import RSS from "rss";
import { bodyHtml } from "../releases/body.ts";
import { type PublishedRelease, permanentId, releaseUrl } from "../releases/release.ts";
import type { Channel } from "./feed.ts";

/** RSS 2.0, after the RSS Advisory Board's profile, with full text in `content:encoded`. */
export function buildRss(channel: Channel, releases: readonly PublishedRelease[]): string {
	const newest = releases[0];
	const feed = new RSS({
		title: channel.title,
		description: `Releases of ${channel.title}`,
		feed_url: channel.selfUrl,
		site_url: `${channel.origin}/`,
		language: channel.language,
		generator: "Communiqué",
		...(newest ? { pubDate: new Date(newest.publishedAt) } : {}),
	});
	for (const release of releases) feed.item(toItem(channel, release));
	// The library stamps the time of building, which would change a feed that says the same.
	return feed.xml().replace(/<lastBuildDate>[^<]*<\/lastBuildDate>/, "");
}

function toItem(channel: Channel, release: PublishedRelease): RSS.ItemOptions {
	return {
		title: release.title,
		description: release.summary,
		url: releaseUrl(channel.origin, release),
		guid: permanentId(release),
		categories: [release.kind],
		date: new Date(release.publishedAt),
		custom_elements: [
			// The library takes one enclosure and guesses its type; ours say theirs.
			...release.attachments.map(({ url, type, length }) => ({
				enclosure: { _attr: { url, length, type } },
			})),
			...(release.changedAt > release.publishedAt
				? [{ "atom:updated": new Date(release.changedAt).toISOString() }]
				: []),
			{ "dc:language": release.language },
			{ "content:encoded": { _cdata: bodyHtml(release) } },
		],
	};
}
