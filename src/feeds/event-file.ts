import { type CatalogueEntry, wasEverPublic } from "../releases/entry.ts";
import { eventFileUrl } from "../releases/release.ts";
import { type FeedIdentity, FRESH_SECONDS } from "./feed.ts";

/**
 * The event of a release for one's own calendar (RFC 5545); cancelled where the release is withdrawn.
 *
 * @returns null where there is none, or nobody may see it.
 */
export async function makeEventFile(
	identity: FeedIdentity,
	entry: CatalogueEntry,
): Promise<string | null> {
	if (!entry.event || !wasEverPublic(entry)) return null;
	// Loaded where it is used: its zones cost a cold start that feeds and pages need not pay.
	const { buildCalendar } = await import("./calendar.ts");
	const channel = {
		title: identity.title,
		description: null,
		origin: identity.url,
		language: entry.language,
		selfUrl: eventFileUrl(identity.url, entry),
		freshSeconds: FRESH_SECONDS,
	};
	return buildCalendar(channel, [entry]);
}
