import type { NewsEntry } from "../releases/entry.ts";
import { eventFileUrl, permanentId, releaseUrl } from "../releases/release.ts";
import { formatEventDates } from "../shared/dates.ts";
import type { Language } from "../shared/language.ts";
import { inDays } from "../shared/relative-days.ts";
import { changeLabel, whyChanged } from "./headline.ts";

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
	/** How far off it is; null where it has begun or no date is told. */
	readonly in_days: string | null;
	readonly place: string | null;
}

/** A release told whole. */
export interface FreshItem extends Told, Happening {
	readonly summary: string;
	/** Where the event is for one's calendar; null without an event. */
	readonly calendar_url: string | null;
	readonly attachments: readonly { readonly title: string; readonly url: string }[];
}

/** A release that was told before, and what became of it. */
export interface ChangedItem extends Told {
	readonly label: string;
	readonly why: string | null;
}

/** An event that was told before and is near. */
export type ComingItem = Linked & Happening;

export function toFreshItem(entry: NewsEntry, frame: Frame): FreshItem {
	return {
		...toTold(entry, frame),
		...toHappening(entry, frame),
		summary: entry.summary,
		calendar_url: entry.event && eventFileUrl(frame.origin, entry),
		attachments: entry.attachments.map(({ title, url }) => ({ title, url })),
	};
}

export function toChangedItem(entry: NewsEntry, frame: Frame): ChangedItem {
	const label = changeLabel(entry, frame.language);
	return { ...toTold(entry, frame), label, why: whyChanged(entry) };
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
	return {
		when: formatEventDates(event, language),
		in_days: inDays(day, event.starts.slice(0, "YYYY-MM-DD".length), language),
		place: event.place,
	};
}
