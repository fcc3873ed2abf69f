import { setTimeout as sleep } from "node:timers/promises";
import type { PlannedCrash } from "./plan.ts";
import { readBatchStates, readRuns } from "./records.ts";
import { isOpen, leaveSome, type Scene, until } from "./scene.ts";

/** Where things stood when the Worker was killed. */
export interface Crash {
	/** Of the runs that were not closed. */
	readonly states: string;
	readonly accepted: number;
	readonly planned: number;
	/** The batches that were claimed. */
	readonly claimed: readonly string[];
	readonly settled: number;
	/** Readers who had left since the crash before. */
	readonly left: number;
}

/**
 * Lets the clock strike at `due`, and kills the Worker when it is time. Where it was killed before, some
 * readers leave: before the tick, or while messages are handed over.
 *
 * @throws Error where there was no run left to hit.
 */
export async function tickAndCrash(
	scene: Scene,
	{ during, count, milliseconds }: PlannedCrash,
	{ due, number }: { due: number; number: number },
): Promise<Crash> {
	const { press, taken, tell } = scene;
	const leavers = () => (number === 1 ? 0 : leaveSome(scene));
	const wanted = count + (during === "planning" ? countBatches(press.stateDir) : taken.length);
	let left: number;
	if (during === "planning") {
		left = await leavers();
		// Nobody waits for the tick: the crash may hit that too.
		press.visitor.tick(due).catch(() => undefined);
		// A fast machine may have planned it all: then it is killed in the middle of what follows.
		await until(scene, () => isPlanned(press.stateDir) || hasBatches(press.stateDir, wanted));
	} else {
		await press.visitor.tick(due);
		left = await leavers();
		await until(scene, () => taken.length > wanted);
	}
	await sleep(milliseconds);
	await press.crash();

	const open = readRuns(press.stateDir).filter(isOpen);
	if (open.length === 0) throw new Error("The digest was closed before it could be hit.");
	const states = [...new Set(open.map(({ state }) => state))].join(", ");
	const crash = { states, accepted: taken.length, ...readBatchStates(press.stateDir), left };
	tell(
		`crash ${number}: killed while ${states}; ${crash.accepted} accepted, ${crash.claimed.length} batches claimed`,
	);
	return crash;
}

function hasBatches(stateDir: string, wanted: number): boolean {
	return readRuns(stateDir).some(isOpen) && countBatches(stateDir) >= wanted;
}

/** Whether a daily digest is past its planning, and not closed. */
function isPlanned(stateDir: string): boolean {
	return readRuns(stateDir).some(
		({ id, state }) => id.startsWith("daily-") && state === "submitting",
	);
}

function countBatches(stateDir: string): number {
	const { planned, claimed, settled } = readBatchStates(stateDir);
	return planned + claimed.length + settled;
}
