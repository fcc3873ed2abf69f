import { describe, expect, it } from "vitest";
import {
	effectOf,
	FAILING_MS,
	LAPSE_MS,
	MOST_FAILURES,
	type Standing,
	wordsToKeep,
} from "../../src/subscribers/delivery-reports.ts";
import { DAY_MS, SUNDAY } from "../support/desk.ts";
import { someReport } from "./reporting.ts";

const FINE: Standing = {
	id: "3f2b8c1e-9d4a-4e6f-8a7b-1c2d3e4f5a6b",
	address: "Anna@journal.test",
	status: "active",
	linkVersion: 2,
	confirmedAt: SUNDAY - 100 * DAY_MS,
	reinstatedAt: null,
	failures: 0,
	firstFailedAt: null,
	lastFailedAt: null,
};
const FAILING: Standing = {
	...FINE,
	failures: 4,
	firstFailedAt: SUNDAY - 20 * DAY_MS,
	lastFailedAt: SUNDAY - DAY_MS,
};

const effect = (standing: Standing, over: Parameters<typeof someReport>[0]) =>
	effectOf(standing, someReport({ at: SUNDAY, ...over }));

/** Failures at so many days, one after the other; how the last of them was judged. */
function failOn(...days: readonly number[]) {
	let standing = FINE;
	for (const day of days) {
		const judged = effect(standing, { at: SUNDAY + day * DAY_MS });
		if (judged.kind === "end") return "end";
		if (judged.kind !== "count") throw new Error(judged.kind);
		standing = { ...standing, ...judged.streak };
	}
	return standing.failures;
}

describe("failures for now", () => {
	it("end a subscription after five messages over fourteen days", () => {
		expect(MOST_FAILURES).toBe(5);
		expect(FAILING_MS).toBe(14 * DAY_MS);
		expect(failOn(0, 1, 7, 13, 14)).toBe("end");
		expect(failOn(0, 1, 7, 13, 13.9)).toBe(5);
		expect(failOn(0, 1, 2, 3, 4, 5, 6, 13.9)).toBe(8);
		expect(failOn(0, 1, 2, 3, 4, 5, 6, 14)).toBe("end");
		expect(failOn(0, 7, 14, 21)).toBe(4);
	});

	it("lapse where none came for ten days, so that one now and then ends nobody", () => {
		expect(LAPSE_MS).toBe(10 * DAY_MS);
		expect(failOn(0, 5, 10, 12, 22.1)).toBe(1);
		expect(failOn(0, 5, 10, 12, 22)).toBe("end");
		expect(failOn(0, 30, 60, 90, 120, 150)).toBe(1);
	});

	it("count in whatever order they come", () => {
		expect(failOn(14, 0, 3, 5, 7)).toBe("end");
		expect(failOn(3, 0, 2, 1)).toBe(4);
	});

	it("are forgotten after a success, but not after one of before", () => {
		expect(effect(FAILING, { verdict: "delivered" })).toEqual({ kind: "clear" });
		const before = SUNDAY - 21 * DAY_MS;
		expect(effect(FAILING, { verdict: "delivered", at: before })).toEqual({ kind: "nothing" });
	});
});

describe("a report", () => {
	it.each([
		[FINE, "permanent", { kind: "end", reason: "bounced", streak: null }],
		[FINE, "complaint", { kind: "end", reason: "complaint", streak: null }],
		[FINE, "ours", { kind: "keep" }],
		[FINE, "none", { kind: "keep" }],
		[FINE, "delivered", { kind: "nothing" }],
		[FAILING, "ours", { kind: "keep" }],
		[FAILING, "none", { kind: "keep" }],
		[{ ...FAILING, status: "ended" }, "delivered", { kind: "nothing" }],
		[{ ...FINE, status: "ended" }, "permanent", { kind: "keep" }],
		[{ ...FINE, status: "ended" }, "temporary", { kind: "keep" }],
		[{ ...FINE, status: "ended" }, "complaint", { kind: "suppress" }],
	] as const)("about %o that says %s: %o", (standing, verdict, expected) => {
		expect(effect(standing, { verdict })).toEqual(expected);
	});

	it.each(["permanent", "temporary", "complaint"] as const)(
		"of a former address, or of before the confirmation, is kept and does nothing: %s",
		(verdict) => {
			const kept = { kind: "keep" };
			expect(effect(FINE, { verdict, address: "anna@before.test" })).toEqual(kept);
			expect(effect(FINE, { verdict, linkVersion: 1 })).toEqual(kept);
			expect(effect(FINE, { verdict, at: SUNDAY - 101 * DAY_MS })).toEqual(kept);
			const reinstated = { ...FINE, reinstatedAt: SUNDAY + 1 };
			expect(effect(reinstated, { verdict })).toEqual(kept);
		},
	);

	it("of the address, in whatever case, and of the newest links counts", () => {
		const about = { address: "ANNA@journal.test", linkVersion: 2 };
		expect(effect(FINE, { ...about, verdict: "permanent" })).toMatchObject({ kind: "end" });
	});
});

it("keeps words without addresses, in one line, and not too long", () => {
	expect(wordsToKeep("550 <anna@journal.test>:\r\n no\u0000 such user")).toBe(
		"550 <(address)>: no such user",
	);
	expect(wordsToKeep("x".repeat(10_000))).toHaveLength(500);
});
