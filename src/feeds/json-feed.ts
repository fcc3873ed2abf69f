import { bodyHtml } from "../releases/body.ts";
import { type PublishedRelease, permanentId, releaseUrl } from "../releases/release.ts";
import type { Channel } from "./feed.ts";

/** JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/). */
export function buildJsonFeed(channel: Channel, releases: readonly PublishedRelease[]): string {
	return JSON.stringify({
		version: "https://jsonfeed.org/version/1.1",
		title: channel.title,
		home_page_url: `${channel.origin}/`,
		feed_url: channel.selfUrl,
		language: channel.language,
		items: releases.map((release) => toItem(channel, release)),
	});
}

function toItem(channel: Channel, release: PublishedRelease) {
	return {
		id: permanentId(release),
		url: releaseUrl(channel.origin, release),
		title: release.title,
		summary: release.summary,
		content_html: bodyHtml(release),
		content_text: release.body,
		...(release.attachments.length > 0
			? {
					attachments: release.attachments.map(({ url, title, type, length }) => ({
						url,
						title,
						mime_type: type,
						size_in_bytes: length,
					})),
				}
			: {}),
		...(release.changedAt > release.publishedAt
			? { date_modified: new Date(release.changedAt).toISOString() }
			: {}),
		date_published: new Date(release.publishedAt).toISOString(),
		language: release.language,
		tags: [release.kind],
	};
}
