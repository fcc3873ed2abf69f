import ical, {
	escape as escapeText,
	type ICalEventData,
	ICalEventStatus,
	ICalEventTransparency,
} from "ical-generator";
import { Temporal } from "temporal-polyfill";
import { tzlib_get_ical_block } from "timezones-ical-library";
import type { CatalogueEntry } from "../releases/entry.ts";
import { type Event, knownEnd, permanentId, releaseUrl } from "../releases/release.ts";
import { atClock } from "../shared/civil-time.ts";
import type { Language } from "../shared/language.ts";
import { WORDS } from "../shared/words/index.ts";

/** What a calendar says of itself. */
export interface CalendarChannel {
	readonly title: string;
	readonly description: string | null;
	/** Origin of the publication, without a slash at its end. */
	readonly origin: string;
	/** Null for a calendar of several. */
	readonly language: Language | null;
	/** Where this calendar is, absolute. */
	readonly selfUrl: string;
	/** How long who subscribes to it may go without asking again. */
	readonly freshSeconds: number;
}

/** ISO 639-2 for what is in several languages. */
const SEVERAL_LANGUAGES = "mul";

/**
 * An iCalendar object (RFC 5545, and RFC 7986 for what it says of itself) to subscribe to. In: releases
 * that are published or withdrawn, those without an event being left out. Out: the text, the same for
 * the same releases. A withdrawn release's event is in it as cancelled.
 */
export function buildCalendar(
	channel: CalendarChannel,
	entries: readonly CatalogueEntry[],
): string {
	const calendar = ical({
		prodId: {
			company: "Communiqué",
			product: "Calendar",
			language: channel.language ?? SEVERAL_LANGUAGES,
		},
		// The library escapes what events say, and not what the calendar says.
		name: escapeText(channel.title, false),
		description: channel.description && escapeText(channel.description, false),
		url: channel.selfUrl,
		source: channel.selfUrl,
		ttl: channel.freshSeconds,
	});
	for (const entry of entries)
		if (entry.event) calendar.createEvent(toEvent(channel.origin, entry, entry.event));
	const zones = new Set(calendar.events().map((event) => event.timezone()));
	// The library leaves out the end of the last line.
	return `${withDefinitions(calendar.toString(), zones)}\r\n`;
}

/**
 * The text with the definitions of its zones. The library would put them among the calendar's
 * properties, all of which have to stand before (RFC 5545, section 3.4).
 */
function withDefinitions(text: string, zones: ReadonlySet<string | null>): string {
	const definitions = [...zones].flatMap((zone) =>
		zone === null ? [] : `${tzlib_get_ical_block(zone)[0]}\r\n`,
	);
	// What stands at the beginning of a line is ours: no value has a line end that is not escaped.
	return text.replace(
		"\r\nBEGIN:VEVENT\r\n",
		(begin) => `\r\n${definitions.join("")}${begin.slice(2)}`,
	);
}

/**
 * One entry of each story, in the order they come in: one that is not withdrawn before one that is,
 * then by language in the order of the publication's, then the latest.
 */
export function onePerStory(
	entries: readonly CatalogueEntry[],
	languages: readonly Language[],
): CatalogueEntry[] {
	const rank = ({ status, language, firstSequence }: CatalogueEntry) => [
		status === "withdrawn" ? 1 : 0,
		languages.includes(language) ? languages.indexOf(language) : languages.length,
		-(firstSequence ?? 0),
	];
	const best = new Map<string, CatalogueEntry>();
	for (const entry of entries) {
		const other = best.get(entry.story);
		if (!other || isBefore(rank(entry), rank(other))) best.set(entry.story, entry);
	}
	return entries.filter((entry) => best.get(entry.story) === entry);
}

function isBefore(one: readonly number[], other: readonly number[]): boolean {
	const at = one.findIndex((value, index) => value !== other[index]);
	return at !== -1 && (one[at] ?? 0) < (other[at] ?? 0);
}

function toEvent(origin: string, entry: CatalogueEntry, event: Event): ICalEventData {
	const publishedAt = entry.publishedAt ?? entry.changedAt;
	const changed = new Date(Math.max(entry.changedAt, publishedAt));
	const isWithdrawn = entry.status === "withdrawn";
	return {
		id: permanentId(entry),
		sequence: entry.revision - 1,
		// Without a METHOD it tells the last revision (RFC 5545, section 3.8.7.2), and never the present.
		stamp: changed,
		created: new Date(publishedAt),
		lastModified: changed,
		...timesOf(event),
		summary: entry.title,
		description: isWithdrawn
			? `${WORDS[entry.language].calendar.withdrawn}: ${entry.reason ?? ""}`
			: entry.summary,
		...(event.place === null ? {} : { location: { title: event.place } }),
		url: releaseUrl(origin, entry),
		categories: [{ name: entry.kind }],
		status: isWithdrawn ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
	};
}

function timesOf(event: Event): Partial<ICalEventData> & { start: Moment } {
	const { starts, ends, timeZone } = event;
	if (timeZone === null)
		return {
			allDay: true,
			start: Temporal.PlainDate.from(starts),
			// DTEND is the first day that is not part of it.
			end: Temporal.PlainDate.from(ends).add({ days: 1 }),
			transparency: ICalEventTransparency.TRANSPARENT,
		};
	return {
		start: atClock(starts, timeZone),
		...(knownEnd(event) === null ? {} : { end: atClock(ends, timeZone) }),
		// Without a definition of the zone the times are in UTC.
		timezone: definedZone(timeZone),
	};
}

type Moment = Temporal.PlainDate | Temporal.ZonedDateTime;

/** The name that a zone has in its definition: the newest where there are several. Null without one. */
function definedZone(timeZone: string): string | null {
	const [, parameter] = tzlib_get_ical_block(timeZone);
	return parameter ? parameter.replace(/^TZID=/, "") : null;
}
