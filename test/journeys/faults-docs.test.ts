import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { fromRoot } from "../../scripts/local/paths.ts";

/** The rows of the table of faults: what happens, what follows, and the file and name of the test. */
function faults(): { what: string; file: string; name: string }[] {
	const page = readFileSync(fromRoot("docs", "operations.md"), "utf8");
	const section = page.split(/^## /m).find((one) => one.startsWith("What happens if …")) ?? "";
	const rows = section.matchAll(/^\| (.+?) \| .+ \| `(test\/[^`]+)`: (.+) \|$/gm);
	return [...rows].map(([, what = "", file = "", name = ""]) => ({ what, file, name }));
}

describe("the table of faults in docs/operations.md", () => {
	it("has fifteen rows or more, each with its test", () => {
		const page = readFileSync(fromRoot("docs", "operations.md"), "utf8");
		const section = page.split(/^## /m).find((one) => one.startsWith("What happens if …")) ?? "";
		const rows = section.split("\n").filter((line) => line.startsWith("| "));
		expect(faults()).toHaveLength(rows.length - 2);
		expect(faults().length).toBeGreaterThanOrEqual(15);
	});

	it.each(faults())("names a test that there is: $what", ({ file, name }) => {
		expect(readFileSync(fromRoot(file), "utf8")).toContain(name);
	});
});
