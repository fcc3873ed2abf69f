import type { Subscriber } from "./subscriber.ts";
import type { Reason } from "./suppression-store.ts";

/** Why an end cannot be undone, for the operator who asked for it. */
export function whyNotReinstated(
	{ status, endedReason, signedUpAt, confirmedAt }: Subscriber,
	suppressed: Reason | null,
): string {
	if (status !== "ended") return `The subscription has not ended: it is ${status}.`;
	if (endedReason === "complaint" || suppressed === "complaint")
		return "They complained: only they can subscribe again, once the suppression is lifted.";
	if (endedReason === "unsubscribed")
		return "They unsubscribed themselves: only they can subscribe again.";
	if (endedReason !== "bounced")
		return "No bounce ended it, but an operator: only they can subscribe again.";
	if (suppressed !== null && suppressed !== "bounced")
		return `The address is suppressed (${suppressed}): lift that first.`;
	if (confirmedAt === null || confirmedAt < signedUpAt)
		return "They had not confirmed yet: lift the suppression, and they can sign up again.";
	return "It changed meanwhile: try again.";
}
