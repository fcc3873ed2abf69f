import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fromRoot } from "../../scripts/local/paths.ts";
import { startTestWorker, type TestWorker } from "../support/local.ts";
import { type Ran, readExamples, runExamples } from "./examples.ts";

const examples = readExamples(readFileSync(fromRoot("docs", "api.md"), "utf8"));

describe("docs/api.md", () => {
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
		expect(examples.length).toBeGreaterThan(25);
		for (const { name, script, status } of examples)
			expect(status !== null, name).toBe(script.includes("curl "));
	});

	it.each(examples.map((example, index) => ({ ...example, index })))(
		"tells the truth in example $name",
		({ index, status, shows }) => {
			const outcome = ran[index];
			if (!outcome) throw new Error(`It did not run to its end. bash said: ${said || "nothing"}`);
			if (status !== null) expect(outcome.statuses.at(-1), outcome.printed).toBe(status);
			for (const earlier of outcome.statuses.slice(0, -1)) expect(earlier).toBe(200);
			if (shows !== null) expect(JSON.parse(outcome.printed)).toMatchObject(shows);
		},
	);

	it("is what `npm run docs:api` makes", () => {
		const { status, stderr } = spawnSync(
			process.execPath,
			[fromRoot("scripts", "docs-api.ts"), "--check"],
			{ encoding: "utf8" },
		);
		expect(status, stderr).toBe(0);
	});
});
