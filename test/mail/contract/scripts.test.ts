import fc from "fast-check";
import { expect, it } from "vitest";
import {
	addressOf,
	messageTo,
	PROVIDERS,
	type Provider,
	recordOf,
	submitTo,
	transportTo,
} from "./providers.ts";

const STEPS = [
	"good",
	"good",
	"good",
	"cut-early",
	"cut-late",
	"cut-answer",
	"busy",
	"throttled",
	"broken",
	"broken-late",
	"gateway",
	"edge-late",
	"unconnected",
	"denied",
	"not-json",
	"wrong-shape",
	"fewer",
	"moved",
	"strict",
];
const NAMES = ["anna", "boris", "refused1", "later1", "clara"];

/** Tries whoever is to be tried again, as digests do, whatever the provider does meanwhile. */
async function runThrough(provider: Provider, steps: readonly string[]) {
	const address = addressOf(provider, ...steps, "good");
	const told = new Map(NAMES.map((name) => [`${name}@journal.test`, "retry"]));
	for (let attempt = 1; attempt <= 6; attempt += 1) {
		const again = [...told].filter(([, kind]) => kind === "retry").map(([to]) => messageTo(to));
		if (again.length === 0) break;
		const outcomes = await submitTo(transportTo(provider, address), again);
		expect(outcomes).toHaveLength(again.length);
		for (const [index, { to }] of again.entries()) told.set(to, outcomes[index]?.kind ?? "none");
	}
	return { told, accepted: (await recordOf(address)).accepted };
}

it.each(PROVIDERS)(
	"by %s nobody is mailed twice, or called mailed who is not",
	async (provider) => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(fc.constantFrom(...STEPS), { maxLength: provider === "ses" ? 10 : 6 }),
				async (steps) => {
					const { told, accepted } = await runThrough(provider, steps);
					for (const [to, kind] of told) {
						const times = accepted.filter((one) => one === to).length;
						if (kind === "submitted") expect(times, to).toBe(1);
						else if (kind === "unknown") expect(times, to).toBeLessThanOrEqual(1);
						else expect(times, to).toBe(0);
					}
					expect(told.get("refused1@journal.test")).not.toBe("submitted");
				},
			),
			{ numRuns: provider === "ses" ? 6 : 30 },
		);
	},
);
