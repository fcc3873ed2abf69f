import { describe, expect, it } from "vitest";
import { describeFile } from "../../src/site/files.ts";
import { byMonth, monthHeading, shortMonth } from "../../src/site/month.ts";
import { zoneInWords } from "../../src/site/zone.ts";

const OFFICE = "application/vnd.openxmlformats-officedocument";

describe("a file", () => {
	it.each([
		["application/pdf", 204_800, "en", "PDF, 200 KB"],
		["application/pdf", 0, "ru", "PDF, 1 КБ"],
		[`${OFFICE}.spreadsheetml.sheet`, 3_500_000, "ru", "таблица, 3,3 МБ"],
		[`${OFFICE}.wordprocessingml.document`, 1_048_575, "en", "text document, 1 MB"],
		[`${OFFICE}.presentationml.presentation`, 1024, "uz", "taqdimot, 1 KB"],
		["IMAGE/PNG", 2048, "uz-Cyrl", "расм, 2 КБ"],
		["audio/mpeg", 2048, "en", "audio recording, 2 KB"],
		["text/html", 2048, "en", "web page, 2 KB"],
		["text/plain", 2048, "en", "plain text, 2 KB"],
		["application/zip", 2048, "en", "archive, 2 KB"],
		["application/x-unheard-of", 2048, "en", "file, 2 KB"],
	] as const)(
		"has a type and a size for readers: %s, %d bytes, %s",
		(type, length, language, words) => {
			expect(describeFile({ type, length }, language)).toBe(words);
		},
	);
});

describe("a month", () => {
	it.each([
		["en", "May 2024", "May"],
		["ru", "Май 2024 года", "мая"],
		["uz", "2024-yil may", "may"],
		["uz-Cyrl", "2024-йил май", "май"],
	] as const)("is said in %s", (language, heading, short) => {
		expect(monthHeading("2024-05", language)).toBe(heading);
		expect(monthHeading("2024-05-14T09:30", language)).toBe(heading);
		expect(shortMonth("2024-05-14", language)).toBe(short);
	});

	it("gathers what starts in it, in the order given", () => {
		const on = (starts: string) => ({ event: { starts } });
		const entries = [on("2024-05-31"), on("2024-06-01T08:00"), on("2024-06-02"), { event: null }];
		expect(byMonth(entries)).toEqual([
			["2024-05", [entries[0]]],
			["2024-06", [entries[1], entries[2]]],
		]);
	});
});

describe("a time zone", () => {
	const WINTER = Date.parse("2026-01-15T12:00:00Z");
	const SUMMER = Date.parse("2026-07-15T12:00:00Z");

	it.each([
		["Asia/Tashkent", WINTER, "Asia/Tashkent, UTC+5"],
		["Europe/Vienna", WINTER, "Europe/Vienna, UTC+1"],
		["Europe/Vienna", SUMMER, "Europe/Vienna, UTC+2"],
		["Asia/Kolkata", WINTER, "Asia/Kolkata, UTC+5:30"],
		["America/New_York", WINTER, "America/New_York, UTC−5"],
		["Europe/London", WINTER, "Europe/London, UTC+0"],
	])("is named with how far it is from UTC then: %s", (zone, now, words) => {
		expect(zoneInWords(zone, now)).toBe(words);
	});
});
