import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, inject, it } from "vitest";
import { furnish } from "../../src/rooms.ts";
import { type Desk, MINUTE_MS, openDesk, SUNDAY } from "../support/desk.ts";
import { emptyStores, testSettings } from "../support/house.ts";

beforeEach(emptyStores);

/** A press office with a hub, and what that hub was told, by topic. */
function openWithHub(behaviour: string) {
	const hub = `http://127.0.0.1:${inject("hubPort")}/${behaviour}/${crypto.randomUUID()}`;
	const { identity, settings } = furnish(env, testSettings({ WEBSUB_HUB: hub }));
	const desk = openDesk({ identity, settings });
	const told = async (): Promise<URLSearchParams[]> => {
		const bodies = (await (await fetch(hub)).json()) as string[];
		return bodies.map((body) => new URLSearchParams(body));
	};
	return { desk, hub, told };
}

const publish = async (desk: Desk, title = "Water") => {
	expect((await desk.post({ title })).status).toBe(201);
	await desk.settle();
};

const FILES = ["rss.xml", "atom.xml", "feed.json"];
const topics = (scope: string) => FILES.map((file) => `https://press.test/${scope}/${file}`);

describe("a hub", () => {
	it("is named in every feed and in its headers", async () => {
		const { desk, hub } = openWithHub("good");
		await publish(desk);
		const rss = await desk.page("/rss.xml");
		expect(await rss.text()).toContain(`<atom:link href="${hub}" rel="hub"/>`);
		expect(rss.headers.get("Link")).toBe(
			`<${hub}>; rel="hub", <https://press.test/en/rss.xml>; rel="self"`,
		);
		expect(await (await desk.page("/atom.xml")).text()).toContain(`rel="hub" href="${hub}"`);
		expect(JSON.parse(await (await desk.page("/feed.json")).text()).hubs).toEqual([
			{ type: "WebSub", url: hub },
		]);
		expect((await desk.page("/events.ics")).headers.get("Link")).toBeNull();
	});

	it("is told once of the feeds that changed, when KV shows them everywhere", async () => {
		const { desk, told } = openWithHub("good");
		await publish(desk);
		await desk.tick(SUNDAY + MINUTE_MS - 1);
		expect(await told()).toEqual([]);
		await desk.tick(SUNDAY + MINUTE_MS);
		await desk.tick(SUNDAY + 2 * MINUTE_MS);
		const posts = await told();
		expect(posts.map((post) => post.get("hub.mode"))).toEqual(Array(4).fill("publish"));
		expect(posts.flatMap((post) => post.getAll("hub.url")).toSorted()).toEqual(
			["en/meetings", "en", "all/meetings", "all"].flatMap(topics).toSorted(),
		);
		await publish(desk, "Again");
		await desk.tick(SUNDAY + 4 * MINUTE_MS);
		expect(await told()).toHaveLength(8);
	});

	// One that is away is left alone until the next minute; one that refuses a topic may take another.
	it.each([
		["away", 1],
		["broken", 1],
		["moved", 4],
	])("is told again until it takes it: %s", async (behaviour, topicsATick) => {
		const { desk, told } = openWithHub(behaviour);
		await publish(desk);
		for (const minute of [1, 2, 3]) await desk.tick(SUNDAY + minute * MINUTE_MS);
		const posts = await told();
		expect(posts).toHaveLength(3 * topicsATick);
		expect(new Set(posts.map(String)).size).toBe(topicsATick);
		expect((await desk.page("/rss.xml")).status).toBe(200);
	});
});

it("is nobody where none is configured: nothing is asked of the queue", async () => {
	const desk = openDesk();
	await publish(desk);
	const { rooms } = desk;
	const asked: string[] = [];
	const queues = { ...rooms.queues, tellHub: async () => void asked.push("hub") };
	const { tick } = await import("../../src/tick.ts");
	await tick({ ...rooms, queues }, SUNDAY + 5 * MINUTE_MS);
	expect(asked).toEqual([]);
	expect(await (await desk.page("/rss.xml")).text()).not.toContain("hub");
});
