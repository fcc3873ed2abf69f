import { civilDateAt } from "../shared/dates.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

/** A sign-up that nobody confirmed is kept for so many days. */
const PENDING_DAYS = 30;
/** Counts of confirmation mails are kept for so many days. */
const COUNTED_DAYS = 2;
/** Reports on messages are kept for so many days, and those that say nothing of the reader for fewer. */
const REPORTED_DAYS = 90;
const REPORTED_OURS_DAYS = 30;
/** Rows of each that one call deletes at most, so that its work is bounded. */
const ROWS = 500;

/** How many rows were deleted. */
export interface Forgotten {
	readonly pending: number;
	readonly ended: number;
	readonly counts: number;
}

/** Deletes from D1 what is kept no longer. */
export function createRetentionStore(ledger: D1Database) {
	return {
		/**
		 * Deletes old pending sign-ups, ended subscriptions, counts and reports, some of each; the next call
		 * deletes more. Who had left before such a sign-up is not forgotten with it: a stranger may have
		 * made it, and an import would bring them back.
		 *
		 * @param endedDays for how many days an ended subscription is kept.
		 */
		async forgetOld(endedDays: number, now: number): Promise<Forgotten> {
			const oldPending = now - PENDING_DAYS * DAY_MS;
			const [, ...results] = await ledger.batch([
				ledger
					.prepare(
						`UPDATE subscribers SET status = 'ended' WHERE id IN (
							SELECT id FROM subscribers
							WHERE status = 'pending' AND signed_up_at < ? AND ended_at IS NOT NULL
							ORDER BY signed_up_at LIMIT ${ROWS})`,
					)
					.bind(oldPending),
				ledger
					.prepare(
						`DELETE FROM subscribers WHERE id IN (
							SELECT id FROM subscribers
							WHERE status = 'pending' AND signed_up_at < ? AND ended_at IS NULL
							ORDER BY signed_up_at LIMIT ${ROWS})`,
					)
					.bind(oldPending),
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
				forgetReports(ledger, OF_US, now - REPORTED_OURS_DAYS * DAY_MS),
				forgetReports(ledger, OF_READERS, now - REPORTED_DAYS * DAY_MS),
			]);
			const [pending = 0, ended = 0, counts = 0] = results.map(({ meta }) => meta.changes);
			return { pending, ended, counts };
		},
	};
}

/** Verdicts that say nothing of the reader, and the others. */
const OF_US = ["ours", "none"];
const OF_READERS = ["permanent", "temporary", "complaint", "delivered"];

function forgetReports(ledger: D1Database, verdicts: readonly string[], before: number) {
	return ledger
		.prepare(
			`DELETE FROM delivery_reports WHERE id IN (
				SELECT id FROM delivery_reports
				WHERE verdict IN (SELECT value FROM json_each(?)) AND reported_at < ? LIMIT ${ROWS})`,
		)
		.bind(JSON.stringify(verdicts), before);
}
