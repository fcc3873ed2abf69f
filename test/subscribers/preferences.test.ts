import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { LANGUAGES } from "../../src/shared/language.ts";
import { WORDS } from "../../src/shared/words/index.ts";
import { stringsOf } from "../../src/site/strings/index.ts";
import { MONDAY, SUNDAY } from "../support/desk.ts";
import { addSubscriber, emptyStores, publishText } from "../support/house.ts";
import { deskWithReader, pathFor, send, wholeRow } from "./managing.ts";
import { ADDRESS } from "./visiting.ts";

beforeEach(emptyStores);

const CHOICES: [string, string][] = [
	["change", "preferences"],
	["kinds", ""],
	["kinds", "announcement"],
	["kinds", "consultation"],
	["languages", "uz"],
	["languages", ""],
	["languages", "ru"],
	["languages", "uz"],
	["frequency", "weekly"],
	["time_zone", "Europe/Vienna"],
];

const without = (name: string, ...instead: string[]): [string, string][] => [
	...CHOICES.filter(([field]) => field !== name),
	...instead.map((value): [string, string] => [name, value]),
];

const selected = (page: string) =>
	[...page.matchAll(/<option value="([^"]*)"[^>]* selected/g)].map(([, value]) => value);

const checked = (page: string) =>
	[...page.matchAll(/value="([^"]*)" checked/g)].map(([, value]) => value);

describe("the page of preferences", () => {
	it.each(LANGUAGES)("speaks the subscriber's first language: %s", async (language) => {
		const { desk, path } = await deskWithReader([language, "en"]);
		const response = await desk.page(path);
		expect(response.status).toBe(200);
		const page = await response.text();
		const { preferences, unsubscribe } = stringsOf(language);
		expect(page).toContain(`<html lang="${language}">`);
		for (const words of [
			preferences.title,
			preferences.choices,
			preferences.pause.title,
			preferences.address.title,
			preferences.data.erase,
			unsubscribe.button,
			WORDS[language].kinds.meeting.heading,
		])
			expect(page).toContain(words);
		expect(page).toContain(ADDRESS);
	});

	it("is filled in with what holds", async () => {
		const { desk, id, path } = await deskWithReader(["ru", "en"]);
		const wanted = { kinds: ["meeting"], languages: ["ru", "en"], frequency: "weekly" } as const;
		await desk.rooms.preferences.changePreferences(id, { ...wanted, timeZone: "Europe/Vienna" });
		const page = await (await desk.page(path)).text();
		expect(checked(page)).toEqual(["meeting", "weekly"]);
		expect(selected(page)).toEqual(["ru", "en", "Europe/Vienna"]);
	});

	it("is for one reader: kept by nobody, found by nobody, and leads nowhere with its address", async () => {
		const { desk, path } = await deskWithReader();
		const response = await desk.page(path);
		expect(response.headers.get("Cache-Control")).toBe("no-store");
		expect(response.headers.get("Referrer-Policy")).toBe("no-referrer");
		expect(response.headers.get("Set-Cookie")).toBeNull();
		const page = await response.text();
		expect(page).toContain('<meta name="robots" content="noindex"/>');
		expect(page).not.toMatch(/<script|\bstyle="|\bon\w+="/);
		expect(path).not.toContain(encodeURIComponent(ADDRESS));
	});

	it("gives each control a label, and each form a button", async () => {
		const { desk, path } = await deskWithReader();
		const page = await (await desk.page(path)).text();
		const controls = [...page.matchAll(/<(?:select|input)[^>]* id="([^"]+)"[^>]*>/g)];
		const labelled = controls
			.filter(([tag]) => !/type="(checkbox|radio)"/.test(tag))
			.map(([, id]) => id);
		expect(labelled).toHaveLength(7);
		for (const id of labelled) expect(page).toContain(`<label for="${id}">`);
		const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
		expect(new Set(ids).size).toBe(ids.length);
		for (const form of page.match(/<form.*?<\/form>/gs) ?? [])
			expect(form.match(/<button type="submit">/g)).toHaveLength(1);
	});

	it("offers time zones by region, the publication's first", async () => {
		const { desk, path } = await deskWithReader(["ru"]);
		const page = await (await desk.page(path)).text();
		const [zones = ""] = /<select id="sign-up-time_zone".*?<\/select>/s.exec(page) ?? [];
		expect(zones).toContain("Asia/Tashkent, UTC+5");
		expect(zones.indexOf('value=""')).toBeLessThan(zones.indexOf("<optgroup"));
		expect(zones).toContain('<optgroup label="Европа">');
		expect(zones).toContain('<option value="Europe/Vienna">Vienna</option>');
		expect(zones).toContain(">New Salem (North Dakota)</option>");
	});

	it("changes nothing however often it is opened, with whatever it says was done", async () => {
		const { desk, id, path } = await deskWithReader();
		const before = await wholeRow(id);
		for (const place of ["", "?done=pause", "?done=<b>", "/erase", "/data"])
			for (const method of ["GET", "HEAD", "GET"]) {
				const response = await desk.app.request(path + place, { method });
				expect(response.status, place).toBe(200);
				expect(await response.text()).not.toContain("<b>");
			}
		expect(await wholeRow(id)).toEqual(before);
	});
});

describe("choices", () => {
	it("are saved in their order, and the page says so in the new first language", async () => {
		const { desk, id, path } = await deskWithReader();
		const response = await send(desk, path, CHOICES);
		expect(response.status).toBe(303);
		expect(response.headers.get("Location")).toBe(`${path}?done=preferences`);
		expect(response.headers.get("Cache-Control")).toBe("no-store");
		expect(await wholeRow(id)).toMatchObject({
			kinds: "consultation,announcement",
			languages: "uz,ru",
			frequency: "weekly",
			time_zone: "Europe/Vienna",
			status: "active",
			heard_through: 0,
		});
		const page = await (await desk.page(`${path}?done=preferences`)).text();
		expect(page).toContain(`role="status">${stringsOf("uz").preferences.done.preferences}`);
	});

	it("may have the publication's time zone again", async () => {
		const { desk, id, path } = await deskWithReader();
		await send(desk, path, CHOICES);
		await send(desk, path, without("time_zone", ""));
		expect((await wholeRow(id))?.time_zone).toBeNull();
	});

	it.each([
		["kinds", [""]],
		["kinds", ["rumours"]],
		["languages", ["", ""]],
		["languages", ["tlh"]],
		["frequency", []],
		["frequency", ["hourly"]],
		["time_zone", ["Mars/Olympus"]],
		["time_zone", ["+05:00"]],
		["time_zone", ["<script>"]],
	] as const)("are refused with what to mend: %s as %j", async (field, values) => {
		const { desk, id, path } = await deskWithReader(["ru"]);
		const before = await wholeRow(id);
		const response = await send(desk, path, without(field, ...values));
		expect(response.status).toBe(422);
		const page = await response.text();
		expect(page).toContain(`<a href="#sign-up-${field}">${stringsOf("ru").faults.fields[field]}`);
		expect(page).toMatch(/<title>Ошибка: /);
		expect(page).not.toContain("<script>");
		expect(page).toContain(`id="sign-up-${field}"`);
		if (field !== "kinds") expect(checked(page)).toContain("announcement");
		expect(await wholeRow(id)).toEqual(before);
	});

	it("that are of no form are refused", async () => {
		const { desk, id, path } = await deskWithReader();
		const before = await wholeRow(id);
		expect((await send(desk, path)).status).toBe(422);
		expect((await send(desk, path, [["change", "status"]])).status).toBe(422);
		const json = { method: "POST", headers: { "Content-Type": "application/json" }, body: "{}" };
		expect((await desk.app.request(path, json)).status).toBe(415);
		expect(await wholeRow(id)).toEqual(before);
	});

	it("hold for the next digest", async () => {
		const { desk, path } = await deskWithReader();
		await publishText(desk.rooms, { title: "A meeting" });
		await publishText(desk.rooms, { title: "Сообщение", language: "ru", kind: "announcement" });
		await send(desk, path, without("frequency", "daily"));
		await desk.tick(MONDAY);
		expect(desk.mailed()).toEqual(["Сообщение"]);
	});
});

describe("a pause", () => {
	const pause = (until: string): [string, string][] => [
		["change", "pause"],
		["until", until],
	];

	it("is begun with a day and ended with a button", async () => {
		const { desk, id, path } = await deskWithReader();
		const response = await send(desk, path, pause("2026-12-24"));
		expect(response.headers.get("Location")).toBe(`${path}?done=pause`);
		expect((await wholeRow(id))?.paused_until).toBe("2026-12-24");
		const page = await (await desk.page(path)).text();
		expect(page).toContain("No mail comes before 24 December 2026.");
		expect(page).toContain("End the pause now");

		await send(desk, path, [["change", "resume"]]);
		expect((await wholeRow(id))?.paused_until).toBeNull();
		expect(await (await desk.page(path)).text()).not.toContain("End the pause now");
	});

	it("that is over is not spoken of", async () => {
		const { desk, id, path } = await deskWithReader();
		await desk.rooms.preferences.pause(id, "2026-11-22");
		expect(await (await desk.page(path)).text()).not.toContain("End the pause now");
	});

	it.each([
		["2026-11-23", 303],
		["2027-11-22", 303],
		["2026-11-22", 422],
		["2027-11-23", 422],
		["2026-02-30", 422],
		["tomorrow", 422],
		["", 422],
	])("may end from tomorrow on, within a year: %s", async (until, status) => {
		const { desk, id, path } = await deskWithReader();
		expect((await send(desk, path, pause(until))).status).toBe(status);
		expect((await wholeRow(id))?.paused_until).toBe(status === 303 ? until : null);
	});

	it("goes by the publication's day, not by that of London", async () => {
		const { desk, path } = await deskWithReader();
		// In Tashkent it is Monday already.
		desk.time.now = SUNDAY + 13 * 60 * 60 * 1000;
		expect((await send(desk, path, pause("2026-11-23"))).status).toBe(422);
		expect(await (await desk.page(path)).text()).toContain('min="2026-11-24" max="2027-11-23"');
	});
});

describe("whoever may not change anything", () => {
	it("sees a page that helps: forged, of nobody, for another purpose, made for earlier links", async () => {
		const { desk, id, path } = await deskWithReader();
		const { tokens } = desk.rooms;
		const claims = { subscriber: id, expires: 0, version: 0 };
		const nobody = { ...claims, subscriber: crypto.randomUUID() };
		const paths = [
			`${path}x`,
			`/subscriptions/${await tokens.make("manage", nobody)}`,
			`/subscriptions/${await tokens.make("manage", { ...claims, version: 1 })}`,
			`/subscriptions/${await tokens.make("unsubscribe", claims)}`,
			`/subscriptions/${await tokens.make("confirm", claims)}`,
			`/subscriptions/${id}`,
		];
		const before = await wholeRow(id);
		for (const place of ["", "/erase", "/data"])
			for (const wrong of paths)
				for (const response of [await desk.page(wrong + place), await send(desk, wrong, CHOICES)]) {
					expect(response.status, wrong).toBe(404);
					expect(response.headers.get("Cache-Control")).toBe("no-store");
					expect(await response.text()).toContain("This link does not work");
				}
		expect(await wholeRow(id)).toEqual(before);
	});

	it("is told that the subscription has ended, and how to subscribe again", async () => {
		const { desk, id, path } = await deskWithReader(["ru"]);
		await desk.rooms.subscribers.end(id, "unsubscribed", SUNDAY);
		const before = await wholeRow(id);
		for (const response of [await desk.page(path), await send(desk, path, CHOICES)]) {
			const page = await response.text();
			expect(page).toContain(stringsOf("ru").ended.title);
			expect(page).toContain('href="/ru/subscribe"');
			expect(page).not.toContain(ADDRESS);
		}
		expect(await wholeRow(id)).toEqual(before);
	});

	it("does not get here while the subscription is pending", async () => {
		const { desk, id, path } = await deskWithReader();
		await env.LEDGER.prepare("UPDATE subscribers SET status = 'pending' WHERE id = ?")
			.bind(id)
			.run();
		expect((await desk.page(path)).status).toBe(404);
		expect((await send(desk, `${path}/erase`)).status).toBe(404);
	});

	it("cannot change somebody else's", async () => {
		const { desk, path } = await deskWithReader();
		const boris = await addSubscriber(desk.rooms, "boris@journal.test");
		const before = await wholeRow(boris);
		await send(desk, path, [...CHOICES, ["id", boris], ["subscriber", boris]]);
		expect(await wholeRow(boris)).toEqual(before);
	});
});

describe("the button to unsubscribe", () => {
	it("ends the subscription at once", async () => {
		const { desk, id, path } = await deskWithReader(["ru"]);
		const page = await (await desk.page(path)).text();
		const action = /action="(\/subscriptions\/[^/"]+\/unsubscribe)"/.exec(page)?.[1] ?? "";
		const response = await send(desk, action, [["form_language", "ru"]]);
		expect(await response.text()).toContain(stringsOf("ru").unsubscribed.title);
		expect(await wholeRow(id)).toMatchObject({ status: "ended", ended_reason: "unsubscribed" });
	});
});

describe("a digest", () => {
	it("leads to the page of preferences from both its parts, each reader to their own", async () => {
		const { desk, id } = await deskWithReader();
		const boris = await addSubscriber(desk.rooms, "boris@journal.test");
		await publishText(desk.rooms);
		await desk.tick(MONDAY);
		expect(desk.rooms.transport.messages).toHaveLength(2);
		for (const [reader, address] of [
			[id, ADDRESS],
			[boris, "boris@journal.test"],
		] as const) {
			const message = desk.rooms.transport.messages.find(({ to }) => to === address);
			const url = `https://press.test${await pathFor(desk, reader)}`;
			expect(message?.text.split("\n")).toContain(url);
			expect(message?.html).toContain(`href="${url}"`);
			expect(await (await desk.page(new URL(url).pathname)).text()).toContain(address);
		}
	});
});
