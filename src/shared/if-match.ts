import type { Fault } from "./fault.ts";
import { err, ok, type Result } from "./result.ts";

/** Whether a request names the state that there is, any state, none, or another one. */
export type Condition = "seen" | "any" | "none" | "another";

/**
 * Reads the header If-Match (RFC 9110, section 13.1.1), which compares strongly. Where it has a tag
 * that can match nothing, having no quotation marks or being weak, and none that matches, that is a
 * fault: a shell or a proxy has spoilt it, and no state has changed.
 *
 * @param etag the entity tag of the state that there is.
 */
export function readCondition(header: string | undefined, etag: string): Result<Condition, Fault> {
	const tags = (header ?? "").split(",").map((tag) => tag.trim());
	const given = tags.filter((tag) => tag !== "");
	if (given.length === 0) return ok("none");
	if (given.includes(etag)) return ok("seen");
	if (given.includes("*")) return ok("any");
	const spoilt = given.find((tag) => !/^"[^"]*"$/.test(tag));
	return spoilt === undefined ? ok("another") : err(unreadable(spoilt));
}

function unreadable(tag: string): Fault {
	const bare = tag.replace(/^W\//, "").replaceAll('"', "");
	return {
		kind: "malformed",
		detail: `Give the ETag with its quotation marks, and without W/ before it: If-Match: "${bare}"`,
	};
}
