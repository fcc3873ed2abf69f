import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { bin, fromRoot } from "./paths.ts";

/**
 * Runs SQL on the D1 of a local store.
 *
 * @throws Error with what wrangler printed.
 */
export function execute(stateDir: string, sql: string): void {
	const file = path.join(stateDir, "statements.sql");
	writeFileSync(file, sql);
	const done = spawnSync(
		bin("wrangler"),
		["d1", "execute", "LEDGER", "--local", "--persist-to", stateDir, "--file", file, "--yes"],
		{ cwd: fromRoot(), env: { ...process.env, CI: "true" }, encoding: "utf8" },
	);
	if (done.status !== 0) throw new Error(`The SQL could not be run.\n${done.stdout}${done.stderr}`);
}
