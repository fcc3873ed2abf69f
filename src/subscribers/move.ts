import { submitOne } from "../mail/submit-one.ts";
import { renderMail } from "../mail/templates.ts";
import type { Message } from "../mail/transport.ts";
import { log } from "../shared/log.ts";
import type { Confirming } from "./confirmation.ts";
import { submitLimited } from "./limited-mail.ts";
import { moveUrl } from "./links.ts";
import { type AddressChangeView, viewMove, viewMoved } from "./move-view.ts";
import { addressKey, type Subscriber } from "./subscriber.ts";

/** How long a new address waits for its confirmation. */
export const MOVE_MS = 7 * 24 * 60 * 60 * 1000;

/**
 * When the link of a change of address stops being good, in seconds since 1970 UTC. It also tells
 * the link of one request from that of another: each confirms the address it was mailed to.
 */
export function moveExpiry(newAddressAt: number): number {
	return Math.floor((newAddressAt + MOVE_MS) / 1000);
}

/**
 * Submits the mail that asks for a button to be pressed at a subscriber's new address. Nothing goes
 * to one that is theirs already, suppressed, another active subscriber's, or has had enough of these
 * today: the asker is not told, and it would tell its owner nothing of use.
 *
 * @throws Error where the provider may take it later, for the queue to try again.
 */
export async function submitMove(moving: Confirming, id: string): Promise<void> {
	const { subscribers, suppressions, identity, tokens } = moving;
	const subscriber = await subscribers.read(id);
	if (subscriber?.status !== "active") return;
	const { address, newAddress, newAddressAt } = subscriber;
	if (newAddress === null || newAddressAt === null) return;
	if (addressKey(newAddress) === addressKey(address)) return;
	if ((await subscribers.readByAddress(newAddress))?.status === "active") return;
	if ((await suppressions.reasonFor(newAddress)) !== null) return;
	const url = await moveUrl(identity.url, tokens, subscriber, moveExpiry(newAddressAt));
	const view = viewMove(identity, subscriber, url);
	await submitLimited(moving, newAddress, () => compose(moving, newAddress, view));
}

/**
 * Tells the address that a subscriber had that mail goes elsewhere now. The address is in no store
 * any more, so this is tried once; where it fails, the log says so.
 *
 * @param former the subscriber as they were before.
 */
export async function tellFormerAddress(moving: Confirming, former: Subscriber): Promise<void> {
	try {
		const message = await compose(moving, former.address, viewMoved(moving.identity, former));
		await submitOne(moving, message);
	} catch {
		log("warn", "move-not-told");
	}
}

async function compose(
	{ sender, clock, newId }: Confirming,
	to: string,
	view: AddressChangeView,
): Promise<Message> {
	return {
		from: sender,
		to,
		subject: view.subject,
		...(await renderMail("address-change", view)),
		language: view.language,
		messageId: `move.${newId()}@${sender.address.split("@")[1]}`,
		date: clock(),
	};
}
