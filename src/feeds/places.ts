import type { Language } from "../shared/language.ts";
import {
	CALENDAR,
	type FeedFile,
	type FeedIdentity,
	FILES,
	FORMATS,
	type Format,
	FRESH_SECONDS,
} from "./feed.ts";
import { allScopes, feedUrl, type Scope, scopePath } from "./scope.ts";
import type { DocumentName } from "./store.ts";

/** What stands at an address, and how it is answered. */
export interface Place extends DocumentName {
	readonly type: string;
}

export const CACHING = `public, max-age=${FRESH_SECONDS}, stale-while-revalidate=${FRESH_SECONDS}`;

/** So that a script of any page may read it (Fetch, section 3.3). */
export const CORS = {
	"Access-Control-Allow-Origin": "*",
	"Access-Control-Expose-Headers": "ETag,Link",
};
/** What such a script may ask with. */
export const PREFLIGHT = {
	"Access-Control-Allow-Methods": "GET,HEAD",
	"Access-Control-Allow-Headers": "If-None-Match,If-Modified-Since",
	"Access-Control-Max-Age": "86400",
};

const ARCHIVE = /^(.+)\/archive\/([1-9]\d{0,8})\/([^/]+)$/;

/** Every place of the feeds of a publication in some languages, found by its path. */
export function findPlaces(
	languages: readonly [Language, ...Language[]],
): (path: string) => Place | null {
	const [first] = languages;
	const scopes = new Map(
		allScopes(languages).map((scope): [string, Scope] => [scopePath(scope), scope]),
	);
	const place = (name: DocumentName): Place => ({ ...name, type: FILES[name.file] });
	const places = new Map<string, Place>();
	for (const file of Object.keys(FILES) as FeedFile[]) {
		for (const [path, scope] of scopes) places.set(`${path}/${file}`, place({ scope, file }));
		places.set(`/${file}`, place({ scope: { language: first, kind: null }, file }));
	}
	const meetings = { scope: { language: first, kind: "meeting" as const }, file: CALENDAR };
	places.set("/meetings.ics", place(meetings));
	return (path) => {
		const known = places.get(path);
		if (known) return known;
		const [, scoped = "", archive, file = ""] = ARCHIVE.exec(path) ?? [];
		const scope = scopes.get(scoped);
		if (!scope || !Object.hasOwn(FORMATS, file)) return null;
		return place({ scope, file: file as Format, archive: Number(archive) });
	};
}

/** The headers of what stands at a place, beside its validators. */
export function headersAt(
	{ url, hub }: FeedIdentity,
	{ scope, file, archive }: DocumentName,
): Record<string, string> {
	const isToldByHub = hub !== null && file !== CALENDAR && archive === undefined;
	return {
		...CORS,
		"Content-Type": FILES[file],
		"Cache-Control": CACHING,
		Vary: "Accept",
		// WebSub, section 4.
		...(isToldByHub
			? { Link: `<${hub}>; rel="hub", <${feedUrl(url, scope, file)}>; rel="self"` }
			: {}),
	};
}
