import { err, ok, type Result } from "../shared/result.ts";
import { foldSpace, sha256Hex } from "../shared/text.ts";
import type { ChangeStore, CommitOutcome, Made } from "./change-store.ts";
import type { CatalogueEntry } from "./entry.ts";
import type { ReleaseDocument, ReleaseText } from "./release.ts";
import { titleSlug } from "./slug.ts";
import type { ReleaseStore } from "./store.ts";

/** The same text posted again within this time is the same release. */
const TWIN_WINDOW_MS = 24 * 60 * 60 * 1000;

export interface Publishing {
	readonly releases: ReleaseStore;
	readonly changes: ChangeStore;
	readonly newId: () => string;
	/** Tells feeds and pages what is new or has changed; the clock's tick does it where this fails. */
	readonly announce: (changed: CatalogueEntry) => Promise<void>;
}

/** Why a text was not published. */
export type Unpublished =
	| { readonly kind: "duplicate"; readonly slug: string }
	| { readonly kind: "story-taken" };

/** What a request to publish says besides the text. */
export interface Posting {
	readonly made: Made;
	/** When it goes public (milliseconds since 1970 UTC); null, or a moment that is past, for now. */
	readonly publishAt: number | null;
	/** The id that the release is to have. */
	readonly id: string;
}

/** The document that publishing would make of a text, with a slug that nobody has yet. */
export async function draft(
	releases: ReleaseStore,
	id: string,
	text: ReleaseText,
): Promise<ReleaseDocument> {
	const slug = titleSlug(text.title);
	if (slug === "" || (await releases.isSlugTaken(slug))) return suffixedDraft(id, text);
	return { ...text, id, slug, story: text.story ?? id, revision: 1 };
}

/**
 * Publishes a text once, now or when its embargo ends: its document goes to KV, then one transaction
 * in D1 makes it count. A fault between the two leaves a document that nothing names, and no release.
 * Of two calls with the same id one makes the release, and both give it.
 */
export async function publish(
	publishing: Publishing,
	text: ReleaseText,
	posting: Posting,
): Promise<Result<CatalogueEntry, Unpublished>> {
	const { releases } = publishing;
	const already = await releases.findById(posting.id);
	if (already) return ok(already);
	const fingerprint = await fingerprintOf(text);
	const since = posting.made.at - TWIN_WINDOW_MS;
	const twin = await releases.findTwin(fingerprint, since);
	if (twin) {
		// It may be the other call's with this id.
		const meanwhile = await releases.findById(posting.id);
		return meanwhile ? ok(meanwhile) : err({ kind: "duplicate", slug: twin });
	}

	const insert = (document: ReleaseDocument) =>
		insertDraft(publishing, document, posting, { fingerprint, since });
	const first = await insert(await draft(releases, posting.id, text));
	// Somebody took the slug since it was looked up: a slug with part of the id is nobody else's.
	const outcome = first === "slug-taken" ? await insert(suffixedDraft(posting.id, text)) : first;
	const entry = await releases.findById(posting.id);
	if (entry) {
		await publishing.announce(entry);
		return ok(entry);
	}
	if (outcome === "story-taken") return err({ kind: "story-taken" });
	const slug = await releases.findTwin(fingerprint, since);
	if (slug) return err({ kind: "duplicate", slug });
	throw new Error(`a release was not inserted: ${outcome}`);
}

/** Keys of documents are never used twice, so that no revision can be written over. */
export function documentKey(document: ReleaseDocument, newId: () => string): string {
	return `release/${document.id}/${document.revision}-${newId().slice(0, 8)}`;
}

/** Equal for texts whose words are equal, however they are spaced. */
export async function fingerprintOf({ title, body }: ReleaseText): Promise<string> {
	return sha256Hex(`${foldSpace(title)}\n${foldSpace(body)}`.normalize("NFC"));
}

async function insertDraft(
	{ changes, newId }: Publishing,
	document: ReleaseDocument,
	{ made, publishAt }: Posting,
	{ fingerprint, since }: { fingerprint: string; since: number },
): Promise<CommitOutcome> {
	const key = documentKey(document, newId);
	await changes.keepDocument(key, document);
	return changes.insert({
		document,
		key,
		fingerprint,
		twinsSince: since,
		publishAt: publishAt !== null && publishAt > made.at ? publishAt : null,
		made,
	});
}

function suffixedDraft(id: string, text: ReleaseText): ReleaseDocument {
	const slug = [titleSlug(text.title), id.slice(0, 8)].filter((part) => part !== "").join("-");
	return { ...text, id, slug, story: text.story ?? id, revision: 1 };
}
