import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { readableText } from "../digests/readable.ts";
import {
	DAY_MS,
	type Desk,
	EVERYWHERE,
	HOUR_MS,
	MONDAY,
	openDesk,
	placesOf,
	SUNDAY,
	someFields,
	WITHDRAWN,
} from "../support/desk.ts";
import { addSubscriber, emptyStores } from "../support/house.ts";
import { answered, faultyFields, refused } from "./answers.ts";

const REASON = "It told of a meeting that is not yet agreed.";

let desk: Desk;

beforeEach(async () => {
	await emptyStores();
	desk = openDesk();
});

/** A release as it was answered, with its entity tag. */
async function posted(over: object = {}) {
	const response = await desk.post(over);
	const { release } = await answered(response, 201);
	return { ...release, etag: response.headers.get("ETag") ?? "" };
}

describe("a withdrawal", () => {
	it("needs a reason, for readers are told", async () => {
		const { id, url } = await posted();
		const path = `/api/releases/${id}`;
		expect(await faultyFields(await desk.ask("DELETE", path, { etag: "*" }))).toEqual(["reason"]);
		for (const reason of ["", " \n ", "x".repeat(1001), 7, null]) {
			const answer = await desk.ask("DELETE", path, { body: { reason }, etag: "*" });
			expect(await faultyFields(answer)).toEqual(["reason"]);
		}
		const misspelt = { body: { reason: REASON, raeson: "x" }, etag: "*" };
		expect(await faultyFields(await desk.ask("DELETE", path, misspelt))).toEqual(["raeson"]);
		expect((await desk.page(url)).status).toBe(200);
	});

	it("takes the reason from the query as well", async () => {
		const { id } = await posted();
		const path = `/api/releases/${id}?reason=${encodeURIComponent(` ${REASON} `)}`;
		const { release } = await answered(await desk.ask("DELETE", path, { etag: "*" }), 200);
		expect(release.reason).toBe(REASON);
	});

	it("needs the entity tag of what was seen", async () => {
		const { id, etag, url } = await posted();
		expect((await refused(await desk.withdraw(id, REASON, null), 428)).detail).toContain(etag);
		await answered(await desk.put(id, someFields({ body: "Mended.", note: "A name." })), 200);
		const { current } = await refused(await desk.withdraw(id, REASON, etag), 412);
		expect(current).toMatchObject({ revision: 2, status: "published" });
		expect((await desk.page(url)).status).toBe(200);
	});

	it("is answered with what it made of the release", async () => {
		const { etag, ...before } = await posted();
		desk.time.now += HOUR_MS;
		const response = await desk.withdraw(before.id, REASON, etag);
		expect(response.headers.get("ETag")).not.toBe(etag);
		const answer = await answered(response, 200);
		expect(answer).toEqual({
			release: {
				...before,
				status: "withdrawn",
				reason: REASON,
				revision: 2,
				sequence: 2,
				changed_at: new Date(SUNDAY + HOUR_MS).toISOString(),
			},
		});
		const read = await answered(await desk.read(before.id), 200);
		expect(read.release).toEqual(answer.release);
		expect(read.revisions?.[1]).toEqual({
			revision: 2,
			change: "withdrawal",
			note: REASON,
			made_by: "dev",
			made_at: new Date(SUNDAY + HOUR_MS).toISOString(),
		});
	});

	it("is of nothing where there is nothing", async () => {
		await refused(await desk.withdraw("00000000-0000-4000-8000-000000000000"), 404);
	});

	it("keeps the text, which was public, for those who have to prove it", async () => {
		const { id, body } = await posted();
		await answered(await desk.withdraw(id, REASON), 200);
		const { keys } = await env.DOCUMENTS.list({ prefix: `release/${id}/` });
		const documents = keys.map(({ name }) => env.DOCUMENTS.get<{ body: string }>(name, "json"));
		expect((await Promise.all(documents)).map((document) => document?.body)).toEqual([body]);
	});

	it("carries a reason that any page can carry", async () => {
		const { id, url } = await posted();
		await answered(await desk.withdraw(id, "A\u0000 <b>draft</b>\u0007,\r\nno more\ud83d."), 200);
		const seen = await readableText(await (await desk.page(url)).text());
		expect(seen).toContain("A <b>draft</b>, no more\ufffd.");
	});
});

describe("what was withdrawn", () => {
	it("leaves a page that says that, and why, and nothing of the text", async () => {
		const body = "Words of the body.";
		const over = { language: "ru", title: "Встреча", summary: "Words of the summary.", body };
		const { id, url } = await posted(over);
		await answered(await desk.withdraw(id, REASON), 200);
		const response = await desk.page(url);
		expect(response.status).toBe(410);
		expect(response.headers.get("Content-Type")).toMatch(/^text\/html/);
		const page = await response.text();
		expect(page).not.toContain("Words of");
		expect(page).toContain('<meta name="robots" content="noindex"/>');
		const seen = await readableText(page);
		expect(seen).toContain("Это сообщение отозвано");
		expect(seen).toContain("Встреча");
		expect(seen).toContain(REASON);
	});

	it("is gone from feeds and the front page, and others are not", async () => {
		const { id, slug } = await posted();
		const other = await posted({ title: "Another" });
		await desk.settle();
		expect(await placesOf(desk, slug)).toEqual(EVERYWHERE);
		await answered(await desk.withdraw(id, REASON), 200);
		await desk.settle();
		expect(await placesOf(desk, slug)).toEqual(WITHDRAWN);
		expect(await placesOf(desk, other.slug)).toEqual(EVERYWHERE);
	});

	it("is gone from a feed that had nothing else, for all who ask whether it has changed", async () => {
		const { id } = await posted();
		await desk.settle();
		const { headers } = await desk.page("/rss.xml");
		const again = async (name: string, validator: string) =>
			(await desk.app.request("/rss.xml", { headers: { [name]: headers.get(validator) ?? "" } }))
				.status;
		expect(await again("If-None-Match", "ETag")).toBe(304);
		expect(await again("If-Modified-Since", "Last-Modified")).toBe(304);
		desk.time.now += HOUR_MS;
		await answered(await desk.withdraw(id, REASON), 200);
		await desk.settle();
		expect(await again("If-None-Match", "ETag")).toBe(200);
		expect(await again("If-Modified-Since", "Last-Modified")).toBe(200);
	});

	it("is gone from the feeds by the next tick where the queue lost the message", async () => {
		const { id, slug } = await posted();
		await desk.settle();
		await answered(await desk.withdraw(id, REASON), 200);
		desk.rooms.asked.length = 0;
		await desk.tick(SUNDAY + HOUR_MS);
		expect(await placesOf(desk, slug)).toEqual(WITHDRAWN);
	});

	it("is in no digest that was not planned yet", async () => {
		await addSubscriber(desk.rooms, "anna@journal.test");
		const { id } = await posted({ title: "Withdrawn" });
		await posted({ title: "Still there" });
		await answered(await desk.withdraw(id, REASON), 200);
		await desk.tick(MONDAY);
		expect(desk.mailed()).toEqual(["Still there"]);
	});

	it("makes no digest where nothing else is new", async () => {
		await addSubscriber(desk.rooms, "anna@journal.test");
		const { id } = await posted();
		await answered(await desk.withdraw(id, REASON), 200);
		await desk.tick(MONDAY);
		await desk.tick(MONDAY + DAY_MS);
		expect(desk.mailed()).toEqual([]);
	});

	it("stays so: nothing can be done to it, whatever was seen of it", async () => {
		const { id, etag, url } = await posted();
		await answered(await desk.withdraw(id, REASON, etag), 200);
		const current = (await desk.read(id)).headers.get("ETag");
		for (const seen of [null, "*", etag, current]) {
			const twice = await refused(await desk.withdraw(id, "Another reason.", seen), 410);
			expect(twice.detail).toContain(REASON);
			const put = await desk.put(id, someFields({ body: "Mended.", note: "A name." }), seen);
			await refused(put, 410);
		}
		expect(await (await desk.page(url)).text()).not.toContain("Another reason.");
		expect((await answered(await desk.read(id), 200)).revisions).toHaveLength(2);
	});

	it("keeps its address for itself", async () => {
		const { id, slug, url } = await posted();
		await answered(await desk.withdraw(id, REASON), 200);
		const again = await posted();
		expect(again.slug).not.toBe(slug);
		expect(again.slug.startsWith(slug)).toBe(true);
		expect((await desk.page(url)).status).toBe(410);
		expect((await desk.page(again.url)).status).toBe(200);
	});

	it("is withdrawn once of two at once, and recorded once", async () => {
		const { id, etag } = await posted();
		const answers = await Promise.all(
			["One.", "Two.", "Three."].map((reason) => desk.withdraw(id, reason, etag)),
		);
		const statuses = answers.map(({ status }) => status).toSorted();
		expect(statuses[0]).toBe(200);
		for (const status of statuses.slice(1)) expect([410, 412]).toContain(status);
		const { release, revisions } = await answered(await desk.read(id), 200);
		expect(revisions?.map(({ note }) => note)).toEqual([null, release.reason]);
	});
});
