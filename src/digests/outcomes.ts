import { isProvidersOwn } from "../mail/gate.ts";
import type { Outcome } from "../mail/transport.ts";
import { withoutAddresses } from "../shared/log.ts";
import type { Exception, PlannedBatch, Recipient } from "./claim-ledger.ts";
import type { LaterBatch, Settlement } from "./settle-ledger.ts";

/** After this many attempts a recipient is left to the next digest. */
export const MOST_ATTEMPTS = 6;
/** A run waits for its provider no longer: what fails then may be of the message, and runs are to end. */
const LONGEST_WAIT_MS = 7 * 24 * 60 * 60 * 1000;
const FIRST_DELAY_MS = 60_000;
const LONGEST_DELAY_MS = 60 * 60 * 1000;

/** A recipient of a batch and what became of handing them their message. */
export interface RecipientOutcome {
	/** The address is that of the message, where there was one. */
	readonly recipient: Pick<Recipient, "id"> & Partial<Pick<Recipient, "address">>;
	readonly outcome: Outcome;
}

/**
 * What a batch came to.
 *
 * - `submitted` and `rejected`: the cursor stays moved.
 * - `retry`: the cursor goes back and a later batch tries again; after the last attempt they are
 *   recorded as rejected, and the next digest tells them. Where the provider itself has failed, no
 *   attempt is used up in the first week of the run.
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
	const isPatient = now < (batch.of.plannedAt ?? now) + LONGEST_WAIT_MS;
	const [untried, tried] = part(retried, ({ outcome }) => isPatient && isProvidersOwn(outcome));
	const isLastAttempt = batch.attempt >= MOST_ATTEMPTS;
	const rejected = isLastAttempt ? [...ofKind("rejected"), ...tried] : ofKind("rejected");
	return {
		submitted: ofKind("submitted").length,
		exceptions: [
			...others.excluded,
			...rejected.map(toException("rejected")),
			...ofKind("unknown").map(toException("unknown")),
		],
		unheard: [...retried, ...ofKind("unknown")].map(({ recipient }) => recipient.id),
		later: [
			...others.replanned,
			...laterOf(batch, withFirstLast(untried), { due: now + FIRST_DELAY_MS, newId }),
			...(isLastAttempt ? [] : retryOf(batch, tried, { now, newId })),
		],
	};
}

/** The first met the failure, which may come of their message alone: the others are not to wait for it. */
function withFirstLast<Item>([first, ...others]: readonly Item[]): Item[] {
	return first === undefined ? [] : [...others, first];
}

function part<Item>(items: readonly Item[], belongs: (item: Item) => boolean): [Item[], Item[]] {
	return [items.filter(belongs), items.filter((item) => !belongs(item))];
}

function retryOf(
	batch: PlannedBatch,
	tried: readonly RecipientOutcome[],
	{ now, newId }: { now: number; newId: () => string },
): LaterBatch[] {
	const { attempt } = batch;
	const next = { ...batch, attempt: attempt + 1 };
	return laterOf(next, tried, { due: now + delayAfter(attempt), newId });
}

function laterOf(
	{ run, edition, attempt }: PlannedBatch,
	outcomes: readonly RecipientOutcome[],
	{ due, newId }: { due: number; newId: () => string },
): LaterBatch[] {
	if (outcomes.length === 0) return [];
	const recipients = outcomes.map(({ recipient }) => recipient.id);
	// The edition exists.
	return [{ batch: { id: newId(), run, edition, recipients, attempt }, edition: null, due }];
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
