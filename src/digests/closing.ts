import { log } from "../shared/log.ts";
import { imbalanceOf, type ReceiptLedger } from "./receipt-ledger.ts";

/** Closes what is finished, and tells the operator each receipt; above all one whose sum is off. */
export async function closeFinishedRuns(
	receipts: Pick<ReceiptLedger, "closeFinished">,
	now: number,
): Promise<void> {
	for (const { id, receipt } of await receipts.closeFinished(now)) {
		const missing = imbalanceOf(receipt);
		log(missing === 0 ? "info" : "error", missing === 0 ? "run-closed" : "receipt-off", {
			run: id,
			receipt,
			...(missing === 0 ? {} : { missing }),
		});
	}
}
