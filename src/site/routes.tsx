import { Hono } from "hono";
import { isPublic } from "../releases/entry.ts";
import type { ReleaseStore } from "../releases/store.ts";
import favicon from "./favicon.svg";
import { HomePage } from "./home.tsx";
import type { Publication } from "./publication.ts";
import { ReleasePage } from "./release.tsx";
import style from "./style.css";
import { WithdrawnPage } from "./withdrawn.tsx";

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
		const entry = await releases.findBySlug(context.req.param("slug"));
		if (entry?.status === "withdrawn")
			return context.html(<WithdrawnPage publication={publication} entry={entry} />, 410);
		// Under embargo, and cancelled before it ended, a release does not exist.
		if (!entry || !isPublic(entry)) return context.notFound();
		const [[release], translations, revisions] = await Promise.all([
			releases.readAll([entry]),
			releases.listTranslations(entry),
			entry.revision > 1 ? releases.listRevisions(entry.id) : [],
		]);
		if (!release) return context.notFound();
		const corrections = revisions.filter(({ change }) => change === "correction");
		context.header("Cache-Control", CACHING);
		return context.html(
			<ReleasePage
				publication={publication}
				release={release}
				translations={translations}
				corrections={corrections}
			/>,
		);
	});

	const serve = (path: string, type: string, text: string) =>
		routes.get(path, (context) =>
			context.body(text, 200, { "Content-Type": type, "Cache-Control": "public, max-age=3600" }),
		);
	serve("/style.css", "text/css; charset=utf-8", style);
	serve("/favicon.svg", "image/svg+xml", favicon);

	return routes;
}
