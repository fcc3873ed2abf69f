import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { furnish } from "../../src/rooms.ts";
import { sha256Hex } from "../../src/shared/text.ts";
import { type Desk, openDesk } from "../support/desk.ts";
import { addSubscriber, emptyStores, testSettings } from "../support/house.ts";
import { allRows, HEADER } from "./operating.ts";
import { ADDRESS } from "./visiting.ts";

let desk: Desk;
let id = "";

beforeEach(async () => {
	await emptyStores();
	const scopes = ["operate", "publish", "read"];
	const keys = scopes.map(async (scope) => `${scope}:${scope}:${await sha256Hex(`${scope}-key`)}`);
	const { settings } = furnish(
		env,
		testSettings({ PUBLISHER_KEYS: (await Promise.all(keys)).join() }),
	);
	desk = openDesk({ settings });
	id = await addSubscriber(desk.rooms, ADDRESS);
});

const JSON_BODY = { type: "application/json" };
const REQUESTS = [
	["GET", () => `/api/subscribers?email=${ADDRESS}`, {}],
	["GET", () => "/api/subscribers/counts", {}],
	["GET", () => "/api/subscribers/export?format=csv", {}],
	["GET", () => "/api/subscribers/export?format=json", {}],
	["HEAD", () => "/api/subscribers/counts", {}],
	["GET", () => "/api/suppressions", {}],
	[
		"POST",
		() => "/api/subscribers/import",
		{ body: `${HEADER}\nb@x.test,,,,,yes`, type: "text/csv" },
	],
	["POST", () => `/api/subscribers/${id}/end`, { body: '{"reason":"x"}', ...JSON_BODY }],
	["PUT", () => "/api/suppressions", { body: `{"email":"${ADDRESS}"}`, ...JSON_BODY }],
	["DELETE", () => "/api/suppressions", { body: `{"email":"${ADDRESS}"}`, ...JSON_BODY }],
	["DELETE", () => `/api/subscribers/${id}`, {}],
] as const;

describe.each(REQUESTS)("%s %s", (method, path, asked) => {
	it("is answered to an operator", async () => {
		if (path() === "/api/suppressions" && method === "DELETE")
			await desk.rooms.suppressions.suppress(ADDRESS, "operator", desk.time.now);
		const headers = { Authorization: "Bearer operate-key" };
		const response = await desk.ask(method, path(), { ...asked, headers });
		expect(response.status).toBe(200);
		await response.arrayBuffer();
	});

	it.each(["publish", "read"])("is refused to a key to %s, and does nothing", async (scope) => {
		const before = await allRows();
		const headers = { Authorization: `Bearer ${scope}-key` };
		const response = await desk.ask(method, path(), { ...asked, headers });
		expect(response.status).toBe(403);
		expect(await response.text()).not.toContain(ADDRESS);
		expect(await allRows()).toEqual(before);
	});

	it.each(["Bearer another-key", ""])("is refused to %j, and does nothing", async (key) => {
		const before = await allRows();
		const headers = { Authorization: key };
		const response = await desk.ask(method, path(), { ...asked, headers });
		expect(response.status).toBe(401);
		expect(await allRows()).toEqual(before);
	});
});

describe("a key to read", () => {
	it("reads what it could read before", async () => {
		const headers = { Authorization: "Bearer read-key" };
		for (const path of ["/api/releases", "/api/feeds"])
			expect((await desk.ask("GET", path, { headers })).status).toBe(200);
	});
});
