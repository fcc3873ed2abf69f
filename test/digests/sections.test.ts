import { describe, expect, it } from "vitest";
import { byChange, byEvent, isOver, toSections } from "../../src/digests/sections.ts";
import { someEntry } from "./entries.ts";

const DAY = "2026-11-23";

const sequences = (entries: readonly { firstSequence: number }[]) =>
	entries.map(({ firstSequence }) => firstSequence);

/** A release of an event on some days, or of none. */
const at = (firstSequence: number, starts: string | null, ends = starts) =>
	someEntry({
		firstSequence,
		event:
			starts === null || ends === null
				? null
				: { starts, ends, timeZone: starts.includes("T") ? "Asia/Tashkent" : null, place: null },
	});

describe("sections", () => {
	it("keep the kinds apart, consultations first, whatever was published first", () => {
		const entries = [
			someEntry({ firstSequence: 1, kind: "announcement" }),
			someEntry({ firstSequence: 2, kind: "meeting" }),
			someEntry({ firstSequence: 3, kind: "consultation" }),
			someEntry({ firstSequence: 4, kind: "meeting" }),
		];
		const found = toSections(entries, DAY).map((section) => [
			section.kind,
			sequences(section.entries),
		]);
		expect(found).toEqual([
			["consultation", [3]],
			["meeting", [2, 4]],
			["announcement", [1]],
		]);
	});

	it("leave out kinds without a release", () => {
		expect(toSections([at(1, null)], DAY).map(({ kind }) => kind)).toEqual(["meeting"]);
		expect(toSections([], DAY)).toEqual([]);
	});

	it("put the soonest event first and releases without an event last", () => {
		const entries = [
			at(1, null),
			at(2, "2027-01-05"),
			at(3, "2026-12-31"),
			at(4, null),
			at(5, "2026-12-31"),
		];
		const [section] = toSections(entries, DAY);
		expect(sequences(section?.entries ?? [])).toEqual([3, 5, 2, 1, 4]);
	});

	it("leave the list they were given in its order", () => {
		const entries = [at(1, null), at(2, "2026-12-31")];
		toSections(entries, DAY);
		expect(sequences(entries)).toEqual([1, 2]);
	});
});

describe("events in order", () => {
	it("are those to come, the soonest first, then those past, the latest first", () => {
		const entries = [
			at(1, "2026-11-01"),
			at(2, "2026-12-01"),
			at(3, "2026-11-22"),
			at(4, "2026-11-24"),
			at(5, null),
		];
		expect(sequences(byEvent(entries, DAY))).toEqual([4, 2, 3, 1, 5]);
	});

	it("are still to come while they last, and on their last day", () => {
		const entries = [
			at(1, "2026-11-24"),
			at(2, "2026-11-20", "2026-11-23"),
			at(3, "2026-11-20", "2026-11-22"),
		];
		expect(sequences(byEvent(entries, DAY))).toEqual([2, 1, 3]);
	});

	it("mix civil dates and times of the day", () => {
		const entries = [
			at(1, "2026-11-24T09:00"),
			at(2, "2026-11-23T18:00"),
			at(3, "2026-11-24"),
			at(4, "2026-11-22T18:00"),
		];
		expect(sequences(byEvent(entries, DAY))).toEqual([2, 3, 1, 4]);
	});
});

describe("an event", () => {
	it.each([
		["2026-11-22", "2026-11-22", true],
		["2026-11-20T09:00", "2026-11-22T18:00", true],
		["2026-11-20", "2026-11-23", false],
		["2026-11-23T09:00", "2026-11-23T10:00", false],
		["2026-11-24", "2026-11-24", false],
	])("from %s to %s is over: %s", (starts, ends, over) => {
		expect(isOver(at(1, starts, ends), DAY)).toBe(over);
	});

	it("that is none is not over", () => {
		expect(isOver(at(1, null), DAY)).toBe(false);
	});
});

describe("changes in order", () => {
	it("are corrections, then withdrawals, each as they came", () => {
		const entries = [
			someEntry({ firstSequence: 1, sequence: 14, status: "withdrawn" }),
			someEntry({ firstSequence: 2, sequence: 13 }),
			someEntry({ firstSequence: 3, sequence: 12, status: "withdrawn" }),
			someEntry({ firstSequence: 4, sequence: 11 }),
		];
		expect(sequences(byChange(entries))).toEqual([4, 2, 3, 1]);
		expect(sequences(entries)).toEqual([1, 2, 3, 4]);
	});
});
