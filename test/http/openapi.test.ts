import { beforeEach, describe, expect, it } from "vitest";
import type { z } from "zod";
import {
	changeAnswer,
	dryRunAnswer,
	listAnswer,
	readAnswer,
	withdrawAnswer,
} from "../../src/releases/answers.ts";
import { ask } from "../support/door.ts";
import { emptyStores } from "../support/house.ts";
import { TEST_KEY, TEST_SETTINGS } from "../support/settings.ts";

const TEXT = {
	kind: "meeting",
	language: "en",
	title: "A meeting on water",
	body: "The parties will meet.",
	dateline: { places: ["Tashkent"], date: "2025-10-01" },
	event: { starts: "2025-10-01", place: "Tashkent" },
	attachments: [
		{ url: "https://files.test/a.pdf", title: "A", type: "application/pdf", length: 1 },
	],
};
const LATER = "2099-01-01T00:00:00Z";

function call(method: string, path: string, body?: object, ifMatch?: string): Promise<Response> {
	const headers = new Headers({ Authorization: `Bearer ${TEST_KEY}` });
	if (body) headers.set("Content-Type", "application/json");
	if (ifMatch) headers.set("If-Match", ifMatch);
	return ask(path, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
}

/** What a schema makes of an answer; it drops what it does not know of. */
async function fits<Schema extends z.ZodType>(
	schema: Schema,
	response: Response,
): Promise<z.infer<Schema>> {
	const answer = await response.json();
	expect(response.ok, JSON.stringify(answer)).toBe(true);
	const parsed = schema.parse(answer);
	expect(parsed).toEqual(answer);
	return parsed;
}

const publish = async (over: object = {}) =>
	(await fits(changeAnswer, await call("POST", "/api/releases", { ...TEXT, ...over }))).release;

interface Described {
	readonly openapi: string;
	readonly servers: readonly { url: string }[];
	readonly paths: Record<string, Record<string, { responses: Record<string, unknown> }>>;
	readonly components: { schemas: Record<string, unknown> };
}

const describedApi = async () => (await ask("/api/openapi.json")).json<Described>();

beforeEach(emptyStores);

describe("the answers that the document describes", () => {
	it("are those of publishing and of a dry run", async () => {
		await fits(dryRunAnswer, await call("POST", "/api/releases?dry_run=true", TEXT));
		await publish();
		await publish({ title: "Another", event: null, dateline: null, story: "water" });
		await publish({ title: "Вода", language: "ru", story: "water", publish_at: LATER });
	});

	it("are those of reading, correcting and taking back", async () => {
		const { id } = await publish();
		const path = `/api/releases/${id}`;
		await fits(readAnswer, await call("GET", path));
		const corrected = { ...TEXT, title: "Another meeting", note: "It was another." };
		await fits(changeAnswer, await call("PUT", path, corrected, "*"));
		await fits(dryRunAnswer, await call("PUT", `${path}?dry_run=true`, corrected, "*"));
		await fits(withdrawAnswer, await call("DELETE", path, { reason: "It is off." }, "*"));
		await fits(readAnswer, await call("GET", path));
	});

	it("are those of a list, whatever stands in it", async () => {
		const { id } = await publish();
		await publish({ title: "Another", event: null, publish_at: LATER });
		await call("DELETE", `/api/releases/${id}`, { reason: "It is off." }, "*");
		const { releases, next } = await fits(listAnswer, await call("GET", "/api/releases?limit=1"));
		expect(releases).toHaveLength(1);
		await fits(listAnswer, await call("GET", next ?? ""));
	});
});

describe("/api/openapi.json", () => {
	it("needs no key, and says where the API is", async () => {
		const { openapi, servers } = await describedApi();
		expect(openapi).toBe("3.1.0");
		expect(servers).toEqual([{ url: TEST_SETTINGS.PUBLICATION_URL }]);
	});

	it("has every operation that there is, and no other", async () => {
		const { paths } = await describedApi();
		const { id } = await publish();
		for (const [path, methods] of Object.entries(paths))
			for (const method of ["get", "post", "put", "delete", "patch"]) {
				const response = await call(method.toUpperCase(), path.replace("{id}", id));
				const isAddress = (await response.text()).includes("Check the address.") === false;
				const isThere = isAddress && response.status !== 405;
				expect(method in methods, `${method} ${path}`).toBe(isThere);
			}
	});

	it("names each schema that it refers to, and has a schema for each answer", async () => {
		const document = await describedApi();
		const text = JSON.stringify(document);
		for (const [, name = ""] of text.matchAll(/"#\/components\/schemas\/(\w+)"/g))
			expect(document.components.schemas).toHaveProperty(name);
		for (const methods of Object.values(document.paths))
			for (const { responses } of Object.values(methods))
				for (const answer of Object.values(responses)) expect(answer).toHaveProperty("content");
	});

	it("gives only patterns that are regular expressions of JSON Schema", async () => {
		const text = JSON.stringify(await describedApi());
		for (const [pattern] of text.matchAll(/(?<="pattern":)"(?:[^"\\]|\\.)*"/g))
			expect(JSON.parse(pattern)).toMatch(/^\^.*\$$/);
	});
});

describe("/api/docs", () => {
	it("needs no key, runs no script, and tells of every operation", async () => {
		const response = await ask("/api/docs");
		expect(response.status).toBe(200);
		expect(response.headers.get("Content-Type")).toMatch(/^text\/html\b/);
		const page = await response.text();
		expect(page).not.toContain("<script");
		for (const id of ["publish", "list", "read", "replace", "withdraw", "importSubscribers"])
			expect(page).toContain(`<h2 id="${id}">`);
		for (const words of ["If-Match", "Idempotency-Key", "event.starts", "/api/openapi.json"])
			expect(page).toContain(words);
	});

	it("leaves everything else under /api to those with a key", async () => {
		expect((await ask("/api/")).status).toBe(401);
		expect((await ask("/api/docs/", { method: "POST" })).status).toBe(401);
	});
});
