import type { Language } from "../shared/language.ts";
import type { Kind } from "./kinds.ts";
import type { Attachment, Event } from "./release.ts";

/**
 * Where a release stands.
 * - `scheduled`: under embargo until its time; nobody but the press office sees it.
 * - `published`, `withdrawn`: public, and taken back after it was.
 * - `cancelled`: taken back before it was public.
 */
export const STATUSES = ["scheduled", "published", "withdrawn", "cancelled"] as const;
export type Status = (typeof STATUSES)[number];

/** A release as the catalogue lists it, without its body. Times are milliseconds since 1970 UTC. */
export interface CatalogueEntry {
	readonly id: string;
	readonly slug: string;
	readonly story: string;
	readonly kind: Kind;
	readonly language: Language;
	readonly title: string;
	readonly summary: string;
	readonly issued: string;
	readonly event: Event | null;
	readonly attachments: readonly Attachment[];
	readonly status: Status;
	/** Why it was taken back. */
	readonly reason: string | null;
	readonly revision: number;
	/** The key of the current revision's document. */
	readonly document: string;
	readonly firstSequence: number | null;
	readonly sequence: number | null;
	readonly postedAt: number;
	readonly publishAt: number | null;
	readonly publishedAt: number | null;
	readonly changedAt: number;
}

/** An entry that is public. */
export interface PublicEntry extends CatalogueEntry {
	readonly firstSequence: number;
	readonly sequence: number;
	readonly publishedAt: number;
}

/** An entry that everybody could see at some time: it is public, or was withdrawn. */
export interface EverPublicEntry extends PublicEntry {
	readonly status: "published" | "withdrawn";
}

/** A release as digests list it: public now, or withdrawn. */
export interface NewsEntry extends EverPublicEntry {
	/** What the current correction says was wrong; null where there is none. */
	readonly note: string | null;
	/** What went public of it when, the first time first: a correction may have changed its kind. */
	readonly publications: readonly Publication[];
}

/** That a release was published, corrected or withdrawn, and which kind it was of then. */
export interface Publication {
	readonly sequence: number;
	readonly kind: Kind;
}

/** A row of the table `releases`, as {@link COLUMNS} select it. */
export interface EntryRow {
	id: string;
	slug: string;
	story: string;
	kind: Kind;
	language: Language;
	title: string;
	summary: string;
	issued: string;
	event_starts: string | null;
	event_ends: string | null;
	event_place: string | null;
	event_time_zone: string | null;
	attachments: string;
	status: Status;
	reason: string | null;
	revision: number;
	document: string;
	first_sequence: number | null;
	sequence: number | null;
	posted_at: number;
	publish_at: number | null;
	published_at: number | null;
	changed_at: number;
}

export const COLUMNS = `id, slug, story, kind, language, title, summary, issued, event_starts,
	event_ends, event_place, event_time_zone, attachments, status, reason, revision, document,
	first_sequence, sequence, posted_at, publish_at, published_at, changed_at`;

export function toEntry(row: EntryRow): CatalogueEntry {
	const { event_starts: starts, event_ends: ends, event_place: place } = row;
	const timeZone = row.event_time_zone;
	return {
		id: row.id,
		slug: row.slug,
		story: row.story,
		kind: row.kind,
		language: row.language,
		title: row.title,
		summary: row.summary,
		issued: row.issued,
		event: starts ? { starts, ends: ends ?? starts, timeZone, place } : null,
		attachments: JSON.parse(row.attachments) as Attachment[],
		status: row.status,
		reason: row.reason,
		revision: row.revision,
		document: row.document,
		firstSequence: row.first_sequence,
		sequence: row.sequence,
		postedAt: row.posted_at,
		publishAt: row.publish_at,
		publishedAt: row.published_at,
		changedAt: row.changed_at,
	};
}

/** Whether it was taken back, which is final. */
export function isTakenBack({ status }: CatalogueEntry): boolean {
	return status === "withdrawn" || status === "cancelled";
}

/** Whether everybody may see it. */
export function isPublic(entry: CatalogueEntry): entry is PublicEntry {
	return entry.status === "published";
}

/** Whether everybody may see it, or could before it was withdrawn. */
export function wasEverPublic(entry: CatalogueEntry): entry is EverPublicEntry {
	return entry.firstSequence !== null;
}
