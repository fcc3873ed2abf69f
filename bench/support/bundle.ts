// The production bundle: what `wrangler deploy` would put on the platform, minified.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
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
