import { civilDateAt } from "../shared/dates.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

/** A sign-up that nobody confirmed is kept for so many days. */
const PENDING_DAYS = 30;
/** Counts of confirmation mails are kept for so many days. */
const COUNTED_DAYS = 2;
/** Rows of each that one call deletes at most, so that its work is bounded. */
const ROWS = 500;

/** How many rows were deleted. */
export interface Forgotten {
	readonly pending: number;
	readonly ended: number;
	readonly counts: number;
}

export type RetentionStore = ReturnType<typeof createRetentionStore>;

/** Deletes from D1 what is kept no longer. */
export function createRetentionStore(ledger: D1Database) {
	return {
		/**
		 * Deletes old pending sign-ups, ended subscriptions and counts, some of each; the next call
		 * deletes more.
		 *
		 * @param endedDays for how many days an ended subscription is kept.
		 */
		async forgetOld(endedDays: number, now: number): Promise<Forgotten> {
			const results = await ledger.batch([
				ledger
					.prepare(
						`DELETE FROM subscribers WHERE id IN (
							SELECT id FROM subscribers WHERE status = 'pending' AND signed_up_at < ?
							ORDER BY signed_up_at LIMIT ${ROWS})`,
					)
					.bind(now - PENDING_DAYS * DAY_MS),
				ledger
					.prepare(
						`DELETE FROM subscribers WHERE id IN (
							SELECT id FROM subscribers WHERE status = 'ended' AND ended_at < ?
							ORDER BY ended_at LIMIT ${ROWS})`,
					)
					.bind(now - endedDays * DAY_MS),
				ledger
					.prepare(
						`DELETE FROM confirmation_mails WHERE (address_hash, day) IN (
							SELECT address_hash, day FROM confirmation_mails WHERE day < ? LIMIT ${ROWS})`,
					)
					.bind(civilDateAt(now - COUNTED_DAYS * DAY_MS, "UTC")),
			]);
			const [pending = 0, ended = 0, counts = 0] = results.map(({ meta }) => meta.changes);
			return { pending, ended, counts };
		},
	};
}
