import { VERDICTS, type Verdict } from "../diagnosis.ts";

/** What a report says of a message: how it failed, that it was complained about, or that it arrived. */
export const REPORTED = [...VERDICTS, "complaint", "delivered"] as const;
export type Reported = Verdict | "complaint" | "delivered";

/** What somebody trusted says became of a message to a subscriber, after it was submitted. */
export interface Report {
	/** The same however often it is said, and no other report's. */
	readonly id: string;
	/** Who says it: a transport, or `mail`. */
	readonly transport: string;
	/** The subscriber's id; null where only the address tells whom it was to. */
	readonly subscriber: string | null;
	/** The address that the message was to; null where it is not known. */
	readonly address: string | null;
	/** The version of the subscriber's links that the message was made for; null where it is not known. */
	readonly linkVersion: number | null;
	readonly verdict: Reported;
	/** In the words of the server or the provider; they may name addresses. */
	readonly words: string;
	/** When it happened, in milliseconds since 1970 UTC. */
	readonly at: number;
}
