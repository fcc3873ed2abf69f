import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { run } from "./program.ts";
import type { Reader } from "./reader.ts";

/** sfeed (https://codemadness.org/sfeed.html) with its `sfeed_update`, which fetches with curl. */
export const sfeed: Reader = {
	async subscribe(home, address) {
		const lines = [`sfeedpath=${home}/feeds`, `feeds() { feed press '${address}'; }`];
		writeFileSync(path.join(home, "sfeedrc"), `${lines.join("\n")}\n`);
	},

	async refresh(home) {
		await run("/usr/bin/sfeed_update", ["sfeedrc"], { home });
	},

	async shown(home) {
		const lines = readFileSync(path.join(home, "feeds", "press"), "utf8")
			.split("\n")
			.slice(0, -1);
		return lines.map((line) => {
			const [, title = "", url = "", , , id = ""] = line.split("\t");
			return { id, title, url };
		});
	},
};
