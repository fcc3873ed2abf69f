import { describe, expect, it } from "vitest";
import { mannWhitney, median } from "../../scripts/local/statistics.ts";

const upTo = (count: number, scale = 1, shift = 0) =>
	Array.from({ length: count }, (_, index) => index * scale + shift);

describe("the median", () => {
	it.each([
		[[3, 1, 2], 2],
		[[4, 1, 2, 3], 2.5],
		[[7], 7],
	])("of %j is %d", (values, middle) => {
		expect(median(values)).toBe(middle);
	});
});

describe("the Mann-Whitney test", () => {
	it("sees no difference between like samples", () => {
		expect(mannWhitney(upTo(100), upTo(100))).toBeGreaterThan(0.95);
		expect(mannWhitney(upTo(50, 2), upTo(50, 2, 1))).toBeGreaterThan(0.7);
		expect(mannWhitney(Array(30).fill(5), Array(30).fill(5))).toBe(1);
	});

	it("sees a shift, whichever way it goes", () => {
		expect(mannWhitney(upTo(100), upTo(100, 1, 30))).toBeLessThan(0.001);
		expect(mannWhitney(upTo(100, 1, 30), upTo(100))).toBeLessThan(0.001);
		expect(mannWhitney(upTo(30), upTo(30, 1, 1000))).toBeLessThan(1e-9);
	});

	it("gives the chance that the normal approximation gives", () => {
		// By hand: U is the number of pairs in which the first is the greater.
		const first = upTo(20);
		const second = upTo(20, 1, 2.5);
		const u = first.flatMap((one) => second.filter((other) => one > other)).length;
		const z = (Math.abs(u - 200) - 0.5) / Math.sqrt((400 * 41) / 12);
		expect(u).toBe(153);
		expect(z).toBeCloseTo(1.2578, 4);
		expect(mannWhitney(first, second)).toBeCloseTo(0.2085, 3);
	});
});
