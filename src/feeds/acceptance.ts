import { parseAccept } from "hono/utils/accept";

/**
 * Whether a reader that sends this `Accept` (RFC 9110, section 12.5.1) can be given a feed of a media
 * type. Feed readers ask for their format by many names, so every type of the same syntax will do.
 */
export function isAcceptable(accept: string | null, mediaType: string): boolean {
	if (accept === null || accept.trim() === "") return true;
	const names = namesOf(mediaType);
	return parseAccept(accept).some(({ type, q }) => q > 0 && names.includes(type.toLowerCase()));
}

function namesOf(mediaType: string): string[] {
	const type = mediaType.split(";")[0] as string;
	const syntaxes: Record<string, string[]> = {
		"application/rss+xml": ["application/xml", "text/xml", "application/atom+xml"],
		"application/atom+xml": ["application/xml", "text/xml", "application/rss+xml"],
		"application/feed+json": ["application/json"],
	};
	// A browser asks for HTML, and shows the feed.
	const anyOf = ["*/*", `${type.split("/")[0]}/*`, "text/html", "text/*", "text/plain"];
	return [type, ...(syntaxes[type] ?? []), ...anyOf];
}
