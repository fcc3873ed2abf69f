import { frameOf, type MailIdentity } from "../mail/frame.ts";
import { MAIL_WORDS, withPublication } from "../mail/words.ts";
import type { Language } from "../shared/language.ts";
import { WORDS } from "../shared/words/index.ts";
import type { Preferences } from "./subscriber.ts";

/** What the confirmation's templates are filled in with, in the subscriber's first language. */
export function viewConfirmation(
	identity: MailIdentity,
	preferences: Preferences,
	confirmUrl: string,
) {
	const [language = "en"] = preferences.languages;
	const { confirmation } = MAIL_WORDS[language];
	const intro = withPublication(confirmation.intro, identity.title);
	return {
		...frameOf(identity, language, confirmation),
		subject: withPublication(confirmation.subject, identity.title),
		preheader: intro,
		intro,
		...choicesInWords(preferences, language),
		confirm_url: confirmUrl,
	};
}

/** What a subscriber chose, said in a language. */
export function choicesInWords({ kinds, languages, frequency }: Preferences, language: Language) {
	const words = MAIL_WORDS[language];
	return {
		kinds: kinds.map((kind) => words.kinds[kind].choice).join(", "),
		languages: languages.map((one) => WORDS[one].name).join(", "),
		frequency: words.frequencies[frequency],
	};
}
