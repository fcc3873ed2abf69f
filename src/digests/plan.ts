import type { Clock } from "../shared/clock.ts";
import { log } from "../shared/log.ts";
import { type BreakerSettings, findHolds } from "./breakers.ts";
import { type Group, type Grouping, groupCandidates, lastOf, lowestOf } from "./grouping.ts";
import { hashNews, type Making, makeOf } from "./making.ts";
import {
	IDS_A_VALUE,
	type PlanLedger,
	type PlannedEdition,
	type PlannedPage,
} from "./plan-ledger.ts";
import type { Alike, Batch, Run, Telling } from "./run.ts";
import type { RunLedger } from "./run-ledger.ts";

/** Subscribers that one page has at most, in ten reads: fewer would leave more batches half full. */
const PAGE_SIZE = 25_000;
/** Pages that one step plans at most: of the 1,000 queries of D1 that a step may make, each takes 24. */
const PAGES_A_STEP = 16;
/** Editions that one step renders at most. */
const EDITIONS_A_STEP = 20;
/** Recipients of a batch at most. */
const BATCH_SIZE = 100;
/**
 * Who has nothing to hear keeps their cursor until it is this far behind: moving it costs a row
 * written, and leaving it makes each run look through more of the catalogue.
 */
const LONGEST_LAG = 100;

export interface Planning extends Making {
	readonly runs: RunLedger;
	readonly plans: PlanLedger;
	readonly breakers: BreakerSettings;
}

export interface Stepping extends Planning {
	readonly clock: Clock;
}

/**
 * What a step of planning came to.
 * - `unfinished`: there are more subscribers to walk past.
 * - `submitting`: all is planned, and may be submitted now.
 * - `held`: all is planned, and a person has to let it go.
 * - `done`: nothing was left to do, or another planner does it.
 */
export type PlannedStep = "unfinished" | "submitting" | "held" | "done";

/**
 * Plans the next pages of a run's subscribers, as many as one step may: groups them by edition, renders
 * each edition that has not been, and commits editions and batches page by page; after the last page,
 * looks whether the run has to be held. A repeated or late call finds the page committed and does nothing.
 */
export async function planStep(planning: Stepping, id: string): Promise<PlannedStep> {
	const run = await planning.runs.read(id);
	if (run?.state !== "planning") return "done";
	if (run.plannedAt === null) {
		const step = await planPages(planning, run);
		if (step !== "planned") return step;
	}
	return endPlanning(planning, run, planning.clock());
}

async function planPages(
	planning: Stepping,
	run: Run,
): Promise<"planned" | Extract<PlannedStep, "unfinished" | "done">> {
	const planned = await planning.plans.listPlanned(run.id);
	const most = planned.size + EDITIONS_A_STEP;
	let from = run.plannedThrough;
	for (let pages = 0; pages < PAGES_A_STEP && planned.size < most; pages += 1) {
		const page = await findPage(planning, run, from, {
			planned,
			mostEditions: most - planned.size,
		});
		if (!(await planning.plans.commitPage(run, page, planning.clock()))) return "done";
		if (page.isLast) return "planned";
		for (const edition of page.editions) planned.set(edition.id, edition);
		from = page.through;
	}
	return "unfinished";
}

async function endPlanning(
	{ runs, plans, breakers }: Planning,
	run: Run,
	now: number,
): Promise<PlannedStep> {
	const holds = findHolds(await plans.readBreakerFacts(run), breakers);
	if (!(await runs.endPlanning(run.id, holds, now))) return "done";
	if (holds.length === 0) return "submitting";
	log("warn", "run-held", { run: run.id, holds });
	return "held";
}

type Planned = ReadonlyMap<string, PlannedEdition>;

async function findPage(
	planning: Planning,
	run: Run,
	from: string,
	bound: { readonly planned: Planned; readonly mostEditions: number },
): Promise<PlannedPage> {
	const { candidates, isEnd } = await readCandidates(planning, run, from);
	const tellings = await planning.plans.listTellings(candidates);
	const lowest = lowestOf(candidates, run.upperSequence);
	const entries = await planning.news.listNews(lowest, run.upperSequence);
	const grouping = groupCandidates(run, candidates, entries, tellings, bound);
	const editions = await planEditions(planning, run, grouping.groups, bound.planned);
	return {
		from,
		through: grouping.through || from,
		isLast: grouping.isWhole && isEnd,
		editions: editions.filter(({ id }) => !bound.planned.has(id)),
		batches: grouping.groups.flatMap((group) => toBatches(planning, group)),
		repeats: countRepeats(tellings, grouping.groups, editions),
		passedBy: listPassedBy(run, grouping),
	};
}

interface Found {
	readonly candidates: readonly Alike[];
	/** Whether there are no more behind them. */
	readonly isEnd: boolean;
}

/** The candidates of a page, read in parts. */
async function readCandidates({ plans }: Planning, run: Run, from: string): Promise<Found> {
	const candidates: Alike[] = [];
	let after = from;
	for (let read = 0; read < PAGE_SIZE; read += IDS_A_VALUE) {
		const next = await plans.listCandidates(run, after, IDS_A_VALUE);
		candidates.push(...next);
		if (countIds(next) < IDS_A_VALUE) return { candidates, isEnd: true };
		after = lastOf(next);
	}
	return { candidates, isEnd: false };
}

/** The editions of some groups, in their order; those of an earlier page as they were planned then. */
async function planEditions(
	planning: Planning,
	run: Run,
	groups: readonly Group[],
	planned: Planned,
): Promise<PlannedEdition[]> {
	const editions: PlannedEdition[] = [];
	for (const group of groups)
		editions.push(planned.get(group.edition.id) ?? (await planEdition(planning, run, group)));
	return editions;
}

/** Renders an edition, or finds what is wrong with it: then its run is held, and nobody is mailed it. */
export async function planEdition(
	making: Making,
	run: Run,
	{ edition, news }: Pick<Group, "edition" | "news">,
): Promise<PlannedEdition> {
	const made = await makeOf(making, run, edition, news);
	const fault = made.kind === "faulty" ? made.fault : null;
	if (fault !== null) log("error", "edition-faulty", { edition: edition.id, fault });
	return { ...edition, told: await hashNews(edition, news), fault };
}

/** How many would get the very same that the batch told them which moved their cursor last. */
function countRepeats(
	tellings: ReadonlyMap<string, Telling>,
	groups: readonly Group[],
	editions: readonly PlannedEdition[],
): number {
	const toldLast = ({ batch }: Alike) => tellings.get(batch ?? "")?.told;
	const repeated = groups.map(({ recipients }, index) =>
		countIds(recipients.filter((one) => toldLast(one) === editions[index]?.told)),
	);
	return repeated.reduce((sum, number) => sum + number, 0);
}

function countIds(candidates: readonly Alike[]): number {
	return candidates.reduce((sum, { ids }) => sum + ids.length, 0);
}

function listPassedBy(run: Run, { without }: Grouping): Alike[] {
	return without.filter(({ heardThrough }) => run.upperSequence - heardThrough > LONGEST_LAG);
}

function toBatches({ newId }: Planning, { edition, recipients }: Group): Batch[] {
	const ids = recipients.flatMap(({ ids }) => ids).toSorted();
	const batches: Batch[] = [];
	for (let from = 0; from < ids.length; from += BATCH_SIZE)
		batches.push({
			id: newId(),
			run: edition.run,
			edition: edition.id,
			recipients: ids.slice(from, from + BATCH_SIZE),
			attempt: 1,
		});
	return batches;
}
