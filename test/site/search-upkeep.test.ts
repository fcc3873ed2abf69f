import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import type { Rooms } from "../../src/rooms.ts";
import { tick } from "../../src/tick.ts";
import { deliver, deliverAll } from "../support/delivery.ts";
import { emptyStores, furnishForTest, publishText, type TestRooms } from "../support/house.ts";

const NOON = Date.parse("2026-11-22T07:00:00Z");

let rooms: TestRooms;

beforeEach(async () => {
	await emptyStores();
	rooms = furnishForTest();
});

/** Has feeds and index made of everything there is. */
async function bringUpToDate() {
	rooms.asked.push("feeds");
	await deliverAll(rooms);
}

describe("a message to the feeds queue", () => {
	it("has releases indexed for search, in more than one step if need be", async () => {
		for (let n = 0; n < 21; n += 1) await publishText(rooms);
		await bringUpToDate();
		expect(await rooms.search.behind()).toBe(false);
		expect(await rooms.search.progress()).toBe(21);
	});

	it("takes a few steps, and leaves the rest to another message", async () => {
		await publishText(rooms);
		await bringUpToDate();
		let steps = 0;
		const search: Rooms["search"] = {
			...rooms.search,
			progress: async () => 0,
			keep: async () => {
				steps += 1;
			},
			behind: async () => true,
		};
		await deliver({ ...rooms, search }, "feeds");
		expect(steps).toBe(5);
		expect(rooms.asked).toEqual(["feeds"]);
	});
});

describe("the tick", () => {
	it("asks for the message where the search index is behind, and only there", async () => {
		await publishText(rooms);
		await bringUpToDate();
		await tick(rooms, NOON);
		expect(rooms.asked).not.toContain("feeds");
		await env.LEDGER.prepare("UPDATE search_progress SET through = 0").run();
		await tick(rooms, NOON);
		expect(rooms.asked).toContain("feeds");
	});
});
