import type { LinkOwner } from "../subscribers/links.ts";
import type { Frequency } from "../subscribers/subscriber.ts";
import type { Batch, Edition } from "./ledger.ts";
import { runDay } from "./schedule.ts";

/** A planned batch with all that submitting it needs to know. */
export interface PlannedBatch extends Batch {
	readonly assumed: Edition;
	readonly upperSequence: number;
	readonly frequency: Frequency;
	/** Of its run. */
	readonly period: string;
}

export interface Recipient extends LinkOwner {
	readonly address: string;
	/** The version of their links. */
	readonly linkVersion: number;
}

export interface ActiveRecipient extends Recipient {
	readonly isPaused: boolean;
}

/** Why a recipient of a batch was not mailed, or not known to be. */
export interface Exception {
	readonly subscriber: string;
	readonly outcome: "excluded" | "rejected" | "unknown";
	readonly reason: string;
}

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
	readonly edition: Edition;
	/** When it is to be submitted, in milliseconds since 1970 UTC. */
	readonly due: number;
}

interface BatchRow {
	id: string;
	run: string;
	edition: string;
	recipients: string;
	attempt: number;
	kinds: string;
	languages: string;
	heard_through: number;
	upper_sequence: number;
	frequency: Frequency;
	period: string;
}

export type BatchLedger = ReturnType<typeof createBatchLedger>;

const isState = (state: "planned" | "claimed") =>
	`EXISTS (SELECT 1 FROM batches WHERE id = ?1 AND state = '${state}')`;

/** The claiming and settling of batches, in D1. */
export function createBatchLedger(ledger: D1Database) {
	const select = (state: "planned" | "claimed") => `SELECT batches.id, batches.run, edition,
			recipients, attempt, kinds, languages, heard_through, upper_sequence, frequency, period
		FROM batches JOIN editions ON editions.id = edition JOIN runs ON runs.id = batches.run
		WHERE batches.id = ? AND batches.state = '${state}'`;
	const readIn = async (state: "planned" | "claimed", id: string) => {
		const row = await ledger.prepare(select(state)).bind(id).first<BatchRow>();
		return row && toPlannedBatch(row);
	};

	const insertLater = (settled: Batch, { batch, edition, due }: LaterBatch) => [
		ledger
			.prepare(
				`INSERT INTO editions (id, run, kinds, languages, heard_through)
				SELECT ?2, ?3, ?4, ?5, ?6 WHERE ${isState("claimed")} ON CONFLICT DO NOTHING`,
			)
			.bind(
				settled.id,
				edition.id,
				edition.run,
				edition.kinds,
				edition.languages,
				edition.heardThrough,
			),
		ledger
			.prepare(
				`INSERT INTO batches (id, run, edition, recipients, attempt, state, since)
				SELECT ?2, ?3, ?4, ?5, ?6, 'planned', ?7 WHERE ${isState("claimed")}`,
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

	return {
		/** A batch that nobody has claimed, or null. */
		readPlanned: (id: string): Promise<PlannedBatch | null> => readIn("planned", id),

		/** A batch that is claimed and not settled, or null. */
		readClaimed: (id: string): Promise<PlannedBatch | null> => readIn("claimed", id),

		/**
		 * The claim: in one transaction, moves the cursors of those who are active, not paused on the
		 * run's day, and still as the edition assumes, stamps them with the batch, and marks the batch claimed. A second call
		 * finds nobody left.
		 *
		 * @returns whom to mail, or null where the batch was claimed before.
		 */
		async claim(batch: PlannedBatch, now: number): Promise<Recipient[] | null> {
			const { assumed } = batch;
			const [claimed, marked] = await ledger.batch<Recipient>([
				ledger
					.prepare(
						`UPDATE subscribers SET heard_through = ?2, batch = ?1
						WHERE id IN (SELECT value FROM json_each(?3)) AND status = 'active'
							AND heard_through = ?4 AND kinds = ?5 AND languages = ?6 AND frequency = ?7
							AND (paused_until IS NULL OR paused_until <= ?8)
							AND ${isState("planned")}
						RETURNING id, address, link_version AS linkVersion`,
					)
					.bind(
						batch.id,
						batch.upperSequence,
						JSON.stringify(batch.recipients),
						assumed.heardThrough,
						assumed.kinds,
						assumed.languages,
						batch.frequency,
						runDay(batch.period),
					),
				ledger
					.prepare(
						`UPDATE batches SET state = 'claimed', since = ?2
						WHERE id = ?1 AND state = 'planned' RETURNING id`,
					)
					.bind(batch.id, now),
			]);
			return marked?.results.length === 1 ? (claimed?.results ?? []) : null;
		},

		/**
		 * Those of some recipients of a batch who are active, with the address that they have now, and
		 * whether they have paused their mail since the claim.
		 */
		async listActive(
			batch: PlannedBatch,
			recipients: readonly Recipient[],
		): Promise<ActiveRecipient[]> {
			const { results } = await ledger
				.prepare(
					`SELECT id, address, link_version AS linkVersion,
						COALESCE(paused_until > ?2, 0) AS isPaused FROM subscribers
					WHERE id IN (SELECT value FROM json_each(?1)) AND status = 'active'`,
				)
				.bind(JSON.stringify(recipients.map(({ id }) => id)), runDay(batch.period))
				.all<Recipient & { isPaused: number }>();
			return results.map((one) => ({ ...one, isPaused: one.isPaused === 1 }));
		},

		/** Why each of some recipients was not claimed: gone, told already, paused, or changed since. */
		async explainExclusions(batch: PlannedBatch, ids: readonly string[]): Promise<Exception[]> {
			if (ids.length === 0) return [];
			const { results } = await ledger
				.prepare(
					`SELECT value AS subscriber, 'excluded' AS outcome, CASE
						WHEN status IS NULL THEN 'erased'
						WHEN status <> 'active' THEN status
						WHEN heard_through >= ?2 THEN 'heard'
						WHEN paused_until > ?3 THEN 'paused'
						ELSE 'changed' END AS reason
					FROM json_each(?1) LEFT JOIN subscribers ON subscribers.id = value`,
				)
				.bind(JSON.stringify(ids), batch.upperSequence, runDay(batch.period))
				.all<Exception>();
			return results;
		},

		/** The recipients that a batch has claimed. */
		async listClaimed(batch: PlannedBatch): Promise<string[]> {
			const { results } = await ledger
				.prepare(
					`SELECT id FROM subscribers
					WHERE id IN (SELECT value FROM json_each(?)) AND batch = ?`,
				)
				.bind(JSON.stringify(batch.recipients), batch.id)
				.all<{ id: string }>();
			return results.map(({ id }) => id);
		},

		/** Settles a claimed batch in one transaction. A second settlement changes nothing. */
		async settle(batch: PlannedBatch, settlement: Settlement, now: number): Promise<void> {
			const { submitted, exceptions, unheard, later } = settlement;
			const statements = [
				ledger
					.prepare(
						`UPDATE subscribers SET heard_through = ?2
						WHERE id IN (SELECT value FROM json_each(?3)) AND batch = ?1 AND heard_through = ?4
							AND ${isState("claimed")}`,
					)
					.bind(batch.id, batch.assumed.heardThrough, JSON.stringify(unheard), batch.upperSequence),
				ledger
					.prepare(
						`INSERT INTO exceptions (batch, run, subscriber, outcome, reason)
						SELECT ?1, ?2, value ->> 'subscriber', value ->> 'outcome', value ->> 'reason'
						FROM json_each(?3) WHERE ${isState("claimed")}`,
					)
					.bind(batch.id, batch.run, JSON.stringify(exceptions)),
			];
			for (const one of later) statements.push(...insertLater(batch, one));
			statements.push(
				ledger
					.prepare(
						`UPDATE batches SET state = 'settled', since = ?2, submitted = ?3, postponed = ?4
						WHERE id = ?1 AND state = 'claimed'`,
					)
					.bind(batch.id, now, submitted, countRecipients(later)),
			);
			await ledger.batch(statements);
		},

		/** Batches planned before a moment and not claimed: their message is lost. Dated to `now`. */
		async takePlanned(before: number, now: number): Promise<string[]> {
			const { results } = await ledger
				.prepare(
					`UPDATE batches SET since = ?2 WHERE id IN (
						SELECT id FROM batches WHERE state = 'planned' AND since < ?1
						ORDER BY since LIMIT 1000)
					RETURNING id`,
				)
				.bind(before, now)
				.all<{ id: string }>();
			return results.map(({ id }) => id);
		},

		/** Batches claimed before a moment and not settled: their consumer is lost. */
		async listClaimedBefore(moment: number): Promise<string[]> {
			const { results } = await ledger
				.prepare(
					"SELECT id FROM batches WHERE state = 'claimed' AND since < ? ORDER BY since LIMIT 1000",
				)
				.bind(moment)
				.all<{ id: string }>();
			return results.map(({ id }) => id);
		},
	};
}

function countRecipients(batches: readonly LaterBatch[]): number {
	return batches.reduce((sum, { batch }) => sum + batch.recipients.length, 0);
}

function toPlannedBatch(row: BatchRow): PlannedBatch {
	const { id, run, edition, attempt, kinds, languages } = row;
	return {
		id,
		run,
		edition,
		attempt,
		recipients: JSON.parse(row.recipients) as string[],
		assumed: { id: edition, run, kinds, languages, heardThrough: row.heard_through },
		upperSequence: row.upper_sequence,
		frequency: row.frequency,
		period: row.period,
	};
}
