import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { chooseType } from "../../src/digests/mail-answer.ts";
import { mailAnswer, testMailAnswer } from "../../src/digests/operator-answers.ts";
import { DAY_MS, type Desk, HOUR_MS, MONDAY, openDesk } from "../support/desk.ts";
import { HOSTILE } from "../support/hostile.ts";
import { addSubscriber, emptyStores } from "../support/house.ts";
import {
	APPROVAL,
	DAILY_RUN,
	dumpStores,
	publish,
	refusal,
	releaseSeen,
	say,
	showRun,
} from "./operating.ts";

/** A reader's own links in a mail. */
const LINKS = /https:\/\/press\.test\/subscriptions\/[\w.~-]+(\/unsubscribe)?/g;

let desk: Desk;

beforeEach(async () => {
	await emptyStores();
	desk = openDesk();
});

const preview = (query: Record<string, string> = {}, headers: Record<string, string> = {}) =>
	desk.ask(
		"GET",
		`/api/digests/preview?${new URLSearchParams({ frequency: "daily", language: "en", ...query })}`,
		{ headers },
	);
const subjectOf = async (query?: Record<string, string>) =>
	(await say(mailAnswer, preview(query))).subject;
const test = (body: object = {}) =>
	desk.ask("POST", "/api/digests/test", {
		body: { email: "me@press.test", frequency: "daily", language: "en", ...body },
	});

describe("a digest as it would be made now", () => {
	it("is what its readers get then", async () => {
		await addSubscriber(desk.rooms, "anna@journal.test");
		await publish(desk);
		const mail = await say(mailAnswer, preview({ kinds: "meeting,consultation" }));
		await desk.tick(MONDAY);
		const [message] = desk.rooms.transport.messages;
		expect(message?.subject).toBe(mail.subject);
		expect(message?.html.replaceAll(LINKS, "https://press.test/#preview")).toBe(mail.html);
		expect(message?.text.replaceAll(LINKS, "https://press.test/#preview")).toBe(mail.text);
		expect(mail.language).toBe("en");
		expect(mail.bytes).toBe(new TextEncoder().encode(mail.html).length);
	});

	it("has no link of anybody, and none of its places is left open", async () => {
		await publish(desk);
		const { html, text } = await say(mailAnswer, preview());
		for (const part of [html, text]) {
			expect(part).toContain("https://press.test/#preview");
			expect(part).not.toMatch(/subscriptions\/|\.invalid/);
		}
	});

	it("is for the language and the kinds that are asked for", async () => {
		await publish(desk, { title: "A meeting" });
		await publish(desk, { title: "A consultation", kind: "consultation" });
		await publish(desk, { title: "Встреча", language: "ru" });
		expect(await subjectOf({ kinds: "consultation" })).toBe("A consultation");
		expect(await subjectOf({ language: "ru" })).toBe("Встреча");
		expect(await subjectOf()).toMatch(/^Press Office: /);
		expect(await refusal(preview({ kinds: "announcement" }))).toMatchObject({ status: 404 });
		expect(await refusal(preview({ language: "uz" }))).toMatchObject({ status: 404 });
	});

	it("tells what is new since the last digest of that frequency", async () => {
		await publish(desk, { title: "First meeting" });
		await desk.tick(MONDAY);
		expect(await refusal(preview())).toMatchObject({
			status: 404,
			detail: expect.stringContaining("no mail"),
		});
		await publish(desk, { title: "Second meeting" });
		expect(await subjectOf()).toBe("Second meeting");
		// Weekly readers heard the last one on Monday too; those of a zone without readers, the same.
		expect(await subjectOf({ frequency: "weekly" })).toBe("Second meeting");
		expect(await subjectOf({ time_zone: "Asia/Tokyo" })).toBe("Second meeting");
		expect(await subjectOf({ frequency: "immediate" })).toBe("Second meeting");
	});

	it("goes by the last digest of a time zone, where there is one", async () => {
		await addSubscriber(desk.rooms, "anna@journal.test", { timeZone: "Europe/London" });
		await publish(desk, { title: "First meeting" });
		await desk.tick(MONDAY);
		await publish(desk, { title: "Second meeting" });
		// It is ten in London, and three in the afternoon in Tashkent.
		await desk.tick(MONDAY + 6 * HOUR_MS);
		expect(await refusal(preview({ time_zone: "Europe/London" }))).toMatchObject({ status: 404 });
		expect(await subjectOf()).toBe("Second meeting");
	});

	it("tells a correction of what these readers have heard of", async () => {
		const id = await publish(desk, { title: "A meeting" });
		await desk.tick(MONDAY);
		const mended = {
			title: "A meeting",
			body: "At ten.",
			kind: "meeting",
			language: "en",
			note: "The hour was wrong.",
		};
		expect((await desk.put(id, mended)).status).toBe(200);
		expect((await preview()).status).toBe(200);
		expect((await preview({ kinds: "consultation" })).status).toBe(404);
	});

	it("says nothing that stands under embargo", async () => {
		await desk.post({ publish_at: "2026-12-01T00:00:00Z" });
		expect((await preview()).status).toBe(404);
	});

	it.each(HOSTILE)("says a title as it stands: %s", async (title) => {
		await publish(desk, { title, summary: title });
		const { html, subject } = await say(mailAnswer, preview());
		expect(subject.length).toBeGreaterThan(0);
		expect(html).not.toMatch(/<script/i);
	});

	it.each([
		["frequency", "hourly"],
		["language", "de"],
		["kinds", "party"],
		["kinds", ""],
		["time_zone", "Nowhere/City"],
		["time_zone", "+05:00"],
		["email", "x@y.test"],
	])("is refused for %s=%s, by its name", async (field, value) => {
		const refused = (await refusal(preview({ [field]: value }))) as unknown as {
			status: number;
			errors: { field: string }[];
		};
		expect(refused.status).toBe(422);
		expect(refused.errors.map((error) => error.field)).toEqual([field]);
	});

	it("is refused without a frequency or a language, and says which there are", async () => {
		expect(await refusal(desk.ask("GET", "/api/digests/preview"))).toMatchObject({
			status: 422,
			errors: [
				{ field: "frequency", detail: "is needed: one of immediate, daily, weekly" },
				{ field: "language", detail: "is needed: one of en, ru, uz, uz-Cyrl" },
			],
		});
	});

	it("says where what is new is, while it waits in a held run", async () => {
		desk = openDesk(APPROVAL);
		await addSubscriber(desk.rooms, "anna@journal.test");
		await publish(desk);
		await desk.tick(MONDAY);
		const waits = { status: 404, detail: expect.stringContaining(`in the run ${DAILY_RUN}`) };
		expect(await refusal(preview())).toMatchObject(waits);
		expect(await refusal(test())).toMatchObject(waits);
		// Nothing waits for weekly readers.
		expect((await refusal(preview({ frequency: "weekly", language: "ru" }))).detail).not.toContain(
			"waits",
		);
		await publish(desk, { title: "Second meeting" });
		expect(await subjectOf()).toBe("Second meeting");
	});

	it("keeps nothing", async () => {
		await publish(desk);
		await desk.settle();
		const before = await dumpStores();
		expect((await preview()).status).toBe(200);
		expect(await dumpStores()).toEqual(before);
	});
});

describe("a mail", () => {
	beforeEach(async () => {
		desk = openDesk(APPROVAL);
		await addSubscriber(desk.rooms, "anna@journal.test");
		await publish(desk);
	});

	it.each(["the preview", "an edition"])("is answered as JSON, HTML or text: %s", async (which) => {
		let path = "/api/digests/preview?frequency=daily&language=en&kinds=meeting,consultation";
		if (which === "an edition") {
			await desk.tick(MONDAY);
			path = (await showRun(desk)).editions[0]?.preview ?? "";
		}
		const ask = (accept: string) => desk.ask("GET", path, { headers: { Accept: accept } });
		const mail = await say(mailAnswer, ask("application/json"));
		const html = await ask("text/html");
		expect(html.headers.get("Content-Type")).toBe("text/html; charset=utf-8");
		expect(html.headers.get("Cache-Control")).toBe("no-store");
		expect(html.headers.get("Vary")).toBe("Accept");
		expect(html.headers.get("Content-Security-Policy")).toContain("default-src 'none'");
		expect(await html.text()).toBe(mail.html);
		const text = await ask("text/plain, text/html;q=0.5");
		expect(text.headers.get("Content-Type")).toBe("text/plain; charset=utf-8");
		expect(await text.text()).toBe(mail.text);
		expect(await refusal(ask("image/png"))).toMatchObject({ status: 406 });
	});

	it("of an edition that the run does not have is not found", async () => {
		await desk.tick(MONDAY);
		const { editions } = await showRun(desk);
		const there = editions[0]?.preview ?? "";
		for (const path of [
			there.slice(0, -1),
			`${there.slice(0, -16)}0000000000000000`,
			there.replace("daily-2026-11-23", "weekly-2026-11-23"),
			there.replace("daily-2026-11-23", "daily-1999-01-01"),
		])
			expect(await refusal(desk.ask("GET", path)), path).toMatchObject({ status: 404 });
	});

	it("of a held run counts its days from the day on which it would be let go", async () => {
		await publish(desk, { title: "The talks", event: { starts: "2026-11-25", place: "Nukus" } });
		await desk.tick(MONDAY);
		desk.time.now = MONDAY + DAY_MS;
		const { editions } = await showRun(desk);
		const mail = await say(mailAnswer, desk.ask("GET", editions[0]?.preview ?? ""));
		expect(mail.text).toContain("tomorrow");
		await releaseSeen(desk);
		await desk.settle();
		const [message] = desk.rooms.transport.messages;
		expect(message?.text.split("\n").slice(0, 8)).toEqual(mail.text.split("\n").slice(0, 8));
		expect(message?.text).toContain("tomorrow");
	});

	it("of a held run is not kept by being looked at", async () => {
		await desk.tick(MONDAY);
		desk.time.now = MONDAY + DAY_MS;
		const [edition] = (await showRun(desk)).editions;
		const before = await dumpStores();
		expect((await desk.ask("GET", edition?.preview ?? "")).status).toBe(200);
		expect(await dumpStores()).toEqual(before);
	});

	it("of a digest that went out is what was mailed, whatever became of it since", async () => {
		desk = openDesk();
		const id = await publish(desk, { title: "Another meeting" });
		await desk.tick(MONDAY);
		const [message] = desk.rooms.transport.messages;
		expect(message?.text).toContain("Another meeting");
		expect((await desk.withdraw(id)).status).toBe(200);
		desk.time.now += 3 * DAY_MS;
		const { editions } = await showRun(desk);
		const mail = await say(mailAnswer, desk.ask("GET", editions[0]?.preview ?? ""));
		expect(message?.text.replaceAll(LINKS, "https://press.test/#preview")).toBe(mail.text);
	});

	it("of a digest that went out is gone where it is kept no longer", async () => {
		desk = openDesk();
		await desk.tick(MONDAY);
		for (const { name } of (await env.DOCUMENTS.list({ prefix: "edition/" })).keys)
			await env.DOCUMENTS.delete(name);
		const { editions } = await showRun(desk);
		expect(await refusal(desk.ask("GET", editions[0]?.preview ?? ""))).toMatchObject({
			status: 410,
			detail: expect.stringContaining("14 days"),
		});
	});

	it("of a digest that went out can still be read", async () => {
		desk = openDesk();
		await desk.tick(MONDAY);
		const [message] = desk.rooms.transport.messages;
		const { editions } = await showRun(desk);
		const mail = await say(mailAnswer, desk.ask("GET", editions[0]?.preview ?? ""));
		expect(mail.subject).toBe(message?.subject);
	});
});

describe("what a request accepts", () => {
	it.each([
		[undefined, "application/json"],
		["", "application/json"],
		["*/*", "application/json"],
		["text/*", "text/html"],
		["text/html,application/xhtml+xml,*/*;q=0.8", "text/html"],
		["text/plain;q=0.9, text/html;q=0.2", "text/plain"],
		["TEXT/PLAIN", "text/plain"],
		["application/json;q=0, */*", "text/html"],
		["*/*;q=0.1, text/plain", "text/plain"],
		["image/png", null],
		["*/*;q=0", null],
		["text/html;q=0", null],
		["nonsense", null],
	])("%j is answered as %s", (accept, type) => {
		expect(chooseType(accept)).toBe(type);
	});
});

describe("a test mail", () => {
	it("goes to that address and to nobody else, marked, without what makes it a list's", async () => {
		await addSubscriber(desk.rooms, "anna@journal.test");
		await publish(desk);
		const mail = await say(mailAnswer, preview({ kinds: "meeting" }));
		expect(await say(testMailAnswer, test({ kinds: ["meeting"] }))).toEqual({
			outcome: "submitted",
		});
		const [message, ...others] = desk.rooms.transport.messages;
		expect(others).toEqual([]);
		expect(message).toMatchObject({
			to: "me@press.test",
			subject: "[Test] A meeting on water",
			html: mail.html,
			text: mail.text,
			language: "en",
		});
		expect(message).not.toHaveProperty("list");
	});

	it("changes no table and no document, also where its reader is a subscriber", async () => {
		await addSubscriber(desk.rooms, "me@press.test");
		await publish(desk);
		await desk.settle();
		const before = await dumpStores();
		expect(Object.keys(before)).toContain("subscribers");
		expect((await test()).status).toBe(200);
		expect(await dumpStores()).toEqual(before);
		expect(desk.rooms.asked).toEqual([]);
		desk.rooms.transport.messages.length = 0;
		await desk.tick(MONDAY);
		expect(desk.mailed()).toEqual(["A meeting on water"]);
	});

	it.each([
		[{ kind: "retry", detail: "451 me@press.test later" }, "451 (address) later"],
		[{ kind: "rejected", detail: "550 <me@press.test> unknown" }, "550 <(address)> unknown"],
		[{ kind: "unknown", detail: "the line broke" }, "the line broke"],
	] as const)("says what the provider said: %j", async (outcome, said) => {
		await publish(desk);
		desk.rooms.transport.answer = () => [outcome];
		expect(await say(testMailAnswer, test())).toEqual({ outcome: outcome.kind, said });
	});

	it("is unknown where the transport throws", async () => {
		await publish(desk);
		desk.rooms.transport.answer = () => {
			throw new Error("away");
		};
		expect(await say(testMailAnswer, test())).toMatchObject({ outcome: "unknown" });
	});

	it.each(["erased", "complaint", "bounced", "operator"] as const)(
		"is not submitted to an address that is suppressed: %s",
		async (reason) => {
			await publish(desk);
			await desk.rooms.suppressions.suppress("me@press.test", reason, desk.time.now);
			const refused = await refusal(test({ email: "ME@press.test" }));
			expect(refused.status).toBe(409);
			expect(refused.detail).toBe(
				`The address is on the suppression list (${reason}); DELETE /api/suppressions lifts it.`,
			);
			expect(desk.rooms.transport.messages).toEqual([]);
		},
	);

	it("is not submitted where nothing is new", async () => {
		expect(await refusal(test())).toMatchObject({ status: 404 });
		await publish(desk);
		await desk.tick(MONDAY);
		desk.time.now += DAY_MS;
		expect(await refusal(test())).toMatchObject({ status: 404 });
		expect(desk.rooms.transport.messages).toEqual([]);
	});

	it("is what readers of a time zone would get", async () => {
		await addSubscriber(desk.rooms, "anna@journal.test", { timeZone: "Europe/London" });
		await publish(desk, { title: "First meeting" });
		await desk.tick(MONDAY);
		await publish(desk, { title: "Second meeting" });
		// It is ten in London, and three in the afternoon in Tashkent.
		await desk.tick(MONDAY + 6 * HOUR_MS);
		desk.rooms.transport.messages.length = 0;
		expect(await refusal(test({ time_zone: "Europe/London" }))).toMatchObject({ status: 404 });
		expect(await say(testMailAnswer, test())).toEqual({ outcome: "submitted" });
		expect(desk.mailed()).toEqual(["[Test] Second meeting"]);
	});

	it("is refused for kinds that are no list, and says how to give them", async () => {
		expect(await refusal(test({ kinds: "meeting" }))).toMatchObject({
			status: 422,
			errors: [{ field: "kinds", detail: 'must be a list, such as ["meeting"]' }],
		});
	});

	it.each(["GET", "HEAD", "PUT"])("is submitted by POST alone, and by no %s", async (method) => {
		const answer = await desk.ask(method, "/api/digests/test");
		expect([answer.status, answer.headers.get("Allow")]).toEqual([405, "POST"]);
	});

	it.each([
		["email", { email: "not an address" }],
		["frequency", { frequency: "hourly" }],
		["language", { language: "de" }],
		["kinds", { kinds: [] }],
		["kinds.0", { kinds: ["party"] }],
		["to", { to: "x@y.test" }],
		["time_zone", { time_zone: "Nowhere/City" }],
		["time_zone", { time_zone: 5 }],
	])("is refused for a faulty %s", async (field, body) => {
		expect(await refusal(test(body))).toMatchObject({ status: 422, errors: [{ field }] });
	});

	it("is refused as another type, as what is no JSON, and as more than 64 KiB", async () => {
		const send = (body: string, type: string) =>
			desk.ask("POST", "/api/digests/test", { body, type });
		expect((await send("email=x", "text/plain")).status).toBe(415);
		expect((await send("{", "application/json")).status).toBe(400);
		expect((await send(" ".repeat(70_000), "application/json")).status).toBe(413);
	});
});

describe("a test mail of an edition", () => {
	const testEdition = (body: object = {}) =>
		desk.ask("POST", "/api/digests/test", { body: { email: "me@press.test", ...body } });

	beforeEach(async () => {
		desk = openDesk(APPROVAL);
		await addSubscriber(desk.rooms, "anna@journal.test");
		await publish(desk);
		await desk.tick(MONDAY);
	});

	it("is the mail of a held run, to one address, and changes nothing", async () => {
		const [edition] = (await showRun(desk)).editions;
		const mail = await say(mailAnswer, desk.ask("GET", edition?.preview ?? ""));
		const before = await dumpStores();
		const asked = testEdition({ run: DAILY_RUN, edition: edition?.id });
		expect(await say(testMailAnswer, asked)).toEqual({ outcome: "submitted" });
		expect(await dumpStores()).toEqual(before);
		expect(desk.rooms.transport.messages).toMatchObject([
			{ to: "me@press.test", subject: `[Test] ${mail.subject}`, html: mail.html, text: mail.text },
		]);
	});

	it("is not submitted of a run that is not held, or not there", async () => {
		const [edition] = (await showRun(desk)).editions;
		const held = { run: DAILY_RUN, edition: edition?.id };
		for (const unknown of [{ run: "daily-1999-01-01" }, { edition: "0000000000000000" }])
			expect(await refusal(testEdition({ ...held, ...unknown }))).toMatchObject({ status: 404 });
		await releaseSeen(desk);
		expect(await refusal(testEdition(held))).toMatchObject({
			status: 409,
			detail: expect.stringContaining("submitting"),
		});
		await desk.settle();
		expect(await refusal(testEdition(held))).toMatchObject({ status: 409 });
		expect(desk.rooms.transport.messages).toHaveLength(1);
	});

	it("is not submitted to an address that is suppressed", async () => {
		const [edition] = (await showRun(desk)).editions;
		await desk.rooms.suppressions.suppress("me@press.test", "bounced", desk.time.now);
		const asked = testEdition({ run: DAILY_RUN, edition: edition?.id });
		expect(await refusal(asked)).toMatchObject({ status: 409 });
		expect(desk.rooms.transport.messages).toEqual([]);
	});

	it.each([
		["edition", { run: DAILY_RUN }],
		["run", { edition: "0f1e2d3c4b5a6978" }],
		["language", { run: DAILY_RUN, edition: "0f1e2d3c4b5a6978", language: "en" }],
	])("is refused for %s", async (field, body) => {
		expect(await refusal(testEdition(body))).toMatchObject({ status: 422, errors: [{ field }] });
	});
});
