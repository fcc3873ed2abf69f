import type { PublishedRelease } from "../releases/release.ts";
import type { Language } from "../shared/language.ts";

/** The formats that a feed is made ready in, and the media type of each. */
export const FORMATS = {
	"rss.xml": "application/rss+xml; charset=utf-8",
	"feed.json": "application/feed+json; charset=utf-8",
} as const;
export type Format = keyof typeof FORMATS;

/** How many releases a feed holds. */
export const FEED_LENGTH = 50;

/** What a feed says of itself. */
export interface Channel {
	readonly title: string;
	/** Origin of the publication, without a slash at its end. */
	readonly origin: string;
	readonly language: Language;
	/** Where this feed is, absolute. */
	readonly selfUrl: string;
}

/** A feed ready to be served. */
export interface ReadyFeed {
	readonly text: string;
	/** Strong entity tag (RFC 9110, section 8.8.3), with its quotes. */
	readonly etag: string;
	/** HTTP date of its last change (RFC 9110, section 8.8.2), or null where it never had a release. */
	readonly lastModified: string | null;
}

/** A builder: releases, newest first, to the text of a feed. */
export type FeedBuilder = (channel: Channel, releases: readonly PublishedRelease[]) => string;
