import { frameOf, type Frame as MailFrame, type MailIdentity } from "../mail/frame.ts";
import { MAIL_WORDS, withCount } from "../mail/words.ts";
import type { NewsEntry } from "../releases/entry.ts";
import type { Kind } from "../releases/kinds.ts";
import type { Language } from "../shared/language.ts";
import { archivePath, pagePath } from "../site/addresses.ts";
import type { EditionContents } from "./contents.ts";
import { cutFairly } from "./cutting.ts";
import { type Headline, headlineOf } from "./headline.ts";
import {
	type ChangedItem,
	type ComingItem,
	type Frame,
	type FreshItem,
	toChangedItem,
	toComingItem,
	toFreshItem,
} from "./items.ts";
import { byChange, byEvent, toSections } from "./sections.ts";

/** What the templates of the digest and the correction are filled in with. */
export interface EditionView extends Headline, MailFrame<Readonly<Record<string, string>>> {
	readonly sections: readonly (SectionView<FreshItem> & { readonly kind: Kind })[];
	/** Null where nothing was corrected or withdrawn. */
	readonly changes: SectionView<ChangedItem> | null;
	/** Null where nothing is to be reminded of. */
	readonly coming: SectionView<ComingItem> | null;
	/** The archive of all releases. */
	readonly releases_url: string;
	readonly unsubscribe_url: string;
	readonly manage_url: string;
}

export interface SectionView<Item> {
	readonly heading: string;
	readonly items: readonly Item[];
	/** How many are left out, and where they are; null where none is. */
	readonly more: { readonly words: string; readonly url: string } | null;
}

/** What differs from one recipient of an edition to the next. */
export type Personal = Readonly<Record<"unsubscribe" | "manage", string>>;

export interface Extent {
	/** The run's civil date, from which days are counted. */
	readonly day: string;
	/** How many items are shown at most, but one of each section always. */
	readonly most: number;
}

/**
 * What an edition shows of its contents.
 *
 * @param contents with something fresh or changed; an edition is never empty.
 * @param markers stand for each recipient's own addresses: to unsubscribe at, and to change what they
 *   get.
 */
export function viewEdition(
	identity: MailIdentity,
	language: Language,
	contents: EditionContents,
	{ day, most }: Extent,
	markers: Personal,
): EditionView {
	return {
		...frameOf(identity, language, wordsOf(language)),
		...headlineOf(identity.title, language, contents),
		...viewSections(contents, { origin: identity.url, language, day }, most),
		releases_url: `${identity.url}${archivePath(language, undefined)}`,
		unsubscribe_url: markers.unsubscribe,
		manage_url: markers.manage,
	};
}

/** Which mail tells it: where nothing is new, a notice of what was corrected or withdrawn. */
export function mailOf({ sections }: EditionView): "digest" | "correction" {
	return sections.length > 0 ? "digest" : "correction";
}

/** How many items each section of an edition shows. */
export function countItems({ sections, changes, coming }: EditionView): number[] {
	return [...sections, changes, coming].flatMap((section) =>
		section === null ? [] : [section.items.length],
	);
}

function viewSections(
	{ fresh, changed, coming }: EditionContents,
	frame: Frame,
	most: number,
): Pick<EditionView, "sections" | "changes" | "coming"> {
	const { language, day } = frame;
	const words = MAIL_WORDS[language];
	const sections = toSections(fresh, day);
	const lengths = [...sections.map(({ entries }) => entries.length), changed.length, coming.length];
	const kept = cutFairly(lengths, most);
	const changes = {
		heading: words.changes.heading,
		entries: byChange(changed),
		toItem: toChangedItem,
		rest: archivePath(language, undefined),
	};
	const reminder = {
		heading: words.digest.coming,
		entries: byEvent(coming, day),
		toItem: toComingItem,
		rest: pagePath(language, "coming"),
	};
	return {
		sections: sections.map(({ kind, entries }, index) => {
			const heading = words.kinds[kind].heading;
			const rest = archivePath(language, kind);
			const section = { heading, entries, toItem: toFreshItem, rest };
			return { kind, ...viewSection(section, kept[index] ?? 0, frame) };
		}),
		changes: changed.length > 0 ? viewSection(changes, kept.at(-2) ?? 0, frame) : null,
		coming: coming.length > 0 ? viewSection(reminder, kept.at(-1) ?? 0, frame) : null,
	};
}

interface WholeSection<Item> {
	readonly heading: string;
	readonly entries: readonly NewsEntry[];
	readonly toItem: (entry: NewsEntry, frame: Frame) => Item;
	/** The path of the page that has what is left out. */
	readonly rest: string;
}

function viewSection<Item>(
	{ heading, entries, toItem, rest }: WholeSection<Item>,
	kept: number,
	frame: Frame,
): SectionView<Item> {
	const left = entries.length - kept;
	const words = withCount(MAIL_WORDS[frame.language].digest.more, left);
	return {
		heading,
		items: entries.slice(0, kept).map((entry) => toItem(entry, frame)),
		more: left > 0 ? { words, url: `${frame.origin}${rest}` } : null,
	};
}

function wordsOf(language: Language): Readonly<Record<string, string>> {
	const { digest, correction, footer } = MAIL_WORDS[language];
	return { ...digest, told_before: correction.told_before, ...footer };
}
