import type { Outcome } from "../mail/transport.ts";
import { withoutAddresses } from "../shared/log.ts";
import type { Exception, PlannedBatch, Recipient } from "./claim-ledger.ts";
import type { LaterBatch, Settlement } from "./settle-ledger.ts";

/** After this many attempts a recipient is left to the next digest. */
export const MOST_ATTEMPTS = 6;
const FIRST_DELAY_MS = 60_000;
const LONGEST_DELAY_MS = 60 * 60 * 1000;

/** A recipient of a batch and what became of handing them their message. */
export interface RecipientOutcome {
	readonly recipient: Pick<Recipient, "id">;
	readonly outcome: Outcome;
}

/**
 * What a batch came to.
 *
 * - `submitted` and `rejected`: the cursor stays moved.
 * - `retry`: the cursor goes back and a later batch tries again; after the last attempt they are
 *   recorded as rejected, and the next digest tells them.
 * - `unknown`: this edition is never repeated for them; the cursor goes back, so that the next
 *   digest carries its releases again.
 */
export function settlementOf(
	batch: PlannedBatch,
	outcomes: readonly RecipientOutcome[],
	others: { readonly excluded: readonly Exception[]; readonly replanned: readonly LaterBatch[] },
	{ now, newId }: { now: number; newId: () => string },
): Settlement {
	const ofKind = (kind: Outcome["kind"]) => outcomes.filter(({ outcome }) => outcome.kind === kind);
	const retried = ofKind("retry");
	const isLastAttempt = batch.attempt >= MOST_ATTEMPTS;
	const rejected = isLastAttempt ? [...ofKind("rejected"), ...retried] : ofKind("rejected");
	const again = isLastAttempt ? [] : retried.map(({ recipient }) => recipient.id);
	return {
		submitted: ofKind("submitted").length,
		exceptions: [
			...others.excluded,
			...rejected.map(toException("rejected")),
			...ofKind("unknown").map(toException("unknown")),
		],
		unheard: [...retried, ...ofKind("unknown")].map(({ recipient }) => recipient.id),
		later: [...others.replanned, ...retryOf(batch, again, { now, newId })],
	};
}

function retryOf(
	batch: PlannedBatch,
	recipients: readonly string[],
	{ now, newId }: { now: number; newId: () => string },
): LaterBatch[] {
	if (recipients.length === 0) return [];
	const { run, edition, attempt } = batch;
	return [
		{
			batch: { id: newId(), run, edition, recipients, attempt: attempt + 1 },
			// It exists.
			edition: null,
			due: now + delayAfter(attempt),
		},
	];
}

function delayAfter(attempt: number): number {
	return Math.min(FIRST_DELAY_MS * 2 ** (attempt - 1), LONGEST_DELAY_MS);
}

function toException(kind: "rejected" | "unknown") {
	return ({ recipient, outcome }: RecipientOutcome): Exception => ({
		subscriber: recipient.id,
		outcome: kind,
		// Who has their data erased must not stay here by their address, in a provider's words.
		reason: "detail" in outcome ? withoutAddresses(outcome.detail).slice(0, 500) : kind,
	});
}
