import type { Language } from "../shared/language.ts";

/** What every page says of the publication it belongs to. */
export interface Publication {
	readonly title: string;
	/** One sentence on what it publishes, in its default language; null where none is set. */
	readonly description: string | null;
	/** Its colour, as `#rrggbb`; null for ours. */
	readonly colour: string | null;
	/** Where its logo is, absolute; null for none. */
	readonly logo: string | null;
	/** Origin of all public URLs, without a slash at its end. */
	readonly url: string;
	/** IANA name of the time zone that its civil dates are in. */
	readonly timeZone: string;
	/** The first is the default. */
	readonly languages: readonly [Language, ...Language[]];
}

/**
 * The language of the frame around a text: the text's own where the publication has pages in it, else
 * the default. A release stays in the language it was published in when the settings change.
 */
export function frameLanguage({ languages }: Publication, language: Language): Language {
	return languages.includes(language) ? language : languages[0];
}

/** The publication's own sentence on what it publishes, or null in languages that it has none in. */
export function descriptionIn(
	{ description, languages }: Publication,
	language: Language,
): string | null {
	return language === languages[0] ? description : null;
}
