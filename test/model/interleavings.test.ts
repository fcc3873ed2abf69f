import { expect, inject, it, vi } from "vitest";
import { MINUTE_MS } from "../support/desk.ts";
import { type Tally, tryInterleavings } from "./running.ts";

declare module "vitest" {
	interface ProvidedContext {
		/** What to run, as JSON: {@link Plan}; empty for what every test run has. */
		interleavings: string;
	}
}

interface Plan {
	readonly seeds: readonly number[];
	/** Interleavings of each seed. */
	readonly count: number;
}

const EACH_TIME: Plan = { seeds: [20_261_122], count: 25 };
const given = inject("interleavings");
const { seeds, count }: Plan = given === "" ? EACH_TIME : JSON.parse(given);

/** What is broken is made short before it is told. */
const timeout = (10 + 5 * seeds.length) * MINUTE_MS;

it("keeps every promise, whatever happens in whatever order", { timeout }, async () => {
	for (const level of ["info", "warn", "error"] as const)
		vi.spyOn(console, level).mockImplementation(() => {});
	const failures: string[] = [];
	for (const seed of seeds) {
		const tally: Tally = { interleavings: 0, happenings: 0, mails: 0 };
		const failure = await tryInterleavings(seed, count, tally);
		if (failure !== null) failures.push(failure);
		// scripts/interleavings.ts reads it.
		console.log(JSON.stringify({ tally, failure }));
	}
	expect(failures.join("\n\n")).toBe("");
});
