import type { Validators } from "./store.ts";

/** The conditions that a request to read may carry (RFC 9110, section 13.1). */
export interface Conditions {
	readonly ifNoneMatch: string | undefined;
	readonly ifModifiedSince: string | undefined;
}

/**
 * Whether the reader has it already. RFC 9110, section 13.2.2: `If-Modified-Since` counts only where
 * there is no `If-None-Match`.
 */
export function isUnchanged(
	{ ifNoneMatch, ifModifiedSince }: Conditions,
	{ etag, modifiedAt }: Pick<Validators, "etag"> & { readonly modifiedAt: number | null },
): boolean {
	if (ifNoneMatch !== undefined)
		return ifNoneMatch
			.split(",")
			.some((tag) => ["*", etag].includes(tag.trim().replace(/^W\//, "")));
	return modifiedAt !== null && modifiedAt <= Date.parse(ifModifiedSince ?? "");
}
