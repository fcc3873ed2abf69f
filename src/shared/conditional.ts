/** The conditions that a request to read may carry (RFC 9110, section 13.1); null for none. */
export interface Conditions {
	readonly ifNoneMatch: string | null;
	readonly ifModifiedSince: string | null;
}

/** What a document is known by (RFC 9110, section 8.8). */
export interface Known {
	/** Strong entity tag, with its quotes. */
	readonly etag: string;
	/** When it last changed (milliseconds since 1970 UTC, a whole second); null where that is not told. */
	readonly modifiedAt: number | null;
}

/**
 * Whether the reader has it already. RFC 9110, section 13.2.2: `If-Modified-Since` counts only where
 * there is no `If-None-Match`.
 */
export function isUnchanged(
	{ ifNoneMatch, ifModifiedSince }: Conditions,
	{ etag, modifiedAt }: Known,
): boolean {
	if (ifNoneMatch !== null)
		return ifNoneMatch
			.split(",")
			.some((tag) => ["*", etag].includes(tag.trim().replace(/^W\//, "")));
	if (ifModifiedSince === null || modifiedAt === null) return false;
	return modifiedAt <= Date.parse(ifModifiedSince);
}
