import en from "../../templates/words/en.json" with { type: "json" };
import ru from "../../templates/words/ru.json" with { type: "json" };
import uz from "../../templates/words/uz.json" with { type: "json" };
import uzCyrl from "../../templates/words/uz-Cyrl.json" with { type: "json" };
import type { Language } from "../shared/language.ts";
import type { Counted, MailWords } from "./word-list.ts";

/** What mails say; `node scripts/templates.ts` finds what is missing, and where. */
export const MAIL_WORDS: Readonly<Record<Language, MailWords>> = { en, ru, uz, "uz-Cyrl": uzCyrl };

/** Puts a value into a phrase's `{publication}`. */
export function withPublication(phrase: string, publication: string): string {
	return phrase.split("{publication}").join(publication);
}

/** Puts the publication's name into each phrase of a group. */
export function allWithPublication<Group extends Readonly<Record<string, string>>>(
	group: Group,
	publication: string,
): { readonly [Name in keyof Group]: string } {
	const filled = Object.entries(group).map(([name, phrase]) => [
		name,
		withPublication(phrase, publication),
	]);
	return Object.fromEntries(filled);
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
