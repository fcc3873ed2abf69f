import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import type { ReleaseDocument } from "../../src/releases/release.ts";
import { readableText } from "../digests/readable.ts";
import { childrenOf, itemsOf, textOf } from "../feeds/reading.ts";
import { parseXml } from "../feeds/xml.ts";
import {
	DAY_MS,
	type Desk,
	HOUR_MS,
	MONDAY,
	openDesk,
	SUNDAY,
	someFields,
} from "../support/desk.ts";
import { addSubscriber, emptyStores } from "../support/house.ts";
import { answered, faultyFields, refused } from "./answers.ts";

const NOTE = "The place was wrong.";
const mended = (over: object = {}) =>
	someFields({ body: "The parties will meet in Samarkand.", note: NOTE, ...over });

let desk: Desk;

beforeEach(async () => {
	await emptyStores();
	desk = openDesk();
});

/** A release as it was answered, with its entity tag. */
async function posted(over: object = {}) {
	const response = await desk.post({ body: "The parties will meet in Tashkent.", ...over });
	const { release } = await answered(response, 201);
	return { ...release, etag: response.headers.get("ETag") ?? "" };
}

async function read(id: string | null) {
	const response = await desk.read(id);
	const answer = await answered(response, 200);
	return { ...answer, etag: response.headers.get("ETag") ?? "" };
}

async function documentsOf(id: string | null): Promise<ReleaseDocument[]> {
	const { keys } = await env.DOCUMENTS.list({ prefix: `release/${id}/` });
	const documents = await Promise.all(
		keys.map(({ name }) => env.DOCUMENTS.get<ReleaseDocument>(name, "json")),
	);
	return documents
		.filter((document) => document !== null)
		.toSorted((one, other) => one.revision - other.revision);
}

describe("a change", () => {
	it("needs the entity tag of what was seen", async () => {
		const { id, body, etag } = await posted();
		for (const none of [null, ""]) {
			const { detail } = await refused(await desk.put(id, mended(), none), 428);
			expect(detail).toContain(etag);
		}
		expect((await read(id)).release).toMatchObject({ revision: 1, body });
	});

	it("of what has changed since is refused, and says what it is now", async () => {
		const { id, etag, url } = await posted();
		const body = "The parties will meet in Bukhara.";
		await answered(await desk.put(id, mended({ title: "On water, mended", body }), etag), 200);
		const { current, detail } = await refused(await desk.put(id, mended(), etag), 412);
		expect(current).toEqual({
			revision: 2,
			status: "published",
			title: "On water, mended",
			url,
		});
		expect(detail).toContain("revision 2");
		expect((await read(id)).release).toMatchObject({ revision: 2, body });
		expect(await documentsOf(id)).toHaveLength(2);
	});

	it("takes any tag, or one of a list, and no weak or other one", async () => {
		const { id, etag } = await posted();
		for (const other of ['"x"', '"x", "y"'])
			await refused(await desk.put(id, mended(), other), 412);
		for (const spoilt of [`W/${etag}`, etag.slice(1, -1), `"x", W/${etag}`])
			expect((await refused(await desk.put(id, mended(), spoilt), 400)).detail).toContain(
				`If-Match: ${etag}`,
			);
		const second = await desk.put(id, mended(), `"x", ${etag}`);
		await answered(second, 200);
		await answered(await desk.put(id, mended({ body: "In Bukhara." }), "*"), 200);
	});

	it("is not made of what cannot be read or has to be mended", async () => {
		const { id, body } = await posted();
		const html = { body: "<p>", type: "text/html" };
		await refused(await desk.ask("PUT", `/api/releases/${id}`, { ...html, etag: "*" }), 415);
		const json = { body: "{", type: "application/json", etag: "*" };
		await refused(await desk.ask("PUT", `/api/releases/${id}`, json), 400);
		expect(await faultyFields(await desk.put(id, mended({ kind: "party" })))).toEqual(["kind"]);
		expect((await read(id)).release).toMatchObject({ revision: 1, body });
	});

	it.each(["none", "00000000-0000-4000-8000-000000000000", "%00", "a'b"])(
		"is not made of what is not there: %s",
		async (id) => {
			await refused(await desk.put(id, mended()), 404);
			await refused(await desk.read(id), 404);
		},
	);
});

describe("a correction", () => {
	it("needs a note, for readers are told", async () => {
		const { id, body } = await posted();
		for (const note of [undefined, null, "", " \n ", "x".repeat(1001), 7])
			expect(await faultyFields(await desk.put(id, mended({ note })))).toEqual(["note"]);
		expect((await read(id)).release).toMatchObject({ revision: 1, body });
	});

	it("is a revision with a sequence and an entity tag of its own, at the same address", async () => {
		const first = await posted();
		await posted({ title: "Another" });
		desk.time.now = SUNDAY + HOUR_MS;
		const title = "A meeting on water in Samarkand";
		const response = await desk.put(first.id, mended({ title }), first.etag);
		const { release, ...others } = await answered(response, 200);
		const { etag, ...before } = first;
		expect(release).toEqual({
			...before,
			title,
			body: "The parties will meet in Samarkand.",
			revision: 2,
			sequence: 3,
			changed_at: new Date(SUNDAY + HOUR_MS).toISOString(),
		});
		expect(Object.keys(others)).toEqual(["inferred"]);
		expect(response.headers.get("ETag")).toMatch(/^"[^"]+"$/);
		expect(response.headers.get("ETag")).not.toBe(etag);
		const again = await read(first.id);
		expect(again.release).toEqual(release);
		expect(again.etag).toBe(response.headers.get("ETag"));
	});

	it("shows on the page with its note, and nothing of the old text", async () => {
		const { id, url } = await posted();
		await answered(await desk.put(id, mended({ note: "The <b>place</b> & day." })), 200);
		const page = await (await desk.page(url)).text();
		const seen = await readableText(page);
		expect(seen).toContain("The parties will meet in Samarkand.");
		expect(seen).not.toContain("Tashkent");
		expect(seen).toContain("Corrected 22 November 2026: The <b>place</b> & day.");
		expect(page).toContain('<time datetime="2026-11-22">');
	});

	it("shows each note, the oldest first, and none of a release that was never corrected", async () => {
		const { id, url } = await posted();
		expect(await readableText(await (await desk.page(url)).text())).not.toContain("Corrected");
		await answered(await desk.put(id, mended({ note: "First note." })), 200);
		desk.time.now += DAY_MS;
		const body = "The parties will meet in Bukhara.";
		await answered(await desk.put(id, mended({ body, note: "Second note." })), 200);
		const seen = await readableText(await (await desk.page(url)).text());
		expect(seen).toMatch(
			/Corrected 22 November 2026: First note\.Corrected 23 November 2026: Second note\./,
		);
	});

	it("takes its place in the feeds, as the same item", async () => {
		const { id, published_at: date } = await posted();
		await posted({ title: "Another", body: "Another text." });
		await desk.settle();
		desk.time.now += HOUR_MS;
		await answered(await desk.put(id, mended({ title: "Mended" })), 200);
		await desk.settle();
		const feed = await (await desk.page("/feed.json")).text();
		expect(feed).not.toContain("Tashkent");
		const { items } = JSON.parse(feed);
		const changed = new Date(SUNDAY + HOUR_MS).toISOString();
		expect(items).toHaveLength(2);
		expect(items[1]).toMatchObject({
			id: `urn:uuid:${id}`,
			title: "Mended",
			content_text: "The parties will meet in Samarkand.",
			date_published: date,
			date_modified: changed,
		});
		expect(items[0]).not.toHaveProperty("date_modified");
		const [channel] = parseXml(await (await desk.page("/rss.xml")).text()).children;
		const [, item, ...more] = channel ? itemsOf(channel) : [];
		expect(more).toEqual([]);
		expect(textOf(item, "guid")).toBe(`urn:uuid:${id}`);
		expect(textOf(item, "title")).toBe("Mended");
		expect(textOf(item, "content:encoded")).toBe("<p>The parties will meet in Samarkand.</p>");
		expect(textOf(item, "pubDate")).toBe(new Date(SUNDAY).toUTCString());
		expect(item && childrenOf(item, "atom:updated").map(({ text }) => text)).toEqual([changed]);
	});

	it("reaches feed readers that ask only whether there is something since", async () => {
		const { id } = await posted();
		await desk.settle();
		const since = (await desk.page("/rss.xml")).headers.get("Last-Modified") ?? "";
		const again = () => desk.app.request("/rss.xml", { headers: { "If-Modified-Since": since } });
		expect((await again()).status).toBe(304);
		desk.time.now += HOUR_MS;
		await answered(await desk.put(id, mended()), 200);
		await desk.settle();
		expect((await again()).status).toBe(200);
	});

	it("cannot change the language, which its readers chose", async () => {
		const { id } = await posted();
		expect(await faultyFields(await desk.put(id, mended({ language: "ru" })))).toEqual([
			"language",
		]);
		expect((await read(id)).release).toMatchObject({ revision: 1, language: "en" });
	});

	it("leaves the day it was issued on, where the text does not say it", async () => {
		const { id, issued } = await posted();
		expect(issued).toBe("2026-11-22");
		desk.time.now += 2 * DAY_MS;
		const body = "The parties met on 20 November.";
		const { release } = await answered(await desk.put(id, mended({ body, event: undefined })), 200);
		expect(release).toMatchObject({ issued, event: { starts: "2026-11-20" } });
	});

	it("keeps every text that was ever public, and who changed it when and why", async () => {
		const first = await posted();
		desk.time.now += HOUR_MS;
		await answered(await desk.put(first.id, mended()), 200);
		const documents = await documentsOf(first.id);
		expect(documents.map(({ revision, body }) => [revision, body])).toEqual([
			[1, "The parties will meet in Tashkent."],
			[2, "The parties will meet in Samarkand."],
		]);
		expect((await read(first.id)).revisions).toEqual([
			{
				revision: 1,
				change: "first",
				note: null,
				made_by: "dev",
				made_at: first.published_at,
			},
			{
				revision: 2,
				change: "correction",
				note: NOTE,
				made_by: "dev",
				made_at: new Date(SUNDAY + HOUR_MS).toISOString(),
			},
		]);
	});

	it("is what a reader hears who had not heard, and told as a correction to one who had", async () => {
		await addSubscriber(desk.rooms, "anna@journal.test");
		const { id } = await posted({ title: "Wrong title" });
		await answered(await desk.put(id, mended({ title: "Right title" })), 200);
		await desk.tick(MONDAY);
		expect(desk.mailed()).toEqual(["Right title"]);
		await answered(await desk.put(id, mended({ title: "Righter title" })), 200);
		await desk.tick(MONDAY + DAY_MS);
		expect(desk.mailed()).toEqual(["Corrected: Righter title"]);
		await desk.tick(MONDAY + 2 * DAY_MS);
		expect(desk.mailed()).toEqual([]);
	});

	it("does not put what is public under embargo", async () => {
		const { id, url } = await posted();
		const publish_at = new Date(SUNDAY + DAY_MS).toISOString();
		const { release } = await answered(await desk.put(id, mended({ publish_at })), 200);
		expect(release).toMatchObject({ status: "published", publish_at: null });
		expect((await desk.page(url)).status).toBe(200);
	});

	it("carries a note that any page and feed can carry", async () => {
		const { id, url } = await posted();
		const note = "The \u0000place\u0007 was\r\nwrong\ud83d.";
		await answered(await desk.put(id, mended({ note })), 200);
		expect((await read(id)).revisions?.[1]?.note).toBe("The place was wrong\ufffd.");
		expect(await readableText(await (await desk.page(url)).text())).toContain(
			"The place was wrong\ufffd.",
		);
	});
});

describe("two corrections at once of the same revision", () => {
	it("are one correction and one refusal, and the text is the winner's", async () => {
		const { id, etag, url } = await posted();
		const bodies = ["In Samarkand.", "In Bukhara.", "In Khiva.", "In Nukus."];
		const answers = await Promise.all(
			bodies.map((body) => desk.put(id, mended({ body, note: body }), etag)),
		);
		const won = answers.findIndex(({ status }) => status === 200);
		expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 412, 412, 412]);
		const { release, revisions } = await read(id);
		expect(release).toMatchObject({ revision: 2, body: bodies[won] });
		expect(revisions?.map(({ note }) => note)).toEqual([null, bodies[won]]);
		expect(await (await desk.page(url)).text()).toContain(bodies[won]);
	});

	it("also where neither was known when the other was checked", async () => {
		const { promise: both, resolve: open } = Promise.withResolvers<void>();
		const { changes } = desk.rooms;
		let arrived = 0;
		const keepDocument: typeof changes.keepDocument = async (key, document) => {
			arrived += 1;
			if (arrived === 2) open();
			await both;
			return changes.keepDocument(key, document);
		};
		const { id, etag } = await posted();
		const meeting = openDesk({ changes: { ...changes, keepDocument } });
		const bodies = ["In Samarkand.", "In Bukhara."];
		const answers = await Promise.all(
			bodies.map((body) => meeting.put(id, mended({ body }), etag)),
		);
		const lost = answers.find(({ status }) => status === 412);
		const won = answers.findIndex(({ status }) => status === 200);
		expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 412]);
		expect((await refused(lost as Response, 412)).current?.revision).toBe(2);
		expect((await read(id)).release.body).toBe(bodies[won]);
		expect(await documentsOf(id)).toHaveLength(3);
	});
});

describe("what is sent to correct", () => {
	it("may be what was read, mended", async () => {
		const attachments = [
			{ url: "https://press.test/a.pdf", title: "Agenda", type: "application/pdf", length: 9 },
		];
		const event = { starts: "2026-12-01", ends: "2026-12-02", place: "Tashkent" };
		const dateline = { places: ["Tashkent"], date: "2026-11-20" };
		const { id } = await posted({ attachments, event, dateline, story: "water-1" });
		const { release } = await read(id);
		const body = release.body.replace("Tashkent", "Samarkand");
		const answer = await desk.put(id, { ...release, body, note: NOTE });
		const revised = await answered(answer, 200);
		expect(revised.inferred).toEqual({});
		expect(revised.release).toEqual({ ...release, body, revision: 2, sequence: 2 });
	});

	it("may be plain text, with the note in the query", async () => {
		const { id } = await posted();
		const text = "A meeting on water\n\nThe meeting will be held in Samarkand on 1 December 2026.";
		const query = `?language=en&kind=meeting&note=${encodeURIComponent(NOTE)}`;
		const path = `/api/releases/${id}`;
		const sent = { body: text, type: "text/plain", etag: "*" };
		expect(await faultyFields(await desk.ask("PUT", path, sent))).toEqual(["note"]);
		const { release } = await answered(await desk.ask("PUT", path + query, sent), 200);
		expect(release).toMatchObject({ format: "plain", revision: 2 });
		expect(release.body).toContain("Samarkand on 1 December 2026.");
		expect((await read(id)).revisions?.[1]?.note).toBe(NOTE);
	});

	it("is shown by a dry run as it would be, and changes nothing", async () => {
		const { id, etag, slug, url } = await posted();
		const path = `/api/releases/${id}?dry_run=true`;
		const dry = await desk.ask("PUT", path, { body: mended(), etag });
		expect((await answered(dry, 200)).release).toMatchObject({
			body: "The parties will meet in Samarkand.",
			revision: 2,
			sequence: null,
			slug,
			url,
		});
		expect((await read(id)).etag).toBe(etag);
		expect(await documentsOf(id)).toHaveLength(1);
	});
});
