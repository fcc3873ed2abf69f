import { Hono } from "hono";
import { makeEventFile } from "../feeds/event-file.ts";
import type { FeedIdentity } from "../feeds/feed.ts";
import type { ReleaseStore } from "../releases/store.ts";
import { answerPage } from "./answer.ts";
import { eventFileHeaders } from "./page-headers.ts";

export interface EventRoutes {
	readonly releases: ReleaseStore;
	readonly identity: FeedIdentity;
}

const ENDING = ".ics";

/** `/releases/{slug}.ics`: the event of a release for one's calendar; cancelled where it is withdrawn. */
export function eventRoutes({ releases, identity }: EventRoutes): Hono {
	const routes = new Hono();
	routes.get("/releases/:file{[^/]+\\.ics}", async (context) => {
		const slug = context.req.param("file").slice(0, -ENDING.length);
		const entry = await releases.findBySlug(slug);
		const text = entry && (await makeEventFile(identity, entry));
		const file = text === null ? null : { text, status: 200 as const };
		return answerPage(context, file, eventFileHeaders(slug));
	});
	return routes;
}
