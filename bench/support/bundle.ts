// The production bundle: what `wrangler deploy` would put on the platform, minified.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fromRoot } from "../../scripts/local/paths.ts";
import { build, textsOf } from "../../test/support/bundle.ts";

export interface Bundle {
	/** The minified script. */
	readonly script: string;
	/** The templates and styles that it imports, by their names. */
	readonly texts: readonly { readonly name: string; readonly contents: string }[];
}

/** Builds the bundle anew. */
export function makeBundle(): Bundle {
	const folder = mkdtempSync(path.join(tmpdir(), "communique-bench-"));
	try {
		build(folder);
		return { script: readFileSync(path.join(folder, "worker.js"), "utf8"), texts: textsOf(folder) };
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

/** A Worker of a benchmark, built as ours is. */
export function bundleWorker(entry: string): Bundle {
	const folder = mkdtempSync(path.join(tmpdir(), "communique-bench-"));
	try {
		const config = path.join(folder, "wrangler.json");
		const main = fromRoot("bench", "workers", entry);
		writeFileSync(
			config,
			JSON.stringify({ name: "bench", main, compatibility_date: "2026-11-01" }),
		);
		build(folder, "--minify", `--config=${config}`);
		const name = `${path.parse(entry).name}.js`;
		return { script: readFileSync(path.join(folder, name), "utf8"), texts: [] };
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}
