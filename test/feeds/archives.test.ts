import { beforeEach, describe, expect, it, vi } from "vitest";
import { selectForFeed } from "../../src/feeds/archives.ts";
import { ARCHIVE_LENGTH, FEED_LENGTH } from "../../src/feeds/feed.ts";
import type { EverPublicEntry } from "../../src/releases/entry.ts";
import { type Desk, openDesk } from "../support/desk.ts";
import { emptyStores, publishText } from "../support/house.ts";
import { childrenOf, textOf } from "./reading.ts";
import { type Element, parseXml } from "./xml.ts";

// Hundreds of releases, published one after the other, take their time on a busy machine.
vi.setConfig({ testTimeout: 30_000 });

let desk: Desk;

beforeEach(async () => {
	await emptyStores();
	desk = openDesk();
});

const ORIGIN = "https://press.test";

async function publishMany(count: number, over: Parameters<typeof publishText>[1] = {}, from = 0) {
	const entries = [];
	for (let index = from; index < from + count; index += 1)
		entries.push(await publishText(desk.rooms, { title: `Meeting ${index}`, ...over }));
	return entries;
}

async function rebuild(): Promise<void> {
	desk.rooms.asked.push("feeds");
	await desk.settle();
}

/** The links of a feed by their relation, and the ids and titles of its items. */
interface Document {
	readonly links: ReadonlyMap<string, string>;
	readonly items: ReadonlyMap<string, string>;
	readonly isArchive: boolean;
}

async function text(path: string): Promise<string> {
	const response = await desk.page(path.replace(ORIGIN, ""));
	expect(response.status, path).toBe(200);
	return response.text();
}

const linksOf = (parent: Element, name: string) =>
	new Map(
		childrenOf(parent, name).map(({ attributes }) => [
			attributes.get("rel") ?? "",
			attributes.get("href") ?? "",
		]),
	);

const READERS: Readonly<Record<string, (path: string) => Promise<Document>>> = {
	"rss.xml": async (path) => {
		const [channel] = parseXml(await text(path)).children as [Element];
		return {
			links: linksOf(channel, "atom:link"),
			items: new Map(
				childrenOf(channel, "item").map((item) => [
					textOf(item, "guid") ?? "",
					textOf(item, "title") ?? "",
				]),
			),
			isArchive: childrenOf(channel, "fh:archive").length === 1,
		};
	},
	"atom.xml": async (path) => {
		const feed = parseXml(await text(path));
		return {
			links: linksOf(feed, "link"),
			items: new Map(
				childrenOf(feed, "entry").map((entry) => [
					textOf(entry, "id") ?? "",
					textOf(entry, "title") ?? "",
				]),
			),
			isArchive: childrenOf(feed, "fh:archive").length === 1,
		};
	},
	"feed.json": async (path) => {
		const feed = JSON.parse(await text(path));
		return {
			links: new Map(feed.next_url ? [["prev-archive", feed.next_url]] : []),
			items: new Map(
				feed.items.map((item: { id: string; title: string }) => [item.id, item.title]),
			),
			isArchive: path.includes("/archive/"),
		};
	},
};
const FILES = Object.keys(READERS);

function read(file: string, path: string): Promise<Document> {
	const reader = READERS[file];
	if (!reader) throw new Error(`no reader for ${file}`);
	return reader(path);
}

/** Every document from the feed back through its archives, newest first. */
async function walk(file: string, prefix = "/en"): Promise<Document[]> {
	const documents: Document[] = [];
	let path: string | undefined = `${prefix}/${file}`;
	while (path) {
		const document: Document = await read(file, path);
		documents.push(document);
		path = document.links.get("prev-archive");
	}
	return documents;
}

/** What a reader knows who walked: of each id the newest title. */
const known = (documents: readonly Document[]) =>
	new Map(documents.toReversed().flatMap(({ items }) => [...items]));

const titles = (count: number) => Array.from({ length: count }, (_, index) => `Meeting ${index}`);

describe("archives", () => {
	it.each(FILES)("lead a reader to every release: %s", async (file) => {
		await publishMany(2 * FEED_LENGTH + ARCHIVE_LENGTH + 3);
		await rebuild();
		const documents = await walk(file);
		expect(documents.map(({ items }) => items.size)).toEqual([50, 25, 25, 25, 25, 25]);
		expect(documents.map(({ isArchive }) => isArchive)).toEqual([false, ...Array(5).fill(true)]);
		expect([...known(documents).values()].toSorted()).toEqual(titles(128).toSorted());
	});

	it.each(FILES)("are not needed up to %s of fifty releases", async (file) => {
		await publishMany(FEED_LENGTH);
		await rebuild();
		const [feed, ...archives] = await walk(file);
		expect(feed?.items.size).toBe(FEED_LENGTH);
		expect(archives).toEqual([]);
	});

	it("stay byte for byte as they are while releases are published", async () => {
		await publishMany(60);
		await rebuild();
		const before = await text("/en/archive/2/atom.xml");
		await publishMany(30, {}, 60);
		await rebuild();
		expect(await text("/en/archive/2/atom.xml")).toBe(before);
		expect((await walk("atom.xml"))[0]?.links.get("prev-archive")).toBe(
			`${ORIGIN}/en/archive/3/atom.xml`,
		);
	});

	it("name themselves, the feed, and the archive before", async () => {
		await publishMany(80);
		await rebuild();
		const { links } = await read("rss.xml", "/en/archive/2/rss.xml");
		expect(Object.fromEntries(links)).toEqual({
			self: `${ORIGIN}/en/archive/2/rss.xml`,
			current: `${ORIGIN}/en/rss.xml`,
			"prev-archive": `${ORIGIN}/en/archive/1/rss.xml`,
		});
		const first = await read("atom.xml", "/en/archive/1/atom.xml");
		expect([...first.links.keys()].toSorted()).toEqual(["alternate", "current", "self"]);
	});

	it.each(FILES)("have a correction, which the feed tells too: %s", async (file) => {
		const [, old] = await publishMany(120);
		await rebuild();
		const path = `/api/releases/${old?.id}?note=The+title+was+wrong.`;
		const body = { title: "Mended", summary: "S", body: "B", kind: "meeting", language: "en" };
		const put = await desk.ask("PUT", path, { body, etag: "*" });
		expect(put.status).toBe(200);
		await desk.settle();
		const documents = await walk(file);
		const id = `urn:uuid:${old?.id}`;
		expect(documents.filter(({ items }) => items.get(id) === "Mended")).toHaveLength(2);
		expect(documents[0]?.items.get(id)).toBe("Mended");
		expect(documents[0]?.items.size).toBe(FEED_LENGTH);
		expect(known(documents).size).toBe(120);
	});

	it.each(FILES)("have nothing left of a text that was withdrawn: %s", async (file) => {
		const [, old] = await publishMany(80, { body: "What nobody may read any more." });
		await rebuild();
		expect((await desk.withdraw(old?.id ?? null)).status).toBe(200);
		await desk.settle();
		const documents = await walk(file);
		expect(documents.map(({ items }) => items.get(`urn:uuid:${old?.id}`) ?? "")).toEqual([
			"Withdrawn: Meeting 1",
			"",
			"",
			"Withdrawn: Meeting 1",
		]);
		const archive = await text(`/en/archive/1/${file}`);
		expect(archive.split("What nobody may read any more.")).toHaveLength(
			24 * (file === "feed.json" ? 2 : 1) + 1,
		);
	});

	it("are not there before they are full, and never in a calendar", async () => {
		await publishMany(49);
		await rebuild();
		for (const path of ["/en/archive/2/rss.xml", "/en/archive/0/rss.xml", "/en/archive/01/rss.xml"])
			expect((await desk.page(path)).status, path).toBe(404);
		expect((await desk.page("/en/archive/1/events.ics")).status).toBe(404);
		expect((await desk.page("/en/archive/1/rss.xml")).status).toBe(200);
	});

	it("are made in bounded steps where there is much to do", { timeout: 30_000 }, async () => {
		await publishMany(560);
		desk.rooms.asked.push("feeds");
		const { feeds } = desk.rooms;
		await desk.settle();
		const documents = await walk("feed.json");
		expect(documents).toHaveLength(1 + 22);
		expect(known(documents).size).toBe(560);
		expect((await feeds.listProgress()).get("all/all")).toMatchObject({
			archives: 22,
			through: 560,
		});
	});

	it("are made anew where a release has left their kind", async () => {
		const [moved] = await publishMany(60);
		await rebuild();
		const path = `/api/releases/${moved?.id}?note=It+was+a+consultation.`;
		const body = { title: "Moved", summary: "S", body: "B", kind: "consultation", language: "en" };
		expect((await desk.ask("PUT", path, { body, etag: "*" })).status).toBe(200);
		await desk.settle();
		const meetings = known(await walk("rss.xml", "/en/meetings"));
		expect([...meetings.values()].toSorted()).toEqual(titles(60).slice(1).toSorted());
		expect([...known(await walk("rss.xml", "/all/meetings")).values()]).not.toContain("Moved");
		expect([...known(await walk("rss.xml", "/en/consultations")).values()]).toEqual(["Moved"]);
		expect(known(await walk("rss.xml", "/en")).size).toBe(60);
	});
});

describe("what a feed holds", () => {
	const entry = (firstSequence: number, sequence = firstSequence) =>
		({ id: String(firstSequence), firstSequence, sequence }) as EverPublicEntry;
	const entries = (from: number, to: number) =>
		Array.from({ length: to - from + 1 }, (_, index) => entry(from + index));

	it("is everything that is in no archive, however much was corrected since", () => {
		const rest = entries(201, 224);
		const corrected = Array.from({ length: 50 }, (_, index) => entry(index + 1, 400 - index));
		const held = selectForFeed(rest, corrected);
		expect(held).toHaveLength(50);
		expect(held.slice(0, 24)).toEqual(rest.toReversed());
		expect(held.slice(24).map(({ sequence }) => sequence)).toEqual(
			Array.from({ length: 26 }, (_, index) => 375 + index),
		);
	});
});
