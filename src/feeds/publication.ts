import type { PublishedRelease } from "../releases/release.ts";
import type { ReleaseStore } from "../releases/store.ts";
import type { Language } from "../shared/language.ts";
import { sha256Hex } from "../shared/text.ts";
import {
	type Channel,
	FEED_LENGTH,
	type FeedBuilder,
	type Format,
	type ReadyFeed,
} from "./feed.ts";
import { buildJsonFeed } from "./json-feed.ts";
import { buildRss } from "./rss.ts";
import type { FeedLag, FeedStore } from "./store.ts";

const BUILDERS: Readonly<Record<Format, FeedBuilder>> = {
	"rss.xml": buildRss,
	"feed.json": buildJsonFeed,
};

/** What the feeds say of the publication. */
export interface FeedIdentity {
	readonly title: string;
	/** Origin of the publication, without a slash at its end. */
	readonly url: string;
}

/** Where a language's feed is in each format, absolute. */
export function feedUrl(origin: string, language: Language, format: Format): string {
	return `${origin}/${language}/${format}`;
}

/**
 * Builds one ready feed of releases, newest first.
 *
 * @param changedAt when what it says last changed (milliseconds since 1970 UTC): also where a release
 *   is gone from it. Null for a feed that never had one.
 */
export async function buildFeed(
	identity: FeedIdentity,
	language: Language,
	format: Format,
	releases: readonly PublishedRelease[],
	changedAt: number | null,
): Promise<ReadyFeed> {
	const selfUrl = feedUrl(identity.url, language, format);
	const channel: Channel = { title: identity.title, origin: identity.url, language, selfUrl };
	const text = BUILDERS[format](channel, releases);
	return {
		text,
		etag: `"${(await sha256Hex(text)).slice(0, 32)}"`,
		lastModified: changedAt === null ? null : new Date(changedAt).toUTCString(),
	};
}

/** Most characters of bodies that one feed holds: what a reader fetches, and KV keeps, stays small. */
const FEED_CHARACTERS = 4_000_000;

/**
 * Builds the feeds of every language that has something its feeds do not. Doing it twice changes
 * nothing; it must not run twice at once, which the feeds queue's single consumer sees to.
 *
 * @returns the languages that were built.
 * @throws the first fault, after all other languages are built.
 */
export async function rebuildLagging(
	identity: FeedIdentity,
	releases: ReleaseStore,
	feeds: FeedStore,
): Promise<Language[]> {
	const lagging = await feeds.listLagging();
	const built = await Promise.allSettled(
		lagging.map((lag) => rebuild(identity, releases, feeds, lag)),
	);
	const failed = built.find((outcome) => outcome.status === "rejected");
	if (failed) throw failed.reason;
	return lagging.map(({ language }) => language);
}

async function rebuild(
	identity: FeedIdentity,
	releases: ReleaseStore,
	feeds: FeedStore,
	lag: FeedLag,
): Promise<void> {
	const entries = await releases.listNewest(FEED_LENGTH, lag.language);
	const newest = withinLimit(await releases.readAll(entries));
	const { language, changedAt } = lag;
	for (const format of Object.keys(BUILDERS) as Format[]) {
		const feed = await buildFeed(identity, language, format, newest, changedAt);
		await feeds.keep(language, format, feed);
	}
	await feeds.markBuilt(lag);
}

/** The newest releases, as many as fit, and one at least. */
function withinLimit(releases: readonly PublishedRelease[]): PublishedRelease[] {
	let characters = 0;
	return releases.filter(({ body }, index) => {
		characters += body.length;
		return index === 0 || characters <= FEED_CHARACTERS;
	});
}
