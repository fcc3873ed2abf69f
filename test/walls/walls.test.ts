import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bin, fromRoot } from "../../scripts/local/paths.ts";

let house: string;

beforeAll(() => {
	house = mkdtempSync(path.join(tmpdir(), "communique-walls-"));
	cpSync(fromRoot("biome.json"), path.join(house, "biome.json"));
	cpSync(fromRoot("scripts/walls"), path.join(house, "scripts/walls"), { recursive: true });
});

afterAll(() => rmSync(house, { recursive: true, force: true }));

/** What the project's lint says of a file with this text at this place. */
function lint(place: string, text: string): { isClean: boolean; said: string } {
	mkdirSync(path.join(house, path.dirname(place)), { recursive: true });
	writeFileSync(path.join(house, place), text);
	const { status, stdout, stderr } = spawnSync(
		bin("biome"),
		["lint", "--vcs-enabled=false", "--diagnostic-level=error", place],
		{ cwd: house, encoding: "utf8" },
	);
	return { isClean: status === 0, said: stdout + stderr };
}

describe("the walls between the rooms", () => {
	it("let a room import from the rooms before it", () => {
		const text =
			'import { planPage } from "../releases/store.ts";\nexport const used = planPage;\n';
		expect(lint("src/feeds/probe.ts", text).isClean).toBe(true);
	});

	it("stop a room from importing from a room after it", () => {
		const text = 'import { planPage } from "../digests/plan.ts";\nexport const used = planPage;\n';
		const { isClean, said } = lint("src/feeds/probe.ts", text);
		expect(isClean).toBe(false);
		expect(said).toContain("The room feeds may import only from: shared, releases, feeds.");
	});

	it.each(["Date.now()", "new Date()", "Math.random()", "crypto.randomUUID()"])(
		"keep %s to the shared clock and ids",
		(call) => {
			const text = `export const value = ${call};\n`;
			expect(lint("src/digests/probe.ts", text).said).toContain("touch the clock or randomness");
			expect(lint("src/shared/clock.ts", text).said).not.toContain("touch the clock");
		},
	);

	it("keep bindings to stores, ledgers and transports", () => {
		const text = "export const read = (kv: KVNamespace) => kv.get('key');\n";
		expect(lint("src/feeds/routes.ts", text).said).toContain("touch a binding");
		expect(lint("src/feeds/store.ts", text).said).not.toContain("touch a binding");
	});
});
