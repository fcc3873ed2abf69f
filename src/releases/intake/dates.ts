import * as english from "chrono-node/en";
import * as russian from "chrono-node/ru";
import { Temporal } from "temporal-polyfill";
import type { Language } from "../../shared/language.ts";
import { plainMarks } from "./characters.ts";
import { DATE_FORMS } from "./date-forms.ts";
import { type Rewritten, rewritten } from "./rewriting.ts";
import { uzbek } from "./uzbek-dates.ts";
import { yearWordsBeside } from "./year-words.ts";

/** A day, or a first and a last day, that stands in a text. */
export interface FoundDate {
	readonly index: number;
	readonly end: number;
	/** Civil dates, `YYYY-MM-DD`. */
	readonly starts: string;
	readonly ends: string;
	/** Whether the year is in the text, as a number or as "this year". */
	readonly yearTold: boolean;
}

type Parsed = ReturnType<typeof uzbek.parse>[number];
type Components = Parsed["start"];

const READERS = { en: english.strict, ru: russian.strict, uz: uzbek, "uz-Cyrl": uzbek } as const;

/**
 * The dates in a text (keep it bounded) whose day and month are certain, in order. A year that is
 * not told is the one that brings the date nearest to `reference`.
 */
export function findDates(text: string, language: Language, reference: string): FoundDate[] {
	const instant = new Date(`${reference}T12:00:00Z`);
	const forms = rewritten(plainMarks(text), DATE_FORMS[language]);
	return READERS[language]
		.parse(forms.text, { instant, timezone: 0 })
		.filter(({ start, end }) => isDay(start) && (!end || isDay(end)))
		.filter(({ text: words }) => !isAmbiguous(words, language))
		.map((parsed) => found(parsed, forms, text, reference))
		.filter((date) => date !== null);
}

/** Whether a line is nothing but a date. */
export function isOnlyDate(line: string, language: Language, reference: string): boolean {
	if (line.length > 60) return false;
	const [date] = findDates(line, language, reference);
	if (date === undefined) return false;
	return !/\p{L}{3}/u.test(line.slice(0, date.index) + line.slice(date.end));
}

/** The date nearest to `reference` among those of its year and the years beside it. */
export function nearestYear(day: { month: number; day: number }, reference: string): number {
	const from = Temporal.PlainDate.from(reference);
	const years = [from.year, from.year - 1, from.year + 1];
	const distance = (year: number) => {
		const date = civil(day, year);
		return date === null ? Number.POSITIVE_INFINITY : Math.abs(from.until(date).days);
	};
	return years.reduce((best, year) => (distance(year) < distance(best) ? year : best));
}

/** The civil date, or `null` where there is no such day in that year. */
export function civil(
	{ month, day }: { month: number; day: number },
	year: number,
): Temporal.PlainDate | null {
	try {
		return Temporal.PlainDate.from({ year, month, day }, { overflow: "reject" });
	} catch {
		return null;
	}
}

function found(
	parsed: Parsed,
	forms: Rewritten,
	text: string,
	reference: string,
): FoundDate | null {
	const span = quoted(parsed, forms, text);
	const { start, end } = parsed;
	const saidYear =
		span.later === null ? null : Temporal.PlainDate.from(reference).year + span.later;
	const year = toldYear(start) ?? (end && toldYear(end)) ?? saidYear;
	const first = civil(dayOf(start), year ?? nearestYear(dayOf(start), reference));
	if (first === null) return null;
	const last = end ? civil(dayOf(end), toldYear(end) ?? first.year) : first;
	if (last === null) return null;
	const days = inOrder(first, last, end !== null && end !== undefined && toldYear(end) !== null);
	return { index: span.index, end: span.end, yearTold: year !== null, ...days };
}

// "30 December - 2 January 2026": a year that is told is the last day's; otherwise the first's.
function inOrder(first: Temporal.PlainDate, last: Temporal.PlainDate, lastIsTold: boolean) {
	const reversed = Temporal.PlainDate.compare(first, last) > 0;
	const starts = reversed && lastIsTold ? first.subtract({ years: 1 }) : first;
	const ends = reversed && !lastIsTold ? last.add({ years: 1 }) : last;
	return { starts: starts.toString(), ends: ends.toString() };
}

/** Where the words of a date stand, with those that say which year it is. */
function quoted(parsed: Parsed, { starts, ends }: Rewritten, text: string) {
	const words = parsed.text.trimEnd();
	// Chrono takes "on" for a part of some dates.
	const first = parsed.index + words.length - words.replace(/^\s*(?:on\s)?\s*/iu, "").length;
	const index = starts[first] ?? 0;
	const end = ends[parsed.index + words.length - 1] ?? text.length;
	const before = plainMarks(text.slice(Math.max(0, index - 30), index));
	const beside = yearWordsBeside(before, text.slice(end, end + 40));
	return {
		index: index - (beside?.before ?? 0),
		end: end + (beside?.after ?? 0),
		later: beside?.later ?? null,
	};
}

function isDay(components: Components): boolean {
	return components.isCertain("day") && components.isCertain("month");
}

function dayOf(components: Components): { month: number; day: number } {
	return { month: components.get("month") ?? 0, day: components.get("day") ?? 0 };
}

function toldYear(components: Components): number | null {
	return components.isCertain("year") ? components.get("year") : null;
}

const FIGURES = /^(\d{1,2})\/(\d{1,2})(?!\d)/;
const ENGLISH_FIGURES = /^(\d{1,2})(?:[/.]|-(?=\d{1,2}-))(\d{1,2})(?!\d)/;

/** Whether a date in figures may be read day first or month first: 10/05/2024. */
function isAmbiguous(words: string, language: Language): boolean {
	// Before full stops Russian and Uzbek have the day first; in English one cannot tell.
	const figures = language === "en" ? ENGLISH_FIGURES : FIGURES;
	const [, first, second] = figures.exec(words.trim()) ?? [];
	return first !== undefined && first !== second && Number(first) <= 12 && Number(second) <= 12;
}
