import confirmationText from "../../templates/confirmation.liquid";
import confirmationMjml from "../../templates/confirmation.mjml";
import { renderPair } from "../mail/render.ts";
import type { Mailbox, Message } from "../mail/transport.ts";
import type { Language } from "../shared/language.ts";
import { log } from "../shared/log.ts";
import type { Tokens } from "../shared/tokens.ts";
import { WORDS, withPublication } from "../shared/words/index.ts";
import { type Limited, submitLimited } from "./limited-mail.ts";
import { confirmUrl } from "./links.ts";
import type { SubscriberStore } from "./store.ts";
import type { Preferences, Subscriber } from "./subscriber.ts";
import type { SuppressionStore } from "./suppression-store.ts";

export interface Confirming extends Limited {
	readonly identity: { readonly title: string; readonly url: string };
	readonly sender: Mailbox;
	readonly subscribers: SubscriberStore;
	readonly suppressions: SuppressionStore;
	readonly tokens: Tokens;
	readonly newId: () => string;
}

/**
 * Submits the mail that asks a pending subscriber to confirm, unless the address must not be mailed
 * or has had enough of these today.
 *
 * @throws Error where the provider may take it later, for the queue to try again.
 */
export async function submitConfirmation(confirming: Confirming, id: string): Promise<void> {
	const { subscribers } = confirming;
	const subscriber = await subscribers.read(id);
	if (subscriber?.status !== "pending" || (await isSuppressed(confirming, subscriber))) return;
	// Read again when it is counted: once the day's last is, no sign-up makes the link in it void.
	const newest = async () => (await subscribers.read(id)) ?? subscriber;
	await submitLimited(confirming, subscriber.address, async () =>
		compose(confirming, await newest()),
	);
}

/** Who was erased may come back; any other suppressed address is never mailed. */
async function isSuppressed(
	{ suppressions }: Confirming,
	{ address }: Subscriber,
): Promise<boolean> {
	const reason = await suppressions.reasonFor(address);
	if (reason === null || reason === "erased") return false;
	log("info", "confirmation-suppressed", { reason });
	return true;
}

async function compose(
	{ identity, sender, tokens, clock, newId }: Confirming,
	subscriber: Subscriber,
): Promise<Message> {
	const now = clock();
	const url = await confirmUrl(identity.url, tokens, subscriber);
	const view = viewConfirmation(identity, subscriber, url);
	const pair = { mjml: confirmationMjml, text: confirmationText };
	return {
		from: sender,
		to: subscriber.address,
		subject: view.subject,
		...(await renderPair(pair, view)),
		language: view.language,
		messageId: `confirmation.${newId()}@${sender.address.split("@")[1]}`,
		date: now,
		subscriber: subscriber.id,
	};
}

/** What the confirmation's templates are filled in with, in the subscriber's first language. */
export function viewConfirmation(
	publication: Confirming["identity"],
	subscriber: Subscriber,
	url: string,
) {
	const [language = "en"] = subscriber.languages;
	const { confirmation } = WORDS[language];
	return {
		language,
		dir: "ltr",
		publication,
		subject: withPublication(confirmation.subject, publication.title),
		intro: withPublication(confirmation.intro, publication.title),
		...choicesInWords(subscriber, language),
		words: {
			heading: confirmation.heading,
			button: confirmation.button,
			kinds: confirmation.kinds,
			languages: confirmation.languages,
			frequency: confirmation.frequency,
			ignore: confirmation.ignore,
			valid: confirmation.valid,
		},
		confirm_url: url,
	};
}

/** What a subscriber chose, said in a language. */
export function choicesInWords({ kinds, languages, frequency }: Preferences, language: Language) {
	const words = WORDS[language];
	return {
		kinds: kinds.map((kind) => words.kinds[kind].choice).join(", "),
		languages: languages.map((one) => WORDS[one].name).join(", "),
		frequency: words.frequencies[frequency],
	};
}
