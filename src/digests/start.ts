import type { LostLedger } from "./lost-ledger.ts";

/** Batches that one step has submitted at most. */
const BATCHES_A_STEP = 1000;

/** Batches to be submitted, and after which one to go on; null where there are no more. */
export interface StartedStep {
	readonly batches: readonly string[];
	readonly after: string | null;
}

/** The next batches of a run that is to be submitted. Those whose message is lost the tick finds. */
export async function startBatches(
	lost: Pick<LostLedger, "listPlanned">,
	run: string,
	after: string,
): Promise<StartedStep> {
	const batches = await lost.listPlanned(run, after, BATCHES_A_STEP);
	return { batches, after: batches.length < BATCHES_A_STEP ? null : (batches.at(-1) ?? null) };
}
