import { log } from "../shared/log.ts";
import { imbalanceOf, type ReceiptLedger } from "./receipt-ledger.ts";

export interface Closing {
	readonly receipts: Pick<ReceiptLedger, "closeFinished">;
	readonly queues: {
		/** Has the operator told of a run. */
		readonly notice: (run: string) => Promise<void>;
	};
}

/** Closes what is finished, and tells the operator each receipt; above all one whose sum is off. */
export async function closeFinishedRuns({ receipts, queues }: Closing, now: number): Promise<void> {
	for (const { id, receipt } of await receipts.closeFinished(now)) {
		const missing = imbalanceOf(receipt);
		log(missing === 0 ? "info" : "error", missing === 0 ? "run-closed" : "receipt-off", {
			run: id,
			receipt,
			...(missing === 0 ? {} : { missing }),
		});
		if (missing !== 0) await notify(queues, id);
	}
}

/** The log has said it: a lost message is no reason to do the work again. */
async function notify(queues: Closing["queues"], run: string): Promise<void> {
	await queues
		.notice(run)
		.catch((fault) => log("warn", "queue-send-failed", { fault: String(fault) }));
}
