import type { CutText } from "./personal.ts";

/** A mailbox as RFC 5322 has it; the name may be empty. */
export interface Mailbox {
	readonly name: string;
	readonly address: string;
}

/** One message to one recipient, in the terms of every provider. */
export interface Message {
	readonly from: Mailbox;
	/** The recipient's bare address. */
	readonly to: string;
	readonly subject: string;
	readonly html: string;
	readonly text: string;
	/** BCP 47 tag, for `Content-Language`. */
	readonly language: string;
	/** Stable: the same for the same message however often it is tried; without angle brackets. */
	readonly messageId: string;
	/** Milliseconds since 1970 UTC, for `Date`. */
	readonly date: number;
	/**
	 * What it has in common with the other messages of its edition, and what is this recipient's own:
	 * a transport may make ready once what `html` and `text` would have it make for each.
	 */
	readonly common?: {
		/** The same object for all of them. */
		readonly html: CutText<string>;
		/** The same object for all of them. */
		readonly text: CutText<string>;
		readonly values: Readonly<Record<string, string>>;
	};
	/** Id of the subscriber whom it is to, by which the provider's reports name them; absent for others. */
	readonly subscriber?: string;
	/**
	 * Envelope sender (RFC 5321, section 2.3.1) of this recipient alone, so that what comes back tells
	 * whose it is; the sender's address where absent.
	 */
	readonly returnPath?: string;
	/** What makes it a list's message; absent in a personal one such as a confirmation. */
	readonly list?: {
		/** RFC 2919 identifier: a domain-like name without angle brackets. */
		readonly id: string;
		readonly title: string;
		/** RFC 8058: ends the subscription on `POST`. */
		readonly unsubscribeUrl: string;
		/** RFC 2369: an address that ends the subscription when it gets a mail; absent without one. */
		readonly unsubscribeMailbox?: string;
		/** `Feedback-ID`: what complaints are counted by, the same for many; never a recipient's own. */
		readonly feedbackId?: string;
	};
}

/**
 * What became of handing over one message.
 * - `submitted`: the provider has accepted it.
 * - `retry`: it has certainly not been accepted, and may be later.
 * - `rejected`: the address itself takes no mail, ever.
 * - `unknown`: the connection was lost after the provider had it all; it must not be tried blindly.
 */
export type Outcome =
	| { readonly kind: "submitted" }
	| Retry
	| { readonly kind: "rejected"; readonly detail: string }
	| { readonly kind: "unknown"; readonly detail: string; readonly scope?: Scope };

export interface Retry {
	readonly kind: "retry";
	readonly detail: string;
	/** Absent for the recipient. */
	readonly scope?: Scope;
	/** Seconds that the provider asked to be left alone for. */
	readonly afterSeconds?: number;
}

/**
 * What a failure speaks of: this message and its recipient, or the provider itself, which would have
 * failed any other message too (it is down, out of reach, or asks for patience).
 */
export type Scope = "recipient" | "provider";

/** An open line to a provider, for the messages of one invocation. */
export interface Line {
	/**
	 * Connects, where that is not done, so that a submission begins at once. Does not throw: where it
	 * cannot connect, the submission says so.
	 */
	ready(): Promise<void>;
	/** Hands messages over; an outcome for each, in their order. Does not throw. */
	submit(messages: readonly Message[]): Promise<readonly Outcome[]>;
	close(): Promise<void>;
}

/** An adapter to one kind of provider. */
export interface Transport {
	/** Most messages to hand over at a time; between two times, who has left is looked up again. */
	readonly handover: number;
	/**
	 * Hand-overs that a line takes at the same time; one after the other where it is absent. An invocation
	 * has six connections.
	 */
	readonly parallel?: number;
	/** Connects when it is asked to be ready, or at the first submission, not before. */
	open(): Line;
}
