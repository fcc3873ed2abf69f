import { isUnchanged, type Known } from "./conditional.ts";

/** A document that was made before it was asked for. */
export interface ReadyDocument extends Known {
	readonly body: ReadableStream | string;
}

/**
 * Answers a request to read a ready document, by GET or HEAD: with its text, or `304` where the reader
 * has it (RFC 9110, section 13.2).
 *
 * @param headers of this document beside its validators: its type, how long it may be kept.
 * @param now when it is answered (milliseconds since 1970 UTC), where the document has a date.
 */
export async function answerReady(
	request: Request,
	{ body, etag, modifiedAt }: ReadyDocument,
	headers: Readonly<Record<string, string>>,
	now = 0,
): Promise<Response> {
	const all: Record<string, string> = { ...headers, ETag: etag };
	// RFC 9110, section 8.8.2.1: never later than the answer.
	if (modifiedAt !== null && modifiedAt <= now)
		all["Last-Modified"] = new Date(modifiedAt).toUTCString();
	const status = isUnchanged(conditionsOf(request), { etag, modifiedAt }) ? 304 : 200;
	if (status === 200 && request.method !== "HEAD") return new Response(body, { headers: all });
	// What nobody reads is not fetched.
	if (body instanceof ReadableStream) await body.cancel();
	return new Response(null, { status, headers: all });
}

function conditionsOf({ headers }: Request) {
	return {
		ifNoneMatch: headers.get("If-None-Match"),
		ifModifiedSince: headers.get("If-Modified-Since"),
	};
}
