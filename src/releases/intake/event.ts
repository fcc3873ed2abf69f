import type { Kind } from "../kinds.ts";
import type { Event } from "../release.ts";
import { type EventText, readEventDays } from "./event-days.ts";
import { CHARACTERS_SEARCHED, type Dateline, sureEnough } from "./finding.ts";
import type { Notes } from "./notes.ts";
import { readPlace } from "./place.ts";

/** What an event is read from. */
export interface EventSource extends Omit<EventText, "kind"> {
	readonly kind: Kind;
	readonly dateline: Dateline | null;
}

const OPENING_PARAGRAPHS = 5;

/** When and where the consultation or meeting takes place; `null` where the text does not say when. */
export function eventOf(source: EventSource, notes: Notes): Event | null {
	const { kind, title, paragraphs, dateline, language } = source;
	// An announcement has no event, whatever dates it mentions.
	if (kind === "announcement") return null;
	const days = sureEnough("event", readEventDays({ ...source, kind }));
	if (days === null) return null;
	const { value, from, confidence } = days;
	notes.note("event.starts", { value: value.starts, from, confidence });
	notes.note("event.ends", { value: value.ends, from, confidence });
	const opening = [title, ...paragraphs.slice(0, OPENING_PARAGRAPHS)];
	const found = readPlace({
		days,
		title,
		places: dateline?.places ?? [],
		opening: opening.map((part) => part.slice(0, CHARACTERS_SEARCHED)).join("\n"),
		language,
	});
	const place = sureEnough("place", found);
	return {
		...value,
		timeZone: null,
		place: place === null ? null : notes.note("event.place", place),
	};
}
