import { err, ok, type Result } from "../shared/result.ts";
import type { Made } from "./change-store.ts";
import { type CatalogueEntry, isTakenBack } from "./entry.ts";
import { documentKey, draft, fingerprintOf, type Publishing } from "./publish.ts";
import type { ReleaseDocument, ReleaseText } from "./release.ts";

/** Why a release was not changed. */
export type Unchanged =
	/** It is not what the caller has seen: somebody changed it, or its embargo ended. */
	| { readonly kind: "changed-meanwhile"; readonly now: CatalogueEntry }
	/** It was taken back, which is final. */
	| { readonly kind: "taken-back"; readonly now: CatalogueEntry }
	| { readonly kind: "note-needed" }
	| { readonly kind: "language-fixed"; readonly now: CatalogueEntry }
	| { readonly kind: "story-taken" };

/** A new text for a release. */
export interface Revision {
	readonly text: ReleaseText;
	/** What was wrong; needed where the release is public. */
	readonly note: string | null;
	/** The new end of an embargo (milliseconds since 1970 UTC); null ends it now. */
	readonly publishAt: number | null;
	readonly made: Made;
}

/**
 * Replaces the text of a release by a new revision. What was public gets a correction, with a note;
 * what is under embargo is edited, moved, or let go. The slug and the language of what is public stay:
 * readers have been told of it there.
 *
 * @param entry the release as the caller has seen it.
 */
export async function revise(
	publishing: Publishing,
	entry: CatalogueEntry,
	{ text, note, publishAt, made }: Revision,
): Promise<Result<CatalogueEntry, Unchanged>> {
	if (isTakenBack(entry)) return err({ kind: "taken-back", now: entry });
	const isPublic = entry.status === "published";
	if (isPublic && note === null) return err({ kind: "note-needed" });
	if (isPublic && text.language !== entry.language)
		return err({ kind: "language-fixed", now: entry });

	const isRenamed = !isPublic && text.title !== entry.title;
	// Nobody knows its address yet, and no word of a title that never was public may stay in it.
	const slug = isRenamed ? (await draft(publishing.releases, entry.id, text)).slug : entry.slug;
	const document = { ...revisionOf(entry, text), slug };
	const key = documentKey(document, publishing.newId);
	await publishing.changes.keepDocument(key, document);
	const isLater = publishAt !== null && publishAt > made.at;
	const outcome = await publishing.changes.replace(
		{
			document,
			key,
			fingerprint: await fingerprintOf(text),
			publishAt: isPublic ? entry.publishAt : isLater ? publishAt : null,
			note,
			made,
		},
		isPublic,
	);
	if (outcome === "story-taken") return err({ kind: "story-taken" });
	return settled(publishing, entry.id, outcome === "committed");
}

/** The document of a release's next revision. */
export function revisionOf(entry: CatalogueEntry, text: ReleaseText): ReleaseDocument {
	const { id, slug, revision } = entry;
	return { ...text, id, slug, story: text.story ?? entry.story, revision: revision + 1 };
}

/** Takes a release back, for good: withdrawn if it was public, cancelled if it was not. */
export async function takeBack(
	publishing: Publishing,
	entry: CatalogueEntry,
	reason: string,
	made: Made,
): Promise<Result<CatalogueEntry, Unchanged>> {
	if (isTakenBack(entry)) return err({ kind: "taken-back", now: entry });
	const isPublic = entry.status === "published";
	const { id, revision, document: key } = entry;
	const outcome = await publishing.changes.takeBack(
		{ id, revision: revision + 1, key, reason, isPublic },
		made,
	);
	return settled(publishing, id, outcome === "committed");
}

async function settled(
	{ releases, announce }: Publishing,
	id: string,
	isCommitted: boolean,
): Promise<Result<CatalogueEntry, Unchanged>> {
	const now = await releases.findById(id);
	if (!now) throw new Error("a release has gone from the catalogue");
	if (!isCommitted) return err({ kind: "changed-meanwhile", now });
	await announce(now);
	return ok(now);
}
