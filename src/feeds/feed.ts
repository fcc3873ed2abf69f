import type { Language } from "../shared/language.ts";
import type { FeedItem } from "./item.ts";

/** The formats of a feed of releases, and the media type of each. */
export const FORMATS = {
	"rss.xml": "application/rss+xml; charset=utf-8",
	"atom.xml": "application/atom+xml; charset=utf-8",
	"feed.json": "application/feed+json; charset=utf-8",
} as const;
export type Format = keyof typeof FORMATS;

/** The calendar of the events of a scope's releases. */
export const CALENDAR = "events.ics" as const;

/** Every file that a scope has, and the media type of each. */
export type FeedFile = Format | typeof CALENDAR;
export const FILES: Readonly<Record<FeedFile, string>> = {
	...FORMATS,
	[CALENDAR]: "text/calendar; charset=utf-8",
};

/** How many releases a feed holds. */
export const FEED_LENGTH = 50;
/**
 * How many releases an archive holds (RFC 5005, section 4). Fewer than a feed, so that what is in no
 * archive yet leaves room in the feed for old releases that were corrected.
 */
export const ARCHIVE_LENGTH = 25;
/** How many events a calendar holds. */
export const CALENDAR_LENGTH = 500;

/** For how long a reader may take a feed for fresh: what HTTP says, and what the feeds say themselves. */
export const FRESH_SECONDS = 300;

/** What the feeds say of the publication. */
export interface FeedIdentity {
	readonly title: string;
	readonly description: string | null;
	/** Where its logo is, absolute; null for none. */
	readonly logo: string | null;
	/** Origin of the publication, without a slash at its end. */
	readonly url: string;
	/** The first is the default. */
	readonly languages: readonly [Language, ...Language[]];
	/** The WebSub hub, absolute; null for none. */
	readonly hub: string | null;
}

/** What a feed says of itself. Addresses are absolute. */
export interface Channel {
	readonly title: string;
	/** The name of the publication. */
	readonly publisher: string;
	readonly description: string;
	readonly logo: string | null;
	/** Origin of the publication, without a slash at its end. */
	readonly origin: string;
	/** The page with the same releases. */
	readonly pageUrl: string;
	/** Null where it has several. */
	readonly language: Language | null;
	/** Where this document is. */
	readonly selfUrl: string;
	/** Where the feed with the newest releases is: the same, but for an archive. */
	readonly currentUrl: string;
	/** The archive before this document (RFC 5005, section 4); null where there is none. */
	readonly previousUrl: string | null;
	readonly hub: string | null;
}

/** A builder: releases, newest first, to the text of a feed. */
export type FeedBuilder = (channel: Channel, items: readonly FeedItem[]) => string;

/** Whether a document is an archive: complete, and no longer the one to subscribe to. */
export function isArchive({ selfUrl, currentUrl }: Channel): boolean {
	return selfUrl !== currentUrl;
}
