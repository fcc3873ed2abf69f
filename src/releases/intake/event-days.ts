import { Temporal } from "temporal-polyfill";
import type { Language } from "../../shared/language.ts";
import { type FoundDate, findDates } from "./dates.ts";
import { CHARACTERS_SEARCHED, confidence, type Found, PARAGRAPHS_SEARCHED } from "./finding.ts";
import { type Sentence, sentencesOf } from "./sentences.ts";
import { mentioned, mentions, type ToldKind } from "./vocabulary.ts";

/** The days of an event, and the sentence that told them. */
export interface FoundDays extends Found<{ readonly starts: string; readonly ends: string }> {
	readonly sentence: string;
	/** Where the date stands in the sentence. */
	readonly date: { readonly index: number; readonly end: number };
}

/** What the days of an event are read from. */
export interface EventText {
	readonly title: string;
	readonly paragraphs: readonly string[];
	/** The paragraph with the dateline and where it ends there; its date is not the event's. */
	readonly found: { readonly paragraph: number; readonly end: number } | null;
	readonly language: Language;
	readonly kind: ToldKind;
	/** The day from which "this year" and dates without a year are counted. */
	readonly reference: string;
	/** Whether the text or its sender says so, or it is merely the day of posting. */
	readonly referenceTold: boolean;
}

const LONGEST_EVENT_DAYS = 62;
const HAPPENS = 0.45;
const NAMES_KIND = 0.2;
const NAMES_OTHER_KIND = 0.1;
const IN_TITLE = 0.3;
const IN_PARAGRAPH = [0.25, 0.1, 0.05] as const;
const YEAR_TOLD = 0.05;
const IS_RANGE = 0.05;
const NEAR_VERB = 0.05;
const BACKGROUND = -0.5;
const OTHER_EVENT = -0.5;
const CALLED_OFF = -0.6;
const MONTHS_AWAY = -0.15;
const YEARS_AWAY = -0.45;
// Old texts are posted, too: how far back the event lies from the day of posting says little.
const FROM_POSTING = 0.3;

/**
 * When the event takes place: of all certain days in the text, the one with the most evidence; of
 * equals, the first.
 */
export function readEventDays(text: EventText): FoundDays | null {
	let best: FoundDays | null = null;
	for (const days of candidates(text)) {
		if (best === null || days.confidence > best.confidence) best = days;
	}
	return best;
}

function* candidates(text: EventText): Generator<FoundDays> {
	yield* inParagraph(text.title, 0, IN_TITLE, text);
	for (const [index, paragraph] of text.paragraphs.slice(0, PARAGRAPHS_SEARCHED).entries()) {
		const from = index === text.found?.paragraph ? text.found.end : 0;
		// The lead is the paragraph with the dateline, if there is one.
		const rank = Math.max(0, index - (text.found?.paragraph ?? 0));
		yield* inParagraph(paragraph, from, IN_PARAGRAPH[rank] ?? 0, text);
	}
}

function* inParagraph(
	paragraph: string,
	from: number,
	position: number,
	text: EventText,
): Generator<FoundDays> {
	const searched = paragraph.slice(from, from + CHARACTERS_SEARCHED);
	const dates = findDates(searched, text.language, text.reference).filter(isEventLong);
	if (dates.length === 0) return;
	const sentences = sentencesOf(searched);
	for (const date of dates) {
		const sentence = sentences.findLast(({ index }) => index <= date.index);
		if (sentence !== undefined) yield asFound(date, sentence, position, text);
	}
}

function asFound(
	date: FoundDate,
	sentence: Sentence,
	position: number,
	text: EventText,
): FoundDays {
	const at = { index: date.index - sentence.index, end: date.end - sentence.index };
	const days = { starts: date.starts, ends: date.ends };
	const opensText = sentence.index === 0 && position >= IN_PARAGRAPH[0];
	return {
		value: days,
		from: sentence.text.slice(at.index, at.end),
		confidence: confidence(position + evidence(date, sentence.text, { ...at, opensText }, text)),
		sentence: sentence.text,
		date: at,
	};
}

function evidence(
	date: FoundDate,
	sentence: string,
	at: { index: number; opensText: boolean },
	{ title, language, kind, reference, referenceTold }: EventText,
): number {
	const verbs = mentions(sentence, "happens", language);
	const otherKind = kind === "meeting" ? "consultation" : "meeting";
	const before = sentence.slice(Math.max(0, at.index - 60), at.index);
	let sum = (date.yearTold ? YEAR_TOLD : 0) + (date.starts === date.ends ? 0 : IS_RANGE);
	if (verbs.length > 0) sum += HAPPENS;
	if (mentioned(sentence, kind, language)) sum += NAMES_KIND;
	else if (mentioned(sentence, otherKind, language)) sum += NAMES_OTHER_KIND;
	if (verbs.some(({ index }) => Math.abs(index - at.index) < 100)) sum += NEAR_VERB;
	if (mentioned(before, "background", language)) sum += BACKGROUND;
	if (mentioned(before, "past", language)) sum += OTHER_EVENT;
	if (!at.opensText && mentioned(before, "next", language)) sum += OTHER_EVENT;
	if (mentioned(`${title}\n${sentence}`, "calledOff", language)) sum += CALLED_OFF;
	return sum + remoteness(date, reference) * (referenceTold ? 1 : FROM_POSTING);
}

function remoteness(date: FoundDate, reference: string): number {
	const days = Math.abs(daysBetween(reference, date.starts));
	if (days > 400) return YEARS_AWAY;
	return days > 120 ? MONTHS_AWAY : 0;
}

function isEventLong(date: FoundDate): boolean {
	return daysBetween(date.starts, date.ends) <= LONGEST_EVENT_DAYS;
}

function daysBetween(from: string, to: string): number {
	return Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to)).days;
}
