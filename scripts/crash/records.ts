import { change, query } from "../local/ledger.ts";
import type { Receipt } from "./judge.ts";

// What the Worker has on record in its D1: where it stood when it was killed, and what it says of runs.

export interface RunRecord {
	readonly id: string;
	readonly state: string;
	/** As JSON, once it is closed. */
	readonly receipt: string | null;
}

/** A recipient whose outcome nobody knows. */
export interface UnknownRecord {
	readonly batch: string;
	readonly run: string;
	readonly address: string;
}

/** Where the batches of all runs stand. */
export interface BatchStates {
	readonly planned: number;
	readonly claimed: readonly string[];
	readonly settled: number;
}

export function readRuns(stateDir: string): RunRecord[] {
	return query(stateDir, "SELECT id, state, receipt FROM runs");
}

export function readReceipts(stateDir: string): Map<string, Receipt> {
	return new Map(
		readRuns(stateDir).flatMap(({ id, receipt }) =>
			receipt === null ? [] : [[id, JSON.parse(receipt) as Receipt]],
		),
	);
}

export function readBatchStates(stateDir: string): BatchStates {
	const rows = query<{ id: string; state: string }>(stateDir, "SELECT id, state FROM batches");
	const idsIn = (state: string) => rows.filter((row) => row.state === state).map(({ id }) => id);
	return {
		planned: idsIn("planned").length,
		claimed: idsIn("claimed"),
		settled: idsIn("settled").length,
	};
}

export function readUnknown(stateDir: string): UnknownRecord[] {
	return query(
		stateDir,
		`SELECT exceptions.batch, run, address FROM exceptions JOIN subscribers ON subscribers.id = subscriber
		WHERE outcome = 'unknown'`,
	);
}

/**
 * Stands for waiting, while the Worker is down: moves back by some minutes since when batches and runs
 * are as they are, so that leases have run out and messages count as lost.
 */
export function letMinutesPass(stateDir: string, minutes: number): void {
	const milliseconds = minutes * 60_000;
	change(
		stateDir,
		`UPDATE batches SET since = since - ${milliseconds} WHERE state <> 'settled';
		UPDATE runs SET touched_at = touched_at - ${milliseconds} WHERE state <> 'closed';`,
	);
}
