import { createMiddleware } from "hono/factory";
import type { PublisherKey, Scope } from "../config.ts";
import type { Clock } from "../shared/clock.ts";
import { civilDateAt } from "../shared/dates.ts";
import { sha256Hex } from "../shared/text.ts";
import { problemResponse } from "./problem.ts";

/** What the middleware leaves for the routes behind it. */
export interface PublisherVariables {
	/** The name of the key that made the request. */
	publisher: string;
}

/** Says whether one more is within a limit, counted by a key. */
export type WithinLimit = (key: string) => Promise<boolean>;

export interface PublisherAuth {
	readonly keys: readonly PublisherKey[];
	readonly clock: Clock;
	/** Counted by the name of the key. */
	readonly requests: WithinLimit;
	/** Counted by the caller's address: nobody may try keys by the thousand. */
	readonly failures: WithinLimit;
	/** The scope that a request needs to read; every key has `read`. */
	readonly reads: Scope;
	/** The scope that a request needs which is more than reading. */
	readonly writes: Scope;
}

/** The limits are counted by the minute. */
const RETRY_AFTER_SECONDS = 60;

/**
 * Lets a request pass that carries a configured key as a bearer token (RFC 6750, section 2.1), good
 * today, with the scope that its method needs, and within its limits.
 */
export function publisherAuth(auth: PublisherAuth) {
	const { keys, clock, requests, failures, reads, writes } = auth;
	return createMiddleware<{ Variables: PublisherVariables }>(async (context, next) => {
		const token = /^Bearer +(\S+)$/i.exec(context.req.header("Authorization") ?? "")?.[1];
		const key = token && (await findKey(keys, token, civilDateAt(clock(), "UTC")));
		if (!key) {
			const caller = context.req.header("CF-Connecting-IP") ?? "unknown";
			return (await failures(caller))
				? problemResponse({ kind: "unauthorized", detail: adviceFor(token) })
				: tooMany("Too many requests without a good key.");
		}
		const scope = ["GET", "HEAD"].includes(context.req.method) ? reads : writes;
		if (!allows(key, scope))
			return problemResponse({
				kind: "forbidden",
				detail: `The key ${key.name} has the scope ${key.scopes.join("+")}; this needs ${scope}.`,
			});
		if (!(await requests(key.name))) return tooMany("Too many requests with this key.");
		context.set("publisher", key.name);
		return next();
	});
}

/** Every key may read. */
function allows({ scopes }: PublisherKey, scope: Scope): boolean {
	return scope === "read" || scopes.includes(scope);
}

function tooMany(detail: string): Response {
	return problemResponse({ kind: "too-many", detail, retryAfterSeconds: RETRY_AFTER_SECONDS });
}

/** Compares with every key, each in constant time, so that time tells nothing of any of them. */
async function findKey(
	keys: readonly PublisherKey[],
	token: string,
	today: string,
): Promise<PublisherKey | undefined> {
	const encoder = new TextEncoder();
	const hash = encoder.encode(await sha256Hex(token));
	const matching = keys.filter((key) =>
		crypto.subtle.timingSafeEqual(hash, encoder.encode(key.hash)),
	);
	return matching.find(({ lastDay }) => lastDay === null || today <= lastDay);
}

function adviceFor(token: string | undefined): string {
	return token
		? "The key in the Authorization header is not a publisher's key, or its last day is past."
		: "Give a publisher's key in the header `Authorization: Bearer KEY`.";
}
