import type { PublicEntry } from "../releases/entry.ts";
import { eventFileUrl, type Kind, permanentId, releaseUrl } from "../releases/release.ts";
import { formatEventDates } from "../shared/dates.ts";
import type { Language } from "../shared/language.ts";
import { count, WORDS, withPublication } from "../shared/words/index.ts";
import { type Section, toSections } from "./selection.ts";

const LONGEST_PREHEADER = 150;

/** What an edition says of the publication. */
export interface EditionIdentity {
	readonly title: string;
	/** Origin of the publication, without a slash at its end. */
	readonly url: string;
}

/** What the digest's templates are filled in with; `words` are in the edition's language. */
export interface EditionView {
	readonly language: Language;
	readonly dir: "ltr";
	readonly publication: EditionIdentity;
	readonly subject: string;
	readonly preheader: string;
	readonly intro: string;
	readonly sections: readonly {
		readonly kind: Kind;
		readonly heading: string;
		readonly items: readonly EditionItem[];
	}[];
	readonly words: Readonly<Record<string, string>>;
	readonly unsubscribe_url: string;
	readonly manage_url: string;
}

/** What differs from one recipient of an edition to the next. */
export type Personal = Readonly<Record<"unsubscribe" | "manage", string>>;

interface EditionItem {
	/** The same as in every feed and on the page. */
	readonly id: string;
	readonly title: string;
	readonly language: Language;
	readonly summary: string;
	readonly url: string;
	/** Where the event is for one's calendar; null without an event. */
	readonly calendar_url: string | null;
	readonly when: string | null;
	readonly place: string | null;
	readonly attachments: readonly { readonly title: string; readonly url: string }[];
}

/**
 * What an edition shows of the releases that are new to its readers.
 *
 * @param entries at least one; an edition is never empty.
 * @param markers stand for each recipient's own addresses: to unsubscribe at, and to change what they
 *   get.
 */
export function viewEdition(
	identity: EditionIdentity,
	language: Language,
	entries: readonly PublicEntry[],
	markers: Personal,
): EditionView {
	const words = WORDS[language];
	const sections = toSections(entries);
	const counts = sections.map((section) => countOf(section, language)).join(", ");
	const only = entries.length === 1 ? entries[0] : undefined;
	return {
		language,
		dir: "ltr",
		publication: identity,
		subject: only ? only.title : `${identity.title}: ${counts}`,
		preheader: shorten(entries.map(({ title }) => title).join(" · ")),
		intro: `${words.digest.intro}: ${counts}.`,
		sections: sections.map((section) => ({
			kind: section.kind,
			heading: words.kinds[section.kind].heading,
			items: section.entries.map((entry) => toItem(identity.url, entry, language)),
		})),
		words: {
			when: words.digest.when,
			where: words.digest.where,
			read_more: words.digest.readMore,
			add_to_calendar: words.digest.addToCalendar,
			why: withPublication(words.digest.why, identity.title),
			preferences: words.digest.preferences,
			unsubscribe: words.digest.unsubscribe,
			view_site: words.digest.viewSite,
		},
		unsubscribe_url: markers.unsubscribe,
		manage_url: markers.manage,
	};
}

/** What a list of mails shows beside a subject. */
function shorten(text: string): string {
	if (text.length <= LONGEST_PREHEADER) return text;
	return `${text.slice(0, LONGEST_PREHEADER).toWellFormed()}…`;
}

function countOf({ kind, entries }: Section, language: Language): string {
	return count(entries.length, WORDS[language].kinds[kind].counted, language);
}

function toItem(origin: string, entry: PublicEntry, language: Language): EditionItem {
	return {
		id: permanentId(entry),
		title: entry.title,
		language: entry.language,
		summary: entry.summary,
		url: releaseUrl(origin, entry),
		calendar_url: entry.event && eventFileUrl(origin, entry),
		when: entry.event && formatEventDates(entry.event, language),
		place: entry.event?.place ?? null,
		attachments: entry.attachments.map(({ title, url }) => ({ title, url })),
	};
}
