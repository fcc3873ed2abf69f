import { Hono } from "hono";
import { makeEventFile } from "../feeds/event-file.ts";
import { type FeedIdentity, FRESH_SECONDS } from "../feeds/feed.ts";
import type { ReleaseStore } from "../releases/store.ts";
import { eventPath } from "./addresses.ts";
import { answerPage } from "./answer.ts";
import type { PageStore } from "./page-store.ts";

export interface EventRoutes {
	readonly releases: ReleaseStore;
	readonly pages: PageStore;
	readonly identity: FeedIdentity;
}

const ENDING = ".ics";

/** `/releases/{slug}.ics`: the event of a release for one's calendar; cancelled where it is withdrawn. */
export function eventRoutes({ releases, pages, identity }: EventRoutes): Hono {
	const routes = new Hono();
	routes.get("/releases/:file{[^/]+\\.ics}", (context) => {
		const slug = context.req.param("file").slice(0, -ENDING.length);
		const make = async () => {
			const entry = await releases.findBySlug(slug);
			const text = entry && (await makeEventFile(identity, entry));
			return text === null ? null : { text, status: 200 as const };
		};
		return answerPage(context, pages, eventPath({ slug }), make, {
			"Content-Type": "text/calendar; charset=utf-8",
			"Content-Disposition": `attachment; filename="${slug}${ENDING}"`,
			"Cache-Control": `public, max-age=${FRESH_SECONDS}`,
		});
	});
	return routes;
}
