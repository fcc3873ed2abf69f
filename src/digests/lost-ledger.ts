/** Batches that one query finds at most. */
const MOST = 1000;

export type LostLedger = ReturnType<typeof createLostLedger>;

/** Finds work that was begun and is not being done, in D1. */
export function createLostLedger(ledger: D1Database) {
	const listIds = async (statement: D1PreparedStatement): Promise<string[]> => {
		const { results } = await statement.all<{ id: string }>();
		return results.map(({ id }) => id);
	};

	return {
		/** Runs whose planning has not moved on since `before`; they count as touched `now`. */
		takeStalled: (before: number, now: number) =>
			listIds(
				ledger
					.prepare(
						`UPDATE runs SET touched_at = ?2 WHERE state = 'planning' AND touched_at < ?1
						RETURNING id`,
					)
					.bind(before, now),
			),

		/**
		 * Batches that were due before a moment and are not claimed, of runs that have not moved on since
		 * then either: while others of a run are worked on, its messages are only waiting. Dated to `now`.
		 */
		takePlanned: (before: number, now: number) =>
			listIds(
				ledger
					.prepare(
						`UPDATE batches SET since = ?2 WHERE id IN (
							SELECT batches.id FROM runs CROSS JOIN batches
								ON batches.run = runs.id AND batches.state = 'planned'
							WHERE runs.state = 'submitting' AND touched_at < ?1 AND since < ?1 LIMIT ${MOST})
						RETURNING id`,
					)
					.bind(before, now),
			),

		/** Batches of a run that nobody has claimed, in the order of their ids. */
		listPlanned: (run: string, after: string, limit: number) =>
			listIds(
				ledger
					.prepare(
						`SELECT id FROM batches WHERE run = ? AND state = 'planned' AND id > ?
						ORDER BY id LIMIT ?`,
					)
					.bind(run, after, limit),
			),

		/** Batches claimed before a moment and not settled: their consumer is lost. */
		listClaimedBefore: (moment: number) =>
			listIds(
				ledger
					.prepare(
						`SELECT batches.id FROM runs CROSS JOIN batches
							ON batches.run = runs.id AND batches.state = 'claimed'
						WHERE runs.state = 'submitting' AND since < ? ORDER BY since LIMIT ${MOST}`,
					)
					.bind(moment),
			),
	};
}
