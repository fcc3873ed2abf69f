import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { furnish } from "../../src/rooms.ts";
import { counting } from "../support/counting.ts";
import { openDesk } from "../support/desk.ts";
import { openFront } from "../support/front.ts";
import { emptyStores, testSettings } from "../support/house.ts";

/** The front on the real stores, and what it has asked KV and D1 for. */
function openCounting() {
	const calls: string[] = [];
	const bindings = {
		...env,
		DOCUMENTS: counting(env.DOCUMENTS, calls),
		LEDGER: counting(env.LEDGER, calls),
	};
	return { front: openFront(furnish(bindings, testSettings())), calls };
}

beforeAll(async () => {
	await emptyStores();
	const desk = openDesk();
	await desk.post({ title: "A meeting" });
	await desk.settle();
});

describe("what is ready", () => {
	it.each([
		"/rss.xml?x=1",
		"/en/?utm_source=letter",
		"/en/releases?utm_source=letter",
		"/releases/a-meeting?x=/y",
		"https://press.test:8443/en/#top",
	])("is answered by one read whatever is asked beside it: %s", async (address) => {
		const { front, calls } = openCounting();
		expect((await front.request(address)).status).toBe(200);
		expect(calls).toEqual(["getWithMetadata"]);
	});

	it.each(["/rss.xml", "/en/"])("has with a 304 only what may have changed: %s", async (path) => {
		const { front } = openCounting();
		const etag = (await front.request(path)).headers.get("ETag") ?? "";
		const { status, headers } = await front.request(path, { headers: { "If-None-Match": etag } });
		expect(status).toBe(304);
		expect(headers.get("ETag")).toBe(etag);
		expect(headers.get("Cache-Control")).toContain("max-age=");
		expect(headers.get("Access-Control-Allow-Origin")).toBe(path === "/en/" ? null : "*");
		for (const name of ["Content-Type", "Content-Security-Policy", "X-Frame-Options"])
			expect(headers.get(name), name).toBeNull();
	});

	it.each(["POST", "PUT", "DELETE"])("is not given to %s", async (method) => {
		const { front } = openCounting();
		for (const path of ["/rss.xml", "/en/"])
			expect((await front.request(path, { method })).status).toBe(404);
	});
});

it("a refusal is as safe as an answer, and a script may read it", async () => {
	const { front } = openCounting();
	const { status, headers } = await front.request("/rss.xml", { headers: { Accept: "image/png" } });
	expect(status).toBe(406);
	expect(headers.get("Content-Security-Policy")).toContain("default-src 'none'");
	expect(headers.get("Access-Control-Allow-Origin")).toBe("*");
});

it.each(["/rss.xml", "/en/"])("a fault of KV is told to people as a page: %s", async (path) => {
	const away = new Proxy({} as KVNamespace, {
		get() {
			throw new Error("KV is away");
		},
	});
	const front = openFront(furnish({ ...env, DOCUMENTS: away }, testSettings()));
	const { status, headers } = await front.request(path, { headers: { Accept: "text/html" } });
	expect(status).toBe(500);
	expect(headers.get("Content-Type")).toContain("text/html");
	expect(headers.get("Content-Security-Policy")).toContain("default-src 'none'");
});
