import { describe, expect, it } from "vitest";
import { findNews, groupCandidates } from "../../src/digests/grouping.ts";
import type { Alike } from "../../src/digests/run.ts";
import { someEntry } from "./entries.ts";

const RUN = { id: "daily-2026-11-23", upperSequence: 3 };
const ENTRIES = [
	someEntry({ firstSequence: 1, kind: "consultation", language: "en" }),
	someEntry({ firstSequence: 2, kind: "meeting", language: "en" }),
	someEntry({ firstSequence: 3, kind: "meeting", language: "ru" }),
];

function readers(ids: readonly string[], over: Partial<Alike> = {}): Alike {
	return {
		ids,
		kinds: "consultation,meeting",
		languages: "en",
		heardThrough: 0,
		earlier: "[]",
		batch: null,
		...over,
	};
}

const reader = (id: string, over: Partial<Alike> = {}) => readers([id], over);

const NONE_PLANNED = new Set<string>();
const MANY = { planned: NONE_PLANNED, mostEditions: 20 };
const idsOf = ({ recipients: all }: { recipients: readonly Alike[] }) =>
	all.flatMap(({ ids }) => ids);

function recipients(candidates: readonly Alike[], mostEditions = 20, planned = NONE_PLANNED) {
	const { groups, through, isWhole } = groupCandidates(RUN, candidates, ENTRIES, new Map(), {
		planned,
		mostEditions,
	});
	return { through, isWhole, groups: groups.map(idsOf) };
}

describe("readers of one edition", () => {
	it("are those with the same languages in order, kinds and cursor", () => {
		expect(recipients([reader("a"), reader("b"), reader("c")])).toEqual({
			groups: [["a", "b", "c"]],
			through: "c",
			isWhole: true,
		});
	});

	it.each([
		["languages", { languages: "ru,en" }],
		["kinds", { kinds: "meeting" }],
		["cursor", { heardThrough: 1 }],
	])("are not those with other %s", (_what, over) => {
		expect(recipients([reader("a"), reader("b", over), reader("c")]).groups).toEqual([
			["a", "c"],
			["b"],
		]);
	});

	it("are not those with the same languages in another order", () => {
		const candidates = [reader("a", { languages: "en,ru" }), reader("b", { languages: "ru,en" })];
		expect(recipients(candidates).groups).toEqual([["a"], ["b"]]);
	});

	it("share an edition that says what it assumes, and has an id of its own", () => {
		const candidates = [reader("a"), reader("b", { kinds: "meeting", languages: "ru" })];
		const { groups } = groupCandidates(RUN, candidates, ENTRIES, new Map(), MANY);
		expect(groups.map(({ edition }) => edition)).toMatchObject([
			{ run: RUN.id, kinds: "consultation,meeting", languages: "en", heardThrough: 0 },
			{ run: RUN.id, kinds: "meeting", languages: "ru", heardThrough: 0 },
		]);
		expect(new Set(groups.map(({ edition }) => edition.id)).size).toBe(2);
	});

	it("share the same edition again on the next page, and another in another run", () => {
		const idOf = (run: typeof RUN, id: string) =>
			groupCandidates(run, [reader(id)], ENTRIES, new Map(), MANY).groups[0]?.edition.id;
		expect(idOf(RUN, "a")).toBe(idOf(RUN, "b"));
		expect(idOf(RUN, "a")).not.toBe(idOf({ ...RUN, id: "daily-2026-11-24" }, "a"));
	});
});

describe("readers without news", () => {
	it("are in no group and are walked past", () => {
		const candidates = [
			reader("a", { languages: "uz" }),
			reader("b"),
			reader("c", { heardThrough: 3 }),
		];
		expect(recipients(candidates)).toEqual({ groups: [["b"]], through: "c", isWhole: true });
	});

	it("do not count against the most editions of a page", () => {
		const candidates = [
			reader("a", { languages: "uz" }),
			reader("b", { heardThrough: 2 }),
			reader("c"),
			reader("d", { heardThrough: 3 }),
		];
		expect(recipients(candidates, 1)).toEqual({ groups: [["c"]], through: "d", isWhole: true });
	});
});

describe("a page", () => {
	it("ends before the first reader who would need one edition more", () => {
		const candidates = [
			reader("a"),
			reader("b", { kinds: "meeting" }),
			reader("c"),
			reader("d", { languages: "ru" }),
			reader("e"),
		];
		expect(recipients(candidates, 2)).toEqual({
			groups: [["a", "c"], ["b"]],
			through: "c",
			isWhole: false,
		});
	});

	it("ends there for those too who are like readers of before", () => {
		const candidates = [
			readers(["a", "d", "f"]),
			readers(["b", "e"], { kinds: "meeting" }),
			readers(["c", "g"], { languages: "uz" }),
		];
		expect(recipients(candidates, 1)).toEqual({ groups: [["a"]], through: "a", isWhole: false });
		expect(recipients([...candidates, reader("e5", { languages: "ru" })].toReversed(), 2)).toEqual({
			groups: [
				["a", "d"],
				["b", "e"],
			],
			through: "e",
			isWhole: false,
		});
	});

	it("may have any number of editions that are planned already", () => {
		const candidates = [
			reader("a"),
			reader("b", { kinds: "meeting" }),
			reader("c", { languages: "ru" }),
		];
		const { groups } = groupCandidates(RUN, candidates, ENTRIES, new Map(), MANY);
		const [first, second] = groups.map(({ edition }) => edition.id);
		expect(recipients(candidates, 1, new Set([first ?? "", second ?? ""]))).toMatchObject({
			through: "c",
			isWhole: true,
		});
		expect(recipients(candidates, 1, new Set([second ?? ""]))).toMatchObject({
			through: "b",
			isWhole: false,
		});
	});

	it("is whole with exactly as many editions as it may have", () => {
		const candidates = [reader("a"), reader("b", { kinds: "meeting" })];
		expect(recipients(candidates, 2)).toMatchObject({ through: "b", isWhole: true });
	});

	it("has nothing of nobody", () => {
		expect(recipients([])).toEqual({ groups: [], through: "", isWhole: true });
	});
});

describe("the news of an edition", () => {
	const edition = {
		id: "e",
		run: RUN.id,
		kinds: "meeting",
		languages: "ru,en",
		heardThrough: 1,
		heard: [],
		heardAsItStands: [],
	};

	it("are what its kinds, languages and cursor let through, up to the run's upper sequence", () => {
		const told = (upperSequence: number) =>
			findNews({ upperSequence }, edition, ENTRIES).fresh.map(({ firstSequence }) => firstSequence);
		expect(told(3)).toEqual([2, 3]);
		expect(told(2)).toEqual([2]);
	});
});
