import { IS_IN_FLIGHT } from "../subscribers/hearing.ts";
import type { BreakerFacts } from "./breakers.ts";
import { EDITION_COLUMNS, editionValues } from "./edition-row.ts";
import type { Alike, Batch, Edition, Run, Telling } from "./run.ts";

/** An edition as planning commits it. */
export interface PlannedEdition extends Edition {
	/** SHA-256 of what it tells. */
	readonly told: string;
	/** Why it must not be mailed; null where nothing is wrong. */
	readonly fault: string | null;
}

/** What planning has found on one page of subscribers. */
export interface PlannedPage {
	readonly from: string;
	readonly through: string;
	readonly isLast: boolean;
	/** Those that no page before has had. */
	readonly editions: readonly PlannedEdition[];
	readonly batches: readonly Batch[];
	/** Readers who would get the edition again that they were told last. */
	readonly repeats: number;
	/** Whose cursor may move on without a mail: as they were found, there is nothing for them. */
	readonly passedBy: readonly Alike[];
}

/**
 * Ids that are read at once, and that one bound value holds at most: 39 bytes each. D1 takes values of
 * 2 MB; texts of more than 128 KB are garbage that V8 leaves in memory for long.
 */
export const IDS_A_VALUE = 2500;

/** With how many earlier runs the size of a run is compared, and among how many they are looked for. */
const COMPARED_RUNS = 10;
/** With fewer than these no run is compared: the first ones may have been of one language or kind. */
const FEWEST_RUNS = 5;
const LOOKED_AT_RUNS = 400;

const CANDIDATES = "SELECT id, kinds, languages, heard_through, earlier, batch FROM subscribers";
/** Grouped where they are, since most are told apart by nothing but their ids. */
const alikeAmong = (candidates: string) =>
	`SELECT json_group_array(id) AS ids, kinds, languages, heard_through AS heardThrough, earlier, batch
	FROM (${candidates}) GROUP BY batch, kinds, languages, heard_through, earlier`;
const OF_SCHEDULE = (run: Run) =>
	run.frequency === "immediate"
		? "frequency = ?1 AND status = 'active' AND ?2 = ''"
		: "frequency = ?1 AND status = 'active' AND time_zone IS NULLIF(?2, '')";
const HAS_TO_HEAR = "heard_through < ?3 AND (paused_until IS NULL OR paused_until <= ?4)";

export type PlanLedger = ReturnType<typeof createPlanLedger>;

/** The planning of runs, in D1. */
export function createPlanLedger(ledger: D1Database) {
	return {
		/**
		 * The next subscribers in the order of their ids who may have something new to hear.
		 *
		 * @param limit how many; up to {@link IDS_A_VALUE}.
		 */
		async listCandidates(run: Run, after: string, limit: number): Promise<Alike[]> {
			const { results } = await ledger
				.prepare(
					alikeAmong(`${CANDIDATES} WHERE ${OF_SCHEDULE(run)} AND ${HAS_TO_HEAR} AND id > ?5
					ORDER BY id LIMIT ?6`),
				)
				.bind(...valuesOf(run), after, limit)
				.all<AlikeRow>();
			return results.map(toAlike);
		},

		/** Those of some subscribers who may have something new to hear in a run. */
		async listCandidatesAmong(run: Run, ids: readonly string[]): Promise<Alike[]> {
			const { results } = await ledger
				.prepare(
					alikeAmong(`${CANDIDATES} WHERE id IN (SELECT value FROM json_each(?5))
						AND ${OF_SCHEDULE(run)} AND ${HAS_TO_HEAR}`),
				)
				.bind(...valuesOf(run), JSON.stringify(ids))
				.all<AlikeRow>();
			return results.map(toAlike);
		},

		/** The editions of a run that are planned so far, by their ids. */
		async listPlanned(run: string): Promise<Map<string, PlannedEdition>> {
			const { results } = await ledger
				.prepare(
					`SELECT id, run, kinds, languages, heard_through AS heardThrough, heard,
						heard_as_it_stands AS heardAsItStands, told, fault
					FROM editions WHERE run = ?`,
				)
				.bind(run)
				.all<KeptEdition>();
			return new Map(results.map((row) => [row.id, toEdition(row)]));
		},

		/** What told some candidates last, by the batch. Batches of before say nothing. */
		async listTellings(candidates: readonly Alike[]): Promise<Map<string, Telling>> {
			const batches = new Set(candidates.flatMap(({ batch }) => batch ?? []));
			const { results } = await ledger
				.prepare(
					`SELECT batches.id, told, editions.heard_through AS heardThrough,
						upper_sequence AS upperSequence, as_of AS asOf
					FROM json_each(?) JOIN batches ON batches.id = value
					JOIN editions ON editions.id = edition JOIN runs ON runs.id = batches.run
					WHERE as_of IS NOT NULL`,
				)
				.bind(JSON.stringify([...batches]))
				.all<Telling & { id: string }>();
			return new Map(results.map(({ id, ...telling }) => [id, telling]));
		},

		/**
		 * Commits a planned page, in one transaction, unless another planner was here first.
		 *
		 * @returns whether this call committed it.
		 */
		async commitPage(run: Run, page: PlannedPage, now: number): Promise<boolean> {
			const here = [run.id, page.from] as const;
			const results = await ledger.batch([
				...page.editions.map((edition) => insertEdition(ledger, here, edition)),
				...inParts(page.batches, ({ recipients }) => recipients).map((batches) =>
					insertBatches(ledger, here, batches, now),
				),
				...inParts(page.passedBy, ({ ids }) => ids).map((passedBy) =>
					passBy(ledger, here, passedBy, run.upperSequence),
				),
				ledger
					.prepare(
						`UPDATE runs SET planned_through = ?3, touched_at = ?4, repeats = repeats + ?5,
							planned_at = CASE WHEN ?6 THEN ?4 END
						WHERE id = ?1 AND ${IS_HERE} RETURNING id`,
					)
					.bind(...here, page.through, now, page.repeats, page.isLast ? 1 : 0),
			]);
			return results.at(-1)?.results.length === 1;
		},

		/** What decides whether a planned run is held. */
		async readBreakerFacts(run: Run): Promise<BreakerFacts> {
			const facts = await ledger
				.prepare(
					`SELECT repeats,
						(SELECT COALESCE(SUM(json_array_length(recipients)), 0) FROM batches
							WHERE run = ?3 AND later = 0) AS candidates,
						(SELECT COUNT(*) FROM subscribers WHERE ${OF_SCHEDULE(run)}) AS active,
						(SELECT COUNT(*) FROM subscribers
							WHERE status = 'ended' AND ended_at >= runs.created_at) AS left,
						(SELECT MIN(fault) FROM editions WHERE run = ?3) AS fault,
						(SELECT CASE WHEN COUNT(*) >= ${FEWEST_RUNS} THEN MAX(candidates) END FROM (
							SELECT receipt ->> 'candidates' AS candidates FROM (
								SELECT receipt FROM runs
								WHERE frequency = ?1 AND time_zone = ?2 AND period < ?4
								ORDER BY period DESC LIMIT ${LOOKED_AT_RUNS})
							WHERE candidates > 0 LIMIT ${COMPARED_RUNS})) AS largest
					FROM runs WHERE id = ?3`,
				)
				.bind(run.frequency, run.timeZone, run.id, run.period)
				.first<BreakerFacts>();
			return facts ?? { repeats: 0, candidates: 0, active: 0, left: 0, fault: null, largest: null };
		},
	};
}

/** Candidates as the database gives them, the ids as JSON. */
type AlikeRow = Omit<Alike, "ids"> & { readonly ids: string };

function toAlike(row: AlikeRow): Alike {
	return { ...row, ids: (JSON.parse(row.ids) as string[]).sort() };
}

/** An edition as its row has it, the lists as JSON. */
type KeptEdition = Omit<PlannedEdition, "heard" | "heardAsItStands"> &
	Record<"heard" | "heardAsItStands", string>;

function toEdition(row: KeptEdition): PlannedEdition {
	const { heard, heardAsItStands } = row;
	return { ...row, heard: JSON.parse(heard), heardAsItStands: JSON.parse(heardAsItStands) };
}

const IS_HERE = "state = 'planning' AND planned_at IS NULL AND planned_through = ?2";
const isHere = `EXISTS (SELECT 1 FROM runs WHERE id = ?1 AND ${IS_HERE})`;
type Here = readonly [run: string, from: string];

function insertEdition(ledger: D1Database, here: Here, edition: PlannedEdition) {
	return ledger
		.prepare(
			`INSERT INTO editions (${EDITION_COLUMNS})
			SELECT ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11 WHERE ${isHere} ON CONFLICT DO NOTHING`,
		)
		.bind(...here, ...editionValues(edition));
}

/** Parts of some items in their order, each of as many as have ids for one bound value. */
function inParts<Item>(
	items: readonly Item[],
	idsOf: (item: Item) => readonly string[],
): readonly (readonly Item[])[] {
	const parts: Item[][] = [];
	let room = 0;
	for (const item of items) {
		const { length } = idsOf(item);
		if (length > room) {
			parts.push([]);
			room = IDS_A_VALUE;
		}
		parts.at(-1)?.push(item);
		room -= length;
	}
	return parts;
}

function insertBatches(ledger: D1Database, here: Here, batches: readonly Batch[], now: number) {
	const rows = batches.map(({ id, edition, recipients }) => [id, edition, recipients]);
	return ledger
		.prepare(
			`INSERT INTO batches (id, run, edition, recipients, attempt, state, since)
			SELECT value ->> 0, ?1, value ->> 1, value -> 2, 1, 'planned', ?4
			FROM json_each(?3) WHERE ${isHere}`,
		)
		.bind(...here, JSON.stringify(rows), now);
}

/** Whoever has changed since is left as they are. */
function passBy(ledger: D1Database, here: Here, passedBy: readonly Alike[], upperSequence: number) {
	const rows = passedBy.map(({ ids, kinds, languages, heardThrough }) => [
		ids,
		kinds,
		languages,
		heardThrough,
	]);
	return ledger
		.prepare(
			`UPDATE subscribers SET heard_through = ?3 FROM (
				SELECT one.value AS reader, alike.value AS alike
				FROM json_each(?4) AS alike JOIN json_each(alike.value -> 0) AS one)
			WHERE subscribers.id = reader AND kinds = alike ->> 1 AND languages = alike ->> 2
				AND heard_through = alike ->> 3 AND NOT ${IS_IN_FLIGHT} AND ${isHere}`,
		)
		.bind(...here, upperSequence, JSON.stringify(rows));
}

function valuesOf({ frequency, timeZone, upperSequence, day }: Run) {
	return [frequency, timeZone, upperSequence, day] as const;
}
