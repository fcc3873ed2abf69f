import { log } from "../shared/log.ts";
import type { RunLedger } from "./ledger.ts";

/** Closes what is finished, and tells the operator each receipt. */
export async function closeFinishedRuns(runs: RunLedger, now: number): Promise<void> {
	for (const { id, receipt } of await runs.closeFinished(now))
		log("info", "run-closed", { run: id, receipt: JSON.parse(receipt) });
}
