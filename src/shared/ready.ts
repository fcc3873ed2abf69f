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
 * @param headers of this document; see {@link headersFor}.
 */
export function answerReady(
	request: Request,
	{ body, status = 200, etag, modifiedAt }: ReadyDocument,
	headers: AnswerHeaders,
): Response | Promise<Response> {
	const isKnown = status === 200 && isUnchanged(conditionsOf(request), { etag, modifiedAt });
	const isWhole = !isKnown && request.method !== "HEAD";
	const answer = isKnown
		? new Response(null, { status: 304, headers: headers.unchanged })
		: new Response(isWhole ? body : null, { status, headers: headers.whole });
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

/** The headers of a document where it is told whole, and where the reader has it. */
export interface AnswerHeaders {
	readonly whole: HeadersInit;
	readonly unchanged: HeadersInit;
}

/**
 * RFC 9110, section 15.4.5: a `304` has what may have changed, and nothing else that the reader has with
 * the document. A script may ask for one, and has to be let read it.
 */
const OF_UNCHANGED = [
	"Cache-Control",
	"Vary",
	"Access-Control-Allow-Origin",
	"Access-Control-Expose-Headers",
];

/**
 * Headers of a document with its validators.
 *
 * @param now when it is answered (milliseconds since 1970 UTC), where the document has a date.
 */
export function headersFor(
	headers: Readonly<Record<string, string>>,
	{ etag, modifiedAt }: Known,
	now = 0,
): AnswerHeaders {
	const isDated = modifiedAt !== null && modifiedAt <= now;
	const validators = {
		ETag: etag,
		// RFC 9110, section 8.8.2.1: never later than the answer.
		...(isDated ? { "Last-Modified": new Date(modifiedAt).toUTCString() } : {}),
	};
	const few = Object.entries(headers).filter(([name]) => OF_UNCHANGED.includes(name));
	return {
		whole: { ...headers, ...validators },
		unchanged: { ...Object.fromEntries(few), ...validators },
	};
}
