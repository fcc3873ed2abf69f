import { Hono } from "hono";
import { etag } from "hono/etag";
import { isPublic } from "../releases/entry.ts";
import { homePath } from "./addresses.ts";
import favicon from "./favicon.svg";
import { addLanguagePages, CACHING, type SiteRoutes } from "./language-routes.tsx";
import { bestLanguage } from "./negotiation.ts";
import { ReleasePage } from "./release.tsx";
import { stylesheetOf } from "./stylesheet.ts";
import { WithdrawnPage } from "./withdrawn.tsx";

/** The pages that everybody may see. */
export function siteRoutes(parts: SiteRoutes): Hono {
	const { publication, releases } = parts;
	const { languages } = publication;
	const routes = new Hono();

	routes.get("/", (context) => {
		const language = bestLanguage(context.req.header("Accept-Language"), languages);
		context.header("Vary", "Accept-Language");
		context.header("Cache-Control", "private, no-cache");
		return context.redirect(homePath(language), 302);
	});

	for (const language of languages) {
		routes.get(`/${language}`, (context) => context.redirect(homePath(language), 301));
		addLanguagePages(routes, parts, language);
	}

	routes.get("/releases/:slug", etag({ weak: true }), async (context) => {
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

	routes.get("/style.css", (context) => {
		const { text, version } = stylesheetOf(publication.colour);
		const isThis = context.req.query("v") === version;
		return context.body(text, 200, {
			"Content-Type": "text/css; charset=utf-8",
			"Cache-Control": isThis ? "public, max-age=31536000, immutable" : "public, max-age=300",
		});
	});

	routes.get("/favicon.svg", (context) =>
		context.body(favicon, 200, {
			"Content-Type": "image/svg+xml",
			"Cache-Control": "public, max-age=3600",
		}),
	);

	return routes;
}
