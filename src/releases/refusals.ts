import type { Context } from "hono";
import type { Fault } from "../shared/fault.ts";
import { readCondition } from "../shared/if-match.ts";
import { err, ok, type Result } from "../shared/result.ts";
import { type CatalogueEntry, isTakenBack } from "./entry.ts";
import type { Unpublished } from "./publish.ts";
import { releaseUrl } from "./release.ts";
import { etagOf } from "./representation.ts";
import type { Unchanged } from "./revise.ts";
import type { ReleaseStore } from "./store.ts";

export const UNKNOWN: Fault = { kind: "not-found", detail: "There is no release with this id." };

/** The release of the request, if it is as the caller has seen it (RFC 9110, section 13.1.1). */
export async function findSeen(
	{ req }: Context,
	releases: ReleaseStore,
	origin: string,
): Promise<Result<CatalogueEntry, Fault>> {
	const entry = await releases.findById(req.param("id") ?? "");
	if (!entry) return err(UNKNOWN);
	// RFC 9110, section 13.2.1: a condition counts only where it would else be done.
	if (isTakenBack(entry)) return err(gone(entry));
	const condition = readCondition(req.header("If-Match"), etagOf(entry));
	if (!condition.ok) return condition;
	if (condition.value === "none")
		return err({
			kind: "condition-needed",
			detail: `Give the ETag of what you have seen, as the header If-Match: ${etagOf(entry)}`,
		});
	return condition.value === "another" ? err(changed(origin, entry)) : ok(entry);
}

/** Why a text was not published, as a fault. */
export function unpublishedFault(origin: string, unpublished: Unpublished): Fault {
	if (unpublished.kind === "story-taken") return STORY_TAKEN;
	const existing = releaseUrl(origin, unpublished);
	const detail = "The same text was posted within the last day. Nothing was published now.";
	return { kind: "duplicate", detail, existing };
}

/** Why a release was not changed, as a fault. */
export function unchangedFault(origin: string, reason: Unchanged): Fault {
	switch (reason.kind) {
		case "changed-meanwhile":
			return changed(origin, reason.now);
		case "taken-back":
			return gone(reason.now);
		case "story-taken":
			return STORY_TAKEN;
		case "note-needed":
			return invalid("note", "Say what was wrong: readers are told.");
		case "language-fixed":
			return invalid(
				"language",
				`It is public in ${reason.now.language}. Withdraw it and publish it anew.`,
			);
	}
}

function changed(
	origin: string,
	{ revision, status, title, changedAt, slug }: CatalogueEntry,
): Fault {
	return {
		kind: "changed",
		detail: `It is ${status}, at revision ${revision}, changed ${new Date(changedAt).toISOString()}. Read it again and decide anew.`,
		current: { revision, status, title, url: releaseUrl(origin, { slug }) },
	};
}

function gone({ reason }: CatalogueEntry): Fault {
	return { kind: "gone", detail: `It was taken back: ${reason ?? ""}` };
}

const STORY_TAKEN: Fault = {
	kind: "conflict",
	detail:
		"The story has a release in this language already. Correct that one, or name another story.",
};

function invalid(field: string, detail: string): Fault {
	return {
		kind: "invalid",
		detail: "Mend these fields and send it again.",
		faults: [{ field, detail }],
	};
}
