import { writeFileSync } from "node:fs";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { run } from "./program.ts";
import type { Reader } from "./reader.ts";

/** newsboat (https://newsboat.org), on its own settings and cache. */
export const newsboat: Reader = {
	async subscribe(home, address) {
		writeFileSync(path.join(home, "config"), "");
		writeFileSync(path.join(home, "urls"), `${address}\n`);
	},

	async refresh(home) {
		const files = ["-C", "config", "-u", "urls", "-c", "cache.db"];
		await run("/usr/bin/newsboat", [...files, "-x", "reload"], { home });
	},

	async shown(home) {
		const cache = new DatabaseSync(path.join(home, "cache.db"), { readOnly: true });
		const rows = cache
			.prepare("SELECT guid, title, url FROM rss_item WHERE unread = 1 ORDER BY id")
			.all() as { guid: string; title: string; url: string }[];
		cache.close();
		return rows.map(({ guid: id, title, url }) => ({ id, title, url }));
	},
};
