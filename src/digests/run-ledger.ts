import type { Frequency } from "../subscribers/subscriber.ts";
import { NOBODY } from "./receipt-ledger.ts";
import type { Hold, Run, RunState, Schedule } from "./run.ts";
import type { DueRun, NewestRun, ScheduleFacts } from "./schedule.ts";

interface RunRow {
	id: string;
	frequency: Frequency;
	time_zone: string;
	period: string;
	day: string;
	upper_sequence: number;
	state: RunState;
	planned_through: string;
	planned_at: number | null;
}

/** What the steps of a run have used of the platform. */
export interface Spent {
	readonly rowsRead: number;
	readonly rowsWritten: number;
	readonly kvOperations: number;
	readonly queueOperations: number;
}

/** Schedules that there are always, with readers or without. */
const OWN: readonly Schedule[] = [
	{ frequency: "immediate", timeZone: "" },
	{ frequency: "daily", timeZone: "" },
	{ frequency: "weekly", timeZone: "" },
];

export type RunLedger = ReturnType<typeof createRunLedger>;

/** Runs: which there are, and how each stands, in D1. */
export function createRunLedger(ledger: D1Database) {
	/** One look-up in the index for each zone, however many readers it has. */
	const listZones = async (): Promise<Schedule[]> => {
		const { results } = await ledger
			.prepare(
				`WITH RECURSIVE zones (frequency, zone) AS (
					SELECT value, (SELECT MIN(time_zone) FROM subscribers
						WHERE frequency = value AND status = 'active' AND time_zone IS NOT NULL)
					FROM json_each('["daily","weekly"]')
					UNION ALL
					SELECT frequency, (SELECT MIN(time_zone) FROM subscribers
						WHERE frequency = zones.frequency AND status = 'active' AND time_zone > zones.zone)
					FROM zones WHERE zone IS NOT NULL)
				SELECT frequency, zone AS timeZone FROM zones WHERE zone IS NOT NULL`,
			)
			.all<Schedule>();
		return results;
	};

	const listNewest = async (schedules: readonly Schedule[]): Promise<(NewestRun | null)[]> => {
		const { results } = await ledger
			.prepare(
				`SELECT (SELECT period || ' ' || state FROM runs
					WHERE frequency = value ->> 0 AND time_zone = value ->> 1
					ORDER BY period DESC LIMIT 1) AS newest
				FROM json_each(?) ORDER BY key`,
			)
			.bind(JSON.stringify(schedules.map(({ frequency, timeZone }) => [frequency, timeZone])))
			.all<{ newest: string | null }>();
		return results.map(({ newest }) => (newest === null ? null : toNewest(newest)));
	};

	return {
		/** Every schedule, with its newest run. */
		async listSchedules(): Promise<ScheduleFacts["schedules"]> {
			const schedules = [...OWN, ...(await listZones())];
			const newest = await listNewest(schedules);
			return schedules.map((schedule, index) => ({ ...schedule, newest: newest[index] ?? null }));
		},

		/** When the clock struck last (milliseconds since 1970 UTC); null where it never did. */
		async lastStrike(): Promise<number | null> {
			return ledger.prepare("SELECT ticked_at FROM clock WHERE id = 1").first<number>("ticked_at");
		},

		/** Notes that the clock strikes, unless it has struck later before. */
		async strike(now: number): Promise<void> {
			await ledger
				.prepare(
					`INSERT INTO clock (id, ticked_at) VALUES (1, ?)
					ON CONFLICT (id) DO UPDATE SET ticked_at = MAX(ticked_at, excluded.ticked_at)`,
				)
				.bind(now)
				.run();
		},

		/**
		 * Creates a run with its upper sequence frozen, unless it exists; held where it is stale, and
		 * closed where it is past.
		 *
		 * @returns its id where this call created it, else null.
		 */
		async create(due: DueRun, now: number): Promise<string | null> {
			const { frequency, timeZone, period, day, stale, isPast } = due;
			const holds: Hold[] = stale === null ? [] : [{ kind: "stale", detail: stale }];
			return ledger
				.prepare(
					`INSERT INTO runs (id, frequency, time_zone, period, day, upper_sequence, state, holds,
						created_at, touched_at, planned_at, closed_at, receipt)
					SELECT ?1, ?2, ?3, ?4, ?5, COALESCE(MAX(sequence), 0), ?6, ?7, ?8, ?8, ?9, ?9, ?10
					FROM releases WHERE true
					ON CONFLICT DO NOTHING RETURNING id`,
				)
				.bind(
					nameRun(due),
					frequency,
					timeZone,
					period,
					day,
					isPast ? "closed" : holds.length > 0 ? "held" : "planning",
					JSON.stringify(holds),
					now,
					isPast ? now : null,
					isPast ? JSON.stringify(NOBODY) : null,
				)
				.first<string>("id");
		},

		async read(id: string): Promise<Run | null> {
			const row = await ledger
				.prepare(
					`SELECT id, frequency, time_zone, period, day, upper_sequence, state, planned_through,
						planned_at FROM runs WHERE id = ?`,
				)
				.bind(id)
				.first<RunRow>();
			return row && toRun(row);
		},

		/**
		 * Ends the planning of a run: it is held where there is a reason, else submitted. One that was
		 * held before, and is not again, keeps why.
		 *
		 * @returns whether this call did it.
		 */
		async endPlanning(id: string, holds: readonly Hold[], now: number): Promise<boolean> {
			const row = await ledger
				.prepare(
					`UPDATE runs SET state = ?2, holds = CASE WHEN ?3 = '[]' THEN holds ELSE ?3 END,
						touched_at = ?4
					WHERE id = ?1 AND state = 'planning' AND planned_at IS NOT NULL RETURNING id`,
				)
				.bind(id, holds.length > 0 ? "held" : "submitting", JSON.stringify(holds), now)
				.first();
			return row !== null;
		},

		/**
		 * Lets a held run go: one that is not planned yet is planned, any other submitted.
		 *
		 * @param day the civil date in its zone.
		 * @returns whether this call did it.
		 */
		async release(id: string, by: string, day: string, now: number): Promise<boolean> {
			const row = await ledger
				.prepare(
					`UPDATE runs SET state = CASE WHEN planned_at IS NULL THEN 'planning' ELSE 'submitting' END,
						day = ?3, released_by = ?2, released_at = ?4, touched_at = ?4, told_at = NULL
					WHERE id = ?1 AND state = 'held' RETURNING id`,
				)
				.bind(id, by, day, now)
				.first();
			return row !== null;
		},

		/** Adds to what a run has cost, and notes that it has moved on. */
		async spend(id: string, spent: Spent, now: number): Promise<void> {
			await ledger
				.prepare(
					`UPDATE runs SET touched_at = MAX(touched_at, ?2), rows_read = rows_read + ?3,
						rows_written = rows_written + ?4, kv_operations = kv_operations + ?5,
						queue_operations = queue_operations + ?6
					WHERE id = ?1`,
				)
				.bind(id, now, spent.rowsRead, spent.rowsWritten, spent.kvOperations, spent.queueOperations)
				.run();
		},
	};
}

/** `daily-2026-11-23`, or `daily-2026-11-23-Europe.Moscow`: it stands in addresses and Message-IDs. */
export function nameRun({ frequency, timeZone, period }: Schedule & { period: string }): string {
	const parts = [frequency, period, timeZone.replaceAll("/", ".")];
	return parts.filter((part) => part !== "").join("-");
}

function toNewest(text: string): NewestRun {
	const [period = "", state] = text.split(" ");
	return { period, state: state as RunState };
}

function toRun(row: RunRow): Run {
	return {
		id: row.id,
		frequency: row.frequency,
		timeZone: row.time_zone,
		period: row.period,
		day: row.day,
		upperSequence: row.upper_sequence,
		state: row.state,
		plannedThrough: row.planned_through,
		plannedAt: row.planned_at,
	};
}
