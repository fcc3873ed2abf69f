import { describe, expect, it } from "vitest";
import { judge, shutFor } from "../../src/mail/gate.ts";
import type { Outcome } from "../../src/mail/transport.ts";

const SUBMITTED: Outcome = { kind: "submitted" };
const DOWN: Outcome = { kind: "retry", detail: "421 closing", scope: "provider" };

describe("how long a failing provider is left alone", () => {
	it.each([
		[1, 30],
		[2, 60],
		[3, 120],
		[5, 480],
		[6, 900],
		[60, 900],
	])("after %i failures in a row for %i seconds", (failures, seconds) => {
		expect(shutFor(failures, 0)).toBe(seconds * 1000);
	});

	it.each([
		[10, 30],
		[45, 45],
		[7 * 3600, 6 * 3600],
	])("asked for %i seconds, for %i", (asked, seconds) => {
		expect(shutFor(1, asked)).toBe(seconds * 1000);
	});
});

describe("what outcomes tell of the provider", () => {
	it("is that it works, where it spoke of each recipient", () => {
		const outcomes: Outcome[] = [
			SUBMITTED,
			{ kind: "rejected", detail: "550 no such user" },
			{ kind: "retry", detail: "452 mailbox full" },
		];
		expect(judge(outcomes)).toEqual({ kind: "works" });
	});

	it("is nothing, where nobody was handed over", () => {
		expect(judge([])).toEqual({ kind: "untold" });
	});

	it("is that it failed, where one outcome is its own, with the longest time that it asks for", () => {
		const asks = (afterSeconds: number): Outcome => ({ ...DOWN, afterSeconds });
		expect(judge([SUBMITTED, DOWN, asks(20), asks(90)])).toEqual({
			kind: "failed",
			said: "421 closing",
			afterSeconds: 90,
			hasTaken: true,
		});
		expect(judge([DOWN, DOWN])).toMatchObject({ hasTaken: false });
	});

	it("is that it failed, where the line broke after a message was handed over", () => {
		const lost: Outcome = { kind: "unknown", detail: "reset", scope: "provider" };
		expect(judge([SUBMITTED, lost]).kind).toBe("failed");
	});
});
