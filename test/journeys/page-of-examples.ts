import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Variables } from "../../scripts/local/settings.ts";
import { startTestWorker, type TestWorker } from "../support/local.ts";
import { type Example, type Ran, runExamples } from "./examples.ts";

export interface ExamplesOptions {
	/** There must be more of them than this. */
	readonly moreThan: number;
	/** Settings over those of the example. */
	readonly settings?: Variables;
	/** What has to be there before the first of them. */
	readonly prepare?: (worker: TestWorker) => Promise<void>;
}

/** A suite that runs the examples of a page, in their order, against a Worker of its own. */
export function describeExamples(
	page: string,
	examples: readonly Example[],
	{ moreThan, settings, prepare }: ExamplesOptions,
): void {
	describe(`the examples of ${page}`, () => {
		let worker: TestWorker;
		let ran: readonly (Ran | null)[] = [];
		let said = "";

		beforeAll(async () => {
			worker = await startTestWorker(settings);
			await prepare?.(worker);
			const variables = { COMMUNIQUE: worker.url, KEY: "dev-publisher-key" };
			({ ran, said } = runExamples(examples, variables));
		});

		afterAll(async () => {
			await worker?.stop();
		});

		it("are there, and say the status of each that asks for something", () => {
			expect(examples.length).toBeGreaterThan(moreThan);
			for (const { name, script, status } of examples)
				expect(status !== null, name).toBe(script.includes("curl "));
		});

		it.each(examples.map((example, index) => ({ ...example, index })))(
			"tell the truth: $name",
			({ index, status, shows }) => {
				const outcome = ran[index];
				if (!outcome) throw new Error(`It did not run to its end. bash said: ${said || "nothing"}`);
				if (status !== null) expect(outcome.statuses.at(-1), outcome.printed).toBe(status);
				for (const earlier of outcome.statuses.slice(0, -1)) expect(earlier).toBe(200);
				if (shows !== null) expect(JSON.parse(outcome.printed)).toMatchObject(shows);
			},
		);
	});
}
