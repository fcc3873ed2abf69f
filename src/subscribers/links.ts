import type { Tokens } from "../shared/tokens.ts";

/** How long a confirmation link is good, in seconds. */
const CONFIRM_SECONDS = 7 * 24 * 60 * 60;

/** The second of the sign-up (since 1970 UTC) that a confirmation link's expiry tells. */
export function signUpSecond(expires: number): number {
	return expires - CONFIRM_SECONDS;
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
	subscriber: string,
	signedUpAt: number,
): Promise<string> {
	const expires = confirmExpiry(signedUpAt);
	return `${origin}/subscriptions/${await tokens.make("confirm", { subscriber, expires })}/confirm`;
}

/** Where a subscriber unsubscribes: the page with the button, and the target of RFC 8058. */
export async function unsubscribeUrl(
	origin: string,
	tokens: Tokens,
	subscriber: string,
): Promise<string> {
	const token = await tokens.make("unsubscribe", { subscriber, expires: 0 });
	return `${origin}/subscriptions/${token}/unsubscribe`;
}
