import type { MailIdentity } from "../mail/frame.ts";
import { renderMail } from "../mail/templates.ts";
import type { Mailbox, Message } from "../mail/transport.ts";
import { log } from "../shared/log.ts";
import type { Tokens } from "../shared/tokens.ts";
import { viewConfirmation } from "./confirmation-view.ts";
import { type NotingRejections, noteRejected } from "./delivery-rejections.ts";
import { type Limited, submitLimited } from "./limited-mail.ts";
import { confirmUrl } from "./links.ts";
import { type Returning, returnPathOf } from "./list.ts";
import type { SubscriberStore } from "./store.ts";
import type { Subscriber } from "./subscriber.ts";
import type { SuppressionStore } from "./suppression-store.ts";

export interface Confirming extends Limited, Returning, NotingRejections {
	readonly identity: MailIdentity;
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
	const outcome = await submitLimited(confirming, subscriber.address, async () =>
		compose(confirming, await newest()),
	);
	if (outcome?.kind !== "rejected") return;
	const { address, signedUpAt } = subscriber;
	const message = `confirmation.${signedUpAt}.${id}`;
	await noteRejected(confirming, { message, subscriber: id, address, detail: outcome.detail });
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

async function compose(confirming: Confirming, subscriber: Subscriber): Promise<Message> {
	const { identity, sender, tokens, clock, newId } = confirming;
	const now = clock();
	const url = await confirmUrl(identity.url, tokens, subscriber);
	const view = viewConfirmation(identity, subscriber, url);
	return {
		from: sender,
		to: subscriber.address,
		subject: view.subject,
		...(await renderMail("confirmation", view)),
		language: view.language,
		messageId: `confirmation.${newId()}@${sender.address.split("@")[1]}`,
		date: now,
		subscriber: subscriber.id,
		...(await returnPathOf(confirming, subscriber)),
	};
}
