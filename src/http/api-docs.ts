import { Hono } from "hono";
import type { Publication } from "../site/publication.ts";

const CACHING = { "Cache-Control": "public, max-age=300" };

/**
 * What the publisher's API is like: `/openapi.json` for programs, `/docs` for people. Made when it is
 * asked for, of modules that nothing else needs.
 */
export function apiDocsRoutes(publication: Publication): Hono {
	const routes = new Hono();
	routes.get("/openapi.json", async (context) => {
		const { openApiDocument } = await import("./openapi.ts");
		return context.json(openApiDocument(publication.url), 200, CACHING);
	});
	routes.get("/docs", async (context) => {
		const { apiPage } = await import("./api-page.tsx");
		return context.html(apiPage(publication), 200, CACHING);
	});
	return routes;
}
