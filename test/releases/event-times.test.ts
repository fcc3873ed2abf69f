import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { type Desk, openDesk } from "../support/desk.ts";
import { emptyStores } from "../support/house.ts";
import { answered, faultyFields, NOTHING, refused, stored } from "./answers.ts";

let desk: Desk;

beforeEach(async () => {
	await emptyStores();
	desk = openDesk();
});

const VIENNA = "Europe/Vienna";
const HOURS = {
	starts: "2026-12-01T09:00",
	ends: "2026-12-01T17:30",
	time_zone: "Asia/Samarkand",
	place: "Samarkand",
};

const posted = async (event: object) =>
	(await answered(await desk.post({ event }), 201)).release as unknown as {
		id: string;
		url: string;
		event: object;
	};
const read = async (id: string) => (await answered(await desk.read(id), 200)).release;
const listed = async (query = "") => {
	const answer = await desk.ask("GET", `/api/releases${query}`);
	return (await answer.json<{ releases: { title: string; event: object | null }[] }>()).releases;
};

describe("an event at times of the day", () => {
	it("is answered, listed and shown as it was given", async () => {
		const { id, url, event } = await posted(HOURS);
		expect(event).toEqual(HOURS);
		expect((await read(id)).event).toEqual(HOURS);
		expect((await listed()).map((entry) => entry.event)).toEqual([HOURS]);
		expect(await (await desk.page(url)).text()).toContain(
			"1 December 2026, 09:00–17:30 (Samarkand time, UTC+5)",
		);
	});

	it("names its zone where it is kept, also where the request did not", async () => {
		const { time_zone: _, ...without } = HOURS;
		const { id, event } = await posted(without);
		expect(event).toEqual({ ...HOURS, time_zone: "Asia/Tashkent" });
		const entry = await desk.rooms.releases.findById(id);
		const kept = await env.DOCUMENTS.get<{ event: object }>(entry?.document ?? "", "json");
		expect(kept?.event).toMatchObject({ timeZone: "Asia/Tashkent" });
		expect(entry?.event).toEqual(kept?.event);
	});

	it("may leave open when it ends, and where it is", async () => {
		const { event } = await posted({ starts: HOURS.starts, time_zone: null });
		expect(event).toEqual({
			starts: HOURS.starts,
			ends: HOURS.starts,
			time_zone: "Asia/Tashkent",
			place: null,
		});
	});

	it("has its zone by the name that everybody writes", async () => {
		const { event } = await posted({ ...HOURS, time_zone: "europe/VIENNA" });
		expect(event).toMatchObject({ time_zone: VIENNA });
	});

	it("stands in front matter as in JSON, and in a dry run", async () => {
		const body = `---
event: { starts: 2026-12-01T09:00, ends: 2026-12-02T12:00, time_zone: Europe/Vienna, place: Vienna }
---
# A meeting on water

Text.`;
		const query = "?kind=meeting&language=en&dry_run=true";
		const answer = await desk.ask("POST", `/api/releases${query}`, { body, type: "text/markdown" });
		expect((await answered(answer, 200)).release.event).toEqual({
			starts: "2026-12-01T09:00",
			ends: "2026-12-02T12:00",
			time_zone: VIENNA,
			place: "Vienna",
		});
	});

	it("can be corrected from days to times and back, and sent as it was read", async () => {
		const days = { starts: "2026-12-01", ends: "2026-12-02", time_zone: null, place: null };
		const { id } = await posted(days);
		for (const event of [HOURS, days, HOURS]) {
			const put = await desk.put(id, { ...(await read(id)), event, note: "Another time." });
			expect((await answered(put, 200)).release.event).toEqual(event);
		}
		const again = await desk.put(id, { ...(await read(id)), note: "Nothing." });
		expect((await answered(again, 200)).release.event).toEqual(HOURS);
		expect((await listed()).map((entry) => entry.event)).toEqual([HOURS]);
	});

	it("is not read from a plain text", async () => {
		const text =
			"A meeting on water\n\nThe meeting will be held in Tashkent on 1 December 2026 at 10:00.";
		const query = "?kind=meeting&language=en";
		const answer = await desk.ask("POST", `/api/releases${query}`, {
			body: text,
			type: "text/plain",
		});
		expect((await answered(answer, 201)).release.event).toMatchObject({
			starts: "2026-12-01",
			time_zone: null,
		});
	});
});

describe("when the clocks change", () => {
	it.each([
		["skipped: moved on as they are", "2026-03-29T02:30", "2026-03-29T03:30"],
		["shown twice: as it stands", "2026-10-25T02:30", "2026-10-25T02:30"],
		["the last before they are moved", "2026-03-29T01:59", "2026-03-29T01:59"],
		["the first after they are moved", "2026-03-29T03:00", "2026-03-29T03:00"],
	])("a time is %s", async (_what, given, taken) => {
		const { event } = await posted({ starts: given, time_zone: VIENNA });
		expect(event).toMatchObject({ starts: taken, ends: taken });
	});

	it("an event does not end before it starts", async () => {
		const event = { starts: "2026-03-29T02:45", ends: "2026-03-29T03:15", time_zone: VIENNA };
		expect(await faultyFields(await desk.post({ event }))).toEqual(["event.ends"]);
		await posted({ ...event, time_zone: "Asia/Tashkent" });
	});
});

describe("something to mend in an event", () => {
	const day = "2026-12-01";

	it.each([
		["a zone of days", { starts: day, time_zone: "Asia/Tashkent" }, "time_zone"],
		["no zone that there is", { ...HOURS, time_zone: "Mars/Base" }, "time_zone"],
		["an offset for a zone", { ...HOURS, time_zone: "+05:00" }, "time_zone"],
		["lines in a zone", { ...HOURS, time_zone: "Asia/Tashkent\r\nEND:VEVENT" }, "time_zone"],
		["a zone in TypeScript's spelling", { ...HOURS, timeZone: VIENNA }, "timeZone"],
		["a day and a time", { ...HOURS, starts: day, time_zone: null }, "ends"],
		["a time and a day", { ...HOURS, ends: day }, "ends"],
		["an end before its start", { ...HOURS, ends: "2026-12-01T08:59" }, "ends"],
		["an end on the day before", { ...HOURS, ends: "2026-11-30T23:00" }, "ends"],
		["an hour that no clock shows", { ...HOURS, starts: "2026-12-01T24:00" }, "starts"],
		["a minute that no clock shows", { ...HOURS, starts: "2026-12-01T09:60" }, "starts"],
		["one digit for the hour", { ...HOURS, starts: "2026-12-01T9:00" }, "starts"],
		["seconds", { ...HOURS, starts: "2026-12-01T09:00:00" }, "starts"],
		["an offset", { ...HOURS, starts: "2026-12-01T09:00+05:00" }, "starts"],
		["UTC", { ...HOURS, starts: "2026-12-01T09:00Z" }, "starts"],
		["a space", { ...HOURS, starts: "2026-12-01 09:00" }, "starts"],
		["a day that does not exist", { ...HOURS, starts: "2026-02-29T09:00" }, "starts"],
		["a year before calendars", { starts: "0202-12-01" }, "starts"],
		["the last day that four digits can tell", { starts: day, ends: "9999-12-31" }, "ends"],
	])("is %s", async (_what, event, field) => {
		expect(await faultyFields(await desk.post({ event }))).toEqual([`event.${field}`]);
		expect(await stored()).toEqual(NOTHING);
	});

	it("is told in words that say how", async () => {
		const said = async (event: object) =>
			(await refused(await desk.post({ event }), 422)).errors?.[0]?.detail;
		expect(await said({ starts: day, time_zone: VIENNA })).toContain("leave it out");
		expect(await said({ ...HOURS, time_zone: "Vienna" })).toContain("Asia/Tashkent");
		expect(await said({ ...HOURS, starts: "tomorrow" })).toContain("YYYY-MM-DDTHH:MM");
	});
});

it("is found in the list by the days of its times", async () => {
	await posted({ starts: "2026-10-05T10:00", ends: "2026-10-07T18:00" });
	for (const [query, count] of [
		["?from=2026-10-07", 1],
		["?from=2026-10-08", 0],
		["?to=2026-10-05", 1],
		["?to=2026-10-04", 0],
		["?from=2026-10-06&to=2026-10-06", 1],
	] as const)
		expect(await listed(query), query).toHaveLength(count);
});

it("is of days in documents and rows that were kept before there were times", async () => {
	const event = { starts: "2026-12-01", ends: "2026-12-02", time_zone: null, place: "Tashkent" };
	const { id } = await posted(event);
	const entry = await desk.rooms.releases.findById(id);
	const key = entry?.document ?? "";
	const { event: kept, ...rest } = JSON.parse((await env.DOCUMENTS.get(key)) ?? "{}");
	const { timeZone: _, ...before } = kept;
	await env.DOCUMENTS.put(key, JSON.stringify({ ...rest, event: before }));
	expect((await read(id)).event).toEqual(event);
	expect((await listed()).map((one) => one.event)).toEqual([event]);
});
