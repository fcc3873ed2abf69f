import { describe, expect, it } from "vitest";
import { buildCalendar, type CalendarChannel, onePerStory } from "../../src/feeds/calendar.ts";
import type { CatalogueEntry } from "../../src/releases/entry.ts";
import { atClock } from "../../src/shared/civil-time.ts";
import { LANGUAGES } from "../../src/shared/language.ts";
import { someEntry } from "../digests/entries.ts";
import { type Component, lineOf, parseCalendar, textOf } from "./icalendar.ts";

const CHANNEL: CalendarChannel = {
	title: "Press Office",
	description: "What the press office says.",
	origin: "https://press.test",
	language: "en",
	selfUrl: "https://press.test/en/events.ics",
	freshSeconds: 3600,
};

const days = (starts: string, ends = starts) => ({ starts, ends, timeZone: null, place: null });
const times = (timeZone: string, starts: string, ends = starts) => ({
	starts,
	ends,
	timeZone,
	place: null,
});

const build = (entries: readonly CatalogueEntry[], over: Partial<CalendarChannel> = {}) =>
	parseCalendar(buildCalendar({ ...CHANNEL, ...over }, entries));
const within = (calendar: Component, name: string) =>
	calendar.components.filter((component) => component.name === name);
const eventOf = (over: Parameters<typeof someEntry>[0]) => {
	const [event] = within(build([someEntry(over)]), "VEVENT");
	if (!event) throw new Error("no event");
	return event;
};
const lines = (component: Component) =>
	component.lines.map(({ name, parameters, value }) =>
		[name, ...Object.entries(parameters).map((pair) => pair.join("="))]
			.join(";")
			.concat(":", value),
	);

describe("a calendar", () => {
	it("says whose it is, where it is and how often to ask, and names no method", () => {
		expect(lines(build([]))).toEqual([
			"VERSION:2.0",
			"PRODID:-//Communiqué//Calendar//EN",
			"URL:https://press.test/en/events.ics",
			"SOURCE;VALUE=URI:https://press.test/en/events.ics",
			"NAME:Press Office",
			"X-WR-CALNAME:Press Office",
			"X-WR-CALDESC:What the press office says.",
			"REFRESH-INTERVAL;VALUE=DURATION:PT1H",
			"X-PUBLISHED-TTL:PT1H",
		]);
	});

	it("may be of several languages and have no description", () => {
		const calendar = build([], { language: null, description: null });
		expect(lineOf(calendar, "PRODID")?.value).toBe("-//Communiqué//Calendar//MUL");
		expect(lineOf(calendar, "X-WR-CALDESC")).toBeUndefined();
	});

	it("is the same text for the same releases, whenever it is built", async () => {
		const entries = [
			someEntry({ firstSequence: 1 }),
			someEntry({ firstSequence: 2, event: times("Europe/Vienna", "2026-12-01T09:00") }),
		];
		const first = buildCalendar(CHANNEL, entries);
		await new Promise((resolve) => setTimeout(resolve, 1100));
		expect(buildCalendar(CHANNEL, entries)).toBe(first);
	});

	it("has the events in the order they come in, and no release without one", () => {
		const entries = [3, 1, 2].map((firstSequence) =>
			someEntry({ firstSequence, ...(firstSequence === 1 ? { event: null } : {}) }),
		);
		const urls = within(build(entries), "VEVENT").map((event) => lineOf(event, "URL")?.value);
		expect(urls).toEqual([
			"https://press.test/releases/a-meeting-3",
			"https://press.test/releases/a-meeting-2",
		]);
	});
});

describe("an event of days", () => {
	it("says everything that the release does", () => {
		const entry = someEntry({ slug: "water", title: "On water", summary: "They meet." });
		const [event] = within(build([entry]), "VEVENT");
		expect(event && lines(event).toSorted()).toEqual(
			[
				"UID:urn:uuid:00000000-0000-4000-8000-000000000001",
				"SEQUENCE:0",
				"DTSTAMP:20261120T060000Z",
				"CREATED:20261120T060000Z",
				"LAST-MODIFIED:20261120T060000Z",
				"DTSTART;VALUE=DATE:20261201",
				"DTEND;VALUE=DATE:20261203",
				"X-MICROSOFT-CDO-ALLDAYEVENT:TRUE",
				"X-MICROSOFT-MSNCALENDAR-ALLDAYEVENT:TRUE",
				"TRANSP:TRANSPARENT",
				"SUMMARY:On water",
				"DESCRIPTION:They meet.",
				"LOCATION:Tashkent",
				"URL;VALUE=URI:https://press.test/releases/water",
				"CATEGORIES:meeting",
				"STATUS:CONFIRMED",
			].toSorted(),
		);
	});

	it.each([
		["2026-12-01", "2026-12-01", "20261201", "20261202"],
		["2026-02-27", "2026-02-28", "20260227", "20260301"],
		["2028-02-28", "2028-02-28", "20280228", "20280229"],
		["2026-12-30", "2026-12-31", "20261230", "20270101"],
		// Clocks change in Europe and in America.
		["2026-03-29", "2026-03-29", "20260329", "20260330"],
		["2026-11-01", "2026-11-01", "20261101", "20261102"],
	])("from %s to %s ends on the day after", (starts, ends, start, end) => {
		const event = eventOf({ event: days(starts, ends) });
		expect(lineOf(event, "DTSTART")).toEqual({
			name: "DTSTART",
			parameters: { VALUE: "DATE" },
			value: start,
		});
		expect(lineOf(event, "DTEND")?.value).toBe(end);
	});

	it("has no place where the release has none", () => {
		expect(lineOf(eventOf({ event: days("2026-12-01") }), "LOCATION")).toBeUndefined();
	});
});

describe("an event of times", () => {
	it("has them in its zone, which the calendar defines once", () => {
		const calendar = build([
			someEntry({
				firstSequence: 1,
				event: times("Europe/Vienna", "2026-12-01T09:00", "2026-12-01T17:30"),
			}),
			someEntry({ firstSequence: 2, event: times("Europe/Vienna", "2026-07-01T09:00") }),
			someEntry({ firstSequence: 3, event: times("Asia/Tashkent", "2026-07-01T09:00") }),
			someEntry({ firstSequence: 4, event: days("2026-07-01") }),
		]);
		const zones = within(calendar, "VTIMEZONE").map((zone) => lineOf(zone, "TZID")?.value);
		expect(zones).toEqual(["Europe/Vienna", "Asia/Tashkent"]);
		const [event] = within(calendar, "VEVENT");
		const found = event ? lines(event) : [];
		expect(found).toContain("DTSTART;TZID=Europe/Vienna:20261201T090000");
		expect(found).toContain("DTEND;TZID=Europe/Vienna:20261201T173000");
		expect(found.join()).not.toMatch(/TRANSP|ALLDAY/);
	});

	it("has no end where none is known", () => {
		const event = eventOf({ event: times("Asia/Tashkent", "2026-12-01T09:00") });
		expect(lineOf(event, "DTSTART")?.value).toBe("20261201T090000");
		expect(lineOf(event, "DTEND")).toBeUndefined();
	});

	it("has the time that the clocks show where they skip one or show it twice", () => {
		const start = (time: string) =>
			lineOf(eventOf({ event: times("Europe/Vienna", time) }), "DTSTART")?.value;
		expect(start("2026-03-29T02:30")).toBe("20260329T033000");
		expect(start("2026-10-25T02:30")).toBe("20261025T023000");
	});

	it("has the newest name of its zone, which is the one that is defined", () => {
		const calendar = build([someEntry({ event: times("Asia/Calcutta", "2026-12-01T09:00") })]);
		const [zone] = within(calendar, "VTIMEZONE");
		const [event] = within(calendar, "VEVENT");
		expect(zone && lineOf(zone, "TZID")?.value).toBe("Asia/Kolkata");
		expect(event && lineOf(event, "DTSTART")).toEqual({
			name: "DTSTART",
			parameters: { TZID: "Asia/Kolkata" },
			value: "20261201T090000",
		});
	});

	it("is in UTC where its zone cannot be defined", () => {
		const calendar = build([
			someEntry({ event: times("+05:30", "2026-12-01T02:00", "2026-12-01T09:00") }),
		]);
		expect(within(calendar, "VTIMEZONE")).toEqual([]);
		const [event] = within(calendar, "VEVENT");
		const found = event ? lines(event) : [];
		expect(found).toContain("DTSTART:20261130T203000Z");
		expect(found).toContain("DTEND:20261201T033000Z");
	});

	it.each(["Asia/Tashkent", "Asia/Kathmandu", "Pacific/Kiritimati"])(
		"is at the offset that the clocks of %s have",
		(timeZone) => {
			const [zone] = within(
				build([someEntry({ event: times(timeZone, "2026-12-01T09:00") })]),
				"VTIMEZONE",
			);
			const offsets = zone?.components.map((part) => lineOf(part, "TZOFFSETTO")?.value);
			expect(offsets).toEqual([atClock("2026-12-01T09:00", timeZone).offset.replace(":", "")]);
		},
	);
});

describe("a correction", () => {
	const publishedAt = Date.parse("2026-11-20T06:00:00Z");

	it("has the next number and the time it was made", () => {
		const changedAt = Date.parse("2026-11-21T07:08:09.987Z");
		const event = eventOf({ revision: 3, publishedAt, changedAt });
		expect(lineOf(event, "SEQUENCE")?.value).toBe("2");
		expect(lineOf(event, "CREATED")?.value).toBe("20261120T060000Z");
		for (const name of ["DTSTAMP", "LAST-MODIFIED"])
			expect(lineOf(event, name)?.value).toBe("20261121T070809Z");
	});

	it("under embargo is as old as the end of it", () => {
		const event = eventOf({ revision: 2, publishedAt, changedAt: publishedAt - 86_400_000 });
		for (const name of ["DTSTAMP", "LAST-MODIFIED", "CREATED"])
			expect(lineOf(event, name)?.value).toBe("20261120T060000Z");
	});
});

describe("a withdrawn release", () => {
	it.each([
		["en", "This release was withdrawn: It was a draft."],
		["ru", "Это сообщение отозвано: It was a draft."],
		["uz", "Bu xabar qaytarib olindi: It was a draft."],
		["uz-Cyrl", "Бу хабар қайтариб олинди: It was a draft."],
	] as const)("is cancelled, and says why in %s", (language, description) => {
		const event = eventOf({
			language,
			status: "withdrawn",
			reason: "It was a draft.",
			summary: "They meet.",
			revision: 2,
		});
		expect(lineOf(event, "STATUS")?.value).toBe("CANCELLED");
		expect(lineOf(event, "SEQUENCE")?.value).toBe("1");
		expect(textOf(event, "DESCRIPTION")).toBe(description);
	});
});

describe("hostile words come out as text", () => {
	const HOSTILE = [
		"x\nEND:VEVENT\nBEGIN:VEVENT\nSUMMARY:evil",
		"x\r\nATTACH:https://evil.test/",
		'a;b,c\\d:e"f\\n\\;\\,',
		"\\",
		"BEGIN:VCALENDAR",
		";TZID=evil:20260101",
		"^n^' %0D%0A &#10;",
		"\u2028\u2029\u0085 end",
		" spaces \t at the ends ",
	];

	it.each(HOSTILE)("in every place: %j", (words) => {
		const entry = someEntry({
			title: words,
			summary: words,
			reason: words,
			status: "withdrawn",
			event: { ...days("2026-12-01"), place: words },
		});
		const calendar = build([entry], { title: words, description: words });
		expect(calendar.components).toHaveLength(1);
		const [event] = within(calendar, "VEVENT");
		const expected = words.replaceAll("\r\n", "\n");
		for (const name of ["SUMMARY", "LOCATION"]) expect(event && textOf(event, name)).toBe(expected);
		expect(event && textOf(event, "DESCRIPTION")).toBe(`This release was withdrawn: ${expected}`);
		for (const name of ["NAME", "X-WR-CALNAME", "X-WR-CALDESC"])
			expect(textOf(calendar, name)).toBe(expected);
		expect(event?.lines).toHaveLength(16);
	});

	it.each([
		["Cyrillic", "Консультации по водным ресурсам; "],
		["Uzbek", "Oʻzbekiston suv kengashi, Ўқғҳ "],
		["characters of four octets", "💧🌊"],
		["combining marks", "e\u0301o\u0308"],
		["backslashes at the folds", "\\,;\n"],
	])("fold at 75 octets and cut no character: %s", (_what, words) => {
		for (let offset = 0; offset < 8; offset += 1) {
			const title = "x".repeat(offset) + words.repeat(40).trim();
			// The reader throws where a line is too long or a character is cut.
			expect(textOf(eventOf({ title }), "SUMMARY")).toBe(title);
		}
	});
});

describe("one of each story", () => {
	const entry = (
		firstSequence: number,
		story: string,
		language: CatalogueEntry["language"],
		over: object = {},
	) => someEntry({ firstSequence, story, language, ...over });
	const chosen = (entries: readonly CatalogueEntry[]) =>
		onePerStory(entries, ["uz", "ru", "en"]).map(({ firstSequence }) => firstSequence);

	it("is in the first of the publication's languages, in the order they come in", () => {
		const entries = [
			entry(1, "a", "en"),
			entry(2, "b", "en"),
			entry(3, "a", "uz"),
			entry(4, "b", "ru"),
			entry(5, "c", "en"),
			entry(6, "a", "ru"),
		];
		expect(chosen(entries)).toEqual([3, 4, 5]);
		expect(chosen(entries.toReversed())).toEqual([5, 4, 3]);
	});

	it("is any where its languages are the publication's no more", () => {
		expect(chosen([entry(1, "a", "uz-Cyrl")])).toEqual([1]);
		expect(chosen([entry(1, "a", "uz-Cyrl"), entry(2, "a", "en")])).toEqual([2]);
	});

	it("is one that stands where there is one, and the latest of what was withdrawn", () => {
		const withdrawn = { status: "withdrawn" };
		expect(chosen([entry(1, "a", "uz", withdrawn), entry(2, "a", "en")])).toEqual([2]);
		expect(chosen([entry(1, "a", "uz", withdrawn), entry(2, "a", "uz")])).toEqual([2]);
		expect(chosen([entry(2, "a", "uz", withdrawn), entry(1, "a", "uz", withdrawn)])).toEqual([2]);
		expect(chosen([entry(1, "a", "en", withdrawn), entry(2, "a", "uz", withdrawn)])).toEqual([2]);
	});

	it("knows every language that there is", () => {
		const entries = LANGUAGES.map((language, index) => entry(index + 1, "a", language));
		expect(onePerStory(entries, LANGUAGES)).toHaveLength(1);
	});
});
