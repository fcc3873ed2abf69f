import { frameOf, type MailIdentity } from "../mail/frame.ts";
import { MAIL_WORDS, withPublication } from "../mail/words.ts";
import type { PublicEntry } from "../releases/entry.ts";
import { releaseUrl } from "../releases/release.ts";
import { archivePath } from "../site/addresses.ts";
import { choicesInWords } from "./confirmation-view.ts";
import type { Preferences } from "./subscriber.ts";

/** What the welcome mail's templates are filled in with, in the subscriber's first language. */
export function viewWelcome(
	identity: MailIdentity,
	preferences: Preferences,
	releases: readonly PublicEntry[],
	urls: { readonly manage: string; readonly unsubscribe: string },
) {
	const [language = "en"] = preferences.languages;
	const { welcome, confirmation, footer } = MAIL_WORDS[language];
	const { kinds, languages, frequency } = confirmation;
	const words = { ...welcome, kinds, languages, frequency, ...footer };
	const intro = withPublication(welcome.intro, identity.title);
	return {
		...frameOf(identity, language, words),
		subject: withPublication(welcome.subject, identity.title),
		preheader: intro,
		intro,
		...choicesInWords(preferences, language),
		releases: releases.map((entry) => ({
			title: entry.title,
			language: entry.language,
			url: releaseUrl(identity.url, entry),
		})),
		manage_url: urls.manage,
		unsubscribe_url: urls.unsubscribe,
		releases_url: `${identity.url}${archivePath(language, undefined)}`,
	};
}
