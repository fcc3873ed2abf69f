import type { Language } from "../../shared/language.ts";
import en from "./en.json" with { type: "json" };
import ru from "./ru.json" with { type: "json" };
import uz from "./uz.json" with { type: "json" };
import uzCyrl from "./uz-Cyrl.json" with { type: "json" };

/** A phrase with a number, by plural category (CLDR); `other` serves where one is missing. */
interface Counted {
	readonly one?: string;
	readonly few?: string;
	readonly many?: string;
	readonly other: string;
}

/** English says which strings there are. */
type StringsLike<Tree> = {
	readonly [Name in keyof Tree]: Tree[Name] extends string
		? string
		: Tree[Name] extends { one: string; other: string }
			? Counted
			: StringsLike<Tree[Name]>;
};
export type Strings = StringsLike<typeof en>;

const STRINGS: Readonly<Record<Language, Strings>> = { en, ru, uz, "uz-Cyrl": uzCyrl };

/** Everything that pages say in a language. */
export function stringsOf(language: Language): Strings {
	return STRINGS[language];
}

/**
 * Puts values into a phrase's `{places}`, once through: what is put in is text and is not filled in
 * again. It still has to be escaped, which JSX does.
 */
export function fill(phrase: string, values: Readonly<Record<string, string | number>>): string {
	return phrase.replaceAll(/\{(\w+)\}/g, (place, name) => String(values[name] ?? place));
}

/** A phrase for a number, in the form that the language wants; its `{count}` is filled in. */
export function fillCounted(
	forms: Counted,
	count: number,
	language: Language,
	values: Readonly<Record<string, string | number>> = {},
): string {
	const category = pluralCategory(count, language);
	const form = category in forms ? forms[category as keyof Counted] : undefined;
	return fill(form ?? forms.other, { ...values, count: formatNumber(count, language) });
}

/** A number as the language groups its digits: `12,345`, `12 345`. */
export function formatNumber(number: number, language: Language): string {
	return new Intl.NumberFormat(language === "en" ? "en-GB" : "ru").format(number);
}

// Workers' ICU has no Uzbek, which has one form after a number and groups digits as Russian does.
function pluralCategory(count: number, language: Language): string {
	return language.startsWith("uz") ? "other" : new Intl.PluralRules(language).select(count);
}
