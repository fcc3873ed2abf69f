import { Hono } from "hono";
import { homePath } from "./addresses.ts";
import { answerPage } from "./answer.ts";
import favicon from "./favicon.svg";
import { addLanguagePages, type SiteRoutes } from "./language-routes.tsx";
import { bestLanguage } from "./negotiation.ts";
import { makeRelease } from "./page-maker.tsx";
import { stylesheetOf } from "./stylesheet.ts";

/** The pages that everybody may see, made for each answer: what is ready is answered before. */
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

	routes.get("/releases/:slug", async (context) => {
		const entry = await releases.findBySlug(context.req.param("slug"));
		return answerPage(context, entry && (await makeRelease(parts, entry)));
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
