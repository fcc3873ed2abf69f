import { describe, expect, it } from "vitest";
import { inDays } from "../../src/shared/relative-days.ts";

const TODAY = "2026-11-23";

describe("how far off a day is", () => {
	it.each([
		["2026-11-23", "today"],
		["2026-11-24", "tomorrow"],
		["2026-11-25", "in 2 days"],
		["2026-11-26", "in 3 days"],
		["2027-01-02", "in 40 days"],
	])("in English: %s", (date, words) => {
		expect(inDays(TODAY, date, "en")).toBe(words);
	});

	it.each([
		["2026-11-23", "сегодня"],
		["2026-11-24", "завтра"],
		["2026-11-25", "послезавтра"],
		["2026-11-26", "через 3 дня"],
		["2026-11-28", "через 5 дней"],
		["2026-12-04", "через 11 дней"],
		["2026-12-14", "через 21 день"],
		["2026-12-15", "через 22 дня"],
	])("in Russian: %s", (date, words) => {
		expect(inDays(TODAY, date, "ru")).toBe(words);
	});

	it.each([
		["2026-11-23", "bugun", "бугун"],
		["2026-11-24", "ertaga", "эртага"],
		["2026-11-25", "2 kundan keyin", "2 кундан кейин"],
		["2026-11-26", "3 kundan keyin", "3 кундан кейин"],
	])("in Uzbek, in both scripts: %s", (date, latin, cyrillic) => {
		expect(inDays(TODAY, date, "uz")).toBe(latin);
		expect(inDays(TODAY, date, "uz-Cyrl")).toBe(cyrillic);
	});

	it.each(["en", "ru", "uz", "uz-Cyrl"] as const)(
		"is nothing of what is past, in %s",
		(language) => {
			expect(inDays(TODAY, "2026-11-22", language)).toBeNull();
			expect(inDays(TODAY, "1999-01-01", language)).toBeNull();
		},
	);

	it("is nothing beyond a year, a leap day included", () => {
		expect(inDays(TODAY, "2027-11-23", "en")).toBe("in 365 days");
		expect(inDays(TODAY, "2027-11-24", "en")).toBeNull();
		expect(inDays("2027-11-23", "2028-11-23", "uz")).toBe("366 kundan keyin");
		expect(inDays("2027-11-23", "2028-11-24", "uz")).toBeNull();
	});

	it("counts days of the calendar over months and years", () => {
		expect(inDays("2028-02-28", "2028-03-01", "en")).toBe("in 2 days");
		expect(inDays("2026-12-31", "2027-01-01", "en")).toBe("tomorrow");
	});
});
