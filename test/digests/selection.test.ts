import { describe, expect, it } from "vitest";
import { type Interest, selectNews } from "../../src/digests/selection.ts";
import { LANGUAGES } from "../../src/shared/language.ts";
import { someEntry } from "./entries.ts";

const EVERYTHING: Interest = {
	kinds: ["consultation", "meeting", "announcement"],
	languages: [...LANGUAGES],
	heardThrough: 0,
	hasHeard: () => true,
	knowsAsItStands: () => false,
};

const selectNew = (...given: Parameters<typeof selectNews>) => selectNews(...given).fresh;

const sequences = (entries: readonly { firstSequence: number }[]) =>
	entries.map(({ firstSequence }) => firstSequence);

describe("what is new to a reader", () => {
	const entries = [1, 2, 3, 4, 5].map((firstSequence) => someEntry({ firstSequence }));

	it("begins above what they have heard and ends with the run's upper sequence", () => {
		const interest = { ...EVERYTHING, heardThrough: 2 };
		expect(sequences(selectNew(entries, interest, 4))).toEqual([3, 4]);
	});

	it("is nothing where they have heard all", () => {
		expect(selectNew(entries, { ...EVERYTHING, heardThrough: 5 }, 5)).toEqual([]);
	});

	it("is told by sequence and never by a date", () => {
		const old = someEntry({
			firstSequence: 6,
			issued: "1999-01-01",
			publishedAt: 0,
			event: { starts: "1999-01-02", ends: "1999-01-02", timeZone: null, place: null },
		});
		const interest = { ...EVERYTHING, heardThrough: 5 };
		expect(sequences(selectNew([...entries, old], interest, 6))).toEqual([6]);
	});

	it("is of the kinds they asked for", () => {
		const ofEachKind = [
			someEntry({ firstSequence: 1, kind: "announcement" }),
			someEntry({ firstSequence: 2, kind: "meeting" }),
			someEntry({ firstSequence: 3, kind: "consultation" }),
		];
		const interest: Interest = { ...EVERYTHING, kinds: ["consultation", "meeting"] };
		expect(sequences(selectNew(ofEachKind, interest, 3))).toEqual([2, 3]);
	});

	it("is in the languages they asked for, the two Uzbek scripts being two", () => {
		const inEach = LANGUAGES.map((language, index) =>
			someEntry({ firstSequence: index + 1, language }),
		);
		const interest: Interest = { ...EVERYTHING, languages: ["uz-Cyrl", "ru"] };
		expect(sequences(selectNew(inEach, interest, 4))).toEqual([2, 4]);
	});
});
