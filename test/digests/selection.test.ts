import { describe, expect, it } from "vitest";
import { type Interest, selectNew, toSections } from "../../src/digests/selection.ts";
import { LANGUAGES } from "../../src/shared/language.ts";
import { someEntry } from "./entries.ts";

const EVERYTHING: Interest = {
	kinds: ["consultation", "meeting", "announcement"],
	languages: [...LANGUAGES],
	heardThrough: 0,
};

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

	it("is told by when it was first published, not by a later revision", () => {
		const revised = someEntry({ firstSequence: 2, sequence: 9, revision: 2 });
		expect(selectNew([revised], { ...EVERYTHING, heardThrough: 5 }, 9)).toEqual([]);
		expect(selectNew([revised], { ...EVERYTHING, heardThrough: 1 }, 5)).toEqual([revised]);
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

describe("sections", () => {
	const at = (firstSequence: number, starts: string | null, kind: "meeting" | "consultation") =>
		someEntry({
			firstSequence,
			kind,
			event: starts === null ? null : { starts, ends: starts, timeZone: null, place: null },
		});

	it("keep the kinds apart, consultations first, whatever was published first", () => {
		const entries = [
			someEntry({ firstSequence: 1, kind: "announcement" }),
			someEntry({ firstSequence: 2, kind: "meeting" }),
			someEntry({ firstSequence: 3, kind: "consultation" }),
			someEntry({ firstSequence: 4, kind: "meeting" }),
		];
		const found = toSections(entries).map((section) => [section.kind, sequences(section.entries)]);
		expect(found).toEqual([
			["consultation", [3]],
			["meeting", [2, 4]],
			["announcement", [1]],
		]);
	});

	it("leave out kinds without a release", () => {
		expect(toSections([at(1, null, "meeting")]).map(({ kind }) => kind)).toEqual(["meeting"]);
		expect(toSections([])).toEqual([]);
	});

	it("put the soonest event first and releases without an event last", () => {
		const entries = [
			at(1, null, "meeting"),
			at(2, "2027-01-05", "meeting"),
			at(3, "2026-12-31", "meeting"),
			at(4, null, "meeting"),
			at(5, "2026-12-31", "meeting"),
		];
		const [section] = toSections(entries);
		expect(sequences(section?.entries ?? [])).toEqual([3, 5, 2, 1, 4]);
	});

	it("leave the list they were given in its order", () => {
		const entries = [at(1, null, "meeting"), at(2, "2026-12-31", "meeting")];
		toSections(entries);
		expect(sequences(entries)).toEqual([1, 2]);
	});
});
