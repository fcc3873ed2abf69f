import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { fromRoot } from "../../scripts/local/paths.ts";
import { parseSettings } from "../../src/config.ts";
import { TEST_SETTINGS } from "../support/settings.ts";

function runKey(...words: string[]) {
	const { status, stdout, stderr } = spawnSync(
		process.execPath,
		[fromRoot("scripts", "key.ts"), ...words],
		{ encoding: "utf8" },
	);
	const [key = "", line = ""] = [...stdout.matchAll(/^ {2}(\S+)$/gm)].map((match) => match[1]);
	return { status, stdout, stderr, key, line };
}

function configured(keys: string) {
	const settings = parseSettings({ ...TEST_SETTINGS, PUBLISHER_KEYS: keys });
	if (!settings.ok) throw new Error(JSON.stringify(settings.error));
	return settings.value.publisherKeys;
}

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

describe("npm run key", () => {
	it("prints a key and the line that configures it", () => {
		const { status, key, line, stderr } = runKey("anna", "publish");
		expect([status, stderr]).toEqual([0, ""]);
		expect(key).toMatch(/^[\w-]{43}$/);
		expect(configured(line)).toEqual([
			{ name: "anna", scopes: ["publish"], lastDay: null, hash: sha256(key) },
		]);
	});

	it("takes several scopes and a last day, and goes beside an older key of the same name", () => {
		const older = runKey("anna", "publish").line;
		const { key, line } = runKey("anna", "read+operate", "2099-12-31");
		expect(configured(`${older},${line}`)[1]).toEqual({
			name: "anna",
			scopes: ["read", "operate"],
			lastDay: "2099-12-31",
			hash: sha256(key),
		});
	});

	it("makes another key each time", () => {
		expect(runKey("anna", "publish").key).not.toBe(runKey("anna", "publish").key);
	});

	it.each([
		["nothing", [], "NAME"],
		["no scope", ["anna"], "SCOPE"],
		["a name with a colon", ["an:na", "publish"], "NAME"],
		["a name with a comma", ["an,na", "publish"], "NAME"],
		["an empty name", ["", "publish"], "NAME"],
		["an unknown scope", ["anna", "admin"], "SCOPE"],
		["an unknown scope among others", ["anna", "publish+admin"], "SCOPE"],
		["a scope twice", ["anna", "read+read"], "SCOPE"],
		["a day that does not exist", ["anna", "publish", "2099-02-30"], "LAST-DAY"],
		["a day in another form", ["anna", "publish", "31.12.2099"], "LAST-DAY"],
		["a day that is past", ["anna", "publish", "2020-01-01"], "LAST-DAY"],
		["too much", ["anna", "publish", "2099-01-01", "more"], "three arguments"],
	])("refuses %s in one clear line", (_what, words, named) => {
		const { status, stdout, stderr } = runKey(...words);
		expect([status, stdout]).toEqual([1, ""]);
		expect(stderr.split("\n")[0]).toMatch(/^No key was made: .+\.$/);
		expect(stderr).toContain(named);
	});
});
