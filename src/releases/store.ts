import type { Language } from "../shared/language.ts";
import {
	type CatalogueEntry,
	COLUMNS,
	type EntryRow,
	isPublic,
	type PublicEntry,
	type Status,
	toEntry,
} from "./entry.ts";
import type { Kind } from "./kinds.ts";
import type { ListCursor } from "./list-query.ts";
import type { Event, PublishedRelease, ReleaseDocument } from "./release.ts";

/** A revision's document has not reached this KV location yet, or is lost. */
export class DocumentMissing extends Error {
	constructor(key: string) {
		super(`the document ${key} is in the catalogue and not in KV`);
		this.name = "DocumentMissing";
	}
}

/** What a list of releases may be narrowed to. */
export interface ListFilter {
	readonly kind?: Kind | undefined;
	readonly language?: Language | undefined;
	readonly status?: Status | undefined;
	/** Events that end on or after this civil date. */
	readonly from?: string | undefined;
	/** Events that start on or before this civil date. */
	readonly to?: string | undefined;
}

/** One state that a release has been in. */
export interface RevisionEntry {
	readonly revision: number;
	readonly change: "first" | "edit" | "correction" | "withdrawal";
	readonly note: string | null;
	readonly madeBy: string;
	readonly madeAt: number;
}

/**
 * Documents that one bulk read of KV asks for. It takes a hundred keys, and gives 25 MiB: the largest
 * request that the API takes, 1 MiB in an 8-bit charset, has become 2 MiB in UTF-8.
 */
const BULK_READ = 12;

export type ReleaseStore = ReturnType<typeof createReleaseStore>;

/** Reads the catalogue of releases in D1 and their documents in KV. */
export function createReleaseStore(ledger: D1Database, kv: KVNamespace) {
	const select = async (rest: string, ...values: unknown[]): Promise<CatalogueEntry[]> => {
		const { results } = await ledger
			.prepare(`SELECT ${COLUMNS} FROM releases ${rest}`)
			.bind(...values)
			.all<EntryRow>();
		return results.map(toEntry);
	};

	return {
		/** The slug of the newest release with this fingerprint posted after `since`, or null. */
		async findTwin(fingerprint: string, since: number): Promise<string | null> {
			return ledger
				.prepare(
					`SELECT slug FROM releases WHERE fingerprint = ? AND posted_at > ?
						AND status IN ('scheduled', 'published')
					ORDER BY posted_at DESC LIMIT 1`,
				)
				.bind(fingerprint, since)
				.first<string>("slug");
		},

		async isSlugTaken(slug: string): Promise<boolean> {
			const row = await ledger.prepare("SELECT 1 FROM releases WHERE slug = ?").bind(slug).first();
			return row !== null;
		},

		async findBySlug(slug: string): Promise<CatalogueEntry | null> {
			const [entry] = await select("WHERE slug = ?", slug);
			return entry ?? null;
		},

		async findById(id: string): Promise<CatalogueEntry | null> {
			const [entry] = await select("WHERE id = ?", id);
			return entry ?? null;
		},

		/** The public releases of a story, but for one of them. */
		async listTranslations({ story, id }: { story: string; id: string }): Promise<PublicEntry[]> {
			const rest = "WHERE story = ? AND id <> ? AND status = 'published' ORDER BY language";
			return (await select(rest, story, id)).filter(isPublic);
		},

		/** A page of all releases, newest posted first. */
		async list(filter: ListFilter, after: ListCursor | null, limit: number) {
			return select(
				`WHERE (?1 IS NULL OR kind = ?1) AND (?2 IS NULL OR language = ?2)
					AND (?3 IS NULL OR status = ?3) AND (?4 IS NULL OR substr(event_ends, 1, 10) >= ?4)
					AND (?5 IS NULL OR substr(event_starts, 1, 10) <= ?5)
					AND (?6 IS NULL OR (posted_at, id) < (?6, ?7))
				ORDER BY posted_at DESC, id DESC LIMIT ?8`,
				filter.kind ?? null,
				filter.language ?? null,
				filter.status ?? null,
				filter.from ?? null,
				filter.to ?? null,
				after?.postedAt ?? null,
				after?.id ?? null,
				limit,
			);
		},

		/** What is or was public and changed after a sequence, in the order in which it changed. */
		async listChangedAfter(sequence: number, limit: number): Promise<CatalogueEntry[]> {
			return select("WHERE sequence > ? ORDER BY sequence LIMIT ?", sequence, limit);
		},

		/** Some entries, and all others of their stories that are or were public. */
		async listStories(entries: readonly CatalogueEntry[]): Promise<CatalogueEntry[]> {
			const stories = new Set(entries.map(({ story }) => story));
			return select(
				`WHERE story IN (SELECT value FROM json_each(?)) AND sequence IS NOT NULL
				ORDER BY sequence`,
				JSON.stringify([...stories]),
			);
		},

		/** The states that a release has been in, oldest first. */
		async listRevisions(id: string): Promise<RevisionEntry[]> {
			const { results } = await ledger
				.prepare(
					`SELECT revision, change, note, made_by AS madeBy, made_at AS madeAt FROM revisions
					WHERE release = ? ORDER BY revision`,
				)
				.bind(id)
				.all<RevisionEntry>();
			return results;
		},

		/** The highest sequence so far; 0 before the first release. */
		async highestSequence(): Promise<number> {
			const highest = await ledger
				.prepare("SELECT COALESCE(MAX(sequence), 0) AS highest FROM releases")
				.first<number>("highest");
			return highest ?? 0;
		},

		/** The current document of an entry. Throws {@link DocumentMissing}. */
		async readDocument({ document: key }: CatalogueEntry): Promise<ReleaseDocument> {
			const document = await kv.get<KeptDocument>(key, "json");
			if (!document) throw new DocumentMissing(key);
			return whole(document);
		},

		/** The full releases of public entries, in their order. Throws {@link DocumentMissing}. */
		async readAll(entries: readonly PublicEntry[]): Promise<PublishedRelease[]> {
			const releases: PublishedRelease[] = [];
			for (let from = 0; from < entries.length; from += BULK_READ)
				releases.push(...(await withDocuments(kv, entries.slice(from, from + BULK_READ))));
			return releases;
		},
	};
}

/** A document as KV has it: the first ones were kept without these. */
type KeptDocument = Omit<ReleaseDocument, Later | "event"> &
	Partial<Pick<ReleaseDocument, Later>> & { readonly event: KeptEvent | null };
type Later = "format" | "story" | "attachments";
type KeptEvent = Omit<Event, "timeZone"> & Partial<Pick<Event, "timeZone">>;

function whole(document: KeptDocument): ReleaseDocument {
	const event = document.event && { timeZone: null, ...document.event };
	return { format: "plain", story: document.id, attachments: [], ...document, event };
}

async function withDocuments(
	kv: KVNamespace,
	entries: readonly PublicEntry[],
): Promise<PublishedRelease[]> {
	if (entries.length === 0) return [];
	const documents = await kv.get<KeptDocument>(
		entries.map(({ document }) => document),
		"json",
	);
	return entries.map(({ document: key, sequence, publishedAt, changedAt }) => {
		const document = documents.get(key);
		if (!document) throw new DocumentMissing(key);
		return { ...whole(document), sequence, publishedAt, changedAt };
	});
}
