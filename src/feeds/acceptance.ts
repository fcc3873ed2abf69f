/** What each media type of ours may be asked for by: feed readers ask for their format by many names. */
const NAMES = new Map<string, ReadonlySet<string>>();

const SAME_SYNTAX: Readonly<Record<string, readonly string[]>> = {
	"application/rss+xml": ["application/xml", "text/xml", "application/atom+xml"],
	"application/atom+xml": ["application/xml", "text/xml", "application/rss+xml"],
	"application/feed+json": ["application/json"],
};
/** A browser asks for HTML, and shows the feed. */
const OF_BROWSERS = ["*/*", "text/html", "text/*", "text/plain"];

/**
 * Whether a reader that sends this `Accept` (RFC 9110, section 12.5.1) can be given a feed of a media
 * type. Every type of the same syntax will do.
 */
export function isAcceptable(accept: string | null, mediaType: string): boolean {
	if (accept === null || accept.trim() === "") return true;
	const names = namesOf(mediaType);
	return accept.split(",").some((range) => {
		const [type = "", ...parameters] = range.split(";");
		return names.has(type.trim().toLowerCase()) && !parameters.some(isNever);
	});
}

/** A weight of 0 rules out what it stands with (RFC 9110, section 12.4.2). */
function isNever(parameter: string): boolean {
	return /^\s*q\s*=\s*0(?:\.0*)?\s*$/i.test(parameter);
}

function namesOf(mediaType: string): ReadonlySet<string> {
	const known = NAMES.get(mediaType);
	if (known) return known;
	const type = mediaType.split(";")[0] as string;
	const group = `${type.split("/")[0]}/*`;
	const names = new Set([type, group, ...(SAME_SYNTAX[type] ?? []), ...OF_BROWSERS]);
	NAMES.set(mediaType, names);
	return names;
}
