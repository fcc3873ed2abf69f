import { beforeAll, describe, expect, it, vi } from "vitest";
import { ask, post } from "../support/door.ts";
import { emptyStores } from "../support/house.ts";
import { feedsWith } from "./reading.ts";

// Queues deliver when they will: within a second or so, later on a busy machine.
vi.setConfig({ testTimeout: 20_000, hookTimeout: 20_000 });

const fields = (title: string) =>
	JSON.stringify({ title, body: `It will be held: ${title}.`, kind: "meeting", language: "en" });

let etag = "";
let lastModified = "";

async function statusFor(headers: Record<string, string>, path = "/rss.xml"): Promise<number> {
	return (await ask(path, { headers })).status;
}

beforeAll(async () => {
	await emptyStores();
	await post(fields("A first meeting"), "application/json");
	await feedsWith(1);
	const { headers } = await ask("/rss.xml");
	etag = headers.get("ETag") ?? "";
	lastModified = headers.get("Last-Modified") ?? "";
});

describe("validators", () => {
	it("are a strong entity tag and the date of the newest release", async () => {
		expect(etag).toMatch(/^"[\x21\x23-\x7e]+"$/);
		expect(new Date(lastModified).toUTCString()).toBe(lastModified);
		const age = Date.now() - Date.parse(lastModified);
		expect(age).toBeGreaterThanOrEqual(0);
		expect(age).toBeLessThan(60_000);
	});

	it("are each format's own", async () => {
		expect((await ask("/feed.json")).headers.get("ETag")).not.toBe(etag);
	});

	it("are not told for the date of a feed without a release", async () => {
		expect((await ask("/uz/rss.xml")).headers.get("Last-Modified")).toBeNull();
	});

	it("stay while nothing is published, also of an empty feed", async () => {
		expect((await ask("/rss.xml")).headers.get("ETag")).toBe(etag);
		const empty = async () => (await ask("/uz/rss.xml")).headers.get("ETag");
		expect(await empty()).toBe(await empty());
	});
});

describe("If-None-Match", () => {
	it("is answered with 304, the validators and no body where the tag is the feed's", async () => {
		const response = await ask("/rss.xml", { headers: { "If-None-Match": etag } });
		expect(response.status).toBe(304);
		expect(await response.text()).toBe("");
		expect(response.headers.get("ETag")).toBe(etag);
		expect(response.headers.get("Last-Modified")).toBe(lastModified);
		expect(response.headers.get("Cache-Control")).toContain("max-age=");
	});

	it("compares weakly, in a list and with any", async () => {
		for (const tags of [`W/${etag}`, `"a", ${etag}`, `"a",W/${etag} , "b"`, "*"])
			expect(await statusFor({ "If-None-Match": tags }), tags).toBe(304);
	});

	it("is answered with the feed where it is another's", async () => {
		for (const tags of ['"a"', `"a", W/"b"`, etag.slice(0, -2), `"${etag}"`, ""])
			expect(await statusFor({ "If-None-Match": tags }), tags).toBe(200);
		expect(await statusFor({ "If-None-Match": etag }, "/feed.json")).toBe(200);
	});

	it("goes before If-Modified-Since", async () => {
		const later = new Date(Date.now() + 60_000).toUTCString();
		const earlier = new Date(0).toUTCString();
		expect(await statusFor({ "If-None-Match": '"a"', "If-Modified-Since": later })).toBe(200);
		expect(await statusFor({ "If-None-Match": etag, "If-Modified-Since": earlier })).toBe(304);
	});
});

describe("If-Modified-Since", () => {
	it("is answered with 304 from the feed's own date on", async () => {
		const second = (offset: number) =>
			new Date(Date.parse(lastModified) + offset * 1000).toUTCString();
		expect(await statusFor({ "If-Modified-Since": lastModified })).toBe(304);
		expect(await statusFor({ "If-Modified-Since": second(1) })).toBe(304);
		expect(await statusFor({ "If-Modified-Since": second(-1) })).toBe(200);
	});

	it("counts for nothing where it is no date, and of an empty feed", async () => {
		expect(await statusFor({ "If-Modified-Since": "yesterday" })).toBe(200);
		expect(await statusFor({ "If-Modified-Since": lastModified }, "/uz/rss.xml")).toBe(200);
	});
});

describe("HEAD", () => {
	it("is answered as GET is, without the body", async () => {
		for (const path of ["/rss.xml", "/feed.json", "/ru/rss.xml"]) {
			const [head, get] = [await ask(path, { method: "HEAD" }), await ask(path)];
			expect(head.status).toBe(200);
			expect(await head.text()).toBe("");
			for (const name of ["Content-Type", "ETag", "Last-Modified", "Cache-Control"])
				expect(head.headers.get(name), `${path} ${name}`).toBe(get.headers.get(name));
		}
	});

	it("is answered with 304 too", async () => {
		const init = { method: "HEAD", headers: { "If-None-Match": etag } };
		expect((await ask("/rss.xml", init)).status).toBe(304);
	});
});

it("has new validators once something is published", async () => {
	await post(fields("A second meeting"), "application/json");
	await feedsWith(2);
	expect(await statusFor({ "If-None-Match": etag })).toBe(200);
});
