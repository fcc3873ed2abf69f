import { spawnSync } from "node:child_process";
import { readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
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

/** What a query of the D1 of a local store gives. The Worker may run meanwhile. */
export function query<Row>(stateDir: string, sql: string): Row[] {
	return withDatabase(stateDir, { readOnly: true }, (database) =>
		database.prepare(sql).all(),
	) as Row[];
}

/** Runs SQL on the D1 of a local store, at once: only while no Worker runs on it. */
export function change(stateDir: string, sql: string): void {
	withDatabase(stateDir, {}, (database) => database.exec(sql));
}

function withDatabase<Value>(
	stateDir: string,
	options: { readOnly?: boolean },
	use: (database: DatabaseSync) => Value,
): Value {
	const database = new DatabaseSync(databaseFile(stateDir), { timeout: 5000, ...options });
	try {
		return use(database);
	} finally {
		database.close();
	}
}

/** Where wrangler keeps a local D1. @throws Error where there is none. */
function databaseFile(stateDir: string): string {
	const folder = path.join(stateDir, "v3", "d1", "miniflare-D1DatabaseObject");
	const file = readdirSync(folder).find(
		(name) => name.endsWith(".sqlite") && name !== "metadata.sqlite",
	);
	if (!file) throw new Error(`There is no D1 in ${folder}.`);
	return path.join(folder, file);
}
