import type { Status } from "./subscriber.ts";

/** What can happen to a subscription. */
export const EVENTS = [
	"sign-up",
	"confirm",
	"unsubscribe",
	"bounce",
	"complaint",
	"erase",
	"import",
	"reinstate",
] as const;
export type SubscriptionEvent = (typeof EVENTS)[number];

/**
 * What an event makes of a subscription: its status afterwards; `gone` where nothing is left of it;
 * `unchanged` where it stays as it is and whoever asked hears what they would hear otherwise;
 * `refused` where it stays as it is and they are told.
 */
export type Consequence = Status | "gone" | "unchanged" | "refused";

/** The life of a subscription: each status, each event. The stores' SQL follows it. */
export const STATES: Readonly<Record<Status, Readonly<Record<SubscriptionEvent, Consequence>>>> = {
	pending: {
		"sign-up": "pending",
		confirm: "active",
		unsubscribe: "ended",
		bounce: "ended",
		complaint: "ended",
		erase: "gone",
		import: "active",
		reinstate: "refused",
	},
	active: {
		"sign-up": "unchanged",
		confirm: "unchanged",
		unsubscribe: "ended",
		bounce: "ended",
		complaint: "ended",
		erase: "gone",
		import: "unchanged",
		reinstate: "refused",
	},
	ended: {
		"sign-up": "pending",
		confirm: "refused",
		unsubscribe: "unchanged",
		bounce: "unchanged",
		complaint: "unchanged",
		erase: "gone",
		import: "refused",
		// But for an end that a bounce brought, which is undone.
		reinstate: "refused",
	},
};

/** SQL for whether a row of `subscribers` has a status that the event changes or begins anew. */
export function isChangedBy(event: SubscriptionEvent): string {
	const statuses = (Object.keys(STATES) as Status[]).filter(
		(status) => !["unchanged", "refused"].includes(STATES[status][event]),
	);
	return `status IN (${statuses.map((status) => `'${status}'`).join(", ")})`;
}
