import { beforeEach, describe, expect, it } from "vitest";
import { ask, post } from "../support/door.ts";
import { emptyStores } from "../support/house.ts";
import { TEST_KEY } from "../support/settings.ts";
import { NOTHING, refused, stored } from "./answers.ts";

const MIB = 1024 * 1024;
const TEXT = "A meeting on water\n\nThe parties will meet in Tashkent on 1 December 2026.";
const JSON_TYPE = "application/json";
const BACKWARDS = { starts: "2026-12-02", ends: "2026-12-01" };

const fields = (over: object) =>
	JSON.stringify({
		title: "A meeting on water",
		body: "The parties will meet.",
		kind: "meeting",
		language: "en",
		...over,
	});

const faultyFields = async (response: Response) =>
	(await refused(response, 422)).errors?.map(({ field }) => field);

beforeEach(emptyStores);

describe("without a publisher's key", () => {
	it.each([
		["no key", undefined],
		["an empty header", ""],
		["another key", "Bearer another-key"],
		["the key's name", "Bearer dev"],
		["a key with something behind it", `Bearer ${TEST_KEY}x`],
		["another scheme", `Basic ${btoa(`dev:${TEST_KEY}`)}`],
		["no scheme", TEST_KEY],
		["two keys", `Bearer ${TEST_KEY} ${TEST_KEY}`],
	])("nothing is published: %s", async (_what, authorization) => {
		const headers = new Headers({ "Content-Type": "text/plain" });
		if (authorization !== undefined) headers.set("Authorization", authorization);
		const response = await ask("/api/releases", { method: "POST", headers, body: TEXT });
		expect(response.headers.get("WWW-Authenticate")).toBe('Bearer realm="publisher"');
		await refused(response, 401);
		expect(await stored()).toEqual(NOTHING);
	});

	it("not even the length of the body or its type is judged", async () => {
		const body = "x".repeat(MIB + 1);
		await refused(await ask("/api/releases", { method: "POST", body }), 401);
		await refused(await ask("/api/releases?colour=red", { method: "POST", body: "" }), 401);
	});

	it("does not say what it was given", async () => {
		const headers = { Authorization: "Bearer hunter2" };
		const response = await ask("/api/releases", { method: "POST", headers, body: TEXT });
		expect(JSON.stringify(await refused(response, 401))).not.toContain("hunter2");
	});
});

describe("a body that cannot be read", () => {
	it("is too large with one byte more than 1 MiB, whether or not its length is told", async () => {
		await refused(await post("x".repeat(MIB + 1), "text/plain"), 413);
		const stream = new Blob(["x".repeat(MIB + 1)]).stream();
		await refused(await post(stream, "text/plain"), 413);
		expect(await stored()).toEqual(NOTHING);
	});

	it.each([
		["broken JSON", "{"],
		["nothing", ""],
		["an array", "[]"],
		["an array of releases", `[${fields({})}]`],
		["null", "null"],
		["a text", '"A meeting on water"'],
	])("is malformed as JSON: %s", async (_what, body) => {
		await refused(await post(body, JSON_TYPE), 400);
		expect(await stored()).toEqual(NOTHING);
	});

	it.each(["text/plain", JSON_TYPE, "text/plain; charset=utf-8"])(
		"is malformed where it is not in its charset: %s",
		async (type) => {
			const bytes = new Uint8Array([0x41, 0x20, 0xcf, 0xf0, 0xe8, 0x0a]);
			const { detail } = await refused(await post(bytes, type), 400);
			expect(detail).toContain("utf-8");
			expect(await stored()).toEqual(NOTHING);
		},
	);

	it.each([
		"text/html",
		"multipart/form-data; boundary=x",
		"application/x-www-form-urlencoded",
		"text/plain; charset=klingon",
		"application/json+release",
		"nonsense",
	])("is of an unsupported type: %s", async (type) => {
		await refused(await post(TEXT, type), 415);
		expect(await stored()).toEqual(NOTHING);
	});

	it("is of no type", async () => {
		const headers = { Authorization: `Bearer ${TEST_KEY}` };
		const body = new TextEncoder().encode(TEXT);
		const response = await ask("/api/releases", { method: "POST", headers, body });
		const { detail } = await refused(response, 415);
		expect(detail).toContain("text/plain");
		expect(await stored()).toEqual(NOTHING);
	});
});

describe("something to mend", () => {
	it.each(["", " \r\n\t ", "\u0000\u200b", "----------"])(
		"is a text without words: %j",
		async (text) => {
			expect(await faultyFields(await post(text, "text/plain"))).toEqual(["body"]);
			expect(await stored()).toEqual(NOTHING);
		},
	);

	it.each([
		["a misspelt field", { titel: "A meeting" }, ["titel"]],
		["a field within a field", { event: { starts: "2026-12-01", begins: "x" } }, ["event.begins"]],
		["a date that does not exist", { issued: "2026-02-30" }, ["issued"]],
		["a date in another form", { issued: "20.11.2026" }, ["issued"]],
		["a date with a time", { issued: "2026-11-20T09:00:00Z" }, ["issued"]],
		["an event that ends before it starts", { event: BACKWARDS }, ["event.ends"]],
		["an empty title", { title: " \n " }, ["title"]],
		["a title that is a number", { title: 7 }, ["title"]],
		["an unknown kind", { kind: "party" }, ["kind"]],
		["an unknown language", { language: "tlh" }, ["language"]],
		["a title too long for a line", { title: "x".repeat(401) }, ["title"]],
		["several at once", { issued: "soon", kind: "party", x: 1 }, ["kind", "issued", "x"]],
	])("is %s", async (_what, over, named) => {
		const found = await faultyFields(await post(fields(over), JSON_TYPE));
		expect(found?.toSorted()).toEqual(named.toSorted());
		expect(await stored()).toEqual(NOTHING);
	});

	it.each([
		["an unknown parameter", "?lang=en", "lang"],
		["an unknown parameter among known ones", "?kind=meeting&Language=en", "Language"],
		["an invalid date", "?issued=2026-13-01", "issued"],
		["an unknown kind", "?kind=party", "kind"],
		["an unknown language", "?language=EN", "language"],
		["a dry run that is neither true nor false", "?dry_run=1", "dry_run"],
	])("is in the query: %s", async (_what, query, named) => {
		expect(await faultyFields(await post(TEXT, "text/plain", query))).toEqual([named]);
		expect(await stored()).toEqual(NOTHING);
	});

	it("is asked for where a text does not say it, and nothing is stored meanwhile", async () => {
		const text = "Water\n\nShort.";
		const named = await faultyFields(await post(text, "text/plain"));
		expect(named?.toSorted()).toEqual(["kind", "language"]);
		expect(await stored()).toEqual(NOTHING);
	});
});
