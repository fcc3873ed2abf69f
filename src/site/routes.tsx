import { Hono } from "hono";
import type { ReleaseStore } from "../releases/store.ts";
import favicon from "./favicon.svg";
import { HomePage } from "./home.tsx";
import type { Publication } from "./publication.ts";
import { ReleasePage } from "./release.tsx";
import style from "./style.css";

export interface SiteRoutes {
	readonly publication: Publication;
	readonly releases: ReleaseStore;
}

const NEWEST = 30;
const CACHING = "public, max-age=60, stale-while-revalidate=300";

/** The pages that everybody may see. */
export function siteRoutes({ publication, releases }: SiteRoutes): Hono {
	const routes = new Hono();

	routes.get("/", async (context) => {
		const newest = await releases.listNewest(NEWEST);
		context.header("Cache-Control", CACHING);
		return context.html(<HomePage publication={publication} releases={newest} />);
	});

	routes.get("/releases/:slug", async (context) => {
		const release = await releases.readBySlug(context.req.param("slug"));
		if (!release) return context.notFound();
		context.header("Cache-Control", CACHING);
		return context.html(<ReleasePage publication={publication} release={release} />);
	});

	const serve = (path: string, type: string, text: string) =>
		routes.get(path, (context) =>
			context.body(text, 200, { "Content-Type": type, "Cache-Control": "public, max-age=3600" }),
		);
	serve("/style.css", "text/css; charset=utf-8", style);
	serve("/favicon.svg", "image/svg+xml", favicon);

	return routes;
}
