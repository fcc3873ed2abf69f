import { MAIL_WORDS, withCount } from "../mail/words.ts";
import { isTakenBack, type NewsEntry } from "../releases/entry.ts";
import { eventFileUrl, permanentId, releaseUrl } from "../releases/release.ts";
import { formatEventDates } from "../shared/dates.ts";
import type { Language } from "../shared/language.ts";
import { inDays } from "../shared/relative-days.ts";
import { cutAttachments } from "./cutting.ts";
import { changeLabel, whyChanged } from "./headline.ts";
import { unbroken } from "./no-break.ts";
import { isOver } from "./sections.ts";

/** In which frame releases are shown. */
export interface Frame {
	/** Origin of the publication, without a slash at its end. */
	readonly origin: string;
	/** Of the edition. */
	readonly language: Language;
	/** The run's civil date. */
	readonly day: string;
}

interface Linked {
	readonly title: string;
	readonly language: Language;
	readonly url: string;
}

interface Told extends Linked {
	/** The same as in every feed and on the page. */
	readonly id: string;
}

interface Happening {
	readonly when: string | null;
	/** How far off it is; null where it has begun, or no date is told. It stays on one line. */
	readonly in_days: string | null;
	readonly place: string | null;
}

/** A release told whole. */
export interface FreshItem extends Told, Happening {
	readonly summary: string;
	/** Where the event is for one's calendar; null without an event, or where it is over. */
	readonly calendar_url: string | null;
	readonly attachments: readonly { readonly title: string; readonly url: string }[];
	/** How many attachments the release's page has besides; null where all are here. */
	readonly more_attachments: string | null;
}

/** A release that was told before, and what became of it. */
export interface ChangedItem extends Told, Happening {
	readonly label: string;
	readonly why: string | null;
}

/** An event that was told before and is near. */
export type ComingItem = Linked & Happening;

export function toFreshItem(entry: NewsEntry, frame: Frame): FreshItem {
	const { event, attachments } = entry;
	const shown = cutAttachments(attachments);
	const left = attachments.length - shown.length;
	const isToCome = event !== null && !isOver(entry, frame.day);
	return {
		...toTold(entry, frame),
		...toHappening(entry, frame),
		summary: entry.summary,
		calendar_url: isToCome ? eventFileUrl(frame.origin, entry) : null,
		attachments: shown.map(({ title, url }) => ({ title, url })),
		more_attachments: left > 0 ? withCount(MAIL_WORDS[frame.language].digest.more, left) : null,
	};
}

export function toChangedItem(entry: NewsEntry, frame: Frame): ChangedItem {
	const happening = toHappening(entry, frame);
	return {
		...toTold(entry, frame),
		...happening,
		// What is taken back is not to come.
		in_days: isTakenBack(entry) ? null : happening.in_days,
		label: changeLabel(entry, frame.language),
		why: whyChanged(entry),
	};
}

export function toComingItem(entry: NewsEntry, frame: Frame): ComingItem {
	return { ...toLinked(entry, frame), ...toHappening(entry, frame) };
}

function toTold(entry: NewsEntry, frame: Frame): Told {
	return { id: permanentId(entry), ...toLinked(entry, frame) };
}

function toLinked(entry: NewsEntry, { origin }: Frame): Linked {
	return { title: entry.title, language: entry.language, url: releaseUrl(origin, entry) };
}

function toHappening({ event }: NewsEntry, { day, language }: Frame): Happening {
	if (!event) return { when: null, in_days: null, place: null };
	const days = inDays(day, event.starts.slice(0, "YYYY-MM-DD".length), language);
	return {
		when: formatEventDates(event, language),
		in_days: days && unbroken(days),
		place: event.place,
	};
}
