import fc from "fast-check";
import { emptyStores } from "../support/house.ts";
import { type Interleaving, interleaving, whole } from "./arbitraries.ts";
import { beginHistory } from "./history.ts";
import { brokenPromises } from "./promises.ts";
import { comeToRest } from "./rest.ts";
import { World } from "./world.ts";

/** What was done, for whoever waits. */
export interface Tally {
	interleavings: number;
	happenings: number;
	mails: number;
}

const READERS = ["anna", "bakhtiyor", "chinara", "davron", "elena", "farhod"].map(
	(name) => `${name}@journal.test`,
);

/** Runs interleavings until one breaks a promise: null, or the shortest that does, in words. */
export async function tryInterleavings(
	seed: number,
	count: number,
	tally: Tally,
): Promise<string | null> {
	const property = fc.asyncProperty(interleaving, (one) => keepsPromises(one, tally));
	// Else the first orders of every seed are the shortest.
	const found = await fc.check(property, { seed, numRuns: count, unbiased: true });
	if (!found.failed) return null;
	const { counterexamplePath, errorInstance } = found;
	const told = errorInstance instanceof Error ? errorInstance.message : String(errorInstance);
	return `seed ${seed}, path ${counterexamplePath}\n${told}`;
}

export async function keepsPromises(one: Interleaving, tally: Tally): Promise<void> {
	await emptyStores();
	// One more than join at first.
	const history = beginHistory(READERS.slice(0, one.readers.length + 1));
	const world = new World(history, one.handover);
	const happenings = whole(one);
	for (const happening of happenings) await happening.happen(world);
	world.log.push("— from here on all goes well —");
	await comeToRest(world);
	tally.interleavings += 1;
	tally.happenings += happenings.length;
	tally.mails += history.handOvers.filter(({ arrived }) => arrived).length;
	const broken = brokenPromises(history, await world.runs());
	if (broken.length === 0) return;
	const asked = [`handed over by ${one.handover}`, ...happenings].join("\n");
	throw new Error(`${broken.join("\n")}\n\n${asked}\n\nWhat happened:\n${world.log.join("\n")}`);
}
