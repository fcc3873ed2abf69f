/** One thing in a request that its sender has to mend. */
export interface FieldFault {
	/** The field, by its JSON name (`event.starts`), or the query parameter's. */
	readonly field: string;
	/** What is wrong, as a sentence. */
	readonly detail: string;
	/** How to give it rightly, as a sentence. */
	readonly remedy?: string;
}

/**
 * Everything that can go wrong in answering a request, as a value. `http/problem.ts` is the one
 * place that turns a kind into a status.
 */
export type Fault =
	| { readonly kind: "malformed"; readonly detail: string }
	| { readonly kind: "unauthorized"; readonly detail: string }
	| { readonly kind: "not-signed"; readonly detail: string }
	| { readonly kind: "forbidden"; readonly detail: string }
	| { readonly kind: "not-found"; readonly detail: string }
	| { readonly kind: "method-not-allowed"; readonly detail: string; readonly allow: string }
	| { readonly kind: "not-acceptable"; readonly detail: string }
	| { readonly kind: "gone"; readonly detail: string }
	| { readonly kind: "conflict"; readonly detail: string }
	| { readonly kind: "changed"; readonly detail: string; readonly current: object }
	| { readonly kind: "condition-needed"; readonly detail: string }
	| { readonly kind: "too-many"; readonly detail: string; readonly retryAfterSeconds: number }
	| { readonly kind: "duplicate"; readonly detail: string; readonly existing: string }
	| { readonly kind: "too-large"; readonly detail: string }
	| { readonly kind: "unsupported-type"; readonly detail: string }
	| { readonly kind: "invalid"; readonly detail: string; readonly faults: readonly FieldFault[] }
	| { readonly kind: "unavailable"; readonly detail: string }
	| { readonly kind: "internal"; readonly detail: string };

/** That an address takes `POST` and nothing else. */
export const POST_ONLY: Fault = {
	kind: "method-not-allowed",
	detail: "Send it by POST (with curl: -X POST).",
	allow: "POST",
};
