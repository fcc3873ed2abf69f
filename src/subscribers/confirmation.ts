import confirmationText from "../../templates/confirmation.liquid";
import confirmationMjml from "../../templates/confirmation.mjml";
import { renderPair } from "../mail/render.ts";
import type { Mailbox, Message, Transport } from "../mail/transport.ts";
import type { Clock } from "../shared/clock.ts";
import type { Tokens } from "../shared/tokens.ts";
import { WORDS, withPublication } from "../shared/words/index.ts";
import { confirmUrl } from "./links.ts";
import type { SubscriberStore } from "./store.ts";
import type { Subscriber } from "./subscriber.ts";

export interface Confirming {
	readonly identity: { readonly title: string; readonly url: string };
	readonly sender: Mailbox;
	readonly subscribers: SubscriberStore;
	readonly transport: Transport;
	readonly tokens: Tokens;
	readonly clock: Clock;
	readonly newId: () => string;
}

/**
 * Submits the mail that asks a pending subscriber to confirm. Where the outcome is unknown it is
 * not repeated: they can ask again.
 *
 * @throws Error where the provider may take it later, for the queue to try again.
 */
export async function submitConfirmation(confirming: Confirming, id: string): Promise<void> {
	const subscriber = await confirming.subscribers.read(id);
	if (subscriber?.status !== "pending") return;
	const message = await compose(confirming, subscriber);
	const line = confirming.transport.open();
	const [outcome] = await line.submit([message]);
	await line.close();
	// The provider's words may name the address, which no log may have.
	if (outcome?.kind === "retry") throw new Error("the provider did not take the confirmation");
}

async function compose(
	{ identity, sender, tokens, clock, newId }: Confirming,
	subscriber: Subscriber,
): Promise<Message> {
	const now = clock();
	const url = await confirmUrl(identity.url, tokens, subscriber.id, subscriber.signedUpAt);
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
	};
}

/** What the confirmation's templates are filled in with, in the subscriber's first language. */
export function viewConfirmation(
	publication: Confirming["identity"],
	{ kinds, languages, frequency }: Subscriber,
	url: string,
) {
	const [language = "en"] = languages;
	const words = WORDS[language];
	const { confirmation } = words;
	return {
		language,
		dir: "ltr",
		publication,
		subject: withPublication(confirmation.subject, publication.title),
		intro: withPublication(confirmation.intro, publication.title),
		kinds: kinds.map((kind) => words.kinds[kind].choice).join(", "),
		languages: languages.map((one) => WORDS[one].name).join(", "),
		frequency: words.frequencies[frequency],
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
