import type { EverPublicEntry } from "../releases/entry.ts";
import { sha256Hex } from "../shared/text.ts";
import { buildAtom } from "./atom.ts";
import { buildCalendar, onePerStory } from "./calendar.ts";
import { describe } from "./channel.ts";
import {
	CALENDAR,
	type FeedBuilder,
	type FeedFile,
	type FeedIdentity,
	type Format,
	FRESH_SECONDS,
} from "./feed.ts";
import type { FeedItem } from "./item.ts";
import { buildJsonFeed } from "./json-feed.ts";
import { buildRss } from "./rss.ts";
import type { Scope } from "./scope.ts";
import type { Validators } from "./store.ts";

const BUILDERS: Readonly<Record<Format, FeedBuilder>> = {
	"rss.xml": buildRss,
	"atom.xml": buildAtom,
	"feed.json": buildJsonFeed,
};

/** What a feed is made of besides its items. */
export interface Making {
	readonly identity: FeedIdentity;
	readonly scope: Scope;
	/** The number of an archive, or null for the feed with the newest releases. */
	readonly archive: number | null;
	/** How many archives there are before it. */
	readonly archivesBefore: number;
}

/** The text of a feed, or of one of its archives. */
export function makeFeed(making: Making, format: Format, items: readonly FeedItem[]): string {
	const { identity, scope } = making;
	return BUILDERS[format](describe(identity, scope, format, making), items);
}

/** The text of a scope's calendar. In that of all languages each story is one event. */
export function makeCalendar(
	identity: FeedIdentity,
	scope: Scope,
	entries: readonly EverPublicEntry[],
): string {
	const document = { archive: null, archivesBefore: 0 };
	const channel = describe(identity, scope, CALENDAR, document);
	const shown = scope.language ? entries : onePerStory(entries, identity.languages);
	return buildCalendar({ ...channel, freshSeconds: FRESH_SECONDS }, shown);
}

/** A file of a scope that never had a release. */
export function makeEmpty(identity: FeedIdentity, scope: Scope, file: FeedFile): string {
	if (file === CALENDAR) return makeCalendar(identity, scope, []);
	return makeFeed({ identity, scope, archive: null, archivesBefore: 0 }, file, []);
}

/** The entity tag of a text, and when it was made. */
export async function validatorsOf(text: string, modifiedAt: number): Promise<Validators> {
	return { etag: `"${(await sha256Hex(text)).slice(0, 32)}"`, modifiedAt };
}
