import { describe, expect, it } from "vitest";
import { findDueRuns, type ScheduleSettings } from "../../src/digests/schedule.ts";

const TASHKENT = { timeZone: "Asia/Tashkent", digestHour: 9, digestWeekday: 1 };

type Periods = Partial<Record<"immediate" | "daily" | "weekly", string>>;

/** The publication's own schedules, with the newest period of each. */
function factsOf(newest: Periods, highestSequence: number) {
	const schedules = (["immediate", "daily", "weekly"] as const).map((frequency) => ({
		frequency,
		timeZone: "",
		newest: newest[frequency] ? { period: newest[frequency], state: "closed" as const } : null,
	}));
	return { schedules, highestSequence, lastTick: null };
}

/** The runs due at a moment, as `frequency period`. */
function dueAt(
	moment: string,
	settings: ScheduleSettings = TASHKENT,
	newest: Periods = {},
): string[] {
	const runs = findDueRuns(settings, factsOf(newest, 0), Date.parse(moment));
	return runs.map(({ frequency, period }) => `${frequency} ${period}`);
}

/** The daily period due at a moment where none has had a run. */
function dayAt(moment: string, settings: Partial<ScheduleSettings> = {}): string | undefined {
	const due = dueAt(moment, { ...TASHKENT, ...settings });
	return due.find((run) => run.startsWith("daily "))?.slice("daily ".length);
}

/** The weekly period due at a moment where none has had a run. */
function weekAt(moment: string, settings: Partial<ScheduleSettings> = {}): string | undefined {
	const due = dueAt(moment, { ...TASHKENT, ...settings });
	return due.find((run) => run.startsWith("weekly "))?.slice("weekly ".length);
}

describe("daily", () => {
	it.each([
		["a millisecond before the hour", "2026-11-23T03:59:59.999Z", "2026-11-22"],
		["at the hour", "2026-11-23T04:00:00.000Z", "2026-11-23"],
		["after the hour", "2026-11-23T15:30:00.000Z", "2026-11-23"],
		["after midnight of the zone", "2026-11-23T19:00:00.000Z", "2026-11-23"],
		["after midnight UTC", "2026-11-24T00:00:00.000Z", "2026-11-23"],
	])("%s", (_when, moment, period) => {
		expect(dayAt(moment)).toBe(period);
	});

	it.each([
		[0, "2026-11-22T18:59:00Z", "2026-11-22"],
		[0, "2026-11-22T19:00:00Z", "2026-11-23"],
		[23, "2026-11-23T17:59:00Z", "2026-11-22"],
		[23, "2026-11-23T18:00:00Z", "2026-11-23"],
	])("hour %d at %s", (digestHour, moment, period) => {
		expect(dayAt(moment, { digestHour })).toBe(period);
	});

	it("comes once a day, however often the clock ticks", () => {
		const had = { daily: "2026-11-23", weekly: "2026-11-23" };
		expect(dueAt("2026-11-23T04:00:00Z", TASHKENT, had)).toEqual([]);
		expect(dueAt("2026-11-24T03:59:59Z", TASHKENT, had)).toEqual([]);
		expect(dueAt("2026-11-24T04:00:00Z", TASHKENT, had)).toEqual(["daily 2026-11-24"]);
	});
});

describe("weekly", () => {
	it.each([
		["on the day before the hour", "2026-11-23T03:59:00Z", "2026-11-16"],
		["on the day at the hour", "2026-11-23T04:00:00Z", "2026-11-23"],
		["on the last day of the week", "2026-11-29T23:00:00Z", "2026-11-23"],
		["a week later before the hour", "2026-11-30T03:59:00Z", "2026-11-23"],
		["a week later", "2026-11-30T04:00:00Z", "2026-11-30"],
	])("%s", (_when, moment, period) => {
		expect(weekAt(moment)).toBe(period);
	});

	it.each([
		[1, "2026-11-23"],
		[2, "2026-11-24"],
		[3, "2026-11-25"],
		[4, "2026-11-19"],
		[5, "2026-11-20"],
		[6, "2026-11-21"],
		[7, "2026-11-22"],
	])("on a Wednesday, for ISO weekday %d, is of %s", (digestWeekday, period) => {
		expect(weekAt("2026-11-25T10:00:00Z", { digestWeekday })).toBe(period);
	});

	it("reaches over the end of a year", () => {
		expect(weekAt("2027-01-01T10:00:00Z")).toBe("2026-12-28");
	});
});

describe("summer time in Berlin", () => {
	const berlin = { timeZone: "Europe/Berlin" };

	it.each([
		["winter", "2026-03-28T07:59:00Z", "2026-03-27"],
		["winter", "2026-03-28T08:00:00Z", "2026-03-28"],
		["the day it begins", "2026-03-29T06:59:00Z", "2026-03-28"],
		["the day it begins", "2026-03-29T07:00:00Z", "2026-03-29"],
		["the day it ends", "2026-10-25T07:59:00Z", "2026-10-24"],
		["the day it ends", "2026-10-25T08:00:00Z", "2026-10-25"],
	])("keeps to the hour on the clock: %s, %s", (_when, moment, period) => {
		expect(dayAt(moment, berlin)).toBe(period);
	});

	it("fires an hour that the day skips when the clock has gone forward", () => {
		const settings = { ...berlin, digestHour: 2 };
		expect(dayAt("2026-03-29T00:59:59.999Z", settings)).toBe("2026-03-28");
		expect(dayAt("2026-03-29T01:00:00.000Z", settings)).toBe("2026-03-29");
	});

	it("fires an hour that the day has twice the first time, and not the second", () => {
		const settings = { ...TASHKENT, ...berlin, digestHour: 2 };
		expect(dayAt("2026-10-24T23:59:59.999Z", settings)).toBe("2026-10-24");
		expect(dayAt("2026-10-25T00:00:00.000Z", settings)).toBe("2026-10-25");
		const had = { daily: "2026-10-25", weekly: "2026-10-19" };
		for (const moment of ["2026-10-25T00:30:00Z", "2026-10-25T01:00:00Z", "2026-10-25T01:30:00Z"])
			expect(dueAt(moment, settings, had)).toEqual([]);
	});

	it("fires midnight also where the day begins at one o'clock", () => {
		const settings = { timeZone: "Asia/Beirut", digestHour: 0 };
		expect(dayAt("2026-03-28T21:59:59.999Z", settings)).toBe("2026-03-28");
		expect(dayAt("2026-03-28T22:00:00.000Z", settings)).toBe("2026-03-29");
	});
});

describe("zones off the hour", () => {
	it.each([
		["Asia/Kolkata", "03:29:59", "03:30:00"],
		["Asia/Kathmandu", "03:14:59", "03:15:00"],
		["Pacific/Marquesas", "18:29:59", "18:30:00"],
	])("%s", (timeZone, before, at) => {
		expect(dayAt(`2026-11-23T${before}Z`, { timeZone })).toBe("2026-11-22");
		expect(dayAt(`2026-11-23T${at}Z`, { timeZone })).toBe("2026-11-23");
	});
});

describe("the calendar", () => {
	it.each([
		["2028-02-29T03:59:00Z", "2028-02-28"],
		["2028-02-29T04:00:00Z", "2028-02-29"],
		["2028-03-01T03:59:00Z", "2028-02-29"],
		["2028-03-01T04:00:00Z", "2028-03-01"],
		["2027-03-01T03:59:00Z", "2027-02-28"],
		["2027-01-01T03:59:00Z", "2026-12-31"],
	])("has a leap day and a new year: %s", (moment, period) => {
		expect(dayAt(moment)).toBe(period);
	});

	it("has the week over a leap day", () => {
		expect(weekAt("2028-03-05T10:00:00Z")).toBe("2028-02-28");
	});
});

describe("after an outage", () => {
	it("catches up the newest period once, not every one that was missed", () => {
		const had = { daily: "2026-11-02", weekly: "2026-11-02" };
		expect(dueAt("2026-11-25T20:00:00Z", TASHKENT, had)).toEqual([
			"daily 2026-11-25",
			"weekly 2026-11-23",
		]);
	});

	it("fires nothing for a period older than the newest, when the clock has gone back", () => {
		const had = { daily: "2026-11-23", weekly: "2026-11-23" };
		expect(dueAt("2026-11-23T03:00:00Z", TASHKENT, had)).toEqual([]);
		expect(dueAt("2026-11-01T10:00:00Z", TASHKENT, had)).toEqual([]);
		expect(dueAt("1970-01-01T10:00:00Z", TASHKENT, had)).toEqual([]);
	});
});

describe("immediate", () => {
	const had = { daily: "2026-11-23", weekly: "2026-11-23" };
	const runs = (highestSequence: number, immediate?: string) =>
		findDueRuns(
			TASHKENT,
			factsOf(immediate ? { ...had, immediate } : had, highestSequence),
			Date.parse("2026-11-23T05:00:00Z"),
		).map(({ frequency, period }) => ({ frequency, period }));

	it("is due when there is a first release, at any time of the day", () => {
		expect(runs(0)).toEqual([]);
		expect(runs(1)).toEqual([{ frequency: "immediate", period: "000000000001+2026-11-23" }]);
	});

	it("is due once for each highest sequence, by number and not by its first digit", () => {
		expect(runs(9, "000000000009+2026-11-23")).toEqual([]);
		expect(runs(10, "000000000009+2026-11-23")).toEqual([
			{ frequency: "immediate", period: "000000000010+2026-11-23" },
		]);
		expect(runs(100_000, "000000099999+2026-11-23")).toEqual([
			{ frequency: "immediate", period: "000000100000+2026-11-23" },
		]);
	});

	it("is due once more each day, for those whom an earlier run could not tell", () => {
		expect(runs(9, "000000000009+2026-11-22")).toEqual([
			{ frequency: "immediate", period: "000000000009+2026-11-23" },
		]);
	});

	it("is not due for a lower sequence than it has told of", () => {
		expect(runs(8, "000000000009+2026-11-20")).toEqual([]);
	});
});
