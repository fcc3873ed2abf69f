import type { MailPurpose, MailTokens } from "../shared/mail-tokens.ts";
import type { Purpose, Tokens } from "../shared/tokens.ts";

/** How long a confirmation link is good, in seconds. */
const CONFIRM_SECONDS = 7 * 24 * 60 * 60;

/** Whose link it is, and the version of their links. */
export interface LinkOwner {
	readonly id: string;
	readonly linkVersion: number;
}

/**
 * When the links of a sign-up stop being good, in seconds since 1970 UTC. It also tells the links of
 * one sign-up from those of another: a link confirms what was asked for with it, and nothing else.
 */
export function confirmExpiry(signedUpAt: number): number {
	return Math.floor(signedUpAt / 1000) + CONFIRM_SECONDS;
}

/** Where a subscriber confirms, for seven days from their sign-up (milliseconds since 1970 UTC). */
export async function confirmUrl(
	origin: string,
	tokens: Tokens,
	subscriber: LinkOwner & { readonly signedUpAt: number },
): Promise<string> {
	const expires = confirmExpiry(subscriber.signedUpAt);
	return `${await tokenUrl(origin, tokens, subscriber, "confirm", expires)}/confirm`;
}

/** Where a subscriber unsubscribes: the page with the button, and the target of RFC 8058. */
export async function unsubscribeUrl(
	origin: string,
	tokens: Tokens,
	subscriber: LinkOwner,
): Promise<string> {
	return `${await tokenUrl(origin, tokens, subscriber, "unsubscribe", 0)}/unsubscribe`;
}

/** Where a subscriber changes their preferences. */
export async function manageUrl(
	origin: string,
	tokens: Tokens,
	subscriber: LinkOwner,
): Promise<string> {
	return tokenUrl(origin, tokens, subscriber, "manage", 0);
}

/** Where a subscriber confirms their new address, until `expires` (seconds since 1970 UTC). */
export async function moveUrl(
	origin: string,
	tokens: Tokens,
	subscriber: LinkOwner,
	expires: number,
): Promise<string> {
	return `${await tokenUrl(origin, tokens, subscriber, "move", expires)}/move`;
}

async function tokenUrl(
	origin: string,
	tokens: Tokens,
	{ id, linkVersion }: LinkOwner,
	purpose: Purpose,
	expires: number,
): Promise<string> {
	const token = await tokens.make(purpose, { subscriber: id, expires, version: linkVersion });
	return `${origin}/subscriptions/${token}`;
}

/** The address that a subscriber unsubscribes at by mail: that of all, with their token behind a +. */
export function unsubscribeMailbox(
	address: string,
	mailTokens: MailTokens,
	subscriber: LinkOwner,
): Promise<string> {
	return tokenMailbox(address, mailTokens, subscriber, "unsubscribe");
}

/** The address that a subscriber's messages come back to: that of all, with their token behind a +. */
export function bounceMailbox(
	address: string,
	mailTokens: MailTokens,
	subscriber: LinkOwner,
): Promise<string> {
	return tokenMailbox(address, mailTokens, subscriber, "bounce");
}

async function tokenMailbox(
	address: string,
	mailTokens: MailTokens,
	{ id, linkVersion }: LinkOwner,
	purpose: MailPurpose,
): Promise<string> {
	const at = address.lastIndexOf("@");
	const token = await mailTokens.make(purpose, { subscriber: id, version: linkVersion });
	return `${address.slice(0, at)}+${token}${address.slice(at)}`;
}
