import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { createChangeStore } from "../../src/releases/change-store.ts";
import { publish } from "../../src/releases/publish.ts";
import { titleSlug } from "../../src/releases/slug.ts";
import { openFront } from "../support/front.ts";
import {
	areFeedsBehind,
	emptyStores,
	furnishForTest,
	publishingOf,
	someText,
	type TestRooms,
} from "../support/house.ts";
import { TEST_KEY } from "../support/settings.ts";
import { NOTHING, stored } from "./answers.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const NOW = Date.parse("2026-11-23T04:00:00Z");

function publishAt(rooms: TestRooms, text: ReturnType<typeof someText>, now: number) {
	const announced: number[] = [];
	const announce = async () => void announced.push(now);
	const parts = { ...publishingOf(rooms), announce };
	const posting = { made: { by: "desk", at: now }, publishAt: null, id: rooms.newId() };
	return publish(parts, text, posting).then((result) => ({ result, announced }));
}

beforeEach(emptyStores);

it("takes the same words within a day for the same release, and after it for a new one", async () => {
	const rooms = furnishForTest();
	const text = someText({ title: "A meeting on water" });
	const first = await publishAt(rooms, text, NOW);
	expect(first.result.ok).toBe(true);
	const soon = await publishAt(rooms, text, NOW + DAY_MS - 1);
	expect(soon).toEqual({
		result: { ok: false, error: { kind: "duplicate", slug: "a-meeting-on-water" } },
		announced: [],
	});
	const later = await publishAt(rooms, text, NOW + DAY_MS);
	expect(later.result).toMatchObject({ ok: true, value: { sequence: 2 } });
	expect(later.announced).toHaveLength(1);
});

it("takes words that differ only in how Unicode composes them for the same", async () => {
	const rooms = furnishForTest();
	const text = someText({ title: "Стороны ещё встретятся", language: "ru" });
	await publishAt(rooms, text, NOW);
	const decomposed = { ...text, title: text.title.normalize("NFD") };
	expect((await publishAt(rooms, decomposed, NOW)).result.ok).toBe(false);
});

describe("two at once, who both found nothing in their way", () => {
	/** A store in which no document is kept before two publishers want to keep one. */
	function meeting(rooms: TestRooms): TestRooms {
		const { promise: both, resolve: open } = Promise.withResolvers<void>();
		let arrived = 0;
		const keepDocument: typeof rooms.changes.keepDocument = async (key, document) => {
			arrived += 1;
			if (arrived === 2) open();
			await both;
			return rooms.changes.keepDocument(key, document);
		};
		return { ...rooms, changes: { ...rooms.changes, keepDocument } };
	}

	async function publishBoth(...texts: ReturnType<typeof someText>[]) {
		const rooms = meeting(furnishForTest());
		const published = await Promise.all(texts.map((text) => publishAt(rooms, text, NOW)));
		const results = published.map(({ result }) => result);
		return {
			slugs: results.flatMap((result) => (result.ok ? [result.value.slug] : [])),
			sequences: results.flatMap((result) => (result.ok ? [result.value.sequence] : [])),
			duplicates: results.flatMap((result) => (result.ok ? [] : [result.error])),
			announced: published.flatMap(({ announced }) => announced),
		};
	}

	it("make one release of the same text", async () => {
		const text = someText({ title: "A meeting on water" });
		expect(await publishBoth(text, text)).toEqual({
			slugs: ["a-meeting-on-water"],
			sequences: [1],
			duplicates: [{ kind: "duplicate", slug: "a-meeting-on-water" }],
			announced: [NOW],
		});
		expect(await stored()).toMatchObject({ releases: 1 });
	});

	it("make two releases of two texts with the same title", async () => {
		const texts = ["One.", "Two."].map((body) => someText({ title: "On water", body }));
		const { slugs, sequences, duplicates } = await publishBoth(...texts);
		expect(duplicates).toEqual([]);
		expect(sequences.toSorted()).toEqual([1, 2]);
		expect(slugs).toContain("on-water");
		expect(slugs).toContainEqual(expect.stringMatching(/^on-water-[0-9a-f]{8}$/));
	});
});

it("keeps who posted it", async () => {
	await publishAt(furnishForTest(), someText(), NOW);
	expect(await env.LEDGER.prepare("SELECT posted_by FROM releases").first("posted_by")).toBe(
		"desk",
	);
});

it("publishes also where the feeds cannot be told, which the clock's tick makes up for", async () => {
	const rooms = furnishForTest();
	const lost = async () => {
		throw new Error("the queue is away");
	};
	const app = openFront({ ...rooms, queues: { ...rooms.queues, rebuildFeeds: lost } });
	expect((await postTo(app)).status).toBe(201);
	expect(await stored()).toEqual({ releases: 1, documents: 1 });
	expect(await areFeedsBehind(rooms)).toBe(true);
});

it("publishes nothing where the document cannot be kept", async () => {
	const kv = new Proxy(env.DOCUMENTS, {
		get: (target, name) =>
			name === "put"
				? () => Promise.reject(new Error("away"))
				: Reflect.get(target, name).bind(target),
	});
	const rooms = furnishForTest({ changes: createChangeStore(env.LEDGER, kv) });
	const response = await postTo(openFront(rooms));
	expect(response.status).toBe(500);
	expect(await response.text()).not.toContain("away");
	expect(await stored()).toEqual(NOTHING);
});

it.each([
	["A meeting on water", "a-meeting-on-water"],
	["Встреча в Ташкенте", "vstrecha-v-tashkente"],
	["Ўзбекистон: учрашув ҳақида қарор, Ғижжак", "ozbekiston-uchrashuv-haqida-qaror-gizhzhak"],
	["x".repeat(200), "x".repeat(80)],
	[`${"x".repeat(80)} y`, "x".repeat(80)],
	["Oʻzbekiston: yigʻilish (2026)", "ozbekiston-yigilish-2026"],
	["C++ & <b>?/#%", "c-and-lessbgreaterpercent"],
	["...", ""],
])("puts the words of %s into a URL", (title, slug) => {
	expect(titleSlug(title)).toBe(slug);
});

async function postTo(app: ReturnType<typeof openFront>): Promise<Response> {
	const { kind, language, title, body } = someText();
	return app.request("/api/releases", {
		method: "POST",
		headers: { Authorization: `Bearer ${TEST_KEY}`, "Content-Type": "application/json" },
		body: JSON.stringify({ kind, language, title, body }),
	});
}
