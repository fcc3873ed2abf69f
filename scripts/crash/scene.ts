import { setTimeout as sleep } from "node:timers/promises";
import type { TakenMail } from "../local/smtp-server.ts";
import type { Reader } from "./judge.ts";
import type { Press } from "./press.ts";
import type { Random } from "./random.ts";
import { leave } from "./readers.ts";
import { letMinutesPass, readRuns } from "./records.ts";

/** Longer than a lease, 20 minutes, and than a message needs to count as lost, 2 minutes. */
const DOWN_MINUTES = 21;
const LEAVERS_A_RESTART = 3;
const TICK_MS = 5000;
/** Longer than a second try waits, which is a minute. */
const STALLED_MS = 180_000;

/** Everything that a journey has to do with. */
export interface Scene {
	readonly press: Press;
	readonly random: Random;
	readonly readers: readonly Reader[];
	/** What the SMTP server has accepted, which grows. */
	readonly taken: readonly TakenMail[];
	/** Who has left, and when it was answered, by `performance.now()`. */
	readonly left: Map<string, number>;
	/** Gets a line for whatever happens. */
	readonly tell: (line: string) => void;
}

/** Lets time pass while the Worker is down after a crash, and starts it again. */
export async function restart({ press, tell }: Scene, number: number): Promise<void> {
	letMinutesPass(press.stateDir, DOWN_MINUTES);
	const began = performance.now();
	await press.restart();
	const seconds = ((performance.now() - began) / 1000).toFixed(1);
	tell(
		`crash ${number}: stored times moved back by ${DOWN_MINUTES} minutes, which stands for waiting; up again in ${seconds} s`,
	);
}

/** Some readers leave, whether they have got their digest or not. @returns how many. */
export async function leaveSome({ press, readers, random, taken, left }: Scene): Promise<number> {
	const before = left.size;
	while (left.size < before + LEAVERS_A_RESTART) {
		const reader = readers[random(readers.length)] as Reader;
		if (!left.has(reader.address)) left.set(reader.address, await leave(press, reader, taken));
	}
	return LEAVERS_A_RESTART;
}

/** Ticks until every run is closed. */
export async function closeRuns(scene: Scene, at: number): Promise<void> {
	const { press } = scene;
	let ticked = Number.NEGATIVE_INFINITY;
	await until(scene, async () => {
		if (performance.now() - ticked > TICK_MS) {
			const { status } = await press.visitor.tick(at);
			if (status !== 200) throw new Error(`A tick answers ${status}.`);
			ticked = performance.now();
		}
		return !readRuns(press.stateDir).some(isOpen);
	});
}

export function isOpen({ state }: { readonly state: string }): boolean {
	return state !== "closed";
}

/**
 * Waits until something is so, and has the operator let go what is held meanwhile.
 *
 * @throws Error where no message was accepted for a minute.
 */
export async function until(scene: Scene, isSo: () => boolean | Promise<boolean>): Promise<void> {
	const { taken } = scene;
	let [count, since] = [taken.length, performance.now()];
	while (!(await isSo())) {
		await releaseHeld(scene);
		if (taken.length > count) [count, since] = [taken.length, performance.now()];
		if (performance.now() - since > STALLED_MS)
			throw new Error(`No message was accepted for ${STALLED_MS / 1000} seconds.`);
		await sleep(10);
	}
}

async function releaseHeld({ press, tell }: Scene): Promise<void> {
	for (const { id, state } of readRuns(press.stateDir)) {
		if (state !== "held") continue;
		tell(`${id} is held; the operator releases it`);
		await press.operator.release(id);
	}
}
