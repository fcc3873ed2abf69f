import { bodyHtml } from "../releases/body.ts";
import type { EverPublicEntry } from "../releases/entry.ts";
import type { Kind } from "../releases/kinds.ts";
import {
	type Attachment,
	type Event,
	type PublishedRelease,
	permanentId,
	releaseUrl,
} from "../releases/release.ts";
import type { Language } from "../shared/language.ts";
import { escapeMarkup } from "../shared/text.ts";
import { WORDS } from "../shared/words/index.ts";

/** A release as every format tells it. Times are milliseconds since 1970 UTC. */
export interface FeedItem {
	/** The same in every format, in the mail and on the page. */
	readonly id: string;
	readonly url: string;
	readonly title: string;
	readonly summary: string;
	/** The whole text, as HTML and as it was written; null where the feed would grow too large. */
	readonly content: { readonly html: string; readonly text: string } | null;
	readonly language: Language;
	readonly kind: Kind;
	readonly publishedAt: number;
	/** When it was last corrected, or withdrawn; null where it never was. */
	readonly updatedAt: number | null;
	readonly event: Event | null;
	readonly attachments: readonly Attachment[];
}

/**
 * The item of a release.
 *
 * @param whole the release with its text; null where the feed has no room for it.
 */
export function toItem(
	origin: string,
	entry: EverPublicEntry,
	whole: PublishedRelease | null,
): FeedItem {
	const { title, summary, language, kind, publishedAt, changedAt } = entry;
	const common = {
		id: permanentId(entry),
		url: releaseUrl(origin, entry),
		language,
		kind,
		publishedAt,
		updatedAt: changedAt > publishedAt ? changedAt : null,
	};
	if (entry.status === "withdrawn") return { ...common, ...tombstone(entry) };
	return {
		...common,
		title,
		summary,
		content: whole && { html: bodyHtml(whole), text: whole.body },
		event: entry.event,
		attachments: entry.attachments,
	};
}

/** What stands for a release that was taken back: that it was, and why; nothing of its text. */
function tombstone({ title, reason, language }: EverPublicEntry) {
	const { withdrawn, why } = WORDS[language].feeds;
	const text = `${why}: ${reason}`;
	return {
		title: `${withdrawn}: ${title}`,
		summary: text,
		content: { html: `<p>${escapeMarkup(text)}</p>`, text },
		event: null,
		attachments: [],
	};
}
