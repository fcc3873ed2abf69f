import type { Language } from "../shared/language.ts";
import type { Format, ReadyFeed } from "./feed.ts";

/** How the ready feeds of a language stand against the releases in it. */
export interface FeedLag {
	readonly language: Language;
	/** The highest sequence of the language's releases. */
	readonly highest: number;
	/** When one of them last went public, changed, or was withdrawn (milliseconds since 1970 UTC). */
	readonly changedAt: number;
}

interface Validators {
	etag: string;
	lastModified: string | null;
}

export type FeedStore = ReturnType<typeof createFeedStore>;

/** Ready feeds in KV, and in D1 how far each language's have come. */
export function createFeedStore(ledger: D1Database, kv: KVNamespace) {
	return {
		/** One KV read: the ready feed, or null where the language has none yet. */
		async read(language: Language, format: Format): Promise<ReadyFeed | null> {
			const key = feedKey(language, format);
			const { value, metadata } = await kv.getWithMetadata<Validators>(key);
			return value !== null && metadata ? { text: value, ...metadata } : null;
		},

		async keep(language: Language, format: Format, feed: ReadyFeed): Promise<void> {
			const { text, etag, lastModified } = feed;
			await kv.put(feedKey(language, format), text, { metadata: { etag, lastModified } });
		},

		/** Languages with a release that their ready feeds do not have. */
		async listLagging(): Promise<FeedLag[]> {
			const { results } = await ledger
				.prepare(
					`SELECT language, highest, changedAt FROM (
						SELECT language, MAX(sequence) AS highest,
							MAX(MAX(changed_at, published_at)) AS changedAt
						FROM releases WHERE sequence IS NOT NULL GROUP BY language)
					LEFT JOIN feeds USING (language)
					WHERE highest > COALESCE(feeds.through, 0)`,
				)
				.all<FeedLag>();
			return results;
		},

		/** Records that a language's ready feeds have everything up to a sequence. */
		async markBuilt({ language, highest }: FeedLag): Promise<void> {
			await ledger
				.prepare(
					`INSERT INTO feeds (language, through) VALUES (?, ?)
					ON CONFLICT (language) DO UPDATE SET through = MAX(through, excluded.through)`,
				)
				.bind(language, highest)
				.run();
		},
	};
}

function feedKey(language: Language, format: Format): string {
	return `feed/${language}/all/${format}`;
}
