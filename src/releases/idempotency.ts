import type { Context } from "hono";
import type { Clock } from "../shared/clock.ts";
import type { Fault } from "../shared/fault.ts";
import { sha256Hex } from "../shared/text.ts";
import type { IdempotencyStore, RequestKey } from "./idempotency-store.ts";

export type Idempotency = IdempotencyStore;

interface OnceParts {
	readonly idempotency: Idempotency;
	readonly publishing: { readonly newId: () => string };
	readonly clock: Clock;
	readonly refuse: (fault: Fault) => Response;
}

interface OnceActions {
	/** Does it, for a release with this id; called again with the same id where a call was lost. */
	readonly act: (id: string) => Promise<Response>;
	/** Gives the first answer again; null where it was too long to be kept. */
	readonly again: (id: string, answer: string | null) => Promise<Response>;
}

const LONGEST_KEY = 255;
/** D1 takes no row of more than 2,000,000 bytes. A character is three in UTF-8 at most. */
const LONGEST_ANSWER = 600_000;
const REPLAYED = "Idempotency-Replayed";

/**
 * Does a request once for its `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header): the same
 * key and body get the first answer again, another body `422`, one that is being worked on `409`.
 * Without a key the request is just done.
 */
export async function onceForKey(
	context: Context<{ Variables: { publisher: string } }>,
	parts: OnceParts,
	body: ArrayBuffer,
	{ act, again }: OnceActions,
): Promise<Response> {
	const { idempotency, publishing, clock, refuse } = parts;
	const header = context.req.header("Idempotency-Key");
	if (header === undefined) return act(publishing.newId());
	// The draft has a quoted string; what people send without quotes is as good.
	const key = header.trim().replace(/^"(.*)"$/, "$1");
	if (key === "" || key.length > LONGEST_KEY)
		return refuse({ kind: "malformed", detail: "An Idempotency-Key has 1 to 255 characters." });
	const requestKey = { publisher: context.get("publisher"), key };
	const request = await fingerprint(context, body);
	const claim = await idempotency.claim(
		requestKey,
		{ request, release: publishing.newId() },
		clock(),
	);
	if (!("known" in claim)) return settle(idempotency, requestKey, () => act(claim.claimed));
	const { known } = claim;
	if (known.request !== request) return refuse(REUSED);
	if (!known.answer) return refuse(IN_PROGRESS);
	const answer = await again(known.release, known.answer.text || null);
	answer.headers.set(REPLAYED, "true");
	return answer;
}

async function settle(
	idempotency: Idempotency,
	key: RequestKey,
	act: () => Promise<Response>,
): Promise<Response> {
	const response = await act();
	const text = await response.clone().text();
	// What is at fault can be mended and sent again under the same key, as nothing was done.
	if (response.ok)
		await idempotency.settle(key, response.status, text.length > LONGEST_ANSWER ? "" : text);
	else await idempotency.release(key);
	return response;
}

async function fingerprint({ req }: Context, body: ArrayBuffer): Promise<string> {
	const url = new URL(req.url);
	const bytes = await sha256Hex(new TextDecoder("latin1").decode(body));
	return sha256Hex(
		[req.method, url.pathname, url.search, req.header("Content-Type") ?? "", bytes].join("\n"),
	);
}

const REUSED: Fault = {
	kind: "invalid",
	detail: "This Idempotency-Key was used for another request. Use a new one.",
	faults: [{ field: "Idempotency-Key", detail: "was used with another body" }],
};

const IN_PROGRESS: Fault = {
	kind: "conflict",
	detail: "The first request with this Idempotency-Key is still being worked on. Ask again soon.",
};
