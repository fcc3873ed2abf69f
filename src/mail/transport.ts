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
	/** What makes it a list's message; absent in a personal one such as a confirmation. */
	readonly list?: {
		/** RFC 2919 identifier: a domain-like name without angle brackets. */
		readonly id: string;
		readonly title: string;
		/** RFC 8058: ends the subscription on `POST`. */
		readonly unsubscribeUrl: string;
		/** RFC 2369: an address that ends the subscription when it gets a mail; absent without one. */
		readonly unsubscribeMailbox?: string;
	};
}

/**
 * What became of handing over one message.
 * - `submitted`: the provider has accepted it.
 * - `retry`: it has certainly not been accepted, and may be later.
 * - `rejected`: it will not be accepted, ever.
 * - `unknown`: the connection was lost after the provider had it all; it must not be tried blindly.
 */
export type Outcome =
	| { readonly kind: "submitted" }
	| { readonly kind: "retry"; readonly detail: string }
	| { readonly kind: "rejected"; readonly detail: string }
	| { readonly kind: "unknown"; readonly detail: string };

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
	/** Connects when it is asked to be ready, or at the first submission, not before. */
	open(): Line;
}
