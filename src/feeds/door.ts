import type { Clock } from "../shared/clock.ts";
import type { Fault } from "../shared/fault.ts";
import { setHeaders } from "../shared/headers.ts";
import type { HeaderKeeper } from "../shared/kept-headers.ts";
import { answerReady, isReading, type ReadyDocument, type ReadyDoor } from "../shared/ready.ts";
import { isAcceptable } from "./acceptance.ts";
import type { FeedIdentity } from "./feed.ts";
import { CORS, findPlaces, headersAt, type Place, PREFLIGHT } from "./places.ts";
import type { FeedStore } from "./store.ts";

export interface FeedDoor {
	readonly feeds: Pick<FeedStore, "read">;
	readonly identity: FeedIdentity;
	readonly clock: Clock;
	/** Of every answer, whatever it is. */
	readonly headers: Readonly<Record<string, string>>;
	readonly headersOf: HeaderKeeper;
	/** Turns a fault into the answer. */
	readonly refuse: (fault: Fault) => Response;
}

/** The feeds and calendars of every scope, and their archives: one KV read each, never D1. */
export function createFeedDoor(parts: FeedDoor): ReadyDoor {
	const placeAt = findPlaces(parts.identity.languages);
	return (request, path) => {
		const place = placeAt(path);
		if (place === null) return null;
		if (isReading(request)) return answer(request, parts, path, place);
		// Any page may read feeds with a script; they are for everybody.
		if (request.method === "OPTIONS") return Promise.resolve(preflight(parts));
		return null;
	};
}

async function answer(
	request: Request,
	parts: FeedDoor,
	path: string,
	place: Place,
): Promise<Response | null> {
	if (!isAcceptable(request.headers.get("Accept"), place.type)) {
		const detail = `This is ${place.type}, which the Accept header rules out.`;
		const refusal = parts.refuse({ kind: "not-acceptable", detail });
		setHeaders(refusal, { ...parts.headers, ...CORS });
		return refusal;
	}
	const ready = await read(parts, place);
	if (!ready) return null;
	const headers = parts.headersOf(path, ready, parts.clock(), () => ({
		...parts.headers,
		...headersAt(parts.identity, place),
	}));
	return answerReady(request, ready, headers);
}

async function read(
	{ feeds, identity }: FeedDoor,
	{ scope, file, archive }: Place,
): Promise<ReadyDocument | null> {
	const ready = await feeds.read(scope, file, archive);
	if (ready || archive !== undefined) return ready;
	// What builds feeds is large, and needed here only before the first release.
	const { makeEmpty, validatorsOf } = await import("./making.ts");
	const body = makeEmpty(identity, scope, file);
	return { ...(await validatorsOf(body, 0)), body, modifiedAt: null };
}

function preflight({ headers }: FeedDoor): Response {
	return new Response(null, { status: 204, headers: { ...headers, ...CORS, ...PREFLIGHT } });
}
