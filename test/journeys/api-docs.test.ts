import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { fromRoot } from "../../scripts/local/paths.ts";
import { readExamples } from "./examples.ts";
import { describeExamples } from "./page-of-examples.ts";

const examples = readExamples(readFileSync(fromRoot("docs", "api.md"), "utf8"));

describeExamples("docs/api.md", examples, { moreThan: 25 });

describe("docs/api.md", () => {
	it("is what `npm run docs:api` makes", () => {
		const { status, stderr } = spawnSync(
			process.execPath,
			[fromRoot("scripts", "docs-api.ts"), "--check"],
			{ encoding: "utf8" },
		);
		expect(status, stderr).toBe(0);
	});
});
