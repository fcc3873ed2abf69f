import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { furnish } from "../../src/rooms.ts";
import { type Desk, openDesk } from "../support/desk.ts";
import { areFeedsBehind, emptyStores, testSettings } from "../support/house.ts";
import { parseXml } from "./xml.ts";

let desk: Desk;

beforeEach(async () => {
	await emptyStores();
	desk = openDesk();
});

const titlesOf = async (path: string): Promise<string[]> =>
	JSON.parse(await (await desk.page(path)).text()).items.map(
		({ title }: { title: string }) => title,
	);

async function publishSome(): Promise<void> {
	const posts = [
		{ title: "Water", kind: "meeting", language: "en" },
		{ title: "Вода", kind: "meeting", language: "ru" },
		{ title: "Budget", kind: "consultation", language: "en" },
		{ title: "Office hours", kind: "announcement", language: "en" },
	];
	for (const fields of posts) expect((await desk.post(fields)).status).toBe(201);
	await desk.settle();
}

describe("feeds", () => {
	it.each([
		["/en/feed.json", ["Office hours", "Budget", "Water"]],
		["/ru/feed.json", ["Вода"]],
		["/uz/feed.json", []],
		["/en/meetings/feed.json", ["Water"]],
		["/en/consultations/feed.json", ["Budget"]],
		["/en/announcements/feed.json", ["Office hours"]],
		["/ru/announcements/feed.json", []],
		["/all/feed.json", ["Office hours", "Budget", "Вода", "Water"]],
		["/all/meetings/feed.json", ["Вода", "Water"]],
		["/feed.json", ["Office hours", "Budget", "Water"]],
	])("have what their address says: %s", async (path, titles) => {
		await publishSome();
		expect(await titlesOf(path)).toEqual(titles);
	});

	it("tell their scope in their title and the page with the same releases", async () => {
		await publishSome();
		const told = async (path: string) => {
			const feed = JSON.parse(await (await desk.page(path)).text());
			return [feed.title, feed.language, feed.home_page_url];
		};
		expect(await told("/ru/meetings/feed.json")).toEqual([
			"Press Office: Встречи (Русский)",
			"ru",
			"https://press.test/ru/meetings",
		]);
		expect(await told("/all/feed.json")).toEqual([
			"Press Office",
			undefined,
			"https://press.test/",
		]);
	});

	it.each(["/de/rss.xml", "/en/parties/rss.xml", "/all/all/rss.xml", "/en/meetings/rss"])(
		"are not there for what the publication has not: %s",
		async (path) => {
			expect((await desk.page(path)).status).toBe(404);
		},
	);

	it("are all made anew where the publication has another name, and then no more", async () => {
		await publishSome();
		const renamed = openDesk({
			...furnish(env, testSettings({ PUBLICATION_TITLE: "Ministry" })),
			clock: desk.rooms.clock,
			queues: desk.rooms.queues,
		});
		expect(await areFeedsBehind(renamed.rooms)).toBe(true);
		renamed.rooms.asked.push("feeds");
		await renamed.settle();
		for (const path of ["/rss.xml", "/all/meetings/atom.xml", "/ru/rss.xml"]) {
			const text = await (await renamed.page(path)).text();
			expect(text, path).toContain("Ministry");
			expect(text, path).not.toContain("Press Office");
		}
		expect(await areFeedsBehind(renamed.rooms)).toBe(false);
	});
});

describe("the list of all feeds", () => {
	it("names each once, by language, and each is there", async () => {
		const response = await desk.page("/feeds.opml");
		expect(response.headers.get("Content-Type")).toBe("text/x-opml; charset=utf-8");
		const [head, body] = parseXml(await response.text()).children;
		expect(head?.children.map(({ name, text }) => [name, text])).toEqual([
			["title", "Press Office"],
		]);
		const groups = body?.children ?? [];
		expect(groups.map(({ attributes }) => attributes.get("text"))).toEqual([
			"English",
			"Русский",
			"Oʻzbekcha",
			"Ўзбекча",
			"All languages",
		]);
		const feeds = groups.flatMap(({ children }) => children);
		expect(feeds).toHaveLength(20);
		const addresses = feeds.map(({ attributes }) => attributes.get("xmlUrl") ?? "");
		expect(new Set(addresses).size).toBe(20);
		for (const address of addresses) {
			expect(address).toMatch(/^https:\/\/press\.test\/.+\/rss\.xml$/);
			expect((await desk.page(new URL(address).pathname)).status, address).toBe(200);
		}
	});
});
