import type { Language } from "../../shared/language.ts";
import { plainMarks } from "./characters.ts";
import type { Words } from "./words.ts";
import { ENGLISH } from "./words-english.ts";
import { RUSSIAN } from "./words-russian.ts";
import { UZBEK_CYRILLIC, UZBEK_LATIN } from "./words-uzbek.ts";

/** The kinds that words can tell; an announcement is told by none. */
export type ToldKind = "consultation" | "meeting";

const VOCABULARY: Readonly<Record<Language, Words>> = {
	en: ENGLISH,
	ru: RUSSIAN,
	uz: UZBEK_LATIN,
	"uz-Cyrl": UZBEK_CYRILLIC,
};

/** A word of the vocabulary and where it stands. */
export interface Mention {
	readonly index: number;
	readonly text: string;
}

/** Where the words of one sort stand in a text (keep it bounded). */
export function mentions(text: string, sort: keyof Words, language: Language): Mention[] {
	const found = plainMarks(text).matchAll(VOCABULARY[language][sort]);
	return [...found].map(({ index, 0: { length } }) => ({
		index,
		text: text.slice(index, index + length),
	}));
}

/** Whether a word of one sort stands in a text. */
export function mentioned(text: string, sort: keyof Words, language: Language): boolean {
	return mentions(text, sort, language).length > 0;
}
