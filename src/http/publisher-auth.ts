import { createMiddleware } from "hono/factory";
import type { PublisherKey } from "../config.ts";
import { sha256Hex } from "../shared/text.ts";
import { problemResponse } from "./problem.ts";

/** What the middleware leaves for the routes behind it. */
export interface PublisherVariables {
	/** The name of the key that made the request. */
	publisher: string;
}

/** Lets a request pass that carries a configured key as a bearer token (RFC 6750, section 2.1). */
export function publisherAuth(keys: readonly PublisherKey[]) {
	return createMiddleware<{ Variables: PublisherVariables }>(async (context, next) => {
		const token = /^Bearer +(\S+)$/i.exec(context.req.header("Authorization") ?? "")?.[1];
		const publisher = token && (await findPublisher(keys, token));
		if (!publisher) return problemResponse({ kind: "unauthorized", detail: adviceFor(token) });
		context.set("publisher", publisher);
		return next();
	});
}

/** Compares with every key, each in constant time, so that time tells nothing of any of them. */
async function findPublisher(
	keys: readonly PublisherKey[],
	token: string,
): Promise<string | undefined> {
	const encoder = new TextEncoder();
	const hash = encoder.encode(await sha256Hex(token));
	const matching = keys.filter((key) =>
		crypto.subtle.timingSafeEqual(hash, encoder.encode(key.hash)),
	);
	return matching[0]?.name;
}

function adviceFor(token: string | undefined): string {
	return token
		? "The key in the Authorization header is not a publisher's key."
		: "Give a publisher's key in the header `Authorization: Bearer KEY`.";
}
