import { describe, expect, it } from "vitest";
import { cutAttachments, cutFairly, fewerItems } from "../../src/digests/cutting.ts";
import { bytesOf, LARGEST_BYTES } from "../../src/digests/size.ts";

describe("a fair cut", () => {
	it.each([
		["leaves what fits", [3, 2, 1], 6, [3, 2, 1]],
		["takes from the longest first", [10, 2, 1], 6, [3, 2, 1]],
		["evens out those that are long", [10, 9, 1], 9, [4, 4, 1]],
		["takes from the last of two as long", [4, 4, 4], 11, [4, 4, 3]],
		["keeps one of each", [10, 1, 7], 2, [1, 1, 1]],
		["gives nothing to what has nothing", [5, 0, 0], 3, [3, 0, 0]],
		["has nothing of nothing", [], 3, []],
	])("%s", (_what, lengths, most, kept) => {
		expect(cutFairly(lengths, most)).toEqual(kept);
	});
});

describe("the next try", () => {
	it("is none where it fits, to the byte", () => {
		expect(fewerItems([10], LARGEST_BYTES, 1)).toBeNull();
		expect(fewerItems([10], LARGEST_BYTES + 1, 1)).toBe(9);
	});

	it("is in proportion, and a little less", () => {
		expect(fewerItems([60, 40], 2 * LARGEST_BYTES, 1)).toBe(46);
	});

	it("keeps one of each section, and ends there", () => {
		expect(fewerItems([2, 2, 1], 100 * LARGEST_BYTES, 1)).toBe(3);
		expect(fewerItems([1, 1, 1], 100 * LARGEST_BYTES, 1)).toBeNull();
	});

	it("always shows fewer, and comes to an end in a few tries whatever the sizes", () => {
		let shown = 150;
		let tries = 1;
		for (let next: number | null = shown; next !== null; tries++) {
			next = fewerItems([shown], LARGEST_BYTES + 1, tries);
			if (next === null) break;
			expect(next).toBeLessThan(shown);
			shown = next;
		}
		expect(shown).toBe(1);
		expect(tries).toBeLessThan(8);
	});
});

describe("the attachments of a release", () => {
	const files = (number: number, url: string) =>
		Array.from({ length: number }, (_, index) => ({
			url: `https://files.test/${index}/${url}`,
			title: "Annex",
			type: "application/pdf",
			length: 1,
		}));

	it("are all where they are up to five, or the first five", () => {
		for (const number of [0, 1, 5]) expect(cutAttachments(files(number, "a"))).toHaveLength(number);
		expect(cutAttachments(files(20, "a"))).toEqual(files(20, "a").slice(0, 5));
	});

	it("are five also with addresses of 2,000 characters", () => {
		expect(cutAttachments(files(20, "a".repeat(1_980)))).toHaveLength(5);
	});

	it("are fewer where they are larger, counted in bytes of HTML", () => {
		expect(cutAttachments(files(20, "&".repeat(1_000)))).toHaveLength(2);
		expect(cutAttachments(files(20, "a".repeat(20_000)))).toHaveLength(0);
	});
});

describe("the size of a part", () => {
	it("is in bytes of UTF-8, not in letters", () => {
		expect(bytesOf({ pieces: ["abc"], places: [] })).toBe(3);
		expect(bytesOf({ pieces: ["где"], places: [] })).toBe(6);
		expect(bytesOf({ pieces: ["💧"], places: [] })).toBe(4);
	});

	it("has 600 bytes reserved for each personal place", () => {
		expect(bytesOf({ pieces: ["a", "b", "c"], places: ["one", "other"] })).toBe(1203);
	});
});
