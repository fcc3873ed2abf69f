import type { Exception, LaterBatch, PlannedBatch } from "./batch-ledger.ts";
import { groupCandidates } from "./grouping.ts";
import { MOST_ATTEMPTS } from "./outcomes.ts";
import { type Planning, readOrRender } from "./plan.ts";

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
	const ids = changed.map(({ subscriber }) => subscriber);
	const candidates = await planning.runs.listCandidatesAmong(batch, ids);
	const lowest = Math.min(batch.upperSequence, ...candidates.map((one) => one.heardThrough));
	const entries = await planning.releases.listFirstPublished(lowest, batch.upperSequence);
	const run = { id: batch.run, upperSequence: batch.upperSequence };
	const { groups } = groupCandidates(run, candidates, entries, candidates.length);
	for (const { edition } of groups) await readOrRender(planning, batch, edition);
	const replanned = groups.map(({ edition, recipients }) => ({
		batch: {
			id: planning.newId(),
			run: batch.run,
			edition: edition.id,
			recipients,
			attempt: batch.attempt + 1,
		},
		edition,
		due: now,
	}));
	const placed = new Set(groups.flatMap(({ recipients }) => recipients));
	return { replanned, excluded: exceptions.filter(({ subscriber }) => !placed.has(subscriber)) };
}
