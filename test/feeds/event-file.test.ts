import { beforeEach, describe, expect, it } from "vitest";
import { type Desk, MONDAY, openDesk } from "../support/desk.ts";
import { emptyStores } from "../support/house.ts";
import { lineOf, parseCalendar, textOf } from "./icalendar.ts";

let desk: Desk;

beforeEach(async () => {
	await emptyStores();
	desk = openDesk();
});

const PATH = "/releases/a-meeting-on-water.ics";
const EVENT = { starts: "2026-12-01T09:00", time_zone: "Europe/Vienna", place: "Vienna" };

async function post(fields: object = { event: EVENT }): Promise<string> {
	const answer = await desk.post(fields);
	expect(answer.status).toBe(201);
	return (await answer.json<{ release: { id: string } }>()).release.id;
}

const get = (headers: Record<string, string> = {}, method = "GET") =>
	desk.app.request(PATH, { method, headers });

async function eventNow() {
	const [event] = parseCalendar(await (await get()).text()).components.filter(
		({ name }) => name === "VEVENT",
	);
	if (!event) throw new Error("no event");
	return event;
}

describe("the file of an event", () => {
	it("is a calendar with that event, to be saved under the release's name", async () => {
		await post();
		const response = await get();
		expect(response.status).toBe(200);
		expect(response.headers.get("Content-Type")).toBe("text/calendar; charset=utf-8");
		expect(response.headers.get("Content-Disposition")).toBe(
			'attachment; filename="a-meeting-on-water.ics"',
		);
		expect(response.headers.get("Cache-Control")).toBe("public, max-age=300");
		const calendar = parseCalendar(await response.text());
		expect(calendar.components.map(({ name }) => name)).toEqual(["VTIMEZONE", "VEVENT"]);
		expect(textOf(calendar, "NAME")).toBe("Press Office");
		expect(lineOf(calendar, "SOURCE")?.value).toBe(`https://press.test${PATH}`);
		const event = await eventNow();
		expect(textOf(event, "SUMMARY")).toBe("A meeting on water");
		expect(lineOf(event, "DTSTART")).toEqual({
			name: "DTSTART",
			parameters: { TZID: "Europe/Vienna" },
			value: "20261201T090000",
		});
	});

	it("is corrected, then cancelled with its release, under the same id", async () => {
		const id = await post();
		const before = await eventNow();
		await desk.put(id, {
			title: "A meeting on water",
			body: "They meet.",
			kind: "meeting",
			language: "en",
			event: { ...EVENT, starts: "2026-12-01T10:00" },
			note: "An hour later.",
		});
		const corrected = await eventNow();
		expect(lineOf(corrected, "DTSTART")?.value).toBe("20261201T100000");
		expect(lineOf(corrected, "SEQUENCE")?.value).toBe("1");
		await desk.withdraw(id, "It is put off.");
		const cancelled = await eventNow();
		expect(lineOf(cancelled, "STATUS")?.value).toBe("CANCELLED");
		expect(lineOf(cancelled, "SEQUENCE")?.value).toBe("2");
		expect(textOf(cancelled, "DESCRIPTION")).toContain("It is put off.");
		for (const event of [corrected, cancelled])
			expect(lineOf(event, "UID")).toEqual(lineOf(before, "UID"));
	});

	it("has a strong entity tag, and is not sent to who has it", async () => {
		const id = await post();
		const tag = (await get()).headers.get("ETag") ?? "";
		expect(tag).toMatch(/^"[\x21\x23-\x7e]+"$/);
		const unchanged = await get({ "If-None-Match": tag });
		expect(unchanged.status).toBe(304);
		expect(await unchanged.text()).toBe("");
		expect(unchanged.headers.get("ETag")).toBe(tag);
		expect(unchanged.headers.get("Cache-Control")).toBe("public, max-age=300");
		expect((await get({ "If-None-Match": '"another"' })).status).toBe(200);
		await desk.withdraw(id);
		expect((await get({ "If-None-Match": tag })).status).toBe(200);
	});

	it("is answered to HEAD as to GET, without the body", async () => {
		await post();
		const [head, got] = [await get({}, "HEAD"), await get()];
		expect(head.status).toBe(200);
		expect(await head.text()).toBe("");
		for (const name of ["Content-Type", "Content-Disposition", "ETag"])
			expect(head.headers.get(name)).toBe(got.headers.get(name));
	});

	it("is not there where the release has no event, or is not there itself", async () => {
		expect((await get()).status).toBe(404);
		await post({ event: null });
		expect((await get()).status).toBe(404);
	});

	it("is not there under embargo, nor after it was cancelled", async () => {
		const id = await post({ event: EVENT, publish_at: new Date(MONDAY).toISOString() });
		expect((await get()).status).toBe(404);
		await desk.withdraw(id);
		expect((await get()).status).toBe(404);
	});

	it("does not stand in the way of the release's page", async () => {
		await post();
		const page = await desk.page("/releases/a-meeting-on-water");
		expect(page.headers.get("Content-Type")).toMatch(/^text\/html/);
		for (const path of ["/releases/.ics", "/releases/a/b.ics", `${PATH}/`])
			expect((await desk.page(path)).status, path).toBe(404);
	});
});
