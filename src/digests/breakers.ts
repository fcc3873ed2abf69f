import type { Hold } from "./run.ts";

/** What a planned run comes to, and what it is judged by. */
export interface BreakerFacts {
	readonly candidates: number;
	/** Active subscribers of its schedule. */
	readonly active: number;
	/** Subscribers of any schedule who have left since the run was made. */
	readonly left: number;
	/** Candidates who would get the edition again that they were told last. */
	readonly repeats: number;
	/** What is wrong with one of its editions; null where nothing is. */
	readonly fault: string | null;
	/** Candidates of the largest among the runs before; null where there were too few to compare. */
	readonly largest: number | null;
}

export interface BreakerSettings {
	/** Whether a person has to approve each run. */
	readonly needsApproval: boolean;
	/** By how many percent a run may have more candidates than the largest of those before. */
	readonly growth: number;
}

/** A run that grows by no more readers than this is never too large: small lists grow in leaps. */
const USUAL_GROWTH = 100;

/** Readers who may have gone over to another schedule, or been erased, while a run is planned. */
const MOVED_SHARE = 0.01;
const FEW_MOVED = 10;

/** Why a planned run must wait for a person; nothing where it may go out, or has nobody to go to. */
export function findHolds(facts: BreakerFacts, settings: BreakerSettings): Hold[] {
	const { candidates, active, repeats, fault, largest } = facts;
	const subscribed = active + facts.left + Math.max(FEW_MOVED, active * MOVED_SHARE);
	if (candidates === 0) return [];
	const holds: Hold[] = [];
	if (settings.needsApproval)
		holds.push({ kind: "approval", detail: "Digests need approval (DIGEST_APPROVAL)." });
	if (candidates > subscribed)
		holds.push({
			kind: "too-many",
			detail: `It has ${candidates} recipients, and only ${active} are subscribed to it.`,
		});
	if (repeats > 0)
		holds.push({
			kind: "repeats",
			detail: `${repeats} of its recipients were told the very same by the last digest that they got.`,
		});
	if (fault !== null)
		holds.push({
			kind: "faulty",
			detail: `An edition has a fault and is mailed to nobody: ${fault}`,
		});
	if (largest !== null && isLarger(candidates, largest, settings.growth))
		holds.push({
			kind: "larger",
			detail: `It has ${candidates} recipients, and the largest of the last ones had ${largest}.`,
		});
	return holds;
}

function isLarger(candidates: number, largest: number, growth: number): boolean {
	const isUsual = candidates <= largest + USUAL_GROWTH;
	return !isUsual && candidates > largest * (1 + growth / 100);
}
