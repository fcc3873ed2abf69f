import { env } from "cloudflare:workers";
import { beforeEach, expect, it, vi } from "vitest";
import { furnish } from "../../src/rooms.ts";
import { counting } from "../support/counting.ts";
import { ask, post } from "../support/door.ts";
import { openFront } from "../support/front.ts";
import { emptyStores, testSettings } from "../support/house.ts";
import { feedsWith } from "./reading.ts";

// Queues deliver when they will: within a second or so, later on a busy machine.
vi.setConfig({ testTimeout: 20_000 });

function countingApp() {
	const [reads, queries]: [string[], string[]] = [[], []];
	const bindings = {
		...env,
		DOCUMENTS: counting(env.DOCUMENTS, reads),
		LEDGER: counting(env.LEDGER, queries),
	};
	return { app: openFront(furnish(bindings, testSettings())), reads, queries };
}

beforeEach(emptyStores);

const PATHS = ["/rss.xml", "/feed.json", "/ru/rss.xml", "/en/feed.json"];

it.each(PATHS)("costs one KV read and no D1 query: %s", async (path) => {
	const fields = { title: "A meeting", body: "It will be.", kind: "meeting", language: "en" };
	await post(JSON.stringify(fields), "application/json");
	await feedsWith(1);
	const { app, reads, queries } = countingApp();
	expect((await app.request(path)).status).toBe(200);
	expect(reads).toEqual(["getWithMetadata"]);
	expect(queries).toEqual([]);
});

it("costs as much when it is unchanged, asked for by HEAD, or empty", async () => {
	const etag = (await ask("/rss.xml")).headers.get("ETag") ?? "";
	const { app, reads, queries } = countingApp();
	expect((await app.request("/rss.xml", { headers: { "If-None-Match": etag } })).status).toBe(304);
	expect((await app.request("/feed.json", { method: "HEAD" })).status).toBe(200);
	expect(reads).toHaveLength(2);
	expect(queries).toEqual([]);
});

it("counts what other pages ask for, so that these counts mean something", async () => {
	const { app, queries } = countingApp();
	await app.request("/en/");
	expect(queries).toContain("prepare");
});
