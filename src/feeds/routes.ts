import { Hono } from "hono";
import type { FeedIdentity } from "./feed.ts";
import { CACHING } from "./places.ts";

/** `/feeds.opml`: every feed, for readers that take several at once. */
export function opmlRoutes(identity: FeedIdentity): Hono {
	const routes = new Hono();
	routes.get("/feeds.opml", async (context) => {
		const { buildOpml } = await import("./opml.ts");
		return context.body(buildOpml(identity), 200, {
			"Content-Type": "text/x-opml; charset=utf-8",
			"Cache-Control": CACHING,
		});
	});
	return routes;
}
