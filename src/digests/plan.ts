import { log } from "../shared/log.ts";
import { type BreakerSettings, findHolds } from "./breakers.ts";
import { type Group, type Grouping, groupCandidates } from "./grouping.ts";
import { hashNews, type Making, makeOf } from "./making.ts";
import type { PlanLedger, PlannedEdition, PlannedPage } from "./plan-ledger.ts";
import type { Batch, Candidate, Run, Telling } from "./run.ts";
import type { RunLedger } from "./run-ledger.ts";

/** Subscribers that one step walks past at most. */
const PAGE_SIZE = 1000;
/** Editions that one step renders at most. */
const EDITIONS_A_PAGE = 20;
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

/**
 * What a step of planning came to.
 * - `unfinished`: there are more subscribers to walk past.
 * - `submitting`: all is planned, and may be submitted now.
 * - `held`: all is planned, and a person has to let it go.
 * - `done`: nothing was left to do, or another planner does it.
 */
export type PlannedStep = "unfinished" | "submitting" | "held" | "done";

/**
 * Plans one page of a run's subscribers: groups them by edition, renders each edition that has not
 * been, and commits editions and batches; after the last page, looks whether the run has to be held.
 * A repeated or late call finds the page committed and does nothing.
 */
export async function planPage(planning: Planning, id: string, now: number): Promise<PlannedStep> {
	const run = await planning.runs.read(id);
	if (run?.state !== "planning") return "done";
	if (run.plannedAt === null) {
		const page = await findPage(planning, run);
		if (!(await planning.plans.commitPage(run, page, now))) return "done";
		if (!page.isLast) return "unfinished";
	}
	return endPlanning(planning, run, now);
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

async function findPage(planning: Planning, run: Run): Promise<PlannedPage> {
	const candidates = await planning.plans.listCandidates(run, PAGE_SIZE);
	const lowest = Math.min(run.upperSequence, ...candidates.map((one) => one.heardThrough));
	const entries = await planning.news.listNews(lowest, run.upperSequence);
	const tellings = await planning.plans.listTellings(candidates);
	const grouping = groupCandidates(run, candidates, entries, tellings, EDITIONS_A_PAGE);
	const editions = await planEditions(planning, run, grouping.groups);
	return {
		from: run.plannedThrough,
		through: grouping.through || run.plannedThrough,
		isLast: grouping.isWhole && candidates.length < PAGE_SIZE,
		editions,
		batches: grouping.groups.flatMap((group) => toBatches(planning, group)),
		repeats: countRepeats(tellings, grouping.groups, editions),
		passedBy: listPassedBy(run, grouping),
	};
}

/** The editions of some groups, in their order; those of an earlier page as they were planned then. */
async function planEditions(
	planning: Planning,
	run: Run,
	groups: readonly Group[],
): Promise<PlannedEdition[]> {
	const known = await planning.plans.listPlanned(groups.map(({ edition }) => edition.id));
	const editions: PlannedEdition[] = [];
	for (const group of groups)
		editions.push(known.get(group.edition.id) ?? (await planEdition(planning, run, group)));
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
	const toldLast = ({ batch }: Candidate) => tellings.get(batch ?? "")?.told;
	const repeated = groups.map(
		({ recipients }, index) =>
			recipients.filter((one) => toldLast(one) === editions[index]?.told).length,
	);
	return repeated.reduce((sum, number) => sum + number, 0);
}

function listPassedBy(run: Run, { without }: Grouping): Candidate[] {
	return without.filter(({ heardThrough }) => run.upperSequence - heardThrough > LONGEST_LAG);
}

function toBatches({ newId }: Planning, { edition, recipients }: Group): Batch[] {
	const ids = recipients.map(({ id }) => id);
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
