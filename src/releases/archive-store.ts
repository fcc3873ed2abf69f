import type { Language } from "../shared/language.ts";
import { COLUMNS, type EntryRow, isPublic, type PublicEntry, toEntry } from "./entry.ts";
import type { Kind } from "./kinds.ts";

/** What an archive shows: one language's releases, of one kind or of all. */
export interface ArchiveFilter {
	readonly language: Language;
	readonly kind?: Kind | undefined;
}

/** A part of a list. */
export interface Slice {
	readonly limit: number;
	/** How many come before it. */
	readonly offset: number;
}

/** What a sitemap says of a public release. */
export interface SitemapEntry {
	readonly slug: string;
	readonly language: Language;
	readonly story: string;
	/** When its page last changed (milliseconds since 1970 UTC). */
	readonly changedAt: number;
}

export type ArchiveStore = ReturnType<typeof createArchiveStore>;

/** Reads what is public from the catalogue in D1, page by page. */
export function createArchiveStore(ledger: D1Database) {
	const select = async (rest: string, ...values: unknown[]): Promise<PublicEntry[]> => {
		const { results } = await ledger
			.prepare(`SELECT ${COLUMNS} FROM releases ${rest}`)
			.bind(...values)
			.all<EntryRow>();
		return results.map(toEntry).filter(isPublic);
	};
	const count = async (where: string, ...values: unknown[]): Promise<number> => {
		const counted = await ledger
			.prepare(`SELECT COUNT(*) AS number FROM releases WHERE ${where}`)
			.bind(...values)
			.first<number>("number");
		return counted ?? 0;
	};

	return {
		async countPublic(filter: ArchiveFilter): Promise<number> {
			const { where, values } = conditionsOf(filter);
			return count(where, ...values);
		},

		/** Newest first. */
		async listPublic(filter: ArchiveFilter, { limit, offset }: Slice): Promise<PublicEntry[]> {
			const { where, values } = conditionsOf(filter);
			const rest = `WHERE ${where} ORDER BY first_sequence DESC LIMIT ? OFFSET ?`;
			return select(rest, ...values, limit, offset);
		},

		/** The newest of some kinds in some languages, newest first. */
		async listNewest(
			{ kinds, languages }: { kinds: readonly Kind[]; languages: readonly Language[] },
			limit: number,
		): Promise<PublicEntry[]> {
			const rest = `WHERE status = 'published' AND kind IN (SELECT value FROM json_each(?1))
					AND language IN (SELECT value FROM json_each(?2))
				ORDER BY first_sequence DESC LIMIT ?3`;
			return select(rest, JSON.stringify(kinds), JSON.stringify(languages), limit);
		},

		/** Releases whose event is not over on the civil date `today`, the soonest to start first. */
		async listComing(
			{ language, kind }: ArchiveFilter,
			today: string,
			limit: number,
		): Promise<PublicEntry[]> {
			// A time of the day (YYYY-MM-DDTHH:MM) sorts behind its date, so text compares dates rightly.
			// The + leaves the index of ends as the one that fits: of all events ever, few are to come.
			const rest = `WHERE event_ends >= ?1 AND +language = ?2
					AND (?3 IS NULL OR +kind = ?3) AND status = 'published'
				ORDER BY event_starts, first_sequence LIMIT ?4`;
			return select(rest, today, language, kind ?? null, limit);
		},

		/** How many releases {@link listSitemap} has. */
		async countSitemap(): Promise<number> {
			return count("status = 'published'");
		},

		/** All public releases, in the order in which they went public. */
		async listSitemap({ limit, offset }: Slice): Promise<SitemapEntry[]> {
			const { results } = await ledger
				.prepare(
					`SELECT slug, language, story, MAX(changed_at, published_at) AS changedAt FROM releases
					WHERE status = 'published' ORDER BY first_sequence LIMIT ? OFFSET ?`,
				)
				.bind(limit, offset)
				.all<SitemapEntry>();
			return results;
		},
	};
}

function conditionsOf({ language, kind }: ArchiveFilter): { where: string; values: string[] } {
	const where = "status = 'published' AND language = ?";
	return kind === undefined
		? { where, values: [language] }
		: { where: `${where} AND kind = ?`, values: [language, kind] };
}
