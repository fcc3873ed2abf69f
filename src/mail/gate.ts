import type { Outcome } from "./transport.ts";

/** How it stands with a provider, as the gate before it knows. */
export interface GateState {
	/** How often in a row the provider itself has failed. */
	readonly failures: number;
	/** Until when it is left alone (milliseconds since 1970 UTC); in the past where it is not. */
	readonly shutUntil: number;
	/** Since when it fails; null while it does not. */
	readonly failingSince: number | null;
	/** What it said last when it failed, without addresses. */
	readonly said: string | null;
}

/** The permission to hand some messages over. */
export interface Ticket {
	/** When the first may be handed over (milliseconds since 1970 UTC). */
	readonly start: number;
	/** How often the provider had failed when it was given: of those who fail at once, one counts. */
	readonly failures: number;
}

export type Passage =
	| { readonly kind: "open"; readonly ticket: Ticket }
	/** `isBusy` where the rate is used up, and not the provider down. */
	| { readonly kind: "shut"; readonly until: number; readonly isBusy: boolean };

/** What a hand-over tells of the provider. */
export type Verdict =
	| { readonly kind: "works" }
	| {
			readonly kind: "failed";
			readonly said: string;
			readonly afterSeconds: number;
			/** Whether it took messages of the same hand-over before: then it has not failed in a row. */
			readonly hasTaken: boolean;
	  }
	| { readonly kind: "untold" };

/** The gate before a provider: everybody who hands messages over goes through it. */
export interface Gate {
	/**
	 * Asks to hand messages over. Where the provider is down, or is busy for longer than one has
	 * patience, nothing is let through. Of those who ask after a failure one is let through, to try.
	 * Who is sent away because it is busy is told a time of their own, one behind the other.
	 *
	 * @param patienceMs how long to wait at most for the turn.
	 */
	enter(count: number, now: number, patienceMs: number): Promise<Passage>;
	/** Tells what came of it. */
	leave(ticket: Ticket, verdict: Verdict, now: number): Promise<void>;
}

const FIRST_SHUT_MS = 30_000;
const LONGEST_SHUT_MS = 15 * 60 * 1000;
/** No provider may have us wait longer, whatever it asks for. */
const LONGEST_ASKED_MS = 6 * 60 * 60 * 1000;

/**
 * For how long a provider is left alone: twice as long each time that it fails in a row, up to 15
 * minutes; or for as long as it asks (RFC 9110, section 10.2.3), up to six hours.
 *
 * @param failures how often it has failed in a row, this time included.
 */
export function shutFor(failures: number, afterSeconds: number): number {
	const backOff = Math.min(FIRST_SHUT_MS * 2 ** (failures - 1), LONGEST_SHUT_MS);
	return Math.max(backOff, Math.min(afterSeconds * 1000, LONGEST_ASKED_MS));
}

/** What the outcomes of a hand-over tell of the provider itself. */
export function judge(outcomes: readonly Outcome[]): Verdict {
	const own = outcomes.filter(isProvidersOwn);
	const [first] = own;
	if (first && "detail" in first) {
		const asked = own.map((outcome) => ("afterSeconds" in outcome && outcome.afterSeconds) || 0);
		const hasTaken = outcomes.some(({ kind }) => kind === "submitted");
		return { kind: "failed", said: first.detail, afterSeconds: Math.max(...asked), hasTaken };
	}
	return outcomes.length > 0 ? { kind: "works" } : { kind: "untold" };
}

/** Whether it speaks of the provider, so that any other message would fare alike. */
export function isProvidersOwn(outcome: Outcome): boolean {
	return "scope" in outcome && outcome.scope === "provider";
}
