import { plainMarks } from "./characters.ts";
import { confidence, type Found } from "./finding.ts";
import type { PlaceText } from "./place.ts";
import { mentioned, mentions } from "./vocabulary.ts";

interface Span {
	readonly index: number;
	readonly end: number;
}

const WORD = "\\p{Lu}[\\p{L}']*(?:-[\\p{L}']+)*";
const PARTICLE = "(?:de|del|da|do|la|le|el|al|upon)";
const NAME = `(?:St\\. )?${WORD}(?: (?:${PARTICLE} )?${WORD}){0,3}`;
const IN = new RegExp(
	`(?<!\\p{L})in (?:the )?(?:(?:city|town|capital)(?: city)?(?: of)? )?(${NAME})(?: \\(${NAME}\\))?`,
	"dgu",
);
const HOST = new RegExp(
	`^(${NAME}) (?:will host|to host|is to host|is hosting|hosts|hosted)(?!\\p{L})`,
	"u",
);
// "at the Vienna International Centre": at least the town is sure.
const AT = new RegExp(`(?<!\\p{L})at (?:the )?(${NAME})`, "gu");
const HERE = /(?<!\p{L})(?:held|took place|met|opened|began|concluded) here(?!\p{L})/u;

// Capitalised, and no place.
const TIME_WORD =
	/ ?(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)$/u;
const NO_PLACE =
	/^(?:English|Russian|Uzbek|French|Arabic|Parliament|Support|Accordance|Cooperation|Partnership|Person|Hybrid|Online)$/u;

const MENTIONED = 0.2;
const SAID_OF_EVENT = 0.35;
const BESIDE_DATE = 0.3;
const IN_DATELINE = 0.35;
const WITH_COUNTRY = 0.15;
const ONE_OF_SEVERAL = -0.3;
const IN_NEXT_SENTENCE = -0.05;

const LONGEST_SUBJECT = 40;
const EVENT_WORDS = ["meeting", "consultation", "event"] as const;
const OTHER_WORDS = ["next", "past"] as const;

/** The places that an English text may give for its event. */
export function* englishPlaces(text: PlaceText): Generator<Found<string>> {
	yield* mentionsIn(text.days.sentence, text.days.date, text.places);
	yield* host(text);
	yield* here(text);
	yield* buildings(text);
	yield* following(text);
	yield* mentionsIn(text.title, null, text.places);
}

/** "Tashkent will host …", where Tashkent is known to be a place: "the Ministry" hosts, too. */
function* host({ title, places, opening }: PlaceText): Generator<Found<string>> {
	const [from, name = ""] = HOST.exec(title) ?? [];
	if (from === undefined) return;
	if (places.includes(name)) yield { value: name, from, confidence: 0.9 };
	else if (opening.includes(` in ${name}`)) yield { value: name, from, confidence: 0.7 };
}

/** "held here on Thursday": where the dateline says. */
function* here({ days, places }: PlaceText): Generator<Found<string>> {
	const from = HERE.exec(days.sentence)?.[0];
	const [only, ...others] = places;
	if (from !== undefined && only !== undefined && others.length === 0) {
		yield { value: only, from, confidence: 0.7 };
	}
}

/** "It took place in Osh", in the sentence after the one that says when. */
function* following({ days }: PlaceText): Generator<Found<string>> {
	const sentence = days.following;
	const subject = sentence.slice(0, LONGEST_SUBJECT);
	const isOfEvent = EVENT_WORDS.some((sort) => mentioned(subject, sort, "en"));
	const isOfAnother =
		/\d/.test(sentence) || OTHER_WORDS.some((sort) => mentioned(sentence, sort, "en"));
	if (!isOfEvent || isOfAnother) return;
	for (const found of mentionsIn(sentence, null, [])) {
		yield { ...found, confidence: confidence(found.confidence + IN_NEXT_SENTENCE) };
	}
}

/** A building that is named after a town of the dateline. */
function* buildings({ days: { sentence }, places }: PlaceText): Generator<Found<string>> {
	for (const { 0: from, 1: name = "" } of plainMarks(sentence).matchAll(AT)) {
		const town = places.find((place) => name === place || name.startsWith(`${place} `));
		if (town !== undefined && sentence.includes(from)) {
			yield { value: town, from, confidence: 0.65 };
		}
	}
}

function* mentionsIn(
	sentence: string,
	date: Span | null,
	places: readonly string[],
): Generator<Found<string>> {
	for (const match of plainMarks(sentence).matchAll(IN)) {
		const name = match.indices?.[1];
		if (name === undefined) continue;
		const value = sentence.slice(...name).replace(TIME_WORD, "");
		const whole = value.length === name[1] - name[0];
		const at = {
			index: match.index,
			end: whole ? match.index + match[0].length : name[0] + value.length,
		};
		const rest = sentence.slice(at.end, at.end + 40);
		if (value === "" || NO_PLACE.test(value) || rest.startsWith(" of ")) continue;
		let evidence = MENTIONED + nearness(sentence, at, date);
		if (places.includes(value)) evidence += IN_DATELINE;
		if (match[0].endsWith(")")) evidence += WITH_COUNTRY;
		if (/^(?: and| &|,? as well as) \p{Lu}/u.test(rest)) evidence += ONE_OF_SEVERAL;
		yield { value, from: sentence.slice(at.index, at.end), confidence: confidence(evidence) };
	}
}

/** How closely a mention follows what takes place, or stands by its date. */
function nearness(sentence: string, at: Span, date: Span | null): number {
	const verb = mentions(sentence, "happens", "en").findLast(({ index }) => index < at.index);
	const said =
		verb !== undefined && isFiller(between(sentence, verb.index + verb.text.length, at, date));
	const beside = date !== null && isBeside(sentence, at, date);
	return (said ? SAID_OF_EVENT : 0) + (beside ? BESIDE_DATE : 0);
}

/** The words between a verb and a place, without the date. */
function between(sentence: string, from: number, { index }: Span, date: Span | null): string {
	if (date === null || date.index < from || date.end > index) return sentence.slice(from, index);
	return sentence.slice(from, date.index) + sentence.slice(date.end, index);
}

// "held virtually from … in", "took place on …, in": no other thing that could be in the place.
function isFiller(words: string): boolean {
	return words.length <= 30 && !/[\p{Lu}.;:]/u.test(words);
}

function isBeside(sentence: string, at: Span, date: Span): boolean {
	const [first, second] = at.index < date.index ? [at, date] : [date, at];
	return /^[\s,]{0,2}(?:(?:on|from|between)\s)?(?:the\s)?$/u.test(
		sentence.slice(first.end, second.index),
	);
}
