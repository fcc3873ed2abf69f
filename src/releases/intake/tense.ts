import type { Language } from "../../shared/language.ts";
import { plainMarks } from "./characters.ts";
import { words } from "./words.ts";

/** When what a sentence tells of takes place. */
export type Tense = "past" | "future";

const TENSES: Readonly<Record<Language, Readonly<Record<Tense, RegExp>>>> = {
	en: {
		past: words(
			"was|were|has|have|had|held|took|met|began|opened|hosted|convened|gathered|concluded|ended|" +
				"discussed|kicked|announced|said|told|signed|agreed|attended|participated|chaired|visited",
		),
		future: words(
			"(?:will|shall|(?:is|are) (?:due |set |expected |scheduled )?to|to be|opens?|begins?|starts?|meets?)" +
				"(?: (?:be|also|again))*(?: \\p{L}+(?:ed|ld))?",
		),
	},
	ru: {
		past: words(
			"состоял(?:ся|ась|ось|ись)|прош(?:ел|ёл|ла|ло|ли)|проходил(?:а|о|и)?|пров(?:ел|ёл|ела|ели)|" +
				"открыл(?:ся|ась|ось|ись)|завершил(?:ся|ась|ось|ись)|начал(?:ся|ась|ось|ись)|принял(?:а|и)?|" +
				"встретил(?:ся|ась|ись)|обсудил(?:а|и)?|был(?:а|о|и)?|проведен(?:а|о|ы)?|сообщил(?:а|и)?",
		),
		future: words(
			"состо(?:ится|ятся)|прой(?:дет|дёт|дут)|провед(?:ет|ёт|ут)|откро(?:ется|ются)|" +
				"начн(?:ется|ётся|утся)|примет|примут|встрет(?:ится|ятся)|будет|будут",
		),
	},
	uz: {
		past: words(
			"(?:o't|o'tkazil|o'tkaz|boshlan|yakunlan|uchrash|et|qatnash|qil|ochil|yig'il|bo'l)(?:di|dilar|gan)",
		),
		future: words(
			"(?:o't|o'tkazil|o'tkaz|boshlan|yakunlan|uchrash|et|qatnash|qil|ochil|yig'il|bo'l)adi(?:lar)?",
		),
	},
	"uz-Cyrl": {
		past: words(
			"(?:ўт|ўтказил|ўтказ|бошлан|якунлан|учраш|эт|қатнаш|қил|очил|йиғил|бўл)(?:ди|дилар|ган)",
		),
		future: words(
			"(?:ўт|ўтказил|ўтказ|бошлан|якунлан|учраш|эт|қатнаш|қил|очил|йиғил|бўл)ади(?:лар)?",
		),
	},
};

/** Whether a sentence tells of the past or of the future; `null` where it does both, or neither. */
export function tenseOf(sentence: string, language: Language): Tense | null {
	const { past, future } = TENSES[language];
	// In "will be held" the participle is no past.
	const marks = plainMarks(sentence);
	const isFuture = marks.search(future) !== -1;
	const isPast = marks.replace(future, "").search(past) !== -1;
	if (isFuture === isPast) return null;
	return isPast ? "past" : "future";
}
