import type { Language } from "../shared/language.ts";
import type { FeedFile } from "./feed.ts";
import { allScopes, EVERYTHING, type Scope, scopeName } from "./scope.ts";

/** The validators of a ready document (RFC 9110, section 8.8). */
export interface Validators {
	/** Strong entity tag, with its quotes. */
	readonly etag: string;
	/** When it last changed (milliseconds since 1970 UTC, a whole second). */
	readonly modifiedAt: number;
}

/** A document as it is read: the text comes when it is asked for. */
export interface ReadyFeed extends Validators {
	readonly body: ReadableStream;
}

/** Which ready document; with a number, of the archive of that number. */
export interface DocumentName {
	readonly scope: Scope;
	readonly file: FeedFile;
	readonly archive?: number;
}

/** How far the ready feeds of a scope have come. */
export interface Progress {
	/** What they were made by. */
	readonly madeBy: string;
	/** They have everything up to this sequence. */
	readonly through: number;
	/** The archives have every correction up to this sequence. */
	readonly correctedThrough: number;
	readonly archives: number;
	/** The first sequence of the last release in an archive. */
	readonly archivedThrough: number;
	readonly modifiedAt: number;
}

export type FeedStore = ReturnType<typeof createFeedStore>;

/** Ready feeds in KV, and in D1 how far those of each scope have come. */
export function createFeedStore(ledger: D1Database, kv: KVNamespace) {
	return {
		/** One KV read: a ready document, or null where there is none. */
		async read(scope: Scope, file: FeedFile, archive?: number): Promise<ReadyFeed | null> {
			const { value: body, metadata } = await kv.getWithMetadata<Validators>(
				feedKey(scope, file, archive),
				"stream",
			);
			return body && metadata ? { body, ...metadata } : null;
		},

		async keep(
			{ scope, file, archive }: DocumentName,
			text: string,
			validators: Validators,
		): Promise<void> {
			await kv.put(feedKey(scope, file, archive), text, { metadata: validators });
		},

		/** Takes a document away. */
		async drop({ scope, file, archive }: DocumentName): Promise<void> {
			await kv.delete(feedKey(scope, file, archive));
		},

		/** How far each scope has come, by its name. One without feeds is not there. */
		async listProgress(): Promise<ReadonlyMap<string, Progress>> {
			const { results } = await ledger
				.prepare(
					`SELECT scope, made_by AS madeBy, through, corrected_through AS correctedThrough,
						archives, archived_through AS archivedThrough, modified_at AS modifiedAt FROM feeds`,
				)
				.all<Progress & { scope: string }>();
			return new Map(results.map(({ scope, ...progress }) => [scope, progress]));
		},

		async saveProgress(scope: Scope, progress: Progress): Promise<void> {
			const { madeBy, through, correctedThrough, archives, archivedThrough, modifiedAt } = progress;
			await ledger
				.prepare(
					`INSERT INTO feeds (scope, made_by, through, corrected_through, archives,
						archived_through, modified_at)
					VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
					ON CONFLICT (scope) DO UPDATE SET made_by = ?2, through = ?3, corrected_through = ?4,
						archives = ?5, archived_through = ?6, modified_at = ?7`,
				)
				.bind(
					scopeName(scope),
					madeBy,
					through,
					correctedThrough,
					archives,
					archivedThrough,
					modifiedAt,
				)
				.run();
		},

		/**
		 * Whether something is public that not all feeds of these languages have, or the feeds of a
		 * scope were made by something else. A lookup for each scope.
		 */
		async isBehind(madeBy: string, languages: readonly Language[]): Promise<boolean> {
			const row = await ledger
				.prepare(
					`SELECT highest > COALESCE((SELECT through FROM feeds WHERE scope = ?1), 0)
						OR EXISTS (SELECT 1 FROM feeds
							WHERE scope IN (SELECT value FROM json_each(?3)) AND made_by <> ?2) AS behind
					FROM (SELECT MAX(sequence) AS highest FROM releases)`,
				)
				.bind(scopeName(EVERYTHING), madeBy, JSON.stringify(allScopes(languages).map(scopeName)))
				.first<{ behind: number }>();
			return row?.behind === 1;
		},

		/** Scopes made at `madeUntil` or before, by name, with news that the hub was not told of. */
		async listUntold(madeUntil: number): Promise<{ name: string; through: number }[]> {
			const { results } = await ledger
				.prepare(
					`SELECT scope AS name, through FROM feeds
					WHERE through > hub_told_through AND modified_at <= ?`,
				)
				.bind(madeUntil)
				.all<{ name: string; through: number }>();
			return results;
		},

		async markTold(name: string, through: number): Promise<void> {
			await ledger
				.prepare("UPDATE feeds SET hub_told_through = ?2 WHERE scope = ?1")
				.bind(name, through)
				.run();
		},

		/** Has all feeds made anew, from the first archive on. What is served stays until then. */
		async forgetProgress(): Promise<void> {
			await ledger.prepare("UPDATE feeds SET made_by = ''").run();
		},
	};
}

function feedKey(scope: Scope, file: FeedFile, archive?: number): string {
	const part = archive === undefined ? "" : `/archive/${archive}`;
	return `feed/${scopeName(scope)}${part}/${file}`;
}
