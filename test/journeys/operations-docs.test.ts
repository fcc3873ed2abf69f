import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fromRoot } from "../../scripts/local/paths.ts";
import { startTestWorker, type TestWorker } from "../support/local.ts";
import { type Ran, readExamples, runExamples } from "./examples.ts";

/** The section of docs/operations.md that can be run anywhere. */
const section = readFileSync(fromRoot("docs", "operations.md"), "utf8")
	.split(/^(?=## )/m)
	.find((part) => part.startsWith("## Subscribers\n"));
const examples = readExamples(section ?? "");

describe("docs/operations.md, Subscribers", () => {
	let worker: TestWorker;
	let ran: readonly (Ran | null)[] = [];
	let said = "";

	beforeAll(async () => {
		worker = await startTestWorker();
		const variables = { COMMUNIQUE: worker.url, KEY: "dev-publisher-key" };
		({ ran, said } = runExamples(examples, variables));
	});

	afterAll(async () => {
		await worker?.stop();
	});

	it("has examples, and says the status of each that asks for something", () => {
		expect(examples.length).toBeGreaterThan(12);
		for (const { name, script, status } of examples)
			expect(status !== null, name).toBe(script.includes("curl "));
	});

	it.each(examples.map((example, index) => ({ ...example, index })))(
		"tells the truth in example $name",
		({ index, status, shows }) => {
			const outcome = ran[index];
			if (!outcome) throw new Error(`It did not run to its end. bash said: ${said || "nothing"}`);
			if (status !== null) expect(outcome.statuses.at(-1), outcome.printed).toBe(status);
			if (shows !== null) expect(JSON.parse(outcome.printed)).toMatchObject(shows);
		},
	);
});
