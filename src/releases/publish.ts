import { err, ok, type Result } from "../shared/result.ts";
import { foldSpace, sha256Hex } from "../shared/text.ts";
import type { PublishedRelease, ReleaseDocument, ReleaseText } from "./release.ts";
import { titleSlug } from "./slug.ts";
import type { ReleaseStore } from "./store.ts";

/** The same text posted again within this time is the same release. */
const TWIN_WINDOW_MS = 24 * 60 * 60 * 1000;

export interface Publishing {
	readonly store: ReleaseStore;
	readonly newId: () => string;
	/** Tells the feeds that there is something new; the clock's tick does it where this fails. */
	readonly announce: () => Promise<void>;
}

/** The text was published within the last day. */
export interface Duplicate {
	readonly slug: string;
}

/** The document that publishing would make of a text, with a slug that nobody has yet. */
export async function draft(
	{ store, newId }: Pick<Publishing, "store" | "newId">,
	text: ReleaseText,
): Promise<ReleaseDocument> {
	const slug = titleSlug(text.title);
	if (slug === "" || (await store.isSlugTaken(slug))) return suffixedDraft(newId(), text);
	return { id: newId(), slug, revision: 1, ...text };
}

/**
 * Publishes a text once: its document goes to KV, then one statement in D1 makes it public.
 *
 * A fault between the two leaves a document that nothing names, and no release.
 */
export async function publish(
	publishing: Publishing,
	text: ReleaseText,
	{ now, postedBy }: { now: number; postedBy: string },
): Promise<Result<PublishedRelease, Duplicate>> {
	const { store } = publishing;
	const fingerprint = await fingerprintOf(text);
	const since = now - TWIN_WINDOW_MS;
	const twin = await store.findTwin(fingerprint, since);
	if (twin) return err({ slug: twin });

	const commitDraft = async (document: ReleaseDocument) => {
		await store.keepDocument(document);
		const commit = await store.commit(document, { fingerprint, postedBy, now, since });
		return { document, commit };
	};
	let { document, commit } = await commitDraft(await draft(publishing, text));
	// Somebody took the slug since it was looked up: a slug with part of the id is nobody else's.
	if (commit.outcome === "slug-taken")
		({ document, commit } = await commitDraft(suffixedDraft(publishing.newId(), text)));
	if (commit.outcome === "slug-taken") throw new Error("a slug with a new id in it was taken");
	if (commit.outcome === "duplicate") return err({ slug: commit.slug });
	await publishing.announce();
	return ok({ ...document, sequence: commit.sequence, publishedAt: now });
}

function suffixedDraft(id: string, text: ReleaseText): ReleaseDocument {
	const slug = [titleSlug(text.title), id.slice(0, 8)].filter((part) => part !== "").join("-");
	return { id, slug, revision: 1, ...text };
}

/** Equal for texts whose words are equal, however they are spaced. */
async function fingerprintOf({ title, body }: ReleaseText): Promise<string> {
	return sha256Hex(`${foldSpace(title)}\n${foldSpace(body)}`.normalize("NFC"));
}
