import type { Tokens } from "../shared/tokens.ts";

/** How long a confirmation link is good. */
const CONFIRM_MS = 7 * 24 * 60 * 60 * 1000;

/** Where a subscriber confirms, for seven days from `now` (milliseconds since 1970 UTC). */
export async function confirmUrl(
	origin: string,
	tokens: Tokens,
	subscriber: string,
	now: number,
): Promise<string> {
	const expires = Math.floor((now + CONFIRM_MS) / 1000);
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
