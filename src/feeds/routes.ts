import { type Context, Hono } from "hono";
import { cors } from "hono/cors";
import { KINDS } from "../releases/kinds.ts";
import type { Clock } from "../shared/clock.ts";
import type { Fault } from "../shared/fault.ts";
import type { Language } from "../shared/language.ts";
import { answerReady, type ReadyDocument } from "../shared/ready.ts";
import { isAcceptable } from "./acceptance.ts";
import { feedUrl } from "./channel.ts";
import {
	CALENDAR,
	type FeedFile,
	type FeedIdentity,
	FILES,
	FORMATS,
	FRESH_SECONDS,
} from "./feed.ts";
import { ALL, KIND_PATHS, type Scope } from "./scope.ts";
import type { FeedStore } from "./store.ts";

export interface FeedRoutes {
	readonly feeds: FeedStore;
	readonly identity: FeedIdentity;
	readonly clock: Clock;
	/** Turns a fault into the answer. */
	readonly refuse: (fault: Fault) => Response;
}

/** A document that is asked for. */
interface Wanted {
	readonly scope: Scope;
	readonly file: FeedFile;
	readonly archive?: number;
}

const CACHING = `public, max-age=${FRESH_SECONDS}, stale-while-revalidate=${FRESH_SECONDS}`;

/** Any page may read feeds with a script; they are for everybody. */
const shared = cors({
	origin: "*",
	allowMethods: ["GET", "HEAD"],
	allowHeaders: ["If-None-Match", "If-Modified-Since"],
	exposeHeaders: ["ETag", "Link"],
	maxAge: 86_400,
});

/** The feeds and calendars of every scope, and their archives: one KV read each, never D1. */
export function feedRoutes(parts: FeedRoutes): Hono {
	const [first] = parts.identity.languages;
	const routes = new Hono();
	const serve = (path: string, wanted: (context: Context) => Wanted) => {
		routes.use(path, shared);
		routes.get(path, (context) => answer(context, parts, wanted(context)));
	};
	const files = oneOf(Object.keys(FILES));
	const [languages, kinds] = [
		oneOf([...parts.identity.languages, ALL]),
		oneOf(Object.values(KIND_PATHS)),
	];
	const archive = `archive/:archive{[1-9][0-9]{0,8}}/:file{${oneOf(Object.keys(FORMATS))}}`;

	serve(`/:file{${files}}`, (context) => ({
		...wantedBy(context),
		scope: { language: first, kind: null },
	}));
	serve(`/meetings.ics`, () => ({ scope: { language: first, kind: "meeting" }, file: CALENDAR }));
	for (const scope of [`/:language{${languages}}`, `/:language{${languages}}/:kinds{${kinds}}`]) {
		serve(`${scope}/:file{${files}}`, wantedBy);
		serve(`${scope}/${archive}`, wantedBy);
	}
	routes.get("/feeds.opml", (context) => opml(context, parts.identity));
	return routes;
}

/** A pattern of a parameter that is one of these words. */
function oneOf(words: readonly string[]): string {
	return `(?:${words.map((word) => word.replaceAll(".", "\\.")).join("|")})`;
}

/** What the parameters of a path say; the routes let no others through. */
function wantedBy({ req }: Context): Wanted {
	const { language = ALL, kinds, file, archive } = req.param() as Record<string, string>;
	return {
		scope: {
			language: language === ALL ? null : (language as Language),
			kind: KINDS.find((kind) => KIND_PATHS[kind] === kinds) ?? null,
		},
		file: file as FeedFile,
		...(archive === undefined ? {} : { archive: Number(archive) }),
	};
}

async function answer(context: Context, parts: FeedRoutes, wanted: Wanted): Promise<Response> {
	const { file } = wanted;
	if (!isAcceptable(context.req.header("Accept"), FILES[file])) {
		const detail = `This is ${FILES[file]}, which the Accept header rules out.`;
		return parts.refuse({ kind: "not-acceptable", detail });
	}
	const ready = await read(parts, wanted);
	if (!ready) return context.notFound();
	return answerReady(context.req.raw, ready, headersOf(parts.identity, wanted), parts.clock());
}

async function read(
	{ feeds, identity }: FeedRoutes,
	wanted: Wanted,
): Promise<ReadyDocument | null> {
	const { scope, file, archive } = wanted;
	const ready = await feeds.read(scope, file, archive);
	if (ready || archive !== undefined) return ready;
	// What builds feeds is large, and needed here only before the first release.
	const { makeEmpty, validatorsOf } = await import("./making.ts");
	const body = makeEmpty(identity, scope, file);
	return { ...(await validatorsOf(body, 0)), body, modifiedAt: null };
}

function headersOf(
	{ url, hub }: FeedIdentity,
	{ scope, file, archive }: Wanted,
): Record<string, string> {
	const isToldByHub = hub !== null && file !== CALENDAR && archive === undefined;
	return {
		"Content-Type": FILES[file],
		"Cache-Control": CACHING,
		Vary: "Accept",
		// WebSub, section 4.
		...(isToldByHub
			? { Link: `<${hub}>; rel="hub", <${feedUrl(url, scope, file)}>; rel="self"` }
			: {}),
	};
}

async function opml(context: Context, identity: FeedIdentity): Promise<Response> {
	const { buildOpml } = await import("./opml.ts");
	return context.body(buildOpml(identity), 200, {
		"Content-Type": "text/x-opml; charset=utf-8",
		"Cache-Control": CACHING,
	});
}
