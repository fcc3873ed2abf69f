import type { Random } from "./random.ts";

/** Recipients that a batch has at most: so many a crash may leave unknown for each batch claimed. */
export const BATCH_SIZE = 100;

/** When the Worker is to be killed. */
export interface PlannedCrash {
	readonly during: "planning" | "submission";
	/** When so many more batches are planned, or messages accepted, than at the tick. */
	readonly count: number;
	/** And then so many milliseconds. */
	readonly milliseconds: number;
}

/** A crash hits the planning of a page, or the handing over of a message, anywhere. */
const LONGEST_MS = { planning: 150, submission: 30 };

/**
 * Spreads crashes over a run: the first fifth of them while it is planned, the rest while it is
 * submitted.
 *
 * @throws Error where there are too few subscribers for so many crashes.
 */
export function planCrashes(crashes: number, subscribers: number, random: Random): PlannedCrash[] {
	const whilePlanned = Math.max(1, Math.round(crashes / 5));
	const whileSubmitted = crashes - whilePlanned;
	const most = {
		// The first half of the batches: while the second is planned, the run must still be there to hit.
		planning: Math.max(1, Math.floor(subscribers / BATCH_SIZE / 2 / whilePlanned)),
		// Each crash may take a whole batch of messages away.
		submission: Math.floor((subscribers - crashes * BATCH_SIZE) / Math.max(1, whileSubmitted)),
	};
	if (most.submission < 1) {
		const needed = crashes * BATCH_SIZE + whileSubmitted;
		throw new Error(`For ${crashes} crashes there must be ${needed} subscribers or more.`);
	}
	return Array.from({ length: crashes }, (_, index) => {
		const during = index < whilePlanned ? "planning" : "submission";
		const [count, milliseconds] = [random(most[during]), random(LONGEST_MS[during])];
		return { during, count, milliseconds };
	});
}
