import {
	COLUMNS,
	type EntryRow,
	type EverPublicEntry,
	type NewsEntry,
	toEntry,
	wasEverPublic,
} from "./entry.ts";
import type { Kind } from "./kinds.ts";

interface NewsRow extends EntryRow {
	note: string | null;
	first_kind: Kind | null;
	later_kinds: string;
}

/** Events that one digest is reminded of at most, all languages and kinds together. */
const MOST_EVENTS = 200;

const OF_RELEASE = "FROM revisions WHERE release = releases.id";
/** A release that came out of an embargo has the kind of the last revision under it. */
const NEWS_COLUMNS = `${COLUMNS},
	CASE WHEN status = 'published' AND sequence > first_sequence THEN
		(SELECT note ${OF_RELEASE} AND revisions.revision = releases.revision) END AS note,
	CASE WHEN sequence > first_sequence THEN
		(SELECT kind ${OF_RELEASE} AND COALESCE(revisions.sequence, 0) <= first_sequence
			ORDER BY revision DESC LIMIT 1) END AS first_kind,
	(SELECT json_group_array(json_array(revisions.sequence, revisions.kind)) ${OF_RELEASE}
		AND revisions.sequence > first_sequence) AS later_kinds`;

export type NewsStore = ReturnType<typeof createNewsStore>;

/** Reads from the catalogue what digests tell. */
export function createNewsStore(ledger: D1Database) {
	const select = async (rest: string, ...values: unknown[]): Promise<NewsEntry[]> => {
		const { results } = await ledger
			.prepare(rest)
			.bind(...values)
			.all<NewsRow>();
		return results.flatMap(toNews);
	};

	return {
		/**
		 * What was first published, corrected or withdrawn with a sequence above `after`, of what was
		 * first published up to `through`; and public releases of the same stories from before.
		 *
		 * @returns in the order in which they were first published.
		 */
		listNews: (after: number, through: number) =>
			select(
				`SELECT ${NEWS_COLUMNS} FROM releases WHERE sequence > ?1 AND first_sequence <= ?2
				UNION ALL SELECT ${NEWS_COLUMNS} FROM releases
				WHERE status = 'published' AND sequence <= ?1 AND story IN (
					SELECT story FROM releases WHERE sequence > ?1 AND first_sequence <= ?2)
				ORDER BY first_sequence`,
				after,
				through,
			),

		/** Public releases whose events begin on one of these civil dates or between them, soonest first. */
		listEvents: (from: string, to: string) =>
			select(
				`SELECT ${NEWS_COLUMNS} FROM releases
				WHERE status = 'published' AND event_starts >= ?1 AND event_starts < ?2 || 'U'
				ORDER BY event_starts, first_sequence LIMIT ${MOST_EVENTS}`,
				from,
				to,
			),

		/** The last change of anything first published up to a sequence; that sequence if there is none. */
		async lastChange(through: number): Promise<number> {
			const last = await ledger
				.prepare(
					`SELECT MAX(sequence) AS last FROM releases WHERE sequence > ?1 AND first_sequence <= ?1`,
				)
				.bind(through)
				.first<number>("last");
			return last ?? through;
		},
	};
}

function toNews(row: NewsRow): NewsEntry[] {
	const entry = toEntry(row);
	if (!wasEverPublic(entry)) return [];
	const first = { sequence: entry.firstSequence, kind: row.first_kind ?? row.kind };
	const later = (JSON.parse(row.later_kinds) as [number, Kind][])
		.map(([sequence, kind]) => ({ sequence, kind }))
		.toSorted((one, other) => one.sequence - other.sequence);
	return [{ ...(entry as EverPublicEntry), note: row.note, publications: [first, ...later] }];
}
