import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { rebuildLagging } from "../../src/feeds/rebuild.ts";
import { furnish, type Rooms } from "../../src/rooms.ts";
import { type Desk, openDesk } from "../support/desk.ts";
import { sabotage } from "../support/faulty.ts";
import { areFeedsBehind, emptyStores, publishText, testSettings } from "../support/house.ts";
import { plansOf } from "../support/plans.ts";

vi.setConfig({ testTimeout: 30_000 });

let desk: Desk;

beforeEach(async () => {
	await emptyStores();
	desk = openDesk();
});

interface Feed {
	readonly title: string;
	readonly next_url?: string;
	readonly items: readonly { readonly title: string; readonly content_text: string }[];
}

async function readFeed(path: string): Promise<Feed> {
	const response = await desk.page(path.replace("https://press.test", ""));
	expect(response.status, path).toBe(200);
	return response.json();
}

/** The titles that who walks from a feed through all its archives finds, each once, in order. */
async function walk(path: string): Promise<string[]> {
	const titles: string[] = [];
	for (let next: string | undefined = path; next; ) {
		const { items, next_url }: Feed = await readFeed(next);
		titles.push(...items.map(({ title }) => title));
		next = next_url;
	}
	return [...new Set(titles)].toSorted();
}

async function publishMany(kind: "meeting" | "consultation", count: number, body = "B") {
	const entries = [];
	for (let index = 0; index < count; index += 1)
		entries.push(await publishText(desk.rooms, { kind, title: `${kind} ${index}`, body }));
	return entries;
}

const titles = (kind: string, count: number) =>
	Array.from({ length: count }, (_, index) => `${kind} ${index}`);

/** Brings everything up, as a message in the queue does, and the next tick. */
async function bringUp(): Promise<void> {
	desk.rooms.asked.push("feeds");
	await desk.settle();
}

async function move(id: string | undefined, kind: string, title: string): Promise<void> {
	const body = { title, summary: "S", body: "B", kind, language: "en" };
	const path = `/api/releases/${id}?note=It+was+another+kind.`;
	expect((await desk.ask("PUT", path, { body, etag: "*" })).status).toBe(200);
}

describe("what asks whether feeds are behind", () => {
	it.each<[string, (rooms: Rooms) => Promise<unknown>]>([
		["whether", areFeedsBehind],
		["which have changed", ({ history }) => history.listChangedParts(5)],
		["which have moved", ({ history }) => history.listMovedParts(5)],
	])("looks at what has changed, and not at all releases: %s", async (_, asking) => {
		await publishMany("meeting", 2);
		const plans = await plansOf((ledger) =>
			asking(furnish({ ...env, LEDGER: ledger }, testSettings())),
		);
		expect(plans.length).toBe(1);
		expect(plans[0]).toMatch(/SEARCH releases USING (COVERING )?INDEX \S+( \(sequence>\?\))?$/m);
		expect(plans[0]).not.toMatch(/SCAN (releases|later|earlier|either)/);
	});
});

describe("feeds that could not all be brought up", () => {
	it("are brought up by the next message, also where all of them together could be", async () => {
		await publishText(desk.rooms, { title: "News" });
		const { feeds } = desk.rooms;
		const faulty: Rooms["feeds"] = {
			...feeds,
			keep: async (document, ...rest) => {
				const { language, kind } = document.scope;
				if (language === "en" && kind === "meeting") throw new Error("KV is away");
				await feeds.keep(document, ...rest);
			},
		};
		await expect(rebuildLagging({ ...desk.rooms, feeds: faulty })).rejects.toThrow("KV is away");
		expect(await areFeedsBehind(desk.rooms)).toBe(true);
		await bringUp();
		expect(await walk("/en/meetings/feed.json")).toEqual(["News"]);
		expect(await areFeedsBehind(desk.rooms)).toBe(false);
	});

	it("are brought up where one takes more steps than all of them together", async () => {
		const moved = (await publishMany("meeting", 530)).at(-1);
		await bringUp();
		await move(moved?.id, "consultation", "Moved");
		await bringUp();
		expect(await walk("/en/meetings/feed.json")).toEqual(titles("meeting", 529).toSorted());
	});
});

describe("a release that becomes one of another kind", () => {
	it("makes no hole in the archives of its new kind", async () => {
		const [moved] = await publishMany("meeting", 1);
		await publishMany("consultation", 110);
		await bringUp();
		await move(moved?.id, "consultation", "Moved");
		await bringUp();
		const all = [...titles("consultation", 110), "Moved"].toSorted();
		expect(await walk("/en/consultations/feed.json")).toEqual(all);
		expect(await walk("/all/consultations/feed.json")).toEqual(all);
	});

	it("leaves no archive behind that nobody keeps up", async () => {
		const [moved] = await publishMany("meeting", 50);
		await bringUp();
		await move(moved?.id, "consultation", "Moved");
		await bringUp();
		for (const file of ["rss.xml", "atom.xml", "feed.json"])
			expect((await desk.page(`/en/meetings/archive/2/${file}`)).status, file).toBe(404);
		expect((await desk.page("/en/meetings/archive/1/rss.xml")).status).toBe(200);
	});
});

describe("another name of the publication that is taken back", () => {
	const renamed = (documents: KVNamespace, ledger: D1Database) => ({
		...furnish(
			{ ...env, DOCUMENTS: documents, LEDGER: ledger },
			testSettings({ PUBLICATION_TITLE: "Ministry" }),
		),
		clock: desk.rooms.clock,
	});

	it("is in no feed, also where it had only come to some of them", async () => {
		await publishText(desk.rooms, { title: "News" });
		await bringUp();
		const { documents, ledger } = sabotage(env, 8, "before");
		await expect(rebuildLagging(renamed(documents, ledger))).rejects.toThrow("killed");
		expect(await areFeedsBehind(desk.rooms)).toBe(true);
		await bringUp();
		for (const path of ["/en/meetings/feed.json", "/en/feed.json", "/all/feed.json"])
			expect((await readFeed(path)).title, path).toMatch(/^Press Office/);
		expect(await areFeedsBehind(desk.rooms)).toBe(false);
	});
});
