import type { ExceptionShown } from "./operator-answers.ts";
import { COLUMNS, type Row, toSubscriber } from "./store.ts";
import { addressKey, type Frequency, type Status, type Subscriber } from "./subscriber.ts";

/** A subscriber, with how far they have heard and how their mail fails. */
export interface HeldSubscriber extends Subscriber {
	readonly heardThrough: number;
	readonly failures: number;
	/** Milliseconds since 1970 UTC; likewise the others. */
	readonly firstFailedAt: number | null;
	readonly lastFailedAt: number | null;
	readonly reinstatedAt: number | null;
}

/** How many subscribers have the same status and preferences; lists as the database keeps them. */
export interface PreferenceCount {
	readonly status: Status;
	readonly kinds: string;
	readonly languages: string;
	readonly frequency: Frequency;
	readonly count: number;
}

/** Confirmation mails of a day: asked for, and allowed by the limit. */
export interface MailCount {
	readonly day: string;
	readonly asked: number;
	readonly allowed: number;
}

const HELD = `${COLUMNS}, heard_through, failures, first_failed_at, last_failed_at, reinstated_at`;
type HeldRow = Row & {
	heard_through: number;
	failures: number;
	first_failed_at: number | null;
	last_failed_at: number | null;
	reinstated_at: number | null;
};

export type OperatorStore = ReturnType<typeof createOperatorStore>;

/** What an operator can see of the subscribers, in D1. */
export function createOperatorStore(ledger: D1Database) {
	return {
		async readByAddress(address: string): Promise<HeldSubscriber | null> {
			const row = await ledger
				.prepare(`SELECT ${HELD} FROM subscribers WHERE address_key = ?`)
				.bind(addressKey(address))
				.first<HeldRow>();
			return row && toHeld(row);
		},

		async read(id: string): Promise<HeldSubscriber | null> {
			const row = await ledger
				.prepare(`SELECT ${HELD} FROM subscribers WHERE id = ?`)
				.bind(id)
				.first<HeldRow>();
			return row && toHeld(row);
		},

		/** The next subscribers in the order of their ids, behind the one that `after` names. */
		async list({ limit, after }: { limit: number; after: string }): Promise<HeldSubscriber[]> {
			const { results } = await ledger
				.prepare(`SELECT ${HELD} FROM subscribers WHERE id > ? ORDER BY id LIMIT ?`)
				.bind(after, limit)
				.all<HeldRow>();
			return results.map(toHeld);
		},

		/** The digests that were not submitted to a subscriber, newest first. */
		async listExceptions(subscriber: string, limit: number): Promise<ExceptionShown[]> {
			const { results } = await ledger
				.prepare(
					`SELECT run, outcome, reason FROM exceptions JOIN runs ON runs.id = run
					WHERE subscriber = ? ORDER BY runs.created_at DESC, batch LIMIT ?`,
				)
				.bind(subscriber, limit)
				.all<ExceptionShown>();
			return results;
		},

		async countPreferences(): Promise<PreferenceCount[]> {
			const { results } = await ledger
				.prepare(
					`SELECT status, kinds, languages, frequency, COUNT(*) AS count
					FROM subscribers GROUP BY status, kinds, languages, frequency`,
				)
				.all<PreferenceCount>();
			return results;
		},

		async countSuppressed(): Promise<number> {
			const count = await ledger
				.prepare("SELECT COUNT(*) AS n FROM suppressions")
				.first<number>("n");
			return count ?? 0;
		},

		/** @param days civil dates (UTC). */
		async countMails(days: readonly string[]): Promise<MailCount[]> {
			const { results } = await ledger
				.prepare(
					`SELECT day, SUM(asked) AS asked, SUM(allowed) AS allowed FROM confirmation_mails
					WHERE day IN (SELECT value FROM json_each(?)) GROUP BY day`,
				)
				.bind(JSON.stringify(days))
				.all<MailCount>();
			return results;
		},
	};
}

function toHeld(row: HeldRow): HeldSubscriber {
	return {
		...toSubscriber(row),
		heardThrough: row.heard_through,
		failures: row.failures,
		firstFailedAt: row.first_failed_at,
		lastFailedAt: row.last_failed_at,
		reinstatedAt: row.reinstated_at,
	};
}
