import { env } from "cloudflare:workers";
import { beforeEach, expect, it, vi } from "vitest";
import { ARCHIVE_LENGTH, FEED_LENGTH } from "../../src/feeds/feed.ts";
import { furnish } from "../../src/rooms.ts";
import { counting } from "../support/counting.ts";
import { deliver } from "../support/delivery.ts";
import { type Desk, openDesk } from "../support/desk.ts";
import { areFeedsBehind, emptyStores, testSettings } from "../support/house.ts";
import { keepReleases } from "../support/many.ts";
import type { JsonFeed } from "./reading.ts";

vi.setConfig({ testTimeout: 240_000 });

/** What KV lets one invocation of a Worker do. */
const KV_OPERATIONS = 1000;

beforeEach(emptyStores);

/** A desk, and the calls of KV since they were last taken. */
function openCountingDesk(): { desk: Desk; calls: string[] } {
	const calls: string[] = [];
	const bindings = { ...env, DOCUMENTS: counting(env.DOCUMENTS, calls) };
	const { releases, feeds, search, pages, lists } = furnish(bindings, testSettings());
	return { desk: openDesk({ releases, feeds, search, pages, lists }), calls };
}

/** Delivers what asks for rebuilding until nothing does. Returns how many calls of KV each step made. */
async function rebuild(desk: Desk, calls: string[]): Promise<number[]> {
	const { rooms } = desk;
	const steps: number[] = [];
	rooms.asked.push("feeds");
	for (let asked = rooms.asked.shift(); asked; asked = rooms.asked.shift()) {
		await deliver(rooms, asked);
		steps.push(calls.splice(0).length);
	}
	return steps;
}

/** The titles of the feed and of each archive back from it. */
async function walk(desk: Desk, from: string): Promise<string[][]> {
	const documents: string[][] = [];
	for (let path: string | undefined = from; path; ) {
		const response = await desk.page(path);
		expect(response.status, path).toBe(200);
		const { items, next_url }: JsonFeed & { next_url?: string } = await response.json();
		documents.push(items.map(({ title }) => title));
		path = next_url && new URL(next_url).pathname;
	}
	return documents;
}

/** The titles from the newest of the releases down to, and without, this number. */
const titles = (newest: number, down: number) =>
	Array.from({ length: newest - down }, (_, index) => `Meeting ${newest - index}`);

it.each([
	{ count: 0, archives: 0 },
	{ count: 1, archives: 0 },
	{ count: FEED_LENGTH, archives: 0 },
	{ count: 5000, archives: 5000 / ARCHIVE_LENGTH },
])("the feeds of $count releases are made in bounded steps, and lead to all", async (scale) => {
	const { count, archives } = scale;
	await keepReleases(count);
	const { desk, calls } = openCountingDesk();
	const steps = await rebuild(desk, calls);
	expect(Math.max(...steps)).toBeLessThanOrEqual(KV_OPERATIONS / 2);
	// An empty publication has its pages.
	expect(Math.max(...steps)).toBeGreaterThan(0);
	expect(await areFeedsBehind(desk.rooms)).toBe(false);
	for (const scope of ["/all", "/en", "/en/meetings", "/all/meetings"]) {
		const [feed, ...older] = await walk(desk, `${scope}/feed.json`);
		expect(feed, scope).toEqual(titles(count, Math.max(0, count - FEED_LENGTH)));
		expect(older, scope).toHaveLength(archives);
		const known = archives > 0 ? older.flat() : feed;
		expect(known, scope).toEqual(titles(count, 0));
	}
	expect(await walk(desk, "/ru/feed.json")).toEqual([[]]);
});
