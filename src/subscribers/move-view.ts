import { type Frame, frameOf, type MailIdentity } from "../mail/frame.ts";
import { MAIL_WORDS, withPublication } from "../mail/words.ts";
import type { Preferences } from "./subscriber.ts";

/** What the templates of both mails about a change of address are filled in with. */
export interface AddressChangeView extends Frame<Readonly<Record<string, string>>> {
	readonly subject: string;
	readonly preheader: string;
	readonly heading: string;
	readonly intro: string;
	readonly button: string;
	readonly url: string;
	/** What else there is to say, each a line of its own. */
	readonly fine: readonly string[];
}

/** For the new address, in the subscriber's first language. */
export function viewMove(
	identity: MailIdentity,
	{ languages }: Pick<Preferences, "languages">,
	url: string,
): AddressChangeView {
	const [language = "en"] = languages;
	const { move } = MAIL_WORDS[language];
	const intro = withPublication(move.intro, identity.title);
	return {
		...frameOf(identity, language, {}),
		subject: withPublication(move.subject, identity.title),
		preheader: intro,
		heading: move.heading,
		intro,
		button: move.button,
		url,
		fine: [move.ignore, move.valid],
	};
}

/** The same for the former address: without a token, since it may be in other hands. */
export function viewMoved(
	identity: MailIdentity,
	{ languages }: Pick<Preferences, "languages">,
): AddressChangeView {
	const [language = "en"] = languages;
	const { moved, footer } = MAIL_WORDS[language];
	const intro = withPublication(moved.intro, identity.title);
	return {
		...frameOf(identity, language, {}),
		subject: withPublication(moved.subject, identity.title),
		preheader: intro,
		heading: moved.heading,
		intro,
		button: footer.view_site,
		url: `${identity.url}/`,
		fine: [moved.ignore],
	};
}
