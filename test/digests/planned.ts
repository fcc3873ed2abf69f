import { planStep } from "../../src/digests/plan.ts";
import type { DueRun } from "../../src/digests/schedule.ts";
import type { TestRooms } from "../support/house.ts";

/** The publication's daily digest of a day. */
export const DAILY: DueRun = {
	frequency: "daily",
	timeZone: "",
	period: "2026-11-23",
	day: "2026-11-23",
	stale: null,
	isPast: false,
};

/** Makes a run and plans it; returns the ids of its batches. */
export async function planDaily(rooms: TestRooms, due: DueRun = DAILY): Promise<string[]> {
	const run = (await rooms.runs.create(due, Date.now())) ?? "";
	await planStep(rooms, run);
	return rooms.lost.listPlanned(run, "", 100);
}
