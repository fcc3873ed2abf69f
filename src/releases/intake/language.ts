import { francAll } from "franc-min";
import type { Language } from "../../shared/language.ts";
import { confidence, type Found } from "./finding.ts";

const SAMPLE = 4000;
// Below this many letters the detector guesses.
const FEWEST_LETTERS = 30;
// Above this many it does not err between languages as unlike as these.
const ENOUGH_LETTERS = 200;
// A related language may come out slightly ahead on a short text.
const NEARLY_FIRST = 0.93;
const FOREIGN_LETTERS_ALLOWED = 0.015;
const MAIN_SCRIPT_NEEDED = 0.75;

// Every letter that the language writes its own words with.
const ALPHABETS: Readonly<Record<Language, RegExp>> = {
	en: /[a-z]/giu,
	ru: /[а-яё]/giu,
	uz: /[a-zʻʼ]/giu,
	"uz-Cyrl": /[а-яёўқғҳ]/giu,
};

/**
 * The language of a text, if it is one of `languages`. The detector may name any language it knows,
 * so that German is not taken for English; letters that the language does not have count against it.
 */
export function readLanguage(text: string, languages: readonly Language[]): Found<Language> | null {
	const sample = text.slice(0, SAMPLE);
	const letters = count(sample, /\p{L}/gu);
	if (letters < FEWEST_LETTERS) return null;
	const [latin, cyrillic] = [
		count(sample, /\p{Script=Latin}/gu),
		count(sample, /\p{Script=Cyrillic}/gu),
	];
	if (Math.max(latin, cyrillic) < letters * MAIN_SCRIPT_NEEDED) return null;
	const sureness = detect(sample, latin > cyrillic, letters);
	if (sureness === null || !languages.includes(sureness.language)) return null;
	const own = count(sample, ALPHABETS[sureness.language]);
	const main = Math.max(latin, cyrillic);
	if (main - own > main * FOREIGN_LETTERS_ALLOWED) return null;
	return {
		value: sureness.language,
		from: quote(text),
		confidence: confidence(sureness.evidence),
	};
}

function detect(
	sample: string,
	inLatin: boolean,
	letters: number,
): { language: Language; evidence: number } | null {
	const ranking = francAll(sample, { minLength: FEWEST_LETTERS });
	const ours = ranking.find(([code]) => named(code, inLatin) !== null);
	const language = ours && named(ours[0], inLatin);
	if (ours === undefined || !language || ours[1] < NEARLY_FIRST) return null;
	const lengthCounts = 0.7 + 0.28 * Math.min(1, letters / ENOUGH_LETTERS);
	return { language, evidence: ours[1] === 1 ? lengthCounts : lengthCounts - 0.25 };
}

function named(code: string, inLatin: boolean): Language | null {
	if (code === "eng") return "en";
	if (code === "rus") return "ru";
	if (code === "uzn") return inLatin ? "uz" : "uz-Cyrl";
	return null;
}

function count(text: string, letters: RegExp): number {
	return text.match(letters)?.length ?? 0;
}

/** The first words of the text, to show what was looked at. */
function quote(text: string): string {
	if (text.length <= 120) return text;
	const cut = text.slice(0, 120);
	return cut.slice(0, Math.max(cut.lastIndexOf(" "), 0)) || cut;
}
