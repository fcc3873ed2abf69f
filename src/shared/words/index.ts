import type { Language } from "../language.ts";
import { en } from "./en.ts";
import { ru } from "./ru.ts";
import { uz } from "./uz.ts";
import { uzCyrl } from "./uz-cyrl.ts";
import type { Counted, Words } from "./words.ts";

export const WORDS: Readonly<Record<Language, Words>> = { en, ru, uz, "uz-Cyrl": uzCyrl };

/** Puts a value into a phrase's `{publication}`. */
export function withPublication(phrase: string, publication: string): string {
	return phrase.split("{publication}").join(publication);
}

/** Puts a number into a phrase's `{count}`. */
export function withCount(phrase: string, number: number): string {
	return phrase.replace("{count}", String(number));
}

/** A number and its noun in the form that the language wants: `2 встречи`. */
export function count(number: number, noun: Counted, language: Language): string {
	// Workers' ICU has no Uzbek, which has one form after a number.
	const category = language.startsWith("uz")
		? "other"
		: new Intl.PluralRules(language).select(number);
	const form = category in noun ? noun[category as keyof Counted] : undefined;
	return `${number} ${form ?? noun.other}`;
}
