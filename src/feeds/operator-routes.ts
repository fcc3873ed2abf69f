import { Hono } from "hono";
import type { ReleaseStore } from "../releases/store.ts";
import type { FeedIdentity } from "./feed.ts";
import { makerOf } from "./maker.ts";
import type { FeedsShown } from "./operator-answers.ts";
import type { FeedStore } from "./store.ts";

export interface OperatorRoutes {
	readonly identity: FeedIdentity;
	readonly releases: ReleaseStore;
	readonly feeds: FeedStore;
	/** What the pages look like, as a short name. */
	readonly look: () => Promise<string>;
	/** Has feeds rebuilt that are behind, and all pages. */
	readonly requestRebuild: () => Promise<void>;
}

/** For the operator: how far the feeds have come, and having all of them made anew. */
export function feedOperatorRoutes(parts: OperatorRoutes): Hono {
	const routes = new Hono();
	routes.get("/", async (context) => context.json(await show(parts)));
	routes.post("/rebuild", async (context) => {
		await parts.feeds.forgetProgress();
		await parts.requestRebuild();
		return context.json(await show(parts), 202);
	});
	return routes;
}

async function show({ identity, releases, feeds, look }: OperatorRoutes): Promise<FeedsShown> {
	const madeBy = await makerOf(identity, await look());
	const [highest, behind, progress] = await Promise.all([
		releases.highestSequence(),
		feeds.isBehind(madeBy, identity.languages),
		feeds.listProgress(),
	]);
	return {
		highest,
		behind,
		feeds: [...progress].map(([scope, { through, archives, madeBy: maker }]) => ({
			scope,
			through,
			archives,
			is_current: maker === madeBy,
		})),
	};
}
