import { Temporal } from "temporal-polyfill";
import { atClock } from "./civil-time.ts";
import type { Language } from "./language.ts";

/** When an event takes place: its first and its last day or time, both included. */
export interface EventDates {
	/** Civil dates, `YYYY-MM-DD`; civil times, `YYYY-MM-DDTHH:MM`, where there is a time zone. */
	readonly starts: string;
	/** The same as `starts` for one day, or for a time whose end is not known. */
	readonly ends: string;
	/** IANA name; null for civil dates. */
	readonly timeZone: string | null;
}

type Days = readonly [first: Temporal.PlainDate, last: Temporal.PlainDate];

// Workers' ICU has no Uzbek; its months and patterns stand here.
const UZBEK_MONTHS = {
	uz: "yanvar fevral mart aprel may iyun iyul avgust sentabr oktabr noyabr dekabr".split(" "),
	"uz-Cyrl": "январ феврал март апрел май июн июл август сентабр октабр ноябр декабр".split(" "),
} as const;

const YEAR_WORD = { uz: "yil", "uz-Cyrl": "йил" } as const;

/** A civil date in words: `10 May 2024`, `10 мая 2024 г.`, `2024-yil 10-may`. */
export function formatCivilDate(date: string, language: Language): string {
	return formatDay(Temporal.PlainDate.from(date), language);
}

/**
 * First and last day in words, as short as the language allows: `1–2 October 2025`. With times of the
 * day, by the 24-hour clock: `1 October 2025, 09:00–17:00 (Tashkent time, UTC+5)`. Where the clocks
 * change between start and end, each has its own offset.
 *
 * The zone's place is an English name, so it stands in English only; the offset stands everywhere.
 */
export function formatEventDates(event: EventDates, language: Language): string {
	const { starts, ends, timeZone } = event;
	if (timeZone !== null)
		return formatTimes(atClock(starts, timeZone), atClock(ends, timeZone), language);
	const days = [Temporal.PlainDate.from(starts), Temporal.PlainDate.from(ends)] as const;
	return isUzbek(language) ? formatUzbek(days, language) : formatRange(days, language);
}

/** The civil date at an instant (milliseconds since 1970 UTC) in a time zone, `YYYY-MM-DD`. */
export function civilDateAt(now: number, timeZone: string): string {
	return Temporal.Instant.fromEpochMilliseconds(now)
		.toZonedDateTimeISO(timeZone)
		.toPlainDate()
		.toString();
}

function formatTimes(
	first: Temporal.ZonedDateTime,
	last: Temporal.ZonedDateTime,
	language: Language,
): string {
	const days = [first.toPlainDate(), last.toPlainDate()] as const;
	const [firstDay, lastDay] = formatApart(days, language);
	const zone = [...placeOf(first.timeZoneId, language), offsetOf(first)].join(", ");
	const start = `${firstDay}, ${timeOf(first)}`;
	if (first.equals(last)) return `${start} (${zone})`;
	const isOneDay = days[0].equals(days[1]);
	const end = isOneDay ? timeOf(last) : `${lastDay}, ${timeOf(last)}`;
	if (first.offset !== last.offset) return `${start} (${zone}) – ${end} (${offsetOf(last)})`;
	return `${start}${isOneDay ? "–" : " – "}${end} (${zone})`;
}

/** Two days, each to be followed by its time; the year stands once where it is the same. */
function formatApart(days: Days, language: Language): [string, string] {
	const [first, last] = days;
	const [firstWords, lastWords] = [formatDay(first, language), formatDay(last, language)];
	if (first.equals(last) || first.year !== last.year) return [firstWords, lastWords];
	if (isUzbek(language)) return [firstWords, uzbekDay(last, language)];
	return [formatter(language, { day: "numeric", month: "long" }).format(epoch(first)), lastWords];
}

function timeOf(moment: Temporal.ZonedDateTime): string {
	return moment.toPlainTime().toString({ smallestUnit: "minute" });
}

/** `Tashkent time` for `Asia/Tashkent`; nothing for a zone that is named after no place. */
function placeOf(timeZone: string, language: Language): string[] {
	if (language !== "en" || timeZone.startsWith("Etc/")) return [];
	const [, ...place] = timeZone.split("/");
	return place.slice(-1).map((name) => `${name.replaceAll("_", " ")} time`);
}

/** `UTC+5`, `UTC+5:45`, `UTC−3`, `UTC`. */
function offsetOf({ offset }: Temporal.ZonedDateTime): string {
	const [hours = 0, minutes = 0] = offset.slice(1).split(":").map(Number);
	if (hours === 0 && minutes === 0) return "UTC";
	const sign = offset.startsWith("-") ? "\u2212" : "+";
	return `UTC${sign}${hours}${minutes === 0 ? "" : `:${String(minutes).padStart(2, "0")}`}`;
}

function formatRange([first, last]: Days, language: "en" | "ru"): string {
	const words = formatter(language, { dateStyle: "long" })
		.formatRange(epoch(first), epoch(last))
		.replaceAll(/[\u00a0\u2009\u202f]/g, " ");
	// Spaces stand around the dash only where it parts more than two days of one month.
	const isOneMonth = first.toPlainYearMonth().equals(last.toPlainYearMonth());
	return isOneMonth ? words.replace(" – ", "–") : words;
}

function formatDay(date: Temporal.PlainDate, language: Language): string {
	if (isUzbek(language)) return `${uzbekYear(date, language)} ${uzbekDay(date, language)}`;
	const words = formatter(language, { dateStyle: "long" }).format(epoch(date));
	return words.replaceAll("\u00a0", " ");
}

function formatter(language: "en" | "ru", style: Intl.DateTimeFormatOptions) {
	const locale = language === "en" ? "en-GB" : "ru";
	return new Intl.DateTimeFormat(locale, { ...style, timeZone: "UTC" });
}

// A civil date has no zone; UTC on both sides keeps it what it is.
function epoch(date: Temporal.PlainDate): number {
	return date.toZonedDateTime("UTC").epochMilliseconds;
}

function isUzbek(language: Language): language is "uz" | "uz-Cyrl" {
	return language === "uz" || language === "uz-Cyrl";
}

function formatUzbek([first, last]: Days, language: "uz" | "uz-Cyrl"): string {
	const start = formatDay(first, language);
	if (first.equals(last)) return start;
	if (first.year !== last.year) return `${start} – ${formatDay(last, language)}`;
	if (first.month !== last.month) return `${start} – ${uzbekDay(last, language)}`;
	return `${uzbekYear(first, language)} ${first.day}–${uzbekDay(last, language)}`;
}

function uzbekYear({ year }: Temporal.PlainDate, language: "uz" | "uz-Cyrl"): string {
	return `${year}-${YEAR_WORD[language]}`;
}

function uzbekDay({ day, month }: Temporal.PlainDate, language: "uz" | "uz-Cyrl"): string {
	return `${day}-${UZBEK_MONTHS[language][month - 1]}`;
}
