import { Temporal } from "temporal-polyfill";
import type { Language } from "../../shared/language.ts";
import { plainMarks } from "./characters.ts";
import type { FoundDate } from "./dates.ts";
import { type Tense, tenseOf } from "./tense.ts";

// Which other Tuesday is meant by "next Tuesday" one cannot tell; "from Tuesday" is no day.
const NOT_AFTER_EN =
	"(?:last|next|previous|following|every|each|until|till|from|since|by|to|through|and|or|between|before|after|of|and on|or on) ";
const NOT_BEFORE_EN = "(?:'s|-| ?- |,? (?:to|through|until|and|or) )";

const NEAR_DAYS: Readonly<Record<Language, readonly [string, string, string]>> = {
	en: ["yesterday", "today", "tomorrow"],
	ru: ["вчера", "сегодня", "завтра"],
	uz: ["kecha", "bugun", "ertaga"],
	"uz-Cyrl": ["кеча", "бугун", "эртага"],
};

const WEEKDAYS: Readonly<Record<Language, readonly string[]>> = {
	en: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"].map(
		(day) => `(?<!${NOT_AFTER_EN})(?:on )?${day}(?!${NOT_BEFORE_EN})`,
	),
	ru: [
		"в понедельник",
		"во вторник",
		"в среду",
		"в четверг",
		"в пятницу",
		"в субботу",
		"в воскресенье",
	],
	uz: ["dushanba", "seshanba", "chorshanba", "payshanba", "juma", "shanba", "yakshanba"].map(
		(day) => `(?<!(?:o'tgan|kelasi|keyingi|kelgusi|har) )${day} kuni`,
	),
	"uz-Cyrl": ["душанба", "сешанба", "чоршанба", "пайшанба", "жума", "шанба", "якшанба"].map(
		(day) => `(?<!(?:ўтган|келаси|кейинги|келгуси|ҳар) )${day} куни`,
	),
};

interface Pattern {
	readonly words: RegExp;
	/** From the reference to the day that is meant, in days; `null` where one cannot tell. */
	readonly days: (weekday: number, tense: Tense | null) => number | null;
}

const PATTERNS: Readonly<Record<Language, readonly Pattern[]>> = {
	en: patternsOf("en"),
	ru: patternsOf("ru"),
	uz: patternsOf("uz"),
	"uz-Cyrl": patternsOf("uz-Cyrl"),
};

/**
 * The day that a sentence names as "yesterday" or "on Tuesday", counted from `reference`: the nearest
 * in the past with a past tense, in the future with a future one. `null` where there is none, or
 * more than one, or the tense does not tell.
 */
export function findRelativeDay(
	sentence: string,
	language: Language,
	reference: string,
): FoundDate | null {
	const marks = plainMarks(sentence);
	const found = PATTERNS[language].flatMap(({ words, days }) =>
		[...marks.matchAll(words)].map((match) => ({ match, days })),
	);
	const [only, ...others] = found;
	if (only === undefined || others.length > 0) return null;
	const from = Temporal.PlainDate.from(reference);
	const away = only.days(from.dayOfWeek, tenseOf(sentence, language));
	if (away === null) return null;
	const day = from.add({ days: away }).toString();
	const { index, 0: text } = only.match;
	return { index, end: index + text.length, starts: day, ends: day, yearTold: false };
}

function patternsOf(language: Language): Pattern[] {
	const near = NEAR_DAYS[language].map((word, index) => ({
		words: whole(word),
		days: (_: number, tense: Tense | null) => nearDay(index - 1, tense),
	}));
	const weekdays = WEEKDAYS[language].map((word, index) => ({
		words: whole(word),
		days: (today: number, tense: Tense | null) => weekdayAway(index + 1, today, tense),
	}));
	return [...near, ...weekdays];
}

function whole(pattern: string): RegExp {
	return new RegExp(`(?<![\\p{L}\\p{N}'-])(?:${pattern})(?![\\p{L}\\p{N}'-])`, "giu");
}

function nearDay(away: number, tense: Tense | null): number | null {
	if (away === 0) return away;
	return tense === (away < 0 ? "past" : "future") ? away : null;
}

function weekdayAway(day: number, today: number, tense: Tense | null): number | null {
	if (tense === null) return null;
	const ahead = (day - today + 7) % 7;
	if (tense === "past") return ahead === 0 ? 0 : ahead - 7;
	// "Will be held on Monday", said on a Monday: today, or in a week?
	return ahead === 0 ? null : ahead;
}
