import type { Language } from "../../shared/language.ts";
import { type FoundDate, findDates } from "./dates.ts";
import { daysBetween, evidenceFor } from "./event-evidence.ts";
import { CHARACTERS_SEARCHED, confidence, type Found, PARAGRAPHS_SEARCHED } from "./finding.ts";
import { findRelativeDay } from "./relative-days.ts";
import { type Sentence, sentencesOf } from "./sentences.ts";
import type { ToldKind } from "./vocabulary.ts";

/** The days of an event, and the sentence that told them. */
export interface FoundDays extends Found<{ readonly starts: string; readonly ends: string }> {
	readonly sentence: string;
	/** The sentence after it in the same paragraph; empty where there is none. */
	readonly following: string;
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

const NO_SENTENCE: Sentence = { text: "", index: 0 };
const LONGEST_EVENT_DAYS = 62;
const IN_TITLE = 0.3;
const IN_PARAGRAPH = [0.25, 0.1, 0.05] as const;
// A day that is counted, not written.
const RELATIVE = -0.22;
// By so much the best of a sentence's days must be surer than the next.
const CLEAR_LEAD = 0.15;

/**
 * When the event takes place: of all certain days in the text, the one with the most evidence; of
 * equals, the first; `null` where one sentence has several that may be it.
 */
export function readEventDays(text: EventText): FoundDays | null {
	let best: FoundDays | null = null;
	const all = [...candidates(text)];
	for (const days of all) {
		if (best === null || days.confidence > best.confidence) best = days;
	}
	return best !== null && all.some((other) => rivals(best, other)) ? null : best;
}

/** Whether another day in the same sentence may as well be the event's. */
function rivals(best: FoundDays, other: FoundDays): boolean {
	const { starts, ends } = best.value;
	const isWithin = starts <= other.value.starts && other.value.ends <= ends;
	const isClose = other.confidence > best.confidence - CLEAR_LEAD;
	return best.sentence === other.sentence && isClose && !isWithin;
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
	const isLead = position === IN_PARAGRAPH[0] && text.referenceTold;
	if (dates.length === 0 && !isLead) return;
	const sentences = sentencesOf(searched);
	for (const date of dates) {
		const sentence = sentences.findLastIndex(({ index }) => index <= date.index);
		yield asFound(date, sentences.slice(sentence), position, text);
	}
	if (isLead) yield* relativeDays(sentences, dates, text);
}

/** The days that the lead names from the day it was given out: "on Tuesday". */
function* relativeDays(
	sentences: readonly Sentence[],
	dates: readonly FoundDate[],
	text: EventText,
): Generator<FoundDays> {
	for (const [at, sentence] of sentences.entries()) {
		const day = findRelativeDay(sentence.text, text.language, text.reference);
		if (day === null) continue;
		const date = { ...day, index: day.index + sentence.index, end: day.end + sentence.index };
		// "On Tuesday, 5 November": the date tells.
		if (dates.some(({ index, end }) => index < date.end + 3 && date.index < end + 3)) continue;
		yield asFound(date, sentences.slice(at), IN_PARAGRAPH[0], text, RELATIVE);
	}
}

/** In: a date, the sentence that it stands in and those after it, and how much its place tells. */
function asFound(
	date: FoundDate,
	[sentence = NO_SENTENCE, next = NO_SENTENCE]: readonly Sentence[],
	position: number,
	text: EventText,
	doubt = 0,
): FoundDays {
	const at = { index: date.index - sentence.index, end: date.end - sentence.index };
	const days = { starts: date.starts, ends: date.ends };
	const opensText = sentence.index === 0 && position >= IN_PARAGRAPH[0];
	return {
		value: days,
		from: sentence.text.slice(at.index, at.end),
		confidence: confidence(
			position + doubt + evidenceFor(date, sentence.text, { ...at, opensText }, text),
		),
		sentence: sentence.text,
		following: next.text,
		date: at,
	};
}

function isEventLong(date: FoundDate): boolean {
	return daysBetween(date.starts, date.ends) <= LONGEST_EVENT_DAYS;
}
