import { describe, expect, it } from "vitest";
import { atClock, timeZoneNamed, toCivilTime } from "../../src/shared/civil-time.ts";

describe("the moment that the clocks show a civil time", () => {
	it.each([
		["2025-10-01T09:00", "Asia/Tashkent", "2025-10-01T04:00:00Z"],
		["2025-07-01T09:00", "Europe/Vienna", "2025-07-01T07:00:00Z"],
		["2025-12-01T09:00", "Europe/Vienna", "2025-12-01T08:00:00Z"],
		["2025-01-01T00:00", "Asia/Kathmandu", "2024-12-31T18:15:00Z"],
		// Skipped in spring: 02:30 does not exist.
		["2026-03-29T02:30", "Europe/Vienna", "2026-03-29T01:30:00Z"],
		["2026-03-08T02:30", "America/New_York", "2026-03-08T07:30:00Z"],
		// Shown twice in autumn: the first of the two.
		["2026-10-25T02:30", "Europe/Vienna", "2026-10-25T00:30:00Z"],
		["2026-11-01T01:30", "America/New_York", "2026-11-01T05:30:00Z"],
		// A day that was not there at all.
		["2011-12-30T12:00", "Pacific/Apia", "2011-12-30T22:00:00Z"],
	])("%s in %s is %s", (time, timeZone, instant) => {
		expect(atClock(time, timeZone).toInstant().toString()).toBe(instant);
	});

	it("is written as the clocks show it", () => {
		expect(toCivilTime(atClock("2026-03-29T01:59", "Europe/Vienna"))).toBe("2026-03-29T01:59");
		expect(toCivilTime(atClock("2026-03-29T02:30", "Europe/Vienna"))).toBe("2026-03-29T03:30");
		expect(toCivilTime(atClock("2026-10-25T02:30", "Europe/Vienna"))).toBe("2026-10-25T02:30");
	});
});

describe("a time zone", () => {
	it.each([
		["Asia/Tashkent", "Asia/Tashkent"],
		["asia/tashkent", "Asia/Tashkent"],
		["America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires"],
		["utc", "UTC"],
		["Etc/GMT+5", "Etc/GMT+5"],
	])("%s is %s", (name, written) => {
		expect(timeZoneNamed(name)).toBe(written);
	});

	it.each([
		"",
		" ",
		"Mars/Base",
		"+05:00",
		"-0300",
		"UTC+5",
		"Z",
		"constructor",
		"__proto__",
		"Asia/Tashkent\r\nBEGIN:VEVENT",
		"Asia/Tashkent ",
		"2025-01-01T00:00Z[UTC]",
		"[u-ca=iso8601]",
	])("is none by the name %j", (name) => {
		expect(timeZoneNamed(name)).toBeNull();
	});
});
