import { FRESH_SECONDS } from "../feeds/feed.ts";

export const CACHING = "public, max-age=60, stale-while-revalidate=300";

/** Headers of a page. */
export const HTML = { "Content-Type": "text/html; charset=UTF-8", "Cache-Control": CACHING };

/** Headers of the calendar file of a release's event. */
export function eventFileHeaders(slug: string) {
	return {
		"Content-Type": "text/calendar; charset=utf-8",
		"Content-Disposition": `attachment; filename="${slug}.ics"`,
		"Cache-Control": `public, max-age=${FRESH_SECONDS}`,
	};
}
