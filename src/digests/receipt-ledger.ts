/** How many candidates a run has, and how many of them had each outcome. */
export interface Sums {
	readonly candidates: number;
	readonly submitted: number;
	readonly excluded: number;
	readonly rejected: number;
	readonly unknown: number;
}

/** What a run came to, or has come to so far. */
export interface Tally extends Sums {
	/** How many were excluded for each reason. */
	readonly excluded_by: Readonly<Record<string, number>>;
	readonly editions: number;
}

/** A run that was closed, and its receipt. */
export interface ClosedRun {
	readonly id: string;
	readonly receipt: Tally;
}

/** The receipt of a run that came due before there was anybody to get it. */
export const NOBODY: Tally = {
	candidates: 0,
	submitted: 0,
	excluded: 0,
	rejected: 0,
	unknown: 0,
	excluded_by: {},
	editions: 0,
};

const exceptions = (outcome: string) =>
	`(SELECT COUNT(*) FROM exceptions WHERE run = runs.id AND outcome = '${outcome}')`;

/** The tally of the run in `runs`, as JSON; an edition has readers, or it would not be there. */
export const TALLY = `(SELECT json_object(
	'candidates', COALESCE(SUM(json_array_length(recipients)) FILTER (WHERE later = 0), 0),
	'submitted', COALESCE(SUM(submitted), 0),
	'excluded', ${exceptions("excluded")},
	'rejected', ${exceptions("rejected")},
	'unknown', ${exceptions("unknown")},
	'excluded_by', json((SELECT json_group_object(reason, number) FROM (
		SELECT reason, COUNT(*) AS number FROM exceptions
		WHERE run = runs.id AND outcome = 'excluded' GROUP BY reason))),
	'editions', (SELECT COUNT(*) FROM editions WHERE run = runs.id))
	FROM batches WHERE run = runs.id)`;

/** By how much the sum of a tally misses its candidates: 0 where everybody is accounted for. */
export function imbalanceOf(sums: Sums): number {
	const { candidates, submitted, excluded, rejected, unknown } = sums;
	return candidates - submitted - excluded - rejected - unknown;
}

export type ReceiptLedger = ReturnType<typeof createReceiptLedger>;

/** Receipts of runs, in D1. */
export function createReceiptLedger(ledger: D1Database) {
	return {
		/**
		 * Closes runs whose every batch is settled, each with its receipt: candidates = submitted +
		 * excluded + rejected + unknown.
		 *
		 * @returns the runs that this call closed.
		 */
		async closeFinished(now: number): Promise<ClosedRun[]> {
			const { results } = await ledger
				.prepare(
					`UPDATE runs SET state = 'closed', closed_at = ?1, receipt = ${TALLY}
					WHERE state = 'submitting' AND NOT EXISTS (SELECT 1 FROM batches
						WHERE run = runs.id AND state IN ('planned', 'claimed'))
					RETURNING id, receipt`,
				)
				.bind(now)
				.all<{ id: string; receipt: string }>();
			return results.map(({ id, receipt }) => ({ id, receipt: JSON.parse(receipt) as Tally }));
		},
	};
}
