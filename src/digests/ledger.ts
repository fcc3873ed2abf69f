import type { Frequency } from "../subscribers/subscriber.ts";
import { type DueRun, runDay } from "./schedule.ts";

export type RunState = "planning" | "submitting" | "closed";

export interface Run {
	readonly id: string;
	readonly frequency: Frequency;
	readonly period: string;
	readonly upperSequence: number;
	readonly state: RunState;
	readonly plannedThrough: string;
}

/** A subscriber as planning sees one. Kinds and languages as the database keeps them. */
export interface Candidate {
	readonly id: string;
	readonly kinds: string;
	readonly languages: string;
	readonly heardThrough: number;
}

/** One rendered digest of a run and whom it assumes: its readers' preferences and cursor. */
export interface Edition {
	readonly id: string;
	readonly run: string;
	readonly kinds: string;
	readonly languages: string;
	readonly heardThrough: number;
}

/** Recipients of one edition that are claimed, submitted and settled together. */
export interface Batch {
	readonly id: string;
	readonly run: string;
	readonly edition: string;
	readonly recipients: readonly string[];
	readonly attempt: number;
}

/** What planning has found on one page of subscribers. */
export interface PlannedPage {
	readonly from: string;
	readonly through: string;
	readonly isLast: boolean;
	readonly editions: readonly Edition[];
	readonly batches: readonly Batch[];
}

interface RunRow {
	id: string;
	frequency: Frequency;
	period: string;
	upper_sequence: number;
	state: RunState;
	planned_through: string;
}

export type RunLedger = ReturnType<typeof createRunLedger>;

/** Runs and the planning of them, in D1. What is claimed and settled is the batch ledger's. */
export function createRunLedger(ledger: D1Database) {
	return {
		/** The newest period of each frequency that has had a run. */
		async newestPeriods(): Promise<Partial<Record<Frequency, string>>> {
			const { results } = await ledger
				.prepare("SELECT frequency, MAX(period) AS period FROM runs GROUP BY frequency")
				.all<{ frequency: Frequency; period: string }>();
			return Object.fromEntries(results.map(({ frequency, period }) => [frequency, period]));
		},

		/**
		 * Creates a run with its upper sequence frozen, unless it exists.
		 *
		 * @returns its id where this call created it, else null.
		 */
		async create({ frequency, period }: DueRun, now: number): Promise<string | null> {
			return ledger
				.prepare(
					`INSERT INTO runs (id, frequency, period, upper_sequence, state, created_at, touched_at)
					SELECT ?1, ?2, ?3, COALESCE(MAX(sequence), 0), 'planning', ?4, ?4 FROM releases WHERE true
					ON CONFLICT DO NOTHING RETURNING id`,
				)
				.bind(`${frequency}-${period}`, frequency, period, now)
				.first<string>("id");
		},

		async read(id: string): Promise<Run | null> {
			const row = await ledger
				.prepare(
					`SELECT id, frequency, period, upper_sequence, state, planned_through
					FROM runs WHERE id = ?`,
				)
				.bind(id)
				.first<RunRow>();
			return row && toRun(row);
		},

		/** The next subscribers in the order of their ids who may have something new to hear. */
		async listCandidates(run: Run, limit: number): Promise<Candidate[]> {
			const { results } = await ledger
				.prepare(
					`SELECT id, kinds, languages, heard_through AS heardThrough FROM subscribers
					WHERE frequency = ? AND status = 'active' AND id > ? AND heard_through < ?
						AND (paused_until IS NULL OR paused_until <= ?)
					ORDER BY id LIMIT ?`,
				)
				.bind(run.frequency, run.plannedThrough, run.upperSequence, runDay(run.period), limit)
				.all<Candidate>();
			return results;
		},

		/** Those of some subscribers who may have something new to hear in a run. */
		async listCandidatesAmong(
			run: Pick<Run, "frequency" | "period" | "upperSequence">,
			ids: readonly string[],
		): Promise<Candidate[]> {
			const { results } = await ledger
				.prepare(
					`SELECT id, kinds, languages, heard_through AS heardThrough FROM subscribers
					WHERE id IN (SELECT value FROM json_each(?)) AND frequency = ? AND status = 'active'
						AND heard_through < ? AND (paused_until IS NULL OR paused_until <= ?)
					ORDER BY id`,
				)
				.bind(JSON.stringify(ids), run.frequency, run.upperSequence, runDay(run.period))
				.all<Candidate>();
			return results;
		},

		/**
		 * Commits a planned page, in one transaction, unless another planner was here first.
		 *
		 * @returns whether this call committed it.
		 */
		async commitPage(run: Run, page: PlannedPage, now: number): Promise<boolean> {
			const isHere = `EXISTS (SELECT 1 FROM runs
				WHERE id = ?1 AND state = 'planning' AND planned_through = ?2)`;
			const editions = page.editions.map((edition) =>
				ledger
					.prepare(
						`INSERT INTO editions (id, run, kinds, languages, heard_through)
						SELECT ?3, ?1, ?4, ?5, ?6 WHERE ${isHere} ON CONFLICT DO NOTHING`,
					)
					.bind(
						run.id,
						page.from,
						edition.id,
						edition.kinds,
						edition.languages,
						edition.heardThrough,
					),
			);
			const batches = page.batches.map((batch) =>
				ledger
					.prepare(
						`INSERT INTO batches (id, run, edition, recipients, attempt, state, since)
						SELECT ?3, ?1, ?4, ?5, 1, 'planned', ?6 WHERE ${isHere}`,
					)
					.bind(run.id, page.from, batch.id, batch.edition, JSON.stringify(batch.recipients), now),
			);
			const moveOn = ledger
				.prepare(
					`UPDATE runs SET planned_through = ?3, touched_at = ?4, state = ?5
					WHERE id = ?1 AND state = 'planning' AND planned_through = ?2 RETURNING id`,
				)
				.bind(run.id, page.from, page.through, now, page.isLast ? "submitting" : "planning");
			const results = await ledger.batch([...editions, ...batches, moveOn]);
			return results.at(-1)?.results.length === 1;
		},

		/**
		 * Closes runs whose every batch is settled, each with its receipt: candidates = submitted +
		 * excluded + rejected + unknown.
		 *
		 * @returns the runs that this call closed.
		 */
		async closeFinished(now: number): Promise<{ id: string; receipt: string }[]> {
			const exceptions = (outcome: string) =>
				`(SELECT COUNT(*) FROM exceptions WHERE run = runs.id AND outcome = '${outcome}')`;
			const { results } = await ledger
				.prepare(
					`UPDATE runs SET state = 'closed', closed_at = ?1, receipt = (
						SELECT json_object(
							'candidates', COALESCE(SUM(json_array_length(recipients)) FILTER (WHERE attempt = 1), 0),
							'submitted', COALESCE(SUM(submitted), 0),
							'excluded', ${exceptions("excluded")},
							'rejected', ${exceptions("rejected")},
							'unknown', ${exceptions("unknown")})
						FROM batches WHERE run = runs.id)
					WHERE state = 'submitting'
						AND NOT EXISTS (SELECT 1 FROM batches
							WHERE run = runs.id AND state IN ('planned', 'claimed'))
					RETURNING id, receipt`,
				)
				.bind(now)
				.all<{ id: string; receipt: string }>();
			return results;
		},

		/** Runs whose planning has not moved on since `before`; they count as touched `now`. */
		async takeStalled(before: number, now: number): Promise<string[]> {
			const { results } = await ledger
				.prepare(
					`UPDATE runs SET touched_at = ?2 WHERE state = 'planning' AND touched_at < ?1
					RETURNING id`,
				)
				.bind(before, now)
				.all<{ id: string }>();
			return results.map(({ id }) => id);
		},
	};
}

function toRun(row: RunRow): Run {
	const { upper_sequence: upperSequence, planned_through: plannedThrough, ...rest } = row;
	return { ...rest, upperSequence, plannedThrough };
}
