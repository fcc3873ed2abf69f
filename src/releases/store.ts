import type { Language } from "../shared/language.ts";
import type { Event, Kind, PublishedRelease, ReleaseDocument } from "./release.ts";

/** A release as the catalogue lists it, without its body. */
export interface CatalogueEntry {
	readonly id: string;
	readonly slug: string;
	readonly kind: Kind;
	readonly language: Language;
	readonly title: string;
	readonly summary: string;
	readonly issued: string;
	readonly event: Event | null;
	readonly revision: number;
	readonly firstSequence: number;
	readonly sequence: number;
	readonly publishedAt: number;
}

/** What committing a release to the catalogue came to. */
export type Commit =
	| { readonly outcome: "published"; readonly sequence: number }
	| { readonly outcome: "duplicate"; readonly slug: string }
	| { readonly outcome: "slug-taken" };

/** A revision's document has not reached this KV location yet, or is lost. */
export class DocumentMissing extends Error {
	constructor(key: string) {
		super(`the document ${key} is in the catalogue and not in KV`);
		this.name = "DocumentMissing";
	}
}

interface Row {
	id: string;
	slug: string;
	kind: Kind;
	language: Language;
	title: string;
	summary: string;
	issued: string;
	event_starts: string | null;
	event_ends: string | null;
	event_place: string | null;
	revision: number;
	first_sequence: number;
	sequence: number;
	published_at: number;
}

const COLUMNS = `id, slug, kind, language, title, summary, issued, event_starts, event_ends,
	event_place, revision, first_sequence, sequence, published_at`;

/** Most keys that one bulk read of KV takes. */
const BULK_READ = 100;

export type ReleaseStore = ReturnType<typeof createReleaseStore>;

/** The catalogue of releases in D1 and their documents in KV. */
export function createReleaseStore(ledger: D1Database, kv: KVNamespace) {
	return {
		/** Keeps a revision's document. Harmless until the catalogue names it. */
		async keepDocument(document: ReleaseDocument): Promise<void> {
			await kv.put(documentKey(document), JSON.stringify(document));
		},

		/**
		 * Makes a release public in one statement, which takes the next sequence, unless the same
		 * fingerprint was published after `since`.
		 */
		async commit(
			document: ReleaseDocument,
			facts: { fingerprint: string; postedBy: string; now: number; since: number },
		): Promise<Commit> {
			const insert = ledger
				.prepare(
					`INSERT INTO releases (${COLUMNS}, fingerprint, posted_by)
					SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, next, next, ?12, ?13, ?14
					FROM (SELECT COALESCE(MAX(sequence), 0) + 1 AS next FROM releases)
					WHERE NOT EXISTS (
						SELECT 1 FROM releases WHERE fingerprint = ?13 AND published_at > ?15)
					RETURNING sequence`,
				)
				.bind(
					document.id,
					document.slug,
					document.kind,
					document.language,
					document.title,
					document.summary,
					document.issued,
					document.event?.starts ?? null,
					document.event?.ends ?? null,
					document.event?.place ?? null,
					document.revision,
					facts.now,
					facts.fingerprint,
					facts.postedBy,
					facts.since,
				);
			const row = await insert.first<{ sequence: number }>().catch(orSlugTaken);
			if (row === "slug-taken") return { outcome: "slug-taken" };
			if (row) return { outcome: "published", sequence: row.sequence };
			const twin = await this.findTwin(facts.fingerprint, facts.since);
			if (!twin) throw new Error("a release was neither inserted nor a duplicate");
			return { outcome: "duplicate", slug: twin };
		},

		/** The slug of the newest release with this fingerprint published after `since`, or null. */
		async findTwin(fingerprint: string, since: number): Promise<string | null> {
			return ledger
				.prepare(
					`SELECT slug FROM releases WHERE fingerprint = ? AND published_at > ?
					ORDER BY published_at DESC LIMIT 1`,
				)
				.bind(fingerprint, since)
				.first<string>("slug");
		},

		async isSlugTaken(slug: string): Promise<boolean> {
			const row = await ledger.prepare("SELECT 1 FROM releases WHERE slug = ?").bind(slug).first();
			return row !== null;
		},

		/** The release at a slug, or null. Throws {@link DocumentMissing}. */
		async readBySlug(slug: string): Promise<PublishedRelease | null> {
			const row = await ledger
				.prepare(`SELECT ${COLUMNS} FROM releases WHERE slug = ?`)
				.bind(slug)
				.first<Row>();
			if (!row) return null;
			const [release] = await withDocuments(kv, [toEntry(row)]);
			return release ?? null;
		},

		/** The newest entries, in one language or in all of them. */
		async listNewest(limit: number, language?: Language): Promise<CatalogueEntry[]> {
			const where = language ? "WHERE language = ?2" : "";
			const { results } = await ledger
				.prepare(`SELECT ${COLUMNS} FROM releases ${where} ORDER BY sequence DESC LIMIT ?1`)
				.bind(...(language ? [limit, language] : [limit]))
				.all<Row>();
			return results.map(toEntry);
		},

		/** Entries first published with a sequence above `after` and up to `through`, oldest first. */
		async listFirstPublished(after: number, through: number): Promise<CatalogueEntry[]> {
			const { results } = await ledger
				.prepare(
					`SELECT ${COLUMNS} FROM releases WHERE first_sequence > ? AND first_sequence <= ?
					ORDER BY first_sequence`,
				)
				.bind(after, through)
				.all<Row>();
			return results.map(toEntry);
		},

		/** The highest sequence so far; 0 before the first release. */
		async highestSequence(): Promise<number> {
			const highest = await ledger
				.prepare("SELECT COALESCE(MAX(sequence), 0) AS highest FROM releases")
				.first<number>("highest");
			return highest ?? 0;
		},

		/** The full releases of catalogue entries, in their order. Throws {@link DocumentMissing}. */
		async readAll(entries: readonly CatalogueEntry[]): Promise<PublishedRelease[]> {
			const releases: PublishedRelease[] = [];
			for (let from = 0; from < entries.length; from += BULK_READ)
				releases.push(...(await withDocuments(kv, entries.slice(from, from + BULK_READ))));
			return releases;
		},
	};
}

function orSlugTaken(fault: unknown): "slug-taken" {
	if (String(fault).includes("UNIQUE constraint failed: releases.slug")) return "slug-taken";
	throw fault;
}

function documentKey({ id, revision }: { id: string; revision: number }): string {
	return `release/${id}/${revision}`;
}

async function withDocuments(
	kv: KVNamespace,
	entries: readonly CatalogueEntry[],
): Promise<PublishedRelease[]> {
	if (entries.length === 0) return [];
	const documents = await kv.get<ReleaseDocument>(entries.map(documentKey), "json");
	return entries.map((entry) => {
		const document = documents.get(documentKey(entry));
		if (!document) throw new DocumentMissing(documentKey(entry));
		return { ...document, sequence: entry.sequence, publishedAt: entry.publishedAt };
	});
}

function toEntry(row: Row): CatalogueEntry {
	const { event_starts: starts, event_ends: ends, event_place: place } = row;
	return {
		id: row.id,
		slug: row.slug,
		kind: row.kind,
		language: row.language,
		title: row.title,
		summary: row.summary,
		issued: row.issued,
		event: starts ? { starts, ends: ends ?? starts, place } : null,
		revision: row.revision,
		firstSequence: row.first_sequence,
		sequence: row.sequence,
		publishedAt: row.published_at,
	};
}
