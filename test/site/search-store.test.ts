import { env } from "cloudflare:workers";
import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import type { ReleaseText } from "../../src/releases/release.ts";
import { revise, takeBack } from "../../src/releases/revise.ts";
import { indexBehind } from "../../src/site/search-index.ts";
import { createSearchStore } from "../../src/site/search-store.ts";
import { toMatch } from "../../src/site/search-words.ts";
import {
	emptyStores,
	furnishForTest,
	publishingOf,
	publishText,
	someText,
} from "../support/house.ts";
import { plansOf } from "../support/plans.ts";

const rooms = furnishForTest();
const { releases, search } = rooms;
const MADE = { by: "test", at: Date.now() };
const PAGE = { limit: 10, offset: 0 };

beforeEach(emptyStores);

/** Publishes texts without a word that a test did not give. */
async function publishAll(...texts: Partial<ReleaseText>[]) {
	for (const text of texts) {
		const { title = "Untitled" } = text;
		await publishText(rooms, { summary: title, body: title, event: null, ...text });
	}
	await indexAll();
}

async function indexAll() {
	while (await indexBehind(releases, search));
}

/** The titles that a reader finds. */
async function find(query: string, over: Partial<Parameters<typeof search.search>[0]> = {}) {
	const match = toMatch(query);
	if (match === null) throw new Error(`no word in ${query}`);
	const { entries } = await search.search({ language: "en", ...over }, match, PAGE);
	return entries.map(({ title }) => title);
}

describe("search", () => {
	it("finds words in title, summary, place and body, whatever their case", async () => {
		await publishAll(
			{ title: "In the title: glacier" },
			{ title: "Summary", summary: "A GLACIER." },
			{
				title: "Place",
				event: { starts: "2026-12-01", ends: "2026-12-01", timeZone: null, place: "Glacier" },
			},
			{ title: "Body", body: "One.\n\nA glacier, again." },
			{ title: "Nothing of it" },
		);
		expect((await find("Glacier")).toSorted()).toEqual([
			"Body",
			"In the title: glacier",
			"Place",
			"Summary",
		]);
	});

	it.each([
		["ru", "Консультация", "консультации"],
		["ru", "Консультации", "консультация"],
		["ru", "Ещё одна встреча", "еще встречу"],
		["uz", "Maslahatlashuv", "maslahatlashuvi"],
		["uz", "Maslahatlashuvi", "maslahatlashuv"],
		["uz", "O‘zbekiston", "o'zbekiston"],
		["uz", "Oʻzbekiston", "ozbekistonda"],
		["uz-Cyrl", "Маслаҳатлашуви", "маслаҳатлашув"],
		["en", "Meetings", "meeting"],
		["en", "Meeting", "meetings"],
		["en", "The minister’s visit", "minister's visits"],
	] as const)("finds in %s %s by %s", async (language, title, query) => {
		await publishAll({ language, title });
		expect(await find(query, { language })).toEqual([title]);
	});

	it("wants every word, and a phrase as it stands", async () => {
		await publishAll({ title: "Water and energy" }, { title: "Energy" }, { title: "Water" });
		expect(await find("energy water")).toEqual(["Water and energy"]);
		expect(await find('"water and energy"')).toEqual(["Water and energy"]);
		expect(await find('"energy and water"')).toEqual([]);
		expect(await find('"water ener"')).toEqual([]);
	});

	it("finds the words of CommonMark, not its marks", async () => {
		const body = "# A *gla*cier\n\n[here](https://example.org/avalanche)";
		await publishAll({ title: "Marked", body, format: "commonmark" });
		expect(await find("glacier here")).toEqual(["Marked"]);
		expect(await find("avalanche")).toEqual([]);
	});

	it("puts the title's words first, and the newest of those as good", async () => {
		await publishAll(
			{ title: "Glacier one" },
			{ title: "Other", body: "Glacier glacier glacier." },
			{ title: "Glacier two" },
		);
		expect(await find("glacier")).toEqual(["Glacier two", "Glacier one", "Other"]);
	});

	it("is of one language, of a kind if asked, page by page with the total", async () => {
		await publishAll(
			{ title: "Water one" },
			{ title: "Water two", kind: "consultation" },
			{ title: "Water three" },
			{ title: "Water", language: "uz" },
		);
		expect(await find("water", { kind: "consultation" })).toEqual(["Water two"]);
		const match = toMatch("water") as string;
		const second = await search.search({ language: "en" }, match, { limit: 2, offset: 2 });
		expect(second).toMatchObject({ total: 3, entries: [{ title: "Water one" }] });
		const beyond = await search.search({ language: "en" }, match, { limit: 2, offset: 4 });
		expect(beyond).toEqual({ total: 3, entries: [] });
	});

	it("never shows what was taken back, also where the index has it still", async () => {
		const entry = await publishText(rooms, { title: "Glacier" });
		await indexAll();
		await takeBack(publishingOf(rooms), entry, "It was a draft.", MADE);
		expect(await search.behind()).toBe(true);
		const match = toMatch("glacier") as string;
		expect(await search.search({ language: "en" }, match, PAGE)).toEqual({ total: 0, entries: [] });
	});

	it("walks the matches, and looks each up by its first sequence", async () => {
		const plans = await plansOf((ledger) =>
			createSearchStore(ledger).search({ language: "en" }, '"a"*', PAGE),
		);
		expect(plans).toHaveLength(2);
		for (const plan of plans)
			expect(plan).toMatch(/SCAN matched\nSEARCH releases USING INDEX .*first_sequence=\?/);
	});
});

describe("any query", () => {
	it("gives what is found or nothing, never an error", async () => {
		await publishAll({ title: "Glacier NEAR water" });
		const syntax = fc.constantFrom(
			...['"', "'", "*", "^", "(", ")", "{", "}", ":", "+", "-", ",", " ", "\u0000", "\\"],
			...["AND", "OR", "NOT", "NEAR(", "title:", "rowid", "glacier", "вода", "ʻ", "“", "\u0301"],
		);
		const query = fc.oneof(
			fc.string({ unit: "binary", maxLength: 250 }),
			fc.string({ unit: "grapheme", maxLength: 250 }),
			fc.array(syntax, { maxLength: 30 }).map((parts) => parts.join("")),
		);
		await fc.assert(
			fc.asyncProperty(query, async (typed) => {
				const match = toMatch(typed);
				if (match === null) return;
				const { total, entries } = await search.search({ language: "en" }, match, PAGE);
				expect(entries).toHaveLength(total);
			}),
			{ numRuns: 500 },
		);
	});
});

describe("the index", () => {
	it("follows corrections and withdrawals, and is behind until it has", async () => {
		expect(await search.behind()).toBe(false);
		const first = await publishText(rooms, { title: "Glacier" });
		const second = await publishText(rooms, { title: "Avalanche" });
		expect(await search.behind()).toBe(true);
		expect(await indexBehind(releases, search)).toBe(false);
		expect(await search.behind()).toBe(false);
		expect(await search.progress()).toBe(2);

		const text = someText({ title: "Snow", body: "Snow.", summary: "Snow." });
		await revise(publishingOf(rooms), first, {
			text,
			note: "It was snow.",
			publishAt: null,
			made: MADE,
		});
		await takeBack(publishingOf(rooms), second, "It was a draft.", MADE);
		await indexAll();
		expect(await find("glacier")).toEqual([]);
		expect(await find("snow")).toEqual(["Snow"]);
		expect(await wordsOf("avalanche")).toEqual([]);
		expect(await search.progress()).toBe(4);
	});

	it("may be made twice, and comes to the same", async () => {
		await publishAll({ title: "Glacier" });
		await env.LEDGER.prepare("UPDATE search_progress SET through = 0").run();
		await indexAll();
		expect(await find("glacier")).toEqual(["Glacier"]);
		expect(await wordsOf("glacier")).toEqual([1]);
	});

	it("is made anew where its progress is lost, without what was never in it", async () => {
		const entry = await publishText(rooms, { title: "Glacier" });
		await takeBack(publishingOf(rooms), entry, "It was a draft.", MADE);
		await env.LEDGER.prepare("DELETE FROM search_progress").run();
		expect(await search.behind()).toBe(true);
		await indexAll();
		expect(await search.behind()).toBe(false);
		expect(await wordsOf("glacier")).toEqual([]);
	});

	it("does not go back behind what it has", async () => {
		await search.keep([], [], 5);
		await search.keep([], [], 3);
		expect(await search.progress()).toBe(5);
	});

	it("takes a bounded step at a time", async () => {
		for (let n = 0; n < 21; n += 1) await publishText(rooms, { title: `Glacier ${n}` });
		expect(await indexBehind(releases, search)).toBe(true);
		expect(await search.progress()).toBe(20);
		expect(await indexBehind(releases, search)).toBe(false);
		expect(await wordsOf("glacier")).toHaveLength(21);
	});

	it("records nothing while a document is on its way", async () => {
		await publishText(rooms, { title: "Glacier" });
		const late = await publishText(rooms, { title: "Avalanche" });
		const document = await env.DOCUMENTS.get(late.document);
		await env.DOCUMENTS.delete(late.document);
		await expect(indexBehind(releases, search)).rejects.toThrow("not in KV");
		expect(await search.progress()).toBe(0);
		await env.DOCUMENTS.put(late.document, document ?? "");
		await indexAll();
		expect(await find("avalanche")).toEqual(["Avalanche"]);
	});
});

/** The first sequences that the index itself has for a word. */
async function wordsOf(word: string): Promise<number[]> {
	const { results } = await env.LEDGER.prepare(
		"SELECT rowid FROM search_words WHERE search_words MATCH ? ORDER BY rowid",
	)
		.bind(word)
		.all<{ rowid: number }>();
	return results.map(({ rowid }) => rowid);
}
