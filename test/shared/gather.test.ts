import { describe, expect, it } from "vitest";
import { gather } from "../../src/shared/gather.ts";

/** A gathering that doubles numbers, and notes what it was asked for together. */
function doubling(answerAll?: (numbers: readonly number[]) => Promise<readonly number[]>) {
	const asked: (readonly number[])[] = [];
	const ask = gather(
		async (numbers: readonly number[]) => {
			asked.push(numbers);
			if (answerAll) return answerAll(numbers);
			return numbers.map((number) => number * 2);
		},
		async () => {},
	);
	return { ask, asked };
}

describe("gathering", () => {
	it("asks once for what is asked for at the same time, and gives each their own answer", async () => {
		const { ask, asked } = doubling();
		expect(await Promise.all([1, 2, 3].map(ask))).toEqual([2, 4, 6]);
		expect(asked).toEqual([[1, 2, 3]]);
	});

	it("asks again for what comes while it is being answered", async () => {
		let letGo = () => {};
		const held = new Promise<void>((resolve) => {
			letGo = resolve;
		});
		const { ask, asked } = doubling(async (numbers) => {
			await held;
			return numbers.map((number) => number * 2);
		});
		const first = ask(1);
		while (asked.length === 0) await Promise.resolve();
		const others = [ask(2), ask(3)];
		letGo();
		expect(await Promise.all([first, ...others])).toEqual([2, 4, 6]);
		expect(asked).toEqual([[1], [2, 3]]);
	});

	it("asks for each by itself where all together fail, so that one fails alone", async () => {
		const { ask, asked } = doubling(async (numbers) => {
			if (numbers.includes(2)) throw new Error("not two");
			return numbers.map((number) => number * 2);
		});
		const answers = await Promise.allSettled([1, 2, 3].map(ask));
		expect(answers).toEqual([
			{ status: "fulfilled", value: 2 },
			{ status: "rejected", reason: new Error("not two") },
			{ status: "fulfilled", value: 6 },
		]);
		expect(asked).toEqual([[1, 2, 3], [1], [2], [3]]);
	});

	it("goes on after a fault", async () => {
		let isAway = true;
		const { ask } = doubling(async (numbers) => {
			if (isAway) throw new Error("away");
			return numbers.map((number) => number * 2);
		});
		await expect(ask(1)).rejects.toThrow("away");
		isAway = false;
		expect(await ask(1)).toBe(2);
	});
});
