import type { Language } from "../shared/language.ts";
import { COLUMNS, type EntryRow, type EverPublicEntry, toEntry, wasEverPublic } from "./entry.ts";
import type { Kind } from "./kinds.ts";

/** A language and a kind, or all of them (null). */
export interface HistoryFilter {
	readonly language: Language | null;
	readonly kind: Kind | null;
}

/** The highest sequence among changes of one language and kind. */
export interface ChangedPart {
	readonly language: Language;
	readonly kind: Kind;
	readonly sequence: number;
}

/** Which corrections are meant, by sequence. */
export interface CorrectionRange {
	readonly after: number;
	readonly through: number;
	/** Of releases first published up to this. */
	readonly publishedThrough: number;
}

export type HistoryStore = ReturnType<typeof createHistoryStore>;

/**
 * Reads, in the order of their sequences, the releases that are public or were: what was withdrawn
 * keeps its place, so that places never move.
 */
export function createHistoryStore(ledger: D1Database) {
	const select = async (
		{ language, kind }: HistoryFilter,
		rest: string,
		...values: number[]
	): Promise<EverPublicEntry[]> => {
		const { where, given } = restrict(language, kind, values.length);
		const { results } = await ledger
			.prepare(`SELECT ${COLUMNS} FROM releases WHERE first_sequence IS NOT NULL ${where} ${rest}`)
			.bind(...values, ...given)
			.all<EntryRow>();
		return results.map(toEntry).filter(wasEverPublic);
	};
	const changed = async (sql: string, after: number): Promise<ChangedPart[]> => {
		const { results } = await ledger.prepare(sql).bind(after).all<ChangedPart>();
		return results;
	};

	return {
		/** Releases first published with a sequence above `after`, oldest first. */
		listFirstPublishedAfter: (filter: HistoryFilter, after: number, limit: number) =>
			select(filter, "AND first_sequence > ?1 ORDER BY first_sequence LIMIT ?2", after, limit),

		/** Releases by their place, oldest first. */
		listFrom: (filter: HistoryFilter, offset: number, limit: number) =>
			select(filter, "ORDER BY first_sequence LIMIT ?2 OFFSET ?1", offset, limit),

		/** Those that were published, corrected or withdrawn last, the last first. */
		listLastChanged: (filter: HistoryFilter, limit: number) =>
			select(filter, "ORDER BY sequence DESC LIMIT ?1", limit),

		/** Those that were first published last, the last first. */
		listLastPublished: (filter: HistoryFilter, limit: number) =>
			select(filter, "ORDER BY first_sequence DESC LIMIT ?1", limit),

		/** Those with an event, the latest first. */
		listEvents: (filter: HistoryFilter, limit: number) =>
			select(filter, "AND event_starts IS NOT NULL ORDER BY event_starts DESC, id LIMIT ?1", limit),

		/** How many there are. */
		async count({ language, kind }: HistoryFilter): Promise<number> {
			const { where, given } = restrict(language, kind, 0);
			const sql = `SELECT COUNT(*) AS number FROM releases WHERE first_sequence IS NOT NULL ${where}`;
			const counted = await ledger
				.prepare(sql)
				.bind(...given)
				.first<number>("number");
			return counted ?? 0;
		},

		/**
		 * Releases that were corrected or withdrawn above `after` and up to `through`, and first
		 * published up to `publishedThrough`, by sequence; each with its place, counted from 0.
		 */
		async listCorrected(
			{ language, kind }: HistoryFilter,
			{ after, through, publishedThrough }: CorrectionRange,
			limit: number,
		): Promise<{ sequence: number; place: number }[]> {
			const { where, given } = restrict(language, kind, 4);
			const { results } = await ledger
				.prepare(
					`SELECT sequence, (SELECT COUNT(*) FROM releases
						WHERE first_sequence < changed.first_sequence ${where}) AS place
					FROM releases AS changed
					WHERE sequence > ?1 AND sequence <= ?2 AND sequence > first_sequence
						AND first_sequence <= ?3 ${where}
					ORDER BY sequence LIMIT ?4`,
				)
				.bind(after, through, publishedThrough, limit, ...given)
				.all<{ sequence: number; place: number }>();
			return results;
		},

		/** What languages and kinds have releases changed above a sequence. */
		listChangedParts: (after: number) =>
			changed(
				// The + leaves the index of sequences as the one that fits: few have changed.
				`SELECT language, kind, MAX(sequence) AS sequence FROM releases
				WHERE sequence > ? GROUP BY +language, +kind`,
				after,
			),

		/**
		 * What languages and kinds have lost releases that changed above a sequence to another kind, or
		 * got them from one, while they were public.
		 */
		listMovedParts: (after: number) =>
			changed(
				// CROSS JOIN: from the few that have changed to their revisions.
				`SELECT releases.language, either.kind, MAX(releases.sequence) AS sequence
				FROM releases
				CROSS JOIN revisions AS later ON later.release = releases.id AND later.change = 'correction'
				CROSS JOIN revisions AS earlier ON earlier.release = later.release
					AND earlier.revision = later.revision - 1 AND earlier.kind <> later.kind
				CROSS JOIN revisions AS either ON either.release = later.release
					AND either.revision IN (earlier.revision, later.revision)
				WHERE releases.sequence > ? GROUP BY +releases.language, either.kind`,
				after,
			),
	};
}

/** The condition of a filter, its values numbered after `taken` others. */
function restrict(language: Language | null, kind: Kind | null, taken: number) {
	const columns = Object.entries({ language, kind }).filter(([, value]) => value !== null);
	return {
		where: columns.map(([name], index) => `AND ${name} = ?${taken + index + 1}`).join(" "),
		given: columns.map(([, value]) => value),
	};
}
