import type { House } from "./house.ts";

/** Recipients of a batch. */
const BATCH_SIZE = 100;

/**
 * Leaves the subscribers as a digest of long ago would have: each was told last by a batch of up to a
 * hundred, with its edition and its run.
 */
export async function tellSubscribers({ ledger }: Pick<House, "ledger">): Promise<void> {
	const statements = [
		`INSERT INTO runs (id, frequency, time_zone, period, day, upper_sequence, state, created_at, touched_at,
			planned_at, closed_at, receipt)
		SELECT 'daily-2000-01-01', 'daily', '', '2000-01-01', '2000-01-01', MAX(heard_through), 'closed', 0, 0,
			0, 0, '{"candidates":0}' FROM subscribers`,
		`INSERT INTO editions (id, run, kinds, languages, heard_through, heard, heard_as_it_stands, told)
		SELECT 'daily-2000-01-01/' || languages || '/' || kinds, 'daily-2000-01-01', kinds, languages,
			0, '[]', '[]', hex(randomblob(32)) FROM subscribers GROUP BY languages, kinds`,
		`INSERT INTO batches (id, run, edition, recipients, state, since, submitted, as_of)
		SELECT lower(format('%s-%s-4%s-a%s-%s', hex(randomblob(4)), hex(randomblob(2)),
				substr(hex(randomblob(2)), 2), substr(hex(randomblob(2)), 2), hex(randomblob(6)))),
			'daily-2000-01-01', 'daily-2000-01-01/' || languages || '/' || kinds, json_group_array(id),
			'settled', 0, COUNT(*), MAX(heard_through)
		FROM (SELECT id, languages, kinds, heard_through,
			(row_number() OVER (PARTITION BY languages, kinds ORDER BY id) - 1) / ${BATCH_SIZE} AS number
			FROM subscribers) GROUP BY languages, kinds, number`,
		`UPDATE subscribers SET batch = told.batch FROM (
			SELECT batches.id AS batch, value AS reader FROM batches, json_each(recipients)) AS told
		WHERE subscribers.id = told.reader`,
	];
	for (const statement of statements) await ledger.prepare(statement).run();
}
