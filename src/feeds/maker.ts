import { sha256Hex } from "../shared/text.ts";
import type { FeedIdentity } from "./feed.ts";

/** Raised whenever a builder writes the same releases differently: all feeds are then made anew. */
const BUILDERS_REVISION = 1;

/**
 * What feeds, and the pages that are made with them, are made by, as a short name: another for another
 * identity, another builder, or another look of the pages.
 */
export async function makerOf(
	{ title, description, logo, url, languages, hub }: FeedIdentity,
	look: string,
): Promise<string> {
	const parts = [BUILDERS_REVISION, title, description, logo, url, languages, hub, look];
	return (await sha256Hex(JSON.stringify(parts))).slice(0, 16);
}
