import type { Exception, PlannedBatch } from "./claim-ledger.ts";
import { groupCandidates, lowestOf } from "./grouping.ts";
import { MOST_ATTEMPTS } from "./outcomes.ts";
import { type Planning, planEdition } from "./plan.ts";
import type { LaterBatch } from "./settle-ledger.ts";

/**
 * Plans anew, in the same run, those whom a batch could not claim because they have changed since:
 * other preferences, or a cursor that another run has moved or given back. Each goes into a later
 * batch of the edition that fits them now.
 *
 * @returns the later batches, and the exceptions that remain: those who have nothing to hear any
 *   more, or have changed too often.
 */
export async function replanChanged(
	planning: Planning,
	batch: PlannedBatch,
	exceptions: readonly Exception[],
	now: number,
): Promise<{ replanned: LaterBatch[]; excluded: Exception[] }> {
	const changed = exceptions.filter(({ reason }) => reason === "changed");
	if (changed.length === 0 || batch.attempt >= MOST_ATTEMPTS)
		return { replanned: [], excluded: [...exceptions] };
	const { of: run } = batch;
	const ids = changed.map(({ subscriber }) => subscriber);
	const candidates = await planning.plans.listCandidatesAmong(run, ids);
	const lowest = lowestOf(candidates, run.upperSequence);
	const entries = await planning.news.listNews(lowest, run.upperSequence);
	const tellings = await planning.plans.listTellings(candidates);
	const bound = { planned: new Set<string>(), mostEditions: candidates.length };
	const { groups } = groupCandidates(run, candidates, entries, tellings, bound);
	const replanned: LaterBatch[] = [];
	for (const group of groups) {
		const edition = await planEdition(planning, run, group);
		const recipients = group.recipients.flatMap((alike) => alike.ids);
		const { newId } = planning;
		const attempt = batch.attempt + 1;
		replanned.push({
			batch: { id: newId(), run: run.id, edition: edition.id, recipients, attempt },
			edition,
			due: now,
		});
	}
	const placed = new Set(replanned.flatMap((later) => later.batch.recipients));
	return { replanned, excluded: exceptions.filter(({ subscriber }) => !placed.has(subscriber)) };
}
