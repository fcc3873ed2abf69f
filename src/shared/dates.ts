import { Temporal } from "temporal-polyfill";
import type { Language } from "./language.ts";

/** A first and a last civil date, `YYYY-MM-DD`, both included. */
export interface CivilSpan {
	readonly starts: string;
	readonly ends: string;
}

// Workers' ICU has no Uzbek; its months and patterns stand here.
const UZBEK_MONTHS = {
	uz: "yanvar fevral mart aprel may iyun iyul avgust sentabr oktabr noyabr dekabr".split(" "),
	"uz-Cyrl": "январ феврал март апрел май июн июл август сентабр октабр ноябр декабр".split(" "),
} as const;

const YEAR_WORD = { uz: "yil", "uz-Cyrl": "йил" } as const;

/** A civil date in words: `10 May 2024`, `10 мая 2024 г.`, `2024-yil 10-may`. */
export function formatCivilDate(date: string, language: Language): string {
	if (isUzbek(language)) return formatUzbek({ starts: date, ends: date }, language);
	return formatter(language).format(epoch(date)).replaceAll("\u00a0", " ");
}

/** First and last day in words, as short as the language allows: `1–2 October 2025`. */
export function formatEventDates(event: CivilSpan, language: Language): string {
	if (isUzbek(language)) return formatUzbek(event, language);
	const words = formatter(language)
		.formatRange(epoch(event.starts), epoch(event.ends))
		.replaceAll(/[\u00a0\u2009\u202f]/g, " ");
	// Spaces stand around the dash only where it parts more than two days of one month.
	const isOneMonth = event.starts.slice(0, 7) === event.ends.slice(0, 7);
	return isOneMonth ? words.replace(" – ", "–") : words;
}

/** The civil date at an instant (milliseconds since 1970 UTC) in a time zone, `YYYY-MM-DD`. */
export function civilDateAt(now: number, timeZone: string): string {
	return Temporal.Instant.fromEpochMilliseconds(now)
		.toZonedDateTimeISO(timeZone)
		.toPlainDate()
		.toString();
}

function formatter(language: "en" | "ru"): Intl.DateTimeFormat {
	const locale = language === "en" ? "en-GB" : "ru";
	return new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" });
}

// A civil date has no zone; UTC on both sides keeps it what it is.
function epoch(date: string): number {
	return Temporal.PlainDate.from(date).toZonedDateTime("UTC").epochMilliseconds;
}

function isUzbek(language: Language): language is "uz" | "uz-Cyrl" {
	return language === "uz" || language === "uz-Cyrl";
}

function formatUzbek({ starts, ends }: CivilSpan, language: "uz" | "uz-Cyrl"): string {
	const [first, last] = [Temporal.PlainDate.from(starts), Temporal.PlainDate.from(ends)];
	const year = (date: Temporal.PlainDate) => `${date.year}-${YEAR_WORD[language]}`;
	const day = (date: Temporal.PlainDate) => `${date.day}-${UZBEK_MONTHS[language][date.month - 1]}`;
	if (first.equals(last)) return `${year(first)} ${day(first)}`;
	if (first.year !== last.year) return `${year(first)} ${day(first)} – ${year(last)} ${day(last)}`;
	if (first.month !== last.month) return `${year(first)} ${day(first)} – ${day(last)}`;
	return `${year(first)} ${first.day}–${day(last)}`;
}
