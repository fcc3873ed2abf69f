import { log } from "../shared/log.ts";
import type { MailClaims } from "../shared/mail-tokens.ts";
import {
	isReturned,
	type ReceivingBounces,
	type ReturningMail,
	receiveReturned,
} from "./bounce-receiving.ts";
import type { SubscriberStore } from "./store.ts";
import { readTokenAddress } from "./token-address.ts";

/** A mail with more bytes is not taken. */
const LARGEST_MAIL = 256 * 1024;

/** What is looked at of a mail that Email Routing hands over. */
export interface IncomingMail extends ReturningMail {
	readonly headers: Headers;
	readonly rawSize: number;
	/** Has it refused for good; the sender's provider tells the sender why. */
	setReject(reason: string): void;
}

export interface Receiving extends ReceivingBounces {
	readonly subscribers: Pick<SubscriberStore, "unsubscribe">;
}

const ADVICE = "Use the link to unsubscribe in the newest message that you have.";

/**
 * Takes a mail that came back, or else unsubscribes whom the token in the recipient's address is of. Nothing else in the mail is
 * believed: who sent it, and what it says, anybody can write.
 */
export async function receiveMail(receiving: Receiving, mail: IncomingMail): Promise<void> {
	if (isReturned(receiving, mail.to)) return receiveReturned(receiving, mail);
	// RFC 3834, section 2: what no person or their provider sent on purpose is not answered either.
	if (isAutomatic(mail)) return log("info", "mail-ignored");
	const refusal = await unsubscribeBy(receiving, mail);
	if (refusal === null) return log("info", "unsubscribed-by-mail");
	log("info", "mail-refused", { refusal });
	mail.setReject(`${refusal} ${ADVICE}`);
}

/** Returns why nobody was unsubscribed, or null. */
async function unsubscribeBy(receiving: Receiving, mail: IncomingMail): Promise<string | null> {
	if (mail.rawSize > LARGEST_MAIL) return "The message is too large.";
	if (!(await receiving.withinLimit(mail.from.toLowerCase()))) return "Too many messages.";
	const claims = await claimsOf(receiving, mail.to);
	if (!claims) return "Nobody is unsubscribed by this address.";
	const { subscriber, version } = claims;
	await receiving.subscribers.unsubscribe(subscriber, version, receiving.clock());
	return null;
}

/** What the token says between the + and the @ of the recipient's address; null without a good one. */
async function claimsOf(
	{ unsubscribeAddress, mailTokens }: Receiving,
	recipient: string,
): Promise<MailClaims | null> {
	const found = readTokenAddress(recipient);
	if (!found || found.address !== unsubscribeAddress) return null;
	return mailTokens.read("unsubscribe", found.token);
}

/** Whether it is a bounce (RFC 5321, section 4.5.5) or says that a program sent it (RFC 3834). */
function isAutomatic({ from, headers }: IncomingMail): boolean {
	const submitted = (headers.get("Auto-Submitted") ?? "no").trim().toLowerCase();
	return ["", "<>"].includes(from.trim()) || !/^no\b/.test(submitted);
}
