import type { Exception, PlannedBatch } from "./claim-ledger.ts";
import { EDITION_COLUMNS, editionValues } from "./edition-row.ts";
import type { PlannedEdition } from "./plan-ledger.ts";
import type { Batch } from "./run.ts";

/** What a batch came to. */
export interface Settlement {
	readonly submitted: number;
	readonly exceptions: readonly Exception[];
	/** Whose cursor goes back: they have not been told, or may not have been. */
	readonly unheard: readonly string[];
	/** Batches of those who are to be tried again, or planned anew. */
	readonly later: readonly LaterBatch[];
}

/** A batch that comes of settling another. */
export interface LaterBatch {
	readonly batch: Batch;
	/** The edition that it is of, where it may not exist yet. */
	readonly edition: PlannedEdition | null;
	/** When it is to be submitted, in milliseconds since 1970 UTC. */
	readonly due: number;
}

/** A batch that is settled now. */
export interface SettledBatch {
	readonly batch: PlannedBatch;
	readonly settlement: Settlement;
	readonly now: number;
}

export type SettleLedger = ReturnType<typeof createSettleLedger>;

/** Only while the settled batch (?1) is claimed: a second settlement changes nothing. */
const IS_CLAIMED = "EXISTS (SELECT 1 FROM batches WHERE id = ?1 AND state = 'claimed')";

/** The settling of claimed batches, in D1. */
export function createSettleLedger(ledger: D1Database) {
	const settleAll = async (settled: readonly SettledBatch[]): Promise<void> => {
		await ledger.batch(settled.flatMap((one) => statementsOf(ledger, one)));
	};

	return {
		/** Settles a claimed batch in one transaction. A second settlement changes nothing. */
		async settle(batch: PlannedBatch, settlement: Settlement, now: number): Promise<void> {
			await settleAll([{ batch, settlement, now }]);
		},

		/** Several settlements, each as {@link settle} does it, one after the other in one transaction. */
		settleAll,
	};
}

function statementsOf(ledger: D1Database, { batch, settlement, now }: SettledBatch) {
	const { submitted, exceptions, unheard, later } = settlement;
	return [
		...(unheard.length > 0 ? [giveBack(ledger, batch, unheard)] : []),
		...(exceptions.length > 0 ? [insertExceptions(ledger, batch, exceptions)] : []),
		...later.flatMap((one) => insertLater(ledger, batch, one)),
		ledger
			.prepare(
				`UPDATE batches SET state = 'settled', since = ?2, submitted = ?3, postponed = ?4
				WHERE id = ?1 AND state = 'claimed'`,
			)
			.bind(batch.id, now, submitted, countRecipients(later)),
	];
}

/**
 * Who has moved on by another run meanwhile stays there. Whoever changed what they want while they
 * were told has heard by the former choice only what is below the cursor again.
 */
function giveBack(ledger: D1Database, batch: PlannedBatch, unheard: readonly string[]) {
	return ledger
		.prepare(
			`UPDATE subscribers SET heard_through = ?2, batch = NULL,
				earlier = CASE WHEN (earlier ->> '$[#-1][0]') > ?2 THEN
					(SELECT json_group_array(json_array(MIN(value ->> 0, ?2), value ->> 1, value ->> 2))
						FROM json_each(subscribers.earlier)) ELSE earlier END
			WHERE id IN (SELECT value FROM json_each(?3)) AND batch = ?1 AND heard_through = ?4
				AND ${IS_CLAIMED}`,
		)
		.bind(batch.id, batch.assumed.heardThrough, JSON.stringify(unheard), batch.of.upperSequence);
}

function insertExceptions(
	ledger: D1Database,
	batch: PlannedBatch,
	exceptions: readonly Exception[],
) {
	return ledger
		.prepare(
			`INSERT INTO exceptions (batch, run, subscriber, outcome, reason)
			SELECT ?1, ?2, value ->> 'subscriber', value ->> 'outcome', value ->> 'reason'
			FROM json_each(?3) WHERE ${IS_CLAIMED}`,
		)
		.bind(batch.id, batch.run, JSON.stringify(exceptions));
}

function insertLater(ledger: D1Database, settled: Batch, { batch, edition, due }: LaterBatch) {
	const statements = [
		ledger
			.prepare(
				`INSERT INTO batches (id, run, edition, recipients, attempt, later, state, since)
				SELECT ?2, ?3, ?4, ?5, ?6, 1, 'planned', ?7 WHERE ${IS_CLAIMED}`,
			)
			.bind(
				settled.id,
				batch.id,
				batch.run,
				batch.edition,
				JSON.stringify(batch.recipients),
				batch.attempt,
				due,
			),
	];
	if (edition) statements.unshift(insertEdition(ledger, settled, edition));
	return statements;
}

function insertEdition(ledger: D1Database, settled: Batch, edition: PlannedEdition) {
	return ledger
		.prepare(
			`INSERT INTO editions (${EDITION_COLUMNS})
			SELECT ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10 WHERE ${IS_CLAIMED} ON CONFLICT DO NOTHING`,
		)
		.bind(settled.id, ...editionValues(edition));
}

function countRecipients(batches: readonly LaterBatch[]): number {
	return batches.reduce((sum, { batch }) => sum + batch.recipients.length, 0);
}
