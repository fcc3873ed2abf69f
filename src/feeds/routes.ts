import { type Context, Hono } from "hono";
import type { Language } from "../shared/language.ts";
import { FORMATS, type Format, type ReadyFeed } from "./feed.ts";
import { buildFeed, type FeedIdentity } from "./publication.ts";
import type { FeedStore } from "./store.ts";

export interface FeedRoutes {
	readonly feeds: FeedStore;
	readonly identity: FeedIdentity;
	/** The first is the one that `/rss.xml` and `/feed.json` serve. */
	readonly languages: readonly [Language, ...Language[]];
}

/** Long enough for a CDN to carry a burst of readers, short enough for news. */
const CACHING = "public, max-age=60, stale-while-revalidate=300";

/** `/rss.xml`, `/feed.json`, and the same under each language: one KV read each, never D1. */
export function feedRoutes({ feeds, identity, languages }: FeedRoutes): Hono {
	const routes = new Hono();
	const serve = (language: Language, format: Format) => async (context: Context) => {
		const ready = await feeds.read(language, format);
		return answer(
			context,
			format,
			ready ?? (await buildFeed(identity, language, format, [], null)),
		);
	};
	for (const format of Object.keys(FORMATS) as Format[]) {
		routes.get(`/${format}`, serve(languages[0], format));
		for (const language of languages) routes.get(`/${language}/${format}`, serve(language, format));
	}
	return routes;
}

function answer(context: Context, format: Format, feed: ReadyFeed): Response {
	const headers: Record<string, string> = {
		"Content-Type": FORMATS[format],
		"Cache-Control": CACHING,
		ETag: feed.etag,
		...(feed.lastModified ? { "Last-Modified": feed.lastModified } : {}),
	};
	return isUnchanged(context, feed)
		? context.body(null, 304, headers)
		: context.body(feed.text, 200, headers);
}

/** RFC 9110, section 13.2.2: `If-Modified-Since` counts only where there is no `If-None-Match`. */
function isUnchanged({ req }: Context, feed: ReadyFeed): boolean {
	const tags = req.header("If-None-Match");
	if (tags !== undefined)
		return tags.split(",").some((tag) => ["*", feed.etag].includes(tag.trim().replace(/^W\//, "")));
	const since = Date.parse(req.header("If-Modified-Since") ?? "");
	return feed.lastModified !== null && Date.parse(feed.lastModified) <= since;
}
