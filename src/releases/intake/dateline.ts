import { Temporal } from "temporal-polyfill";
import type { Language } from "../../shared/language.ts";
import { plainMarks } from "./characters.ts";
import { AGENCY, isLoud, readPlaces } from "./dateline-places.ts";
import { civil, type FoundDate, findDates } from "./dates.ts";
import { confidence, type Dateline, type Found } from "./finding.ts";

/** A dateline and where it ends, so that the text after it can be told from it. */
export interface FoundDateline extends Found<Dateline> {
	readonly end: number;
	/** The words of the date alone. */
	readonly dateFrom: string;
}

/** What says which year is meant where none is written. */
interface Near {
	readonly issued?: string | undefined;
	readonly today: string;
}

const LONGEST = 200;
// A year that is not written is such that the date is at most so far ahead of today.
const DAYS_AHEAD = 31;

const LIKELY = 0.8;
const YEAR_TOLD = 0.15;
const IN_CAPITALS = 0.1;
const DATE_OPENS_SENTENCE = 0.65;

const YEAR_WORD = "(?:\\s?(?:гг?\\.|г|года|год|yili?|йили?)(?!\\p{L}))?";
// "10 May. UzA – …": an agency that stands after the date without brackets.
const BARE_AGENCY = "\\s\\p{Lu}\\p{L}{1,20}(?:\\.| -)(?=\\s)";
const AFTER = new RegExp(
	`^(${YEAR_WORD})\\)?(?:[.,]?\\s?${AGENCY}|,\\s\\p{Lu}[\\p{L}'-]{1,20}(?=\\s-|\\.(?:\\s|$)))?(?:\\s?[-.:]+){1,3}(?=\\s|$|["'«“(/]|\\p{L})` +
		`(?:\\s?${AGENCY}[\\s.:-]*|${BARE_AGENCY})?\\s?`,
	"u",
);
const NOTHING_AFTER = new RegExp(`^(${YEAR_WORD})[).]*$`, "u");
const PLACES_AFTER = new RegExp(`^(${YEAR_WORD}),\\s([^.:;()-]{2,80}?)(\\s-+\\s|[.:]?$)`, "u");
const ENDS_BEFORE_DATE = new RegExp(`${AGENCY}\\s?[-:]+\\s?$`, "u");

/**
 * The dateline at the beginning of a paragraph: places, an agency perhaps, a date, and the mark
 * that ends it; or the date first, and then the places.
 */
export function readDateline(
	paragraph: string,
	language: Language,
	near: Near,
): FoundDateline | null {
	const opening = paragraph.slice(0, LONGEST);
	const date = firstDay(opening, language, near.issued ?? near.today);
	if (date?.index === 0) return dateFirst(paragraph, date, near);
	const ending = date && endOf(opening, date, paragraph.length > LONGEST);
	const places = date && ending && readPlaces(opening.slice(0, date.index), ending.isMarked);
	if (date === null || ending === null || places === null) return null;
	const from = opening.slice(0, date.end + ending.yearWord.length);
	return {
		value: { places, date: date.yearTold ? date.starts : inYear(date, near) },
		from,
		dateFrom: from.slice(date.index),
		confidence: ending.opensSentence ? DATE_OPENS_SENTENCE : sureness(date, opening),
		end: ending.end,
	};
}

/** Whether a paragraph begins with a dateline, in whatever year. */
export function startsWithDateline(paragraph: string, language: Language, today: string): boolean {
	return readDateline(paragraph, language, { today }) !== null;
}

/** "15 April 2025, Bishkek, Kyrgyzstan – …": ended by a dash, or with nothing after it. */
function dateFirst(paragraph: string, date: FoundDate, near: Near): FoundDateline | null {
	const opening = paragraph.slice(0, LONGEST);
	const match = PLACES_AFTER.exec(plainMarks(opening).slice(date.end));
	if (match === null || date.starts !== date.ends) return null;
	const [, yearWord = "", names = "", mark = ""] = match;
	const begin = date.end + match[0].indexOf(names, yearWord.length);
	const places = readPlaces(`${opening.slice(begin, begin + names.length)},`, mark.includes("-"));
	if (places === null) return null;
	return {
		value: { places, date: date.yearTold ? date.starts : inYear(date, near) },
		from: opening.slice(0, begin + names.length),
		dateFrom: opening.slice(0, date.end + yearWord.length),
		confidence: sureness(date, opening),
		end: date.end + match[0].length,
	};
}

/** The first date, as one day: in "10 May 2024 – 12 May …" the dash ends the dateline. */
function firstDay(opening: string, language: Language, reference: string): FoundDate | null {
	const [date] = findDates(opening, language, reference);
	if (date === undefined || date.starts === date.ends) return date ?? null;
	const dash = plainMarks(opening).indexOf(" - ", date.index);
	if (dash === -1 || dash > date.end) return null;
	const [first] = findDates(opening.slice(0, dash), language, reference);
	return first !== undefined && first.starts === first.ends ? first : null;
}

interface Ending {
	readonly end: number;
	readonly yearWord: string;
	/** In "БАКУ /Trend/ - 1 мая в Баку …" the date is of the dateline and of the sentence. */
	readonly opensSentence: boolean;
	/** Whether a dash or an agency stands there, as after no by-line. */
	readonly isMarked: boolean;
}

function endOf(opening: string, date: FoundDate, goesOn: boolean): Ending | null {
	const marks = plainMarks(opening);
	const rest = marks.slice(date.end);
	const match = AFTER.exec(rest) ?? (goesOn ? null : NOTHING_AFTER.exec(rest));
	if (match !== null) {
		const end = date.end + match[0].length;
		return {
			end,
			yearWord: match[1] ?? "",
			opensSentence: false,
			isMarked: /[-/(]/.test(match[0]),
		};
	}
	const endsBefore = ENDS_BEFORE_DATE.test(marks.slice(0, date.index));
	return endsBefore ? { end: date.index, yearWord: "", opensSentence: true, isMarked: true } : null;
}

function sureness(date: FoundDate, opening: string): number {
	return confidence(LIKELY + (date.yearTold ? YEAR_TOLD : 0) + (isLoud(opening) ? IN_CAPITALS : 0));
}

function inYear(date: FoundDate, near: Near): string {
	if (near.issued !== undefined) return date.starts;
	const day = Temporal.PlainDate.from(date.starts);
	const latest = Temporal.PlainDate.from(near.today).add({ days: DAYS_AHEAD });
	const ahead = Temporal.PlainDate.compare(day, latest) > 0;
	return (ahead ? (civil(day, day.year - 1) ?? day) : day).toString();
}
