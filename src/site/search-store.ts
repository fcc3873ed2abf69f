import type { ArchiveFilter, Slice } from "../releases/archive-store.ts";
import { COLUMNS, type EntryRow, isPublic, type PublicEntry, toEntry } from "../releases/entry.ts";

/** The words of a public release, as the index takes them. */
export interface SearchRow {
	readonly firstSequence: number;
	readonly title: string;
	readonly summary: string;
	readonly place: string;
	readonly body: string;
}

/** What readers search: the page of what was found that they asked for, and how much there is. */
export interface Found {
	readonly total: number;
	readonly entries: PublicEntry[];
}

export type SearchStore = ReturnType<typeof createSearchStore>;

/** The full-text index of public releases in D1 (SQLite FTS5). */
export function createSearchStore(ledger: D1Database) {
	return {
		/**
		 * Public releases that an FTS5 expression matches, the best first (bm25; a word in the title
		 * weighs most), and of those as good the newest.
		 */
		async search(filter: ArchiveFilter, match: string, { limit, offset }: Slice): Promise<Found> {
			const matched = (columns: string) => `WITH matched AS MATERIALIZED (
					SELECT ${columns} FROM search_words WHERE search_words MATCH ?1)`;
			// CROSS JOIN: from the matches to their releases, never the other way round.
			const shown = `FROM matched CROSS JOIN releases ON first_sequence = found
				WHERE language = ?2 AND (?3 IS NULL OR kind = ?3) AND status = 'published'`;
			const values = [match, filter.language, filter.kind ?? null];
			const [counted, listed] = await ledger.batch<EntryRow & { total: number }>([
				ledger
					.prepare(`${matched("rowid AS found")} SELECT COUNT(*) AS total ${shown}`)
					.bind(...values),
				ledger
					.prepare(
						`${matched("rowid AS found, bm25(search_words, 10, 4, 4, 1) AS score")}
						SELECT ${COLUMNS} ${shown}
						ORDER BY score, first_sequence DESC LIMIT ?4 OFFSET ?5`,
					)
					.bind(...values, limit, offset),
			]);
			const entries = listed?.results.map(toEntry).filter(isPublic) ?? [];
			return { total: counted?.results[0]?.total ?? 0, entries };
		},

		/** Everything up to this sequence is in the index. */
		async progress(): Promise<number> {
			const through = await ledger
				.prepare("SELECT through FROM search_progress")
				.first<number>("through");
			return through ?? 0;
		},

		/** Whether a release has changed that the index does not have so. */
		async behind(): Promise<boolean> {
			const row = await ledger
				.prepare(
					`SELECT 1 FROM releases
					WHERE sequence > COALESCE((SELECT through FROM search_progress), 0) LIMIT 1`,
				)
				.first();
			return row !== null;
		},

		/**
		 * One transaction: indexes `rows` anew, takes the releases with the first sequences `gone` out,
		 * and records that the index has everything up to the sequence `through`.
		 */
		async keep(
			rows: readonly SearchRow[],
			gone: readonly number[],
			through: number,
		): Promise<void> {
			const insert = ledger.prepare(
				`INSERT OR REPLACE INTO search_words (rowid, title, summary, place, body)
				VALUES (?, ?, ?, ?, ?)`,
			);
			const remove = ledger.prepare("DELETE FROM search_words WHERE rowid = ?");
			const record = ledger.prepare(
				`INSERT INTO search_progress (id, through) VALUES (1, ?)
				ON CONFLICT (id) DO UPDATE SET through = MAX(through, excluded.through)`,
			);
			await ledger.batch([
				...rows.map(({ firstSequence, title, summary, place, body }) =>
					insert.bind(firstSequence, title, summary, place, body),
				),
				...gone.map((firstSequence) => remove.bind(firstSequence)),
				record.bind(through),
			]);
		},
	};
}
