import type {
	DraftShown,
	EntryShown,
	ReleaseShown,
	RevisionShown,
	Translation,
} from "./answers.ts";
import type { CatalogueEntry } from "./entry.ts";
import { type Event, type ReleaseDocument, releaseUrl } from "./release.ts";
import type { RevisionEntry } from "./store.ts";

/** A moment as the API writes it: RFC 3339, UTC. */
const toTime = (at: number) => new Date(at).toISOString();
const toTimeOrNull = (at: number | null) => (at === null ? null : toTime(at));

/** What a dry run shows: the draft, with null where only publishing gives a value. */
export function showDraft(
	origin: string,
	document: ReleaseDocument,
	publishAt: number | null,
): DraftShown {
	const { id: _, ...text } = document;
	return {
		id: null,
		...text,
		event: showEvent(document.event),
		story: document.story === document.id ? null : document.story,
		url: releaseUrl(origin, document),
		status: null,
		sequence: null,
		publish_at: toTimeOrNull(publishAt),
		published_at: null,
		changed_at: null,
		reason: null,
		translations: [],
	};
}

/** A release as the API shows it. */
export function showRelease(
	origin: string,
	entry: CatalogueEntry,
	document: ReleaseDocument,
	translations: readonly CatalogueEntry[],
): ReleaseShown {
	return {
		...document,
		event: showEvent(document.event),
		url: releaseUrl(origin, entry),
		revision: entry.revision,
		status: entry.status,
		sequence: entry.sequence,
		publish_at: toTimeOrNull(entry.publishAt),
		published_at: toTimeOrNull(entry.publishedAt),
		changed_at: toTime(entry.changedAt),
		reason: entry.reason,
		translations: translations.map((one) => showTranslation(origin, one)),
	};
}

/** A release as a list shows it: without its body. */
export function showEntry(origin: string, entry: CatalogueEntry): EntryShown {
	return {
		id: entry.id,
		slug: entry.slug,
		url: releaseUrl(origin, entry),
		story: entry.story,
		kind: entry.kind,
		language: entry.language,
		title: entry.title,
		summary: entry.summary,
		issued: entry.issued,
		event: showEvent(entry.event),
		status: entry.status,
		revision: entry.revision,
		sequence: entry.sequence,
		publish_at: toTimeOrNull(entry.publishAt),
		published_at: toTimeOrNull(entry.publishedAt),
		changed_at: toTime(entry.changedAt),
		reason: entry.reason,
	};
}

/** One state that a release has been in. */
export function showRevision({
	revision,
	change,
	note,
	madeBy,
	madeAt,
}: RevisionEntry): RevisionShown {
	return { revision, change, note, made_by: madeBy, made_at: toTime(madeAt) };
}

/**
 * The strong entity tag of a release (RFC 9110, section 8.8.3): another one whenever its text, its
 * status or its time of going public is another.
 */
export function etagOf({ revision, status }: Pick<CatalogueEntry, "revision" | "status">): string {
	return `"${revision}-${status}"`;
}

function showEvent(event: Event | null): EntryShown["event"] {
	if (event === null) return null;
	const { timeZone, ...rest } = event;
	return { ...rest, time_zone: timeZone };
}

function showTranslation(origin: string, entry: CatalogueEntry): Translation {
	return { language: entry.language, title: entry.title, url: releaseUrl(origin, entry) };
}
