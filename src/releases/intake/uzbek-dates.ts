import { Chrono, type Parser } from "chrono-node/en";

// Latin and Cyrillic, with the spellings in use; both alphabets in one list, by month.
const MONTHS = [
	"yanv(?:ar)?|янв(?:ар)?",
	"fevr(?:al)?|февр(?:ал)?",
	"mart|март",
	"aprel|апрел",
	"may|май",
	"iyun|июн",
	"iyul|июл",
	"avg(?:ust)?|авг(?:уст)?",
	"sent(?:y?abr)?|сент(?:[ая]бр)?|sen|сен",
	"okt(?:y?abr)?|окт(?:[ая]бр)?",
	"noya(?:br)?|ноя(?:бр)?",
	"dek(?:abr)?|дек(?:абр)?",
] as const;

/** The name of a month, in either script. */
export const UZBEK_MONTH = `(?:${MONTHS.join("|")})ь?`;

const DAY = "(3[01]|[12]\\d|0?[1-9])";
const MONTH = `(${MONTHS.join("|")})ь?`;
const YEAR = "(?:([12]\\d{3})[ -]{0,3}(?:yil|йил)\\p{L}{0,5},? )?";
// "10-mayda", "10-mayida", "10-maydagi"
const ENDING = "(?:[iи]?(?:dan|дан|da|да|dagi|даги|ning|нинг|gacha|гача|ga|га))?";
const TO_DAY = `(?: ?- ?${DAY})?`;
const TO_MONTH = `(?:(?: ?- ?| )${DAY}(?: ?- ?| )${MONTH}${ENDING})?`;

const YEAR_AFTER = "(?:,? ([12]\\d{3})[ -]{0,3}(?:yil|йил)\\p{L}{0,5})?";

const PATTERN = new RegExp(
	`(?<![\\p{L}\\p{N}])${YEAR}${DAY}${TO_DAY}(?: ?- ?| )${MONTH}${ENDING}${TO_MONTH}(?!\\p{L})${YEAR_AFTER}`,
	"iu",
);

/** Days as Uzbek writes them: `4-oktabr`, `2025-yil 4–6-oktabr`, `30-sentabrdan 2-oktabrgacha`. */
const dayAndMonth: Parser = {
	pattern: () => PATTERN,
	extract(context, match) {
		const [, yearBefore, day, toDay, month, lastDay, lastMonth, yearAfter] = match;
		const year = yearBefore ?? yearAfter;
		const written = year === undefined ? {} : { year: Number(year) };
		const start = { ...written, day: Number(day), month: monthNumber(month) };
		const end = {
			...written,
			day: Number(lastDay ?? toDay ?? day),
			month: monthNumber(lastMonth ?? month),
		};
		const range = lastDay !== undefined || toDay !== undefined;
		return context.createParsingResult(match.index ?? 0, match[0], start, range ? end : undefined);
	},
};

/** Days in figures, which stand first: `10.05.2024`. */
const inFigures: Parser = {
	pattern: () =>
		/(?<![\p{L}\p{N}.])(3[01]|[12]\d|0?[1-9])\.(1[0-2]|0?[1-9])\.([12]\d{3})(?!\p{N}|\.\p{N})/u,
	extract(context, match) {
		const [, day, month, year] = match.map(Number);
		const date = { year: year ?? 0, month: month ?? 0, day: day ?? 0 };
		return context.createParsingResult(match.index ?? 0, match[0], date);
	},
};

function monthNumber(name: string | undefined): number {
	return (
		MONTHS.findIndex((spellings) => new RegExp(`^(?:${spellings})$`, "iu").test(name ?? "")) + 1
	);
}

/** Reads Uzbek dates, in Latin and in Cyrillic script. */
export const uzbek = new Chrono({ parsers: [dayAndMonth, inFigures], refiners: [] });
