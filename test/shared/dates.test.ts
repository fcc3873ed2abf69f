import { describe, expect, it } from "vitest";
import { civilDateAt, formatCivilDate, formatEventDates } from "../../src/shared/dates.ts";

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
	const day = { starts: "2024-05-14", ends: "2024-05-14" };
	const days = { starts: "2025-10-01", ends: "2025-10-02" };
	const overMonths = { starts: "2025-09-30", ends: "2025-10-02" };
	const overYears = { starts: "2025-12-31", ends: "2026-01-02" };

	it.each([
		[day, "14 May 2024"],
		[days, "1–2 October 2025"],
		[overMonths, "30 September – 2 October 2025"],
		[overYears, "31 December 2025 – 2 January 2026"],
	])("in English, of %j", (span, words) => {
		expect(formatEventDates(span, "en")).toBe(words);
	});

	it.each([
		[day, "14 мая 2024 г."],
		[days, "1–2 октября 2025 г."],
		[overMonths, "30 сентября – 2 октября 2025 г."],
		[overYears, "31 декабря 2025 г. – 2 января 2026 г."],
	])("in Russian, of %j", (span, words) => {
		expect(formatEventDates(span, "ru")).toBe(words);
	});

	it.each([
		[day, "2024-yil 14-may"],
		[days, "2025-yil 1–2-oktabr"],
		[overMonths, "2025-yil 30-sentabr – 2-oktabr"],
		[overYears, "2025-yil 31-dekabr – 2026-yil 2-yanvar"],
	])("in Uzbek, of %j", (span, words) => {
		expect(formatEventDates(span, "uz")).toBe(words);
	});

	it.each([
		[day, "2024-йил 14-май"],
		[days, "2025-йил 1–2-октабр"],
		[overMonths, "2025-йил 30-сентабр – 2-октабр"],
		[overYears, "2025-йил 31-декабр – 2026-йил 2-январ"],
	])("in Uzbek in Cyrillic script, of %j", (span, words) => {
		expect(formatEventDates(span, "uz-Cyrl")).toBe(words);
	});

	it("keep days of the same month in two years apart", () => {
		const span = { starts: "2025-05-10", ends: "2026-05-10" };
		expect(formatEventDates(span, "en")).toBe("10 May 2025 – 10 May 2026");
		expect(formatEventDates(span, "uz")).toBe("2025-yil 10-may – 2026-yil 10-may");
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
