import type { Frequency } from "../subscribers/subscriber.ts";
import type { Cursor } from "./operator-request.ts";
import { type Sums, TALLY, type Tally } from "./receipt-ledger.ts";
import type { Edition, Hold, RunState, Schedule } from "./run.ts";
import type { Spent } from "./run-ledger.ts";

/** A run as the operator sees it. Times are milliseconds since 1970 UTC. */
export interface OverseenRun extends Schedule {
	readonly id: string;
	readonly period: string;
	readonly day: string;
	readonly state: RunState;
	readonly upperSequence: number;
	readonly holds: readonly Hold[];
	readonly createdAt: number;
	readonly plannedAt: number | null;
	/** When the operator was told of it. */
	readonly toldAt: number | null;
	readonly releasedAt: number | null;
	readonly releasedBy: string | null;
	readonly closedAt: number | null;
	/** Of a closed run, its receipt, of which the first ones had the sums alone; else what it has come to. */
	readonly tally: Sums & Partial<Tally>;
	readonly spent: Spent;
}

/** How many batches of a run stand how. */
export type BatchCounts = Readonly<Record<"planned" | "claimed" | "settled", number>>;

export interface OverseenEdition extends Edition {
	/** Why it must not be mailed, where it was found faulty. */
	readonly fault: string | null;
	readonly recipients: number;
}

interface RunRow {
	id: string;
	frequency: Frequency;
	time_zone: string;
	period: string;
	day: string;
	state: RunState;
	upper_sequence: number;
	holds: string;
	created_at: number;
	planned_at: number | null;
	told_at: number | null;
	released_at: number | null;
	released_by: string | null;
	closed_at: number | null;
	tally: string;
	rows_read: number;
	rows_written: number;
	kv_operations: number;
	queue_operations: number;
}

interface EditionRow {
	id: string;
	run: string;
	kinds: string;
	languages: string;
	heard_through: number;
	heard: string;
	heard_as_it_stands: string;
	fault: string | null;
	recipients: number;
}

const RUN = `SELECT id, frequency, time_zone, period, day, state, upper_sequence, holds, created_at,
		planned_at, told_at, released_at, released_by, closed_at, COALESCE(receipt, ${TALLY}) AS tally,
		rows_read, rows_written, kv_operations, queue_operations
	FROM runs`;

const idOfNewest = (timeZone: string) =>
	`(SELECT id FROM runs WHERE frequency = ?1 AND time_zone = ${timeZone}
		ORDER BY period DESC LIMIT 1)`;

export type OperatorLedger = ReturnType<typeof createOperatorLedger>;

/** What the operator sees of runs, and has been told of them, in D1. */
export function createOperatorLedger(ledger: D1Database) {
	return {
		/** Up to `limit` runs, newest first, behind the one that `after` names; null for the first. */
		async list(
			{ state, frequency }: { state?: RunState | undefined; frequency?: Frequency | undefined },
			after: Cursor | null,
			limit: number,
		): Promise<OverseenRun[]> {
			const { results } = await ledger
				.prepare(
					`${RUN} WHERE (created_at, id) < (?1, ?2) AND (?3 IS NULL OR state = ?3)
						AND (?4 IS NULL OR frequency = ?4)
					ORDER BY created_at DESC, id DESC LIMIT ?5`,
				)
				.bind(
					after?.at ?? Number.MAX_SAFE_INTEGER,
					after?.id ?? "",
					state ?? null,
					frequency ?? null,
					limit,
				)
				.all<RunRow>();
			return results.map(toRun);
		},

		async read(id: string): Promise<OverseenRun | null> {
			const row = await ledger.prepare(`${RUN} WHERE id = ?`).bind(id).first<RunRow>();
			return row && toRun(row);
		},

		async countBatches(run: string): Promise<BatchCounts> {
			const { results } = await ledger
				.prepare("SELECT state, COUNT(*) AS number FROM batches WHERE run = ? GROUP BY state")
				.bind(run)
				.all<{ state: keyof BatchCounts; number: number }>();
			const counts = Object.fromEntries(results.map(({ state, number }) => [state, number]));
			return { planned: 0, claimed: 0, settled: 0, ...counts };
		},

		/** The editions of a run, those with most recipients first. Who was put off counts once. */
		async listEditions(run: string): Promise<OverseenEdition[]> {
			const { results } = await ledger
				.prepare(
					`SELECT id, run, kinds, languages, heard_through, heard, heard_as_it_stands, fault,
						COALESCE(number, 0) AS recipients
					FROM editions LEFT JOIN (
						SELECT edition, SUM(json_array_length(recipients) - postponed) AS number
						FROM batches WHERE run = ?1 GROUP BY edition) ON edition = id
					WHERE run = ?1 ORDER BY recipients DESC, id`,
				)
				.bind(run)
				.all<EditionRow>();
			return results.map(toEdition);
		},

		/**
		 * The newest run of a schedule. Of a schedule without one, that of the publication's own; null
		 * without any.
		 */
		async readNewest({ frequency, timeZone }: Schedule): Promise<OverseenRun | null> {
			const row = await ledger
				.prepare(`${RUN} WHERE id = COALESCE(${idOfNewest("?2")}, ${idOfNewest("''")})`)
				.bind(frequency, timeZone)
				.first<RunRow>();
			return row && toRun(row);
		},

		/**
		 * Held runs that the operator was not told of, and that have not moved on since `before`; they
		 * count as touched `now`, so that each is found again only after a while.
		 */
		async takeUntold(before: number, now: number, limit: number): Promise<string[]> {
			const { results } = await ledger
				.prepare(
					`UPDATE runs SET touched_at = ?2 WHERE id IN (
						SELECT id FROM runs WHERE state = 'held' AND told_at IS NULL AND touched_at < ?1 LIMIT ?3)
					RETURNING id`,
				)
				.bind(before, now, limit)
				.all<{ id: string }>();
			return results.map(({ id }) => id);
		},

		/** Notes that the operator was told of a run, if it still stands as it was read. */
		async markTold({ id, state, releasedAt }: OverseenRun, now: number): Promise<void> {
			await ledger
				.prepare("UPDATE runs SET told_at = ?4 WHERE id = ?1 AND state = ?2 AND released_at IS ?3")
				.bind(id, state, releasedAt, now)
				.run();
		},
	};
}

function toRun(row: RunRow): OverseenRun {
	return {
		id: row.id,
		frequency: row.frequency,
		timeZone: row.time_zone,
		period: row.period,
		day: row.day,
		state: row.state,
		upperSequence: row.upper_sequence,
		holds: JSON.parse(row.holds) as Hold[],
		createdAt: row.created_at,
		plannedAt: row.planned_at,
		toldAt: row.told_at,
		releasedAt: row.released_at,
		releasedBy: row.released_by,
		closedAt: row.closed_at,
		tally: JSON.parse(row.tally) as OverseenRun["tally"],
		spent: {
			rowsRead: row.rows_read,
			rowsWritten: row.rows_written,
			kvOperations: row.kv_operations,
			queueOperations: row.queue_operations,
		},
	};
}

function toEdition(row: EditionRow): OverseenEdition {
	const { id, run, kinds, languages, fault, recipients } = row;
	const heard = JSON.parse(row.heard) as number[];
	const heardAsItStands = JSON.parse(row.heard_as_it_stands) as number[];
	return {
		id,
		run,
		kinds,
		languages,
		heardThrough: row.heard_through,
		heard,
		heardAsItStands,
		fault,
		recipients,
	};
}
