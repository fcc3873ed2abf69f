import { describe, expect, it } from "vitest";
import { civilDateAt, formatCivilDate, formatEventDates } from "../../src/shared/dates.ts";

const span = (starts: string, ends = starts) => ({ starts, ends, timeZone: null });
const times = (timeZone: string, starts: string, ends = starts) => ({ starts, ends, timeZone });

describe("a civil date in words", () => {
	it.each([
		["en", "10 May 2024"],
		["ru", "10 мая 2024 г."],
		["uz", "2024-yil 10-may"],
		["uz-Cyrl", "2024-йил 10-май"],
	] as const)("in %s", (language, words) => {
		expect(formatCivilDate("2024-05-10", language)).toBe(words);
	});

	it.each([
		["en", "29 February 2028"],
		["ru", "29 февраля 2028 г."],
		["uz", "2028-yil 29-fevral"],
		["uz-Cyrl", "2028-йил 29-феврал"],
	] as const)("on a leap day in %s", (language, words) => {
		expect(formatCivilDate("2028-02-29", language)).toBe(words);
	});
});

describe("the dates of an event in words", () => {
	const day = span("2024-05-14");
	const days = span("2025-10-01", "2025-10-02");
	const overMonths = span("2025-09-30", "2025-10-02");
	const overYears = span("2025-12-31", "2026-01-02");

	it.each([
		[day, "14 May 2024"],
		[days, "1–2 October 2025"],
		[overMonths, "30 September – 2 October 2025"],
		[overYears, "31 December 2025 – 2 January 2026"],
	])("in English, of %j", (event, words) => {
		expect(formatEventDates(event, "en")).toBe(words);
	});

	it.each([
		[day, "14 мая 2024 г."],
		[days, "1–2 октября 2025 г."],
		[overMonths, "30 сентября – 2 октября 2025 г."],
		[overYears, "31 декабря 2025 г. – 2 января 2026 г."],
	])("in Russian, of %j", (event, words) => {
		expect(formatEventDates(event, "ru")).toBe(words);
	});

	it.each([
		[day, "2024-yil 14-may"],
		[days, "2025-yil 1–2-oktabr"],
		[overMonths, "2025-yil 30-sentabr – 2-oktabr"],
		[overYears, "2025-yil 31-dekabr – 2026-yil 2-yanvar"],
	])("in Uzbek, of %j", (event, words) => {
		expect(formatEventDates(event, "uz")).toBe(words);
	});

	it.each([
		[day, "2024-йил 14-май"],
		[days, "2025-йил 1–2-октабр"],
		[overMonths, "2025-йил 30-сентабр – 2-октабр"],
		[overYears, "2025-йил 31-декабр – 2026-йил 2-январ"],
	])("in Uzbek in Cyrillic script, of %j", (event, words) => {
		expect(formatEventDates(event, "uz-Cyrl")).toBe(words);
	});

	it("keep days of the same month in two years apart", () => {
		const yearLater = span("2025-05-10", "2026-05-10");
		expect(formatEventDates(yearLater, "en")).toBe("10 May 2025 – 10 May 2026");
		expect(formatEventDates(yearLater, "uz")).toBe("2025-yil 10-may – 2026-yil 10-may");
	});
});

describe("the times of an event in words", () => {
	const hours = times("Asia/Tashkent", "2025-10-01T09:00", "2025-10-01T17:30");
	const start = times("Asia/Tashkent", "2025-10-01T09:00");
	const days = times("Asia/Tashkent", "2025-10-01T09:00", "2025-10-02T17:00");
	const overYears = times("Asia/Tashkent", "2025-12-31T22:00", "2026-01-01T01:00");
	const overClockChange = times("Europe/Vienna", "2025-10-25T10:00", "2025-10-26T17:00");

	it.each([
		[hours, "1 October 2025, 09:00–17:30 (Tashkent time, UTC+5)"],
		[start, "1 October 2025, 09:00 (Tashkent time, UTC+5)"],
		[days, "1 October, 09:00 – 2 October 2025, 17:00 (Tashkent time, UTC+5)"],
		[overYears, "31 December 2025, 22:00 – 1 January 2026, 01:00 (Tashkent time, UTC+5)"],
		[overClockChange, "25 October, 10:00 (Vienna time, UTC+2) – 26 October 2025, 17:00 (UTC+1)"],
	])("in English, of %j", (event, words) => {
		expect(formatEventDates(event, "en")).toBe(words);
	});

	it.each([
		[hours, "1 октября 2025 г., 09:00–17:30 (UTC+5)"],
		[start, "1 октября 2025 г., 09:00 (UTC+5)"],
		[days, "1 октября, 09:00 – 2 октября 2025 г., 17:00 (UTC+5)"],
		[overYears, "31 декабря 2025 г., 22:00 – 1 января 2026 г., 01:00 (UTC+5)"],
		[overClockChange, "25 октября, 10:00 (UTC+2) – 26 октября 2025 г., 17:00 (UTC+1)"],
	])("in Russian, of %j", (event, words) => {
		expect(formatEventDates(event, "ru")).toBe(words);
	});

	it.each([
		[hours, "2025-yil 1-oktabr, 09:00–17:30 (UTC+5)"],
		[start, "2025-yil 1-oktabr, 09:00 (UTC+5)"],
		[days, "2025-yil 1-oktabr, 09:00 – 2-oktabr, 17:00 (UTC+5)"],
		[overYears, "2025-yil 31-dekabr, 22:00 – 2026-yil 1-yanvar, 01:00 (UTC+5)"],
		[overClockChange, "2025-yil 25-oktabr, 10:00 (UTC+2) – 26-oktabr, 17:00 (UTC+1)"],
	])("in Uzbek, of %j", (event, words) => {
		expect(formatEventDates(event, "uz")).toBe(words);
	});

	it.each([
		[hours, "2025-йил 1-октабр, 09:00–17:30 (UTC+5)"],
		[start, "2025-йил 1-октабр, 09:00 (UTC+5)"],
		[days, "2025-йил 1-октабр, 09:00 – 2-октабр, 17:00 (UTC+5)"],
		[overYears, "2025-йил 31-декабр, 22:00 – 2026-йил 1-январ, 01:00 (UTC+5)"],
		[overClockChange, "2025-йил 25-октабр, 10:00 (UTC+2) – 26-октабр, 17:00 (UTC+1)"],
	])("in Uzbek in Cyrillic script, of %j", (event, words) => {
		expect(formatEventDates(event, "uz-Cyrl")).toBe(words);
	});

	it.each([
		["Europe/London", "2025-07-01T09:00", "London time, UTC+1"],
		["Europe/London", "2025-12-01T09:00", "London time, UTC"],
		["America/New_York", "2025-12-01T09:00", "New York time, UTC−5"],
		["America/Argentina/Buenos_Aires", "2025-12-01T09:00", "Buenos Aires time, UTC−3"],
		["Asia/Kathmandu", "2025-12-01T09:00", "Kathmandu time, UTC+5:45"],
		["America/St_Johns", "2025-12-01T09:00", "St Johns time, UTC−3:30"],
		["Pacific/Kiritimati", "2025-12-01T09:00", "Kiritimati time, UTC+14"],
		["UTC", "2025-12-01T09:00", "UTC"],
		["Etc/GMT+5", "2025-12-01T09:00", "UTC−5"],
	])("name the zone %s as it is at %s", (timeZone, starts, zone) => {
		expect(formatEventDates(times(timeZone, starts), "en")).toMatch(/, 09:00 \(.*\)$/);
		expect(formatEventDates(times(timeZone, starts), "en")).toContain(`(${zone})`);
	});

	it("say by their offsets when the clocks change within a day", () => {
		const night = times("Europe/Vienna", "2025-10-26T01:00", "2025-10-26T05:00");
		expect(formatEventDates(night, "en")).toBe(
			"26 October 2025, 01:00 (Vienna time, UTC+2) – 05:00 (UTC+1)",
		);
	});

	it("are the first of two that the clocks show", () => {
		const twice = times("Europe/Vienna", "2025-10-26T02:30");
		expect(formatEventDates(twice, "en")).toBe("26 October 2025, 02:30 (Vienna time, UTC+2)");
	});

	it("are moved on as the clocks are where they skip them", () => {
		const skipped = times("Europe/Vienna", "2026-03-29T02:30");
		expect(formatEventDates(skipped, "en")).toBe("29 March 2026, 03:30 (Vienna time, UTC+2)");
	});
});

describe("the civil date at an instant", () => {
	it.each([
		["Asia/Tashkent", "2026-11-22T18:59:59.999Z", "2026-11-22"],
		["Asia/Tashkent", "2026-11-22T19:00:00.000Z", "2026-11-23"],
		["Asia/Kathmandu", "2026-11-22T18:14:59.999Z", "2026-11-22"],
		["Asia/Kathmandu", "2026-11-22T18:15:00.000Z", "2026-11-23"],
		["America/New_York", "2027-01-01T04:59:59.999Z", "2026-12-31"],
		["America/New_York", "2027-01-01T05:00:00.000Z", "2027-01-01"],
		["UTC", "2028-02-29T23:59:59.999Z", "2028-02-29"],
	])("in %s at %s is %s", (timeZone, instant, date) => {
		expect(civilDateAt(Date.parse(instant), timeZone)).toBe(date);
	});
});
