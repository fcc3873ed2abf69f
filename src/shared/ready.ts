import { isUnchanged, type Known } from "./conditional.ts";

/** A document that was made before it was asked for. */
export interface ReadyDocument extends Known {
	readonly body: ReadableStream | string;
	/** 410 where something stood that was taken back; else 200. */
	readonly status?: 200 | 410;
}

/**
 * Answers what is asked for at a path, with a query that is empty or begins with `?`; null where that is
 * nothing of its own, or not ready.
 */
export type ReadyDoor = (
	request: Request,
	path: string,
	query: string,
) => Promise<Response | null> | null;

/** Whether a request only reads (RFC 9110, section 9.2.1). */
export function isReading({ method }: Request): boolean {
	return method === "GET" || method === "HEAD";
}

/**
 * Answers a request to read a ready document, by GET or HEAD: with its text, or `304` where the reader
 * has it (RFC 9110, section 13.2).
 *
 * @param headers of this document, its validators among them.
 */
export function answerReady(
	request: Request,
	{ body, status = 200, etag, modifiedAt }: ReadyDocument,
	headers: HeadersInit,
): Response | Promise<Response> {
	const isKnown = status === 200 && isUnchanged(conditionsOf(request), { etag, modifiedAt });
	const isWhole = !isKnown && request.method !== "HEAD";
	const answer = new Response(isWhole ? body : null, { status: isKnown ? 304 : status, headers });
	if (isWhole || !(body instanceof ReadableStream)) return answer;
	// What nobody reads is not fetched.
	return body.cancel().then(() => answer);
}

function conditionsOf({ headers }: Request) {
	return {
		ifNoneMatch: headers.get("If-None-Match"),
		ifModifiedSince: headers.get("If-Modified-Since"),
	};
}

/**
 * Headers with the validators of a document.
 *
 * @param now when it is answered (milliseconds since 1970 UTC), where the document has a date.
 */
export function withValidators(
	headers: Readonly<Record<string, string>>,
	{ etag, modifiedAt }: Known,
	now = 0,
): Record<string, string> {
	const isDated = modifiedAt !== null && modifiedAt <= now;
	return {
		...headers,
		ETag: etag,
		// RFC 9110, section 8.8.2.1: never later than the answer.
		...(isDated ? { "Last-Modified": new Date(modifiedAt).toUTCString() } : {}),
	};
}
