import { isUnchanged, type Known } from "./conditional.ts";

/** A document that was made before it was asked for. */
export interface ReadyDocument extends Known {
	readonly body: ReadableStream | string;
	/** 410 where something stood that was taken back; else 200. */
	readonly status?: 200 | 410;
}

/** Answers what is asked for at an address; null where that is nothing of its own, or not ready. */
export type ReadyDoor = (request: Request, address: URL) => Promise<Response | null> | null;

/** Whether a request only reads (RFC 9110, section 9.2.1). */
export function isReading({ method }: Request): boolean {
	return method === "GET" || method === "HEAD";
}

/**
 * Answers a request to read a ready document, by GET or HEAD: with its text, or `304` where the reader
 * has it (RFC 9110, section 13.2).
 *
 * @param headers of this document beside its validators: its type, how long it may be kept. One object
 *   for many answers is taken over faster than names and values each time.
 * @param now when it is answered (milliseconds since 1970 UTC), where the document has a date.
 */
export async function answerReady(
	request: Request,
	{ body, status = 200, etag, modifiedAt }: ReadyDocument,
	headers: HeadersInit,
	now = 0,
): Promise<Response> {
	const isKnown = status === 200 && isUnchanged(conditionsOf(request), { etag, modifiedAt });
	const isWhole = !isKnown && request.method !== "HEAD";
	const answer = new Response(isWhole ? body : null, { status: isKnown ? 304 : status, headers });
	answer.headers.set("ETag", etag);
	// RFC 9110, section 8.8.2.1: never later than the answer.
	if (modifiedAt !== null && modifiedAt <= now)
		answer.headers.set("Last-Modified", new Date(modifiedAt).toUTCString());
	// What nobody reads is not fetched.
	if (!isWhole && body instanceof ReadableStream) await body.cancel();
	return answer;
}

function conditionsOf({ headers }: Request) {
	return {
		ifNoneMatch: headers.get("If-None-Match"),
		ifModifiedSince: headers.get("If-Modified-Since"),
	};
}
