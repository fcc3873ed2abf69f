import { beforeEach, describe, expect, it, vi } from "vitest";
import { ask, post } from "../support/door.ts";
import { HOSTILE } from "../support/hostile.ts";
import { emptyStores, until } from "../support/house.ts";
import { childrenOf, feedsWith, fromHtml, readJsonFeed, readRss, textOf } from "./reading.ts";

// Queues deliver when they will: within a second or so, later on a busy machine.
vi.setConfig({ testTimeout: 20_000 });

interface Posted {
	readonly id: string;
	readonly url: string;
	readonly title: string;
	readonly summary: string;
	readonly body: string;
	readonly published_at: string;
}

async function publish(over: object = {}): Promise<Posted> {
	const fields = {
		title: "A meeting on water",
		summary: "The parties meet.",
		body: "The parties will meet.",
		kind: "meeting",
		language: "en",
		...over,
	};
	const response = await post(JSON.stringify(fields), "application/json");
	expect(response.status).toBe(201);
	return ((await response.json()) as { release: Posted }).release;
}

beforeEach(emptyStores);

describe("a published release", () => {
	it("comes into both feeds by itself, with one permanent id and the whole text", async () => {
		const release = await publish({
			kind: "consultation",
			body: "One & two.\n\nThree\nfour.",
			format: "plain",
		});
		const { json, rss } = await feedsWith(1);
		expect(json.items).toEqual([
			{
				id: `urn:uuid:${release.id}`,
				url: release.url,
				title: release.title,
				summary: release.summary,
				content_html: "<p>One &#38; two.</p>\n<p>Three<br>four.</p>",
				content_text: release.body,
				date_published: release.published_at,
				language: "en",
				tags: ["consultation"],
			},
		]);
		const [item] = rss.items;
		expect(textOf(item, "guid")).toBe(`urn:uuid:${release.id}`);
		expect(item && childrenOf(item, "guid")[0]?.attributes.get("isPermaLink")).toBe("false");
		expect(textOf(item, "link")).toBe(release.url);
		expect(textOf(item, "title")).toBe(release.title);
		expect(textOf(item, "description")).toBe(release.summary);
		expect(textOf(item, "category")).toBe("consultation");
		expect(textOf(item, "content:encoded")).toBe(json.items[0]?.content_html);
		expect(textOf(item, "dc:language")).toBe("en");
		expect(textOf(item, "pubDate")).toBe(new Date(release.published_at).toUTCString());
	});

	it("stands before those published earlier, whatever day they were issued on", async () => {
		const titles = ["First", "Second", "Third"];
		for (const [index, title] of titles.entries())
			await publish({ title, issued: `20${20 - index}-01-01` });
		const { json, rss } = await feedsWith(3);
		expect(json.items.map(({ title }) => title)).toEqual(titles.toReversed());
		expect(rss.items.map((item) => textOf(item, "title"))).toEqual(titles.toReversed());
	});

	it("is in the feeds of its language and in no others", async () => {
		const russian = await publish({ title: "Встреча о воде", language: "ru" });
		await publish();
		const ru = await feedsWith(1, "/ru");
		const en = await feedsWith(1);
		expect(ru.json.items.map(({ id }) => id)).toEqual([`urn:uuid:${russian.id}`]);
		expect(ru.rss.items.map((item) => textOf(item, "title"))).toEqual(["Встреча о воде"]);
		expect(en.rss.items.map((item) => textOf(item, "title"))).toEqual(["A meeting on water"]);
		expect(en.json.items.map(({ title }) => title)).toEqual(["A meeting on water"]);
		expect(ru.json.language).toBe("ru");
		expect(textOf(ru.rss.channel, "language")).toBe("ru");
	});

	it("is one of no more than 50 in a feed, the newest", async () => {
		const posts = Array.from({ length: 55 }, (_, index) => publish({ title: `Meeting ${index}` }));
		await Promise.all(posts);
		const last = await publish({ title: "The last" });
		const { rss } = await feedsWith(50);
		expect(new Set(rss.items.map((item) => textOf(item, "guid"))).size).toBe(50);
		await until("the last one", async () => {
			const [first] = (await readJsonFeed()).items;
			return first?.id === `urn:uuid:${last.id}`;
		});
		expect((await readJsonFeed()).items).toHaveLength(50);
	});
});

it("loses none of a burst of releases", async () => {
	const titles = Array.from({ length: 30 }, (_, index) => `Meeting ${index}`);
	await Promise.all(titles.map((title) => publish({ title })));
	const { json, rss } = await feedsWith(30);
	expect(json.items.map(({ title }) => title).toSorted()).toEqual(titles.toSorted());
	expect(new Set(json.items.map(({ id }) => id)).size).toBe(30);
	expect(new Set(rss.items.map((item) => textOf(item, "guid"))).size).toBe(30);
});

describe("feeds without a release", () => {
	it.each([
		["", "English"],
		["/en", "English"],
		["/ru", "Русский"],
		["/uz", "Oʻzbekcha"],
		["/uz-Cyrl", "Ўзбекча"],
	])("are whole ones: %s/", async (prefix, name) => {
		const language = prefix.slice(1) || "en";
		const title = `Press Office (${name})`;
		expect(await readJsonFeed(`${prefix}/feed.json`)).toEqual({
			version: "https://jsonfeed.org/version/1.1",
			title,
			description: "What the press office says.",
			home_page_url: `https://press.test/${language}/`,
			feed_url: `https://press.test/${language}/feed.json`,
			language,
			items: [],
		});
		const channel = await readRss(`${prefix}/rss.xml`);
		for (const [element, text] of [
			["title", title],
			["link", `https://press.test/${language}/`],
			["description", "What the press office says."],
			["ttl", "5"],
			["language", language],
		] as const)
			expect(textOf(channel, element)).toBe(text);
		const [self] = childrenOf(channel, "atom:link");
		expect(self?.attributes.get("rel")).toBe("self");
		expect(self?.attributes.get("href")).toBe(`https://press.test/${language}/rss.xml`);
		expect(childrenOf(channel, "item")).toEqual([]);
		// The time of building would change a feed that says the same.
		expect(childrenOf(channel, "lastBuildDate")).toEqual([]);
	});

	it("are told with their media types", async () => {
		const typeOf = async (path: string) => (await ask(path)).headers.get("Content-Type");
		expect(await typeOf("/rss.xml")).toBe("application/rss+xml; charset=utf-8");
		expect(await typeOf("/feed.json")).toBe("application/feed+json; charset=utf-8");
	});

	it("are not there for a language that the publication has not", async () => {
		expect((await ask("/de/rss.xml")).status).toBe(404);
	});
});

describe("hostile words survive in both feeds", () => {
	it.each(HOSTILE)("%s", async (words) => {
		await publish({ title: words, summary: words, body: `${words}\n\n${words}` });
		const { json, rss } = await feedsWith(1);
		expect(json.items[0]).toMatchObject({ title: words, summary: words });
		expect(json.items[0]?.content_text).toBe(`${words}\n\n${words}`);
		const [item] = rss.items;
		expect(textOf(item, "title")).toBe(words);
		expect(fromHtml(textOf(item, "description"))).toBe(words);
		const html = json.items[0]?.content_html ?? "";
		expect(textOf(item, "content:encoded")).toBe(html);
		expect(html.replaceAll(/<\/?p>|\n/g, "")).not.toMatch(/[<>]/);
	});

	it("without what no feed can carry: NUL, control characters, halves of characters", async () => {
		await publish({
			title: "A\u0000 meeting\r\non\u0008 water\ud83d",
			body: "One\u0000.\r\n\r\nTwo\u001b[31m\ufffe.",
		});
		const { json, rss } = await feedsWith(1);
		expect(json.items[0]).toMatchObject({
			title: "A meeting on water\ufffd",
			content_text: "One.\n\nTwo[31m.",
		});
		expect(textOf(rss.items[0], "title")).toBe("A meeting on water\ufffd");
	});
});
