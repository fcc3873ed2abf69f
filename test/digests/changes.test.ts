import { describe, expect, it } from "vitest";
import { listHeard, selectComing, selectNews } from "../../src/digests/selection.ts";
import type { NewsEntry } from "../../src/releases/entry.ts";
import { type Hearing, hasHeard } from "../../src/subscribers/hearing.ts";
import { someEntry } from "./entries.ts";

const READER: Hearing = {
	kinds: ["consultation", "meeting"],
	languages: ["ru", "en"],
	heardThrough: 10,
	earlier: [{ through: 2, kinds: [], languages: [] }],
};

/** First sequences of what a reader is told, in a run up to 20. */
function told(entries: readonly NewsEntry[], over: Partial<Hearing> = {}, upper = 20) {
	const reader = { ...READER, ...over };
	const hasHeardOf = (entry: NewsEntry) => hasHeard(reader, entry);
	const interest = { ...reader, hasHeard: hasHeardOf, knowsAsItStands: () => false };
	const { fresh, changed } = selectNews(entries, interest, upper);
	const first = (all: readonly NewsEntry[]) => all.map(({ firstSequence }) => firstSequence);
	return { fresh: first(fresh), changed: first(changed) };
}

const changed = (firstSequence: number, sequence: number, over: Partial<NewsEntry> = {}) =>
	someEntry({ firstSequence, sequence, revision: 2, ...over });
const withdrawn = (firstSequence: number, sequence: number, over: Partial<NewsEntry> = {}) =>
	changed(firstSequence, sequence, { status: "withdrawn", reason: "A mistake.", ...over });

describe("a correction", () => {
	it("is told to whom has heard of the release", () => {
		expect(told([changed(5, 12)])).toEqual({ fresh: [], changed: [5] });
	});

	it("is told once: not again when the cursor is above it", () => {
		expect(told([changed(5, 12)], { heardThrough: 12 })).toEqual({ fresh: [], changed: [] });
	});

	it("that came after the run was frozen waits for the next run", () => {
		expect(told([changed(5, 21)])).toEqual({ fresh: [], changed: [] });
		expect(told([changed(5, 21)], {}, 21)).toEqual({ fresh: [], changed: [5] });
	});

	it("makes the release new, with its current text, to whom has not heard of it", () => {
		expect(told([changed(1, 12)])).toEqual({ fresh: [1], changed: [] });
	});

	it("of what is new to them is no news of its own", () => {
		expect(told([changed(11, 12)])).toEqual({ fresh: [11], changed: [] });
		expect(told([changed(11, 25)])).toEqual({ fresh: [11], changed: [] });
	});

	it("is not told of a kind or in a language that they want no more", () => {
		expect(told([changed(5, 12)], { kinds: ["consultation"] })).toEqual({ fresh: [], changed: [] });
		expect(told([changed(5, 12)], { languages: ["uz"] })).toEqual({ fresh: [], changed: [] });
	});

	it("to another kind is told to readers of the kind it had, and new to those of the kind it has", () => {
		const entry = changed(5, 12, {
			kind: "announcement",
			publications: [
				{ sequence: 5, kind: "meeting" },
				{ sequence: 12, kind: "announcement" },
			],
		});
		expect(told([entry])).toEqual({ fresh: [], changed: [5] });
		expect(
			told([entry], {
				kinds: ["announcement"],
				earlier: [
					{ through: 2, kinds: [], languages: [] },
					{ through: 9, kinds: ["consultation"], languages: ["en"] },
				],
			}),
		).toEqual({ fresh: [5], changed: [] });
	});

	it("in two languages of a story is told once, in the better one", () => {
		const [en, ru] = [
			changed(5, 12, { story: "s", language: "en" }),
			changed(6, 13, { story: "s", language: "ru" }),
		];
		expect(told([en, ru])).toEqual({ fresh: [], changed: [6] });
	});
});

describe("a withdrawal", () => {
	it("is told to whom has heard of the release, and to nobody else", () => {
		expect(told([withdrawn(5, 12)])).toEqual({ fresh: [], changed: [5] });
		expect(told([withdrawn(1, 12), withdrawn(11, 12)])).toEqual({ fresh: [], changed: [] });
	});

	it("lets the story be told anew by another release", () => {
		const again = someEntry({ firstSequence: 13, story: "s" });
		expect(told([withdrawn(5, 12, { story: "s" }), again])).toEqual({ fresh: [13], changed: [5] });
	});
});

describe("a release that was of several kinds", () => {
	const publications = [
		{ sequence: 5, kind: "announcement" as const },
		{ sequence: 12, kind: "meeting" as const },
	];
	const kinds = ["meeting" as const];

	it("is new to readers of the kind that it was corrected to", () => {
		expect(told([changed(5, 12, { publications })], { kinds })).toEqual({
			fresh: [5],
			changed: [],
		});
	});

	it("is known to them when it is changed again", () => {
		const later = { sequence: 15, kind: "meeting" as const };
		const again = changed(5, 15, { publications: [...publications, later] });
		const reader = { kinds, heardThrough: 12 };
		expect(told([again], reader)).toEqual({ fresh: [], changed: [5] });
		expect(told([{ ...again, status: "withdrawn" }], reader)).toEqual({ fresh: [], changed: [5] });
	});

	it("is told as withdrawn to whom heard of it as another kind than it had at last", () => {
		const was = [
			{ sequence: 5, kind: "meeting" as const },
			{ sequence: 12, kind: "consultation" as const },
			{ sequence: 13, kind: "consultation" as const },
		];
		const gone = withdrawn(5, 13, { kind: "consultation", publications: was });
		expect(told([gone], { kinds })).toEqual({ fresh: [], changed: [5] });
		expect(told([gone], { kinds, heardThrough: 12 })).toEqual({ fresh: [], changed: [5] });
	});
});

describe("a release from before a reader came", () => {
	it("that was told when it was corrected is told when it is withdrawn", () => {
		const publications = [1, 8, 12].map((sequence) => ({ sequence, kind: "meeting" as const }));
		expect(told([withdrawn(1, 12, { publications })])).toEqual({ fresh: [], changed: [1] });
		expect(told([changed(1, 12, { publications })])).toEqual({ fresh: [], changed: [1] });
	});
});

describe("of a story in two of a reader's languages", () => {
	const story = { story: "s" };
	const told2 = (en: Partial<NewsEntry>, ru: Partial<NewsEntry>) =>
		told(
			[
				someEntry({ firstSequence: 5, ...story, language: "en", ...en }),
				someEntry({ firstSequence: 6, ...story, language: "ru", ...ru }),
			],
			{ languages: ["en", "ru"] },
		);

	it("only what they can have been told is told as changed", () => {
		expect(told2({}, { sequence: 12, status: "withdrawn" })).toEqual({ fresh: [], changed: [] });
		expect(told2({}, { sequence: 12, revision: 2 })).toEqual({ fresh: [], changed: [] });
		expect(told2({ sequence: 12, status: "withdrawn" }, {})).toEqual({ fresh: [], changed: [5] });
	});
});

describe("a story", () => {
	const en = someEntry({ firstSequence: 5, story: "s", language: "en" });
	const ru = someEntry({ firstSequence: 12, story: "s", language: "ru" });

	it("that was heard in one language is not told in another", () => {
		expect(told([en, ru])).toEqual({ fresh: [], changed: [] });
	});

	it("that came out in a language they did not read then is told when it comes in theirs", () => {
		const earlier = [
			{ through: 2, kinds: [], languages: [] },
			{ through: 9, kinds: READER.kinds, languages: ["ru" as const] },
		];
		expect(told([en, ru], { earlier })).toEqual({ fresh: [12], changed: [] });
	});

	it("from before they subscribed is told when a translation comes out", () => {
		expect(told([someEntry({ firstSequence: 2, story: "s", language: "en" }), ru])).toEqual({
			fresh: [12],
			changed: [],
		});
	});

	it("of two new languages is told in the one that they put first", () => {
		const two = [someEntry({ firstSequence: 11, story: "s", language: "en" }), ru];
		expect(told(two)).toEqual({ fresh: [12], changed: [] });
		expect(told(two, { languages: ["en", "ru"] })).toEqual({ fresh: [11], changed: [] });
	});
});

describe("what a reader has heard of", () => {
	const listed = (entries: readonly NewsEntry[], over: Partial<Hearing> = {}) => {
		const reader = { ...READER, ...over };
		return listHeard(entries, { ...reader, hasHeard: (one) => hasHeard(reader, one) }, 20);
	};

	it("is the same for all where nothing of it matters", () => {
		const entries = [someEntry({ firstSequence: 5 }), someEntry({ firstSequence: 12 })];
		expect(listed(entries)).toEqual([]);
	});

	it("has what was changed since, and not what was from before them", () => {
		expect(listed([changed(1, 12), changed(5, 13), changed(6, 14)])).toEqual([5, 6]);
		const later = [{ through: 5, kinds: [], languages: [] }];
		expect(listed([changed(1, 12), changed(5, 13), changed(6, 14)], { earlier: later })).toEqual([
			6,
		]);
	});

	it("has the releases of a story that goes on", () => {
		const story = [
			someEntry({ firstSequence: 5, story: "s" }),
			someEntry({ firstSequence: 12, story: "s", language: "ru" }),
		];
		expect(listed(story)).toEqual([5]);
	});
});

describe("the reminder", () => {
	const event = (firstSequence: number, over: Partial<NewsEntry> = {}) =>
		someEntry({ firstSequence, ...over });
	const coming = (events: readonly NewsEntry[], news: readonly NewsEntry[] = []) =>
		selectComing(events, READER, { fresh: news }).map(({ firstSequence }) => firstSequence);

	it("is of their kinds and languages, once a story, in the better language", () => {
		expect(
			coming([
				event(1),
				event(2, { kind: "announcement" }),
				event(3, { language: "uz" }),
				event(4, { story: "s", language: "en" }),
				event(5, { story: "s", language: "ru" }),
			]),
		).toEqual([1, 5]);
	});

	it("is of what was announced before, and of nothing that they have not been told", () => {
		expect(coming([event(10), event(11)])).toEqual([10]);
	});

	it("says nothing of what is fresh in the mail, in whatever language", () => {
		const told = event(9, { story: "s", language: "ru" });
		expect(coming([event(1), event(2, { story: "s" })], [told])).toEqual([1]);
	});
});
