import type { Language } from "../../shared/language.ts";
import type { Rule } from "./rewriting.ts";
import { UZBEK_MONTH } from "./uzbek-dates.ts";

const DAY = "(?:3[01]|[12]\\d|0?[1-9])(?:st|nd|rd|th)?";
const ENGLISH_MONTH =
	"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|" +
	"Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)";

const RUSSIAN_MONTH =
	"(?:январ|феврал|март|апрел|ма|июн|июл|август|сентябр|октябр|ноябр|декабр)[ая]";

// "1, 2 and 5 May" reads as "1-5 May".
const LIST: Rule = {
	pattern: new RegExp(
		`(?<![\\d.,:/-])${DAY}(?:, ?${DAY}){0,5}(?:,? (?:and|&|и|va|ва) |, ?)${DAY}(?![\\d:/]|[.,]\\d)`,
		"giu",
	),
	reads: ([list]) => {
		const days = list.match(/\d+/g) ?? [];
		return isRising(days) ? `${days[0]}-${days.at(-1)}` : list;
	},
};

// "May 30-June 2" reads as "May 30 - June 2".
const TIGHT_RANGE: Rule = {
	pattern: new RegExp(`(?<=${ENGLISH_MONTH} \\d{1,2})-(?=${ENGLISH_MONTH} \\d)`, "gu"),
	reads: () => " - ",
};

// "6 June and 7 June", "June 6 and June 7", "6 июня и 7 июня": from the one to the other.
const ENGLISH_PAIR: Rule = {
	pattern: new RegExp(
		`(?<=\\d ${ENGLISH_MONTH}) and (?=\\d{1,2} ${ENGLISH_MONTH})|` +
			`(?<=${ENGLISH_MONTH} \\d{1,2}) and (?=${ENGLISH_MONTH} \\d)`,
		"gu",
	),
	reads: () => " - ",
};
const RUSSIAN_PAIR: Rule = {
	pattern: new RegExp(`(?<=\\d ${RUSSIAN_MONTH}) и (?=\\d{1,2} ${RUSSIAN_MONTH})`, "giu"),
	reads: () => " - ",
};

// "«10» мая", "10-го мая", "2025г."
const RUSSIAN_DAY: Rule = {
	pattern: /[«"“]([0-3]?\d)[»"”](?= \p{L})/gu,
	reads: ([, day = ""]) => day,
};
const RUSSIAN_ORDINAL: Rule = {
	pattern: /(?<!\d)([0-3]?\d)-(?:ого|го|ое|е)(?!\p{L})/gu,
	reads: ([, day = ""]) => day,
};
const RUSSIAN_YEAR: Rule = {
	pattern: /(?<!\d)([12]\d{3})(?=гг?\.)/gu,
	reads: ([year]) => `${year} `,
};

// "may oyining 10-12 kunlari" reads as "10-12 may kunlari".
const UZBEK_MONTH_FIRST: Rule = {
	pattern: new RegExp(
		`(?<!\\p{L})(${UZBEK_MONTH}) (?:oyining|ойининг) (\\d{1,2}(?: ?- ?\\d{1,2})?)(?=[ -]?(?:kun|кун))`,
		"giu",
	),
	reads: ([, month = "", days = ""]) => `${days} ${month} `,
};

/** How dates are to be put so that they are read as what they say, by language. */
export const DATE_FORMS: Readonly<Record<Language, readonly Rule[]>> = {
	en: [LIST, TIGHT_RANGE, ENGLISH_PAIR],
	ru: [RUSSIAN_DAY, RUSSIAN_ORDINAL, RUSSIAN_YEAR, LIST, RUSSIAN_PAIR],
	uz: [LIST, UZBEK_MONTH_FIRST],
	"uz-Cyrl": [LIST, UZBEK_MONTH_FIRST],
};

function isRising(days: readonly string[]): boolean {
	return days.every((day, index) => index === 0 || Number(day) > Number(days[index - 1]));
}
