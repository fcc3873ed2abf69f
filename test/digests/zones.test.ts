import { describe, expect, it } from "vitest";
import type { RunState } from "../../src/digests/run.ts";
import { findDueRuns } from "../../src/digests/schedule.ts";
import type { Frequency } from "../../src/subscribers/subscriber.ts";

const SETTINGS = { timeZone: "Asia/Tashkent", digestHour: 9, digestWeekday: 1 };
const HOUR_MS = 60 * 60 * 1000;
const MONDAY = Date.parse("2026-11-23T05:00:00Z");

interface Facts {
	readonly newest?: string;
	readonly state?: RunState;
	readonly lastTick?: string;
	readonly frequency?: Frequency;
	readonly sequence?: number;
}

/** What is due then for readers of one zone. */
function due(
	timeZone: string,
	moment: string,
	facts: Facts = {},
	over: Partial<typeof SETTINGS> = {},
) {
	// One that had a run long ago: what is new waits for its hour.
	const { newest = "0000-01-01", state = "closed", lastTick, frequency = "daily" } = facts;
	const { sequence = 0 } = facts;
	const schedule = { frequency, timeZone, newest: newest ? { period: newest, state } : null };
	const known = {
		schedules: [schedule],
		highestSequence: sequence,
		lastTick: lastTick === undefined ? null : Date.parse(lastTick),
	};
	return findDueRuns({ ...SETTINGS, ...over }, known, Date.parse(moment))[0];
}

const periodOf = (...given: Parameters<typeof due>) => due(...given)?.period;

describe("a reader's own time zone", () => {
	it.each([
		["Europe/Moscow", "2026-11-23T05:59:59Z", "2026-11-22"],
		["Europe/Moscow", "2026-11-23T06:00:00Z", "2026-11-23"],
		["Asia/Kolkata", "2026-11-23T03:29:59Z", "2026-11-22"],
		["Asia/Kolkata", "2026-11-23T03:30:00Z", "2026-11-23"],
		["Asia/Kathmandu", "2026-11-23T03:14:59Z", "2026-11-22"],
		["Asia/Kathmandu", "2026-11-23T03:15:00Z", "2026-11-23"],
		["Australia/Eucla", "2026-11-23T00:15:00Z", "2026-11-23"],
		["Pacific/Chatham", "2026-11-22T19:15:00Z", "2026-11-23"],
		["Pacific/Kiritimati", "2026-11-22T19:00:00Z", "2026-11-23"],
		["Pacific/Pago_Pago", "2026-11-23T19:59:59Z", "2026-11-22"],
	])("%s has its own nine o'clock: %s", (zone, moment, period) => {
		expect(periodOf(zone, moment)).toBe(period);
	});

	it("that is new since the last tick waits for its next hour, the publication's own does not", () => {
		const first = (moment: string, lastTick: string | null, zone = "Europe/Moscow") => {
			const schedule = { frequency: "daily" as const, timeZone: zone, newest: null };
			const before = lastTick === null ? null : Date.parse(lastTick);
			const facts = { schedules: [schedule], highestSequence: 0, lastTick: before };
			return findDueRuns(SETTINGS, facts, Date.parse(moment)).map(
				({ period, isPast }) => `${period}${isPast ? " past" : ""}`,
			);
		};
		const [night, before] = ["2026-11-23T22:01:00Z", "2026-11-23T22:00:00Z"];
		expect(first(night, before)).toEqual(["2026-11-23 past"]);
		expect(first(night, before, "")).toEqual(["2026-11-23"]);
		// It came due after the clock struck last, however long ago that is.
		expect(first("2026-11-23T06:00:00Z", "2026-11-23T05:59:00Z")).toEqual(["2026-11-23"]);
		expect(first(night, "2026-11-22T22:00:00Z")).toEqual(["2026-11-23"]);
		expect(first(night, null)).toEqual(["2026-11-23"]);
	});

	it("is the publication's where it is empty, or the runtime knows it no more", () => {
		for (const zone of ["", "Mars/Olympus_Mons"]) {
			expect(periodOf(zone, "2026-11-23T03:59:59Z")).toBe("2026-11-22");
			expect(periodOf(zone, "2026-11-23T04:00:00Z")).toBe("2026-11-23");
		}
	});

	it("says which civil date it is there", () => {
		expect(due("Pacific/Kiritimati", "2026-11-23T11:00:00Z")?.day).toBe("2026-11-24");
		expect(due("Pacific/Pago_Pago", "2026-11-23T10:00:00Z")?.day).toBe("2026-11-22");
	});

	it.each([
		["skips the hour", "Europe/Berlin", 2, "2026-03-29T00:59:59Z", "2026-03-28"],
		["skips the hour", "Europe/Berlin", 2, "2026-03-29T01:00:00Z", "2026-03-29"],
		[
			"shows the hour twice, the first time",
			"Europe/Berlin",
			2,
			"2026-10-25T00:00:00Z",
			"2026-10-25",
		],
		[
			"shows the hour twice, the second time",
			"Europe/Berlin",
			2,
			"2026-10-25T01:00:00Z",
			"2026-10-25",
		],
		["goes by half an hour", "Australia/Lord_Howe", 2, "2026-10-03T15:30:00Z", "2026-10-04"],
		["comes to a leap day", "Europe/Moscow", 9, "2028-02-29T06:00:00Z", "2028-02-29"],
	])("whose clock %s (%s, %d o'clock, %s)", (_what, zone, digestHour, moment, period) => {
		expect(periodOf(zone, moment, {}, { digestHour })).toBe(period);
	});

	it("has one run for each of its days through a year of hours", () => {
		for (const zone of [
			"America/New_York",
			"Australia/Lord_Howe",
			"Africa/Casablanca",
			"Asia/Kathmandu",
		]) {
			const periods: string[] = [];
			let newest: string | undefined;
			for (
				let at = Date.parse("2028-01-01T00:30:00Z");
				at < Date.parse("2029-01-01T00:00:00Z");
				at += HOUR_MS
			) {
				const period = periodOf(zone, new Date(at).toISOString(), newest ? { newest } : {});
				if (period === undefined) continue;
				periods.push(period);
				newest = period;
			}
			expect(new Set(periods).size, zone).toBe(periods.length);
			expect(periods.filter((period) => period.startsWith("2028-")).length, zone).toBe(366);
			expect(periods, zone).toContain("2028-02-29");
		}
	});

	it("has its week begin on its own day", () => {
		const weekly = { frequency: "weekly" as const };
		expect(periodOf("Pacific/Kiritimati", "2026-11-22T19:00:00Z", weekly)).toBe("2026-11-23");
		expect(periodOf("Europe/Moscow", "2026-11-22T19:00:00Z", weekly)).toBe("2026-11-16");
	});
});

describe("a schedule", () => {
	it("whose newest run is held waits for it", () => {
		const held = { newest: "2026-11-20", state: "held" as const, lastTick: "2026-11-23T04:00:00Z" };
		expect(due("", "2026-11-23T04:01:00Z", held)).toBeUndefined();
		expect(periodOf("", "2026-11-23T04:01:00Z", { ...held, state: "submitting" })).toBe(
			"2026-11-23",
		);
	});

	it("that let a run go late is not stale: the clock has struck all the time", () => {
		const facts = { newest: "2026-11-10", lastTick: "2026-11-23T03:59:00Z" };
		expect(due("", "2026-11-23T04:00:00Z", facts)).toMatchObject({
			period: "2026-11-23",
			stale: null,
		});
	});

	it.each([
		[
			"missed for hours is caught up",
			"2026-11-22",
			"2026-11-23T03:00:00Z",
			"2026-11-23T22:00:00Z",
			false,
		],
		[
			"late by a day to the second is caught up",
			"2026-11-22",
			"2026-11-22T05:00:00Z",
			"2026-11-24T03:59:59Z",
			false,
		],
		[
			"late by more than a day is stale",
			"2026-11-21",
			"2026-11-22T03:00:00Z",
			"2026-11-23T04:00:01Z",
			true,
		],
		[
			"put away for weeks is stale",
			"2026-10-01",
			"2026-10-01T05:00:00Z",
			"2026-11-23T05:00:00Z",
			true,
		],
	])("%s", (_what, newest, lastTick, moment, isStale) => {
		const found = due("", moment, { newest, lastTick });
		expect(found?.period).toBe("2026-11-23");
		expect(found?.stale).toEqual(isStale ? expect.stringContaining(lastTick.slice(0, 10)) : null);
	});

	it("of each week is stale by its own day, not by the clock's rest alone", () => {
		const weekly = { frequency: "weekly" as const, newest: "2026-11-16" };
		const soon = { ...weekly, lastTick: "2026-11-20T05:00:00Z" };
		expect(due("", "2026-11-23T15:00:00Z", soon)).toMatchObject({
			period: "2026-11-23",
			stale: null,
		});
		expect(due("", "2026-11-25T15:00:00Z", soon)?.stale).toContain("2026-11-20");
	});

	it("of immediate digests is stale when the clock has rested for more than a day", () => {
		const facts = {
			frequency: "immediate" as const,
			newest: "000000000003+2026-11-20",
			sequence: 4,
			lastTick: "2026-11-22T05:00:00Z",
		};
		expect(due("", "2026-11-23T04:59:59Z", facts)).toMatchObject({ stale: null });
		expect(due("", "2026-11-23T05:00:01Z", facts)?.stale).toContain("2026-11-22");
	});

	it("is never stale at first", () => {
		const schedule = { frequency: "daily" as const, timeZone: "", newest: null };
		const facts = { schedules: [schedule], highestSequence: 0, lastTick: 0 };
		expect(findDueRuns(SETTINGS, facts, MONDAY)).toMatchObject([{ stale: null }]);
		expect(due("", "2026-11-23T05:00:00Z", { newest: "2020-01-01" })?.stale).toBeNull();
	});
});
