import type { Language } from "../shared/language.ts";
import { accentColours } from "../site/colour.ts";
import { allWithPublication, MAIL_WORDS } from "./words.ts";

/** What mails say and show of the publication. */
export interface MailIdentity {
	readonly title: string;
	/** Origin of the publication, without a slash at its end. */
	readonly url: string;
	/** Its colour, as `#rrggbb`; null for ours. */
	readonly colour: string | null;
	/** Where its logo is, absolute; null for none. */
	readonly logo: string | null;
}

/** What the templates of every mail are filled in with: what the partials take. */
export interface Frame<Words extends Readonly<Record<string, string>>> {
	readonly language: Language;
	/** Which way the language is written; the templates go either. */
	readonly dir: "ltr" | "rtl";
	readonly publication: Pick<MailIdentity, "title" | "url" | "logo">;
	/** The publication's colour and text on it, by day and by night. */
	readonly accent: Record<"light" | "on_light" | "dark" | "on_dark", string>;
	readonly words: Words & Readonly<Record<"logo", string>>;
}

/** As style.css has them. */
const OURS = { light: "#0b4a82", on_light: "#ffffff", dark: "#8ec3f5", on_dark: "#0b1a28" };

/**
 * The frame of a mail.
 *
 * @param words what its own template says, in the language; `{publication}` is filled in.
 */
export function frameOf<Words extends Readonly<Record<string, string>>>(
	{ title, url, colour, logo }: MailIdentity,
	language: Language,
	words: Words,
): Frame<{ readonly [Name in keyof Words]: string }> {
	const { masthead } = MAIL_WORDS[language];
	return {
		language,
		dir: "ltr",
		publication: { title, url, logo },
		accent: colour === null ? OURS : accentOf(colour),
		words: { ...allWithPublication(masthead, title), ...allWithPublication(words, title) },
	};
}

/** Shades that can be read on the grounds of a mail, which are those of the pages. */
function accentOf(colour: string): Frame<Record<string, string>>["accent"] {
	const { light, dark } = accentColours(colour);
	return {
		light: light.accent,
		on_light: light.onAccent,
		dark: dark.accent,
		on_dark: dark.onAccent,
	};
}
