import { IS_IN_FLIGHT } from "../subscribers/hearing.ts";
import type { LinkOwner } from "../subscribers/links.ts";
import type { Frequency } from "../subscribers/subscriber.ts";
import type { Batch, Edition, Run, RunState } from "./run.ts";

/** A batch with all that submitting it needs to know. */
export interface PlannedBatch extends Batch {
	readonly assumed: Edition;
	readonly of: Run;
	/** The highest sequence there was when it was read. */
	readonly asOf: number;
}

export interface Recipient extends LinkOwner {
	readonly address: string;
	/** The version of their links. */
	readonly linkVersion: number;
}

/** A batch that is to be claimed now. */
export interface Claim {
	readonly batch: PlannedBatch;
	readonly now: number;
}

/** Some recipients of a batch. */
export interface SomeRecipients {
	readonly batch: PlannedBatch;
	readonly recipients: readonly Recipient[];
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

interface BatchRow {
	id: string;
	run: string;
	edition: string;
	recipients: string;
	attempt: number;
	kinds: string;
	languages: string;
	heard_through: number;
	heard: string;
	heard_as_it_stands: string;
	as_of: number;
	frequency: Frequency;
	time_zone: string;
	period: string;
	day: string;
	upper_sequence: number;
	run_state: RunState;
	planned_through: string;
	planned_at: number | null;
}

const BATCH = `SELECT batches.id, batches.run, edition, recipients, attempt, kinds, languages,
		heard_through, heard, heard_as_it_stands, frequency, time_zone, period, day, upper_sequence,
		runs.state AS run_state, planned_through, planned_at,
		(SELECT COALESCE(MAX(sequence), 0) FROM releases) AS as_of
	FROM batches JOIN editions ON editions.id = edition JOIN runs ON runs.id = batches.run`;

export type ClaimLedger = ReturnType<typeof createClaimLedger>;

/** The claiming of batches, in D1. */
export function createClaimLedger(ledger: D1Database) {
	const readAll = async (condition: string, ids: readonly string[]): Promise<PlannedBatch[]> => {
		const { results } = await ledger
			.prepare(`${BATCH} WHERE batches.id IN (SELECT value FROM json_each(?)) AND ${condition}`)
			.bind(JSON.stringify(ids))
			.all<BatchRow>();
		return results.map(toPlannedBatch);
	};
	const readAllPlanned = (ids: readonly string[]) =>
		readAll("batches.state = 'planned' AND runs.state = 'submitting'", ids);
	const claimAll = async (claims: readonly Claim[]): Promise<(Recipient[] | null)[]> => {
		const results = await ledger.batch<Recipient>(
			claims.flatMap(({ batch, now }) => [moveCursors(ledger, batch), mark(ledger, batch, now)]),
		);
		return claims.map(({ batch }, index) => {
			const [claimed, marked] = results.slice(2 * index);
			return marked?.results.length === 1 ? inOrder(claimed?.results ?? [], batch) : null;
		});
	};

	return {
		/** Those of some batches that nobody has claimed, of runs that are being submitted. */
		readAllPlanned,

		/** A batch of a run that is being submitted, which nobody has claimed; or null. */
		readPlanned: async (id: string) => (await readAllPlanned([id]))[0] ?? null,

		/** A batch that is claimed and not settled, or null. */
		readClaimed: async (id: string) =>
			(await readAll("batches.state = 'claimed'", [id]))[0] ?? null,

		/**
		 * The claim: in one transaction, moves the cursors of those who are active, not paused on the
		 * run's day, not being told by another batch, and still as the edition assumes, stamps them with
		 * the batch, and marks the batch claimed. A second call finds nobody left.
		 *
		 * @returns whom to mail, in the order of the batch, or null where the batch was claimed before.
		 */
		claim: async (batch: PlannedBatch, now: number): Promise<Recipient[] | null> =>
			(await claimAll([{ batch, now }]))[0] ?? null,

		/** Several claims, each as {@link claim} does it, one after the other in one transaction. */
		claimAll,

		/**
		 * Marks a batch claimed without anybody: nothing of it is mailed, and no cursor moves.
		 *
		 * @returns whether this call did it.
		 */
		async claimNobody(batch: PlannedBatch, now: number): Promise<boolean> {
			return (await mark(ledger, batch, now).first()) !== null;
		},

		/**
		 * Leaves a batch planned that cannot be submitted before then (milliseconds since 1970 UTC).
		 *
		 * @returns whether it was due: else it was put off before, and its message is on the way.
		 */
		async putOff(id: string, until: number, now: number): Promise<boolean> {
			const { meta } = await ledger
				.prepare(
					"UPDATE batches SET since = ?2 WHERE id = ?1 AND state = 'planned' AND since <= ?3",
				)
				.bind(id, until, now)
				.run();
			return meta.changes === 1;
		},

		/**
		 * Those of some recipients of a batch who are active, with the address that they have now, and
		 * whether they have paused their mail since the claim.
		 */
		async listActive(
			batch: PlannedBatch,
			recipients: readonly Recipient[],
		): Promise<ActiveRecipient[]> {
			return toActive(await selectActive(ledger, { batch, recipients }).all<ActiveRow>());
		},

		/** {@link listActive} for recipients of several batches. */
		async listAllActive(asked: readonly SomeRecipients[]): Promise<ActiveRecipient[][]> {
			const results = await ledger.batch<ActiveRow>(asked.map((one) => selectActive(ledger, one)));
			return results.map(toActive);
		},

		/** Why each of some recipients was not claimed: gone, told already, paused, or changed since. */
		async explainExclusions({ of }: PlannedBatch, ids: readonly string[]): Promise<Exception[]> {
			if (ids.length === 0) return [];
			const { results } = await ledger
				.prepare(
					`SELECT value AS subscriber, 'excluded' AS outcome, CASE
						WHEN status IS NULL THEN 'erased'
						WHEN status <> 'active' THEN status
						WHEN heard_through >= ?2 THEN 'heard'
						WHEN paused_until > ?3 THEN 'paused'
						WHEN ${IS_IN_FLIGHT} THEN 'busy'
						ELSE 'changed' END AS reason
					FROM json_each(?1) LEFT JOIN subscribers ON subscribers.id = value`,
				)
				.bind(JSON.stringify(ids), of.upperSequence, of.day)
				.all<Exception>();
			return results;
		},

		/** The recipients that a batch has claimed, until it is settled. */
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
	};
}

function moveCursors(ledger: D1Database, { id, recipients, assumed, of }: PlannedBatch) {
	return ledger
		.prepare(
			`UPDATE subscribers SET heard_through = ?2, batch = ?1
			WHERE id IN (SELECT value FROM json_each(?3)) AND status = 'active'
				AND heard_through = ?4 AND kinds = ?5 AND languages = ?6 AND frequency = ?7
				AND (frequency = 'immediate' OR time_zone IS NULLIF(?9, ''))
				AND (paused_until IS NULL OR paused_until <= ?8)
				AND NOT ${IS_IN_FLIGHT}
				AND EXISTS (SELECT 1 FROM batches WHERE id = ?1 AND state = 'planned')
			RETURNING id, address, link_version AS linkVersion`,
		)
		.bind(
			id,
			of.upperSequence,
			JSON.stringify(recipients),
			assumed.heardThrough,
			assumed.kinds,
			assumed.languages,
			of.frequency,
			of.day,
			of.timeZone,
		);
}

function mark(ledger: D1Database, { id, asOf }: PlannedBatch, now: number) {
	return ledger
		.prepare(
			`UPDATE batches SET state = 'claimed', since = ?2, as_of = ?3
			WHERE id = ?1 AND state = 'planned' RETURNING id`,
		)
		.bind(id, now, asOf);
}

interface ActiveRow extends Recipient {
	isPaused: number;
}

function selectActive(ledger: D1Database, { batch, recipients }: SomeRecipients) {
	return ledger
		.prepare(
			`SELECT id, address, link_version AS linkVersion,
				COALESCE(paused_until > ?2, 0) AS isPaused FROM subscribers
			WHERE id IN (SELECT value FROM json_each(?1)) AND status = 'active'`,
		)
		.bind(JSON.stringify(recipients.map(({ id }) => id)), batch.of.day);
}

function toActive({ results }: D1Result<ActiveRow>): ActiveRecipient[] {
	return results.map((one) => ({ ...one, isPaused: one.isPaused === 1 }));
}

function inOrder(claimed: readonly Recipient[], { recipients }: Batch): Recipient[] {
	const places = new Map(recipients.map((id, place) => [id, place]));
	const placeOf = ({ id }: Recipient) => places.get(id) ?? 0;
	return claimed.toSorted((one, other) => placeOf(one) - placeOf(other));
}

function toPlannedBatch(row: BatchRow): PlannedBatch {
	const { id, run, edition, attempt, kinds, languages } = row;
	return {
		id,
		run,
		edition,
		attempt,
		recipients: JSON.parse(row.recipients) as string[],
		assumed: {
			id: edition,
			run,
			kinds,
			languages,
			heardThrough: row.heard_through,
			heard: JSON.parse(row.heard) as number[],
			heardAsItStands: JSON.parse(row.heard_as_it_stands) as number[],
		},
		asOf: row.as_of,
		of: {
			id: run,
			frequency: row.frequency,
			timeZone: row.time_zone,
			period: row.period,
			day: row.day,
			upperSequence: row.upper_sequence,
			state: row.run_state,
			plannedThrough: row.planned_through,
			plannedAt: row.planned_at,
		},
	};
}
