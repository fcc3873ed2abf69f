import { Hono } from "hono";
import { etag } from "hono/etag";
import { type CatalogueEntry, wasEverPublic } from "../releases/entry.ts";
import { eventFileUrl } from "../releases/release.ts";
import type { ReleaseStore } from "../releases/store.ts";
import { type FeedIdentity, FRESH_SECONDS } from "./feed.ts";

export interface EventRoutes {
	readonly releases: ReleaseStore;
	readonly identity: FeedIdentity;
}

const CACHING = `public, max-age=${FRESH_SECONDS}`;
const ENDING = ".ics";

/** `/releases/{slug}.ics`: the event of a release for one's calendar; cancelled where it is withdrawn. */
export function eventRoutes({ releases, identity }: EventRoutes): Hono {
	const routes = new Hono();
	routes.get("/releases/:file{[^/]+\\.ics}", etag(), async (context) => {
		const slug = context.req.param("file").slice(0, -ENDING.length);
		const entry = await releases.findBySlug(slug);
		if (!entry?.event || !wasEverPublic(entry)) return context.notFound();
		return context.body(await calendarOf(identity, entry), 200, {
			"Content-Type": "text/calendar; charset=utf-8",
			"Content-Disposition": `attachment; filename="${slug}${ENDING}"`,
			"Cache-Control": CACHING,
		});
	});
	return routes;
}

async function calendarOf(identity: FeedIdentity, entry: CatalogueEntry): Promise<string> {
	// Loaded where it is used: its zones cost a cold start that feeds and pages need not pay.
	const { buildCalendar } = await import("./calendar.ts");
	const channel = {
		title: identity.title,
		description: null,
		origin: identity.url,
		language: entry.language,
		selfUrl: eventFileUrl(identity.url, entry),
		freshSeconds: FRESH_SECONDS,
	};
	return buildCalendar(channel, [entry]);
}
