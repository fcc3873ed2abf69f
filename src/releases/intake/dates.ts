import * as english from "chrono-node/en";
import * as russian from "chrono-node/ru";
import { Temporal } from "temporal-polyfill";
import type { Language } from "../../shared/language.ts";
import { plainMarks } from "./characters.ts";
import { uzbek } from "./uzbek-dates.ts";

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

const THIS_YEAR =
	/^,?\s?(?:(?:of )?(?:this|the current) year|[тс]\.\s?г\.?|(?:текущего|этого|нынешнего|сего) года)(?!\p{L})/iu;
const THIS_YEAR_BEFORE = /(?<!\p{L})(?:joriy|shu|жорий|шу)\s(?:yil|йил)\p{L}{0,5},?\s$/iu;
const LAST_YEAR = /^,?\s?(?:(?:of )?last year|(?:прошлого|минувшего) года)(?!\p{L})/iu;

/**
 * The dates in a text (keep it bounded) whose day and month are certain, in order. A year that is
 * not told is the one that brings the date nearest to `reference`.
 */
export function findDates(text: string, language: Language, reference: string): FoundDate[] {
	const instant = new Date(`${reference}T12:00:00Z`);
	return READERS[language]
		.parse(withRanges(plainMarks(text)), { instant, timezone: 0 })
		.filter(
			({ start, end, text: words }) => isDay(start) && (!end || isDay(end)) && !isAmbiguous(words),
		)
		.map((parsed) => found(parsed, text, reference))
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

function found(parsed: Parsed, text: string, reference: string): FoundDate | null {
	const span = quoted(parsed, text);
	const { start, end } = parsed;
	const year = toldYear(start) ?? (end && toldYear(end)) ?? span.year(reference);
	const first = civil(dayOf(start), year ?? nearestYear(dayOf(start), reference));
	if (first === null) return null;
	const last = end ? civil(dayOf(end), toldYear(end) ?? first.year) : first;
	if (last === null) return null;
	const days = inOrder(first, last, end !== null && end !== undefined && toldYear(end) !== null);
	const yearTold = year !== null;
	return { index: span.index, end: span.end, yearTold, ...days };
}

// "30 December - 2 January 2026": a year that is told is the last day's; otherwise the first's.
function inOrder(first: Temporal.PlainDate, last: Temporal.PlainDate, lastIsTold: boolean) {
	const reversed = Temporal.PlainDate.compare(first, last) > 0;
	const starts = reversed && lastIsTold ? first.subtract({ years: 1 }) : first;
	const ends = reversed && !lastIsTold ? last.add({ years: 1 }) : last;
	return { starts: starts.toString(), ends: ends.toString() };
}

/** Where the words of a date stand, with those that say which year it is. */
function quoted(parsed: Parsed, text: string) {
	// Chrono takes "on" for a part of some dates.
	const start =
		parsed.index + parsed.text.length - parsed.text.replace(/^\s*(?:on\s)?\s*/iu, "").length;
	const end = parsed.index + parsed.text.trimEnd().length;
	const after = text.slice(end, end + 40);
	const before = text.slice(Math.max(0, start - 30), start);
	const thisYear = THIS_YEAR.exec(after);
	const thisYearBefore = THIS_YEAR_BEFORE.exec(before);
	const lastYear = LAST_YEAR.exec(after);
	const year = (reference: string) => {
		const current = Temporal.PlainDate.from(reference).year;
		if (thisYear || thisYearBefore) return current;
		return lastYear ? current - 1 : null;
	};
	return {
		index: start - (thisYearBefore?.[0].length ?? 0),
		end: end + ((thisYear ?? lastYear)?.[0].length ?? 0),
		year,
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

/** Whether a date in figures may be read day first or month first: 10/05/2024. */
function isAmbiguous(words: string): boolean {
	const [, first, second] = /^(\d{1,2})\/(\d{1,2})(?!\d)/.exec(words.trim()) ?? [];
	return first !== undefined && first !== second && Number(first) <= 12 && Number(second) <= 12;
}

/** Two days in a row, as the range that they are: "1 and 2 October" reads as "1 - 2 October". */
function withRanges(text: string): string {
	return text.replace(
		/(?<!\d)(\d{1,2})( and | & | и | va | ва )(\d{1,2})(?!\d)/giu,
		(pair, a, joint, b) =>
			Number(b) === Number(a) + 1
				? `${a}${"-".padStart((joint.length + 1) / 2).padEnd(joint.length)}${b}`
				: pair,
	);
}
