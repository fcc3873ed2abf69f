import { KIND_PATHS, scopePath } from "../feeds/scope.ts";
import type { Kind } from "../releases/kinds.ts";
import type { Language } from "../shared/language.ts";

/** The pages that every language has one of, beside its home and its archives. */
export type PageName = "coming" | "search" | "subscribe" | "about";

/** The forms in which news can be followed by a program: the file, and its media type. */
export const FEED_FILES = {
	rss: { file: "rss.xml", type: "application/rss+xml" },
	atom: { file: "atom.xml", type: "application/atom+xml" },
	json: { file: "feed.json", type: "application/feed+json" },
	calendar: { file: "events.ics", type: "text/calendar" },
} as const;
export type FeedForm = keyof typeof FEED_FILES;
export const FEED_FORMS = Object.keys(FEED_FILES) as FeedForm[];

export const OPML_PATH = "/feeds.opml";

export function homePath(language: Language): string {
	return `/${language}/`;
}

export function pagePath(language: Language, page: PageName): string {
	return `/${language}/${page}`;
}

/** Where all releases in a language are listed, or those of a kind. The newest page has no number (null). */
export function archivePath(
	language: Language,
	kind: Kind | undefined,
	page: number | null = null,
): string {
	const path = `/${language}/${kind ? KIND_PATHS[kind] : "releases"}`;
	return page === null ? path : `${path}?page=${page}`;
}

/** What somebody searches for. */
export interface Sought {
	readonly query: string;
	readonly kind: Kind | undefined;
}

/** Where a search is answered, with its query as RFC 3986 wants it. */
export function searchPath(language: Language, { query, kind }: Sought, page = 1): string {
	const asked = new URLSearchParams({ q: query });
	if (kind) asked.set("kind", kind);
	if (page > 1) asked.set("page", String(page));
	return `${pagePath(language, "search")}?${asked}`;
}

export function releasePath({ slug }: { readonly slug: string }): string {
	return `/releases/${encodeURIComponent(slug)}`;
}

/** A release's event as a calendar file. */
export function eventPath(release: { readonly slug: string }): string {
	return `${releasePath(release)}.ics`;
}

/** A feed or the calendar of a language, or of all together; of a kind, or of all. */
export function feedPath(
	language: Language | "all",
	kind: Kind | undefined,
	form: FeedForm,
): string {
	const scope = { language: language === "all" ? null : language, kind: kind ?? null };
	return `${scopePath(scope)}/${FEED_FILES[form].file}`;
}
