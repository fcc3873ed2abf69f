import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { parseSettings } from "../../src/config.ts";
import { sha256Hex } from "../../src/shared/text.ts";
import { HOUR_MS, openDesk, SUNDAY, someFields, UNLIMITED } from "../support/desk.ts";
import { ask } from "../support/door.ts";
import { emptyStores, testSettings } from "../support/house.ts";
import { TEST_KEY, TEST_SETTINGS } from "../support/settings.ts";
import { answered, NOTHING, refused, stored } from "./answers.ts";

beforeEach(emptyStores);

/** A desk with keys that are configured as `name:scopes`, or `name:scopes:last day`; each is its name. */
async function deskWith(...keys: string[]) {
	const configured = keys.map(async (key) => {
		const [name = "", scopes, lastDay, secret = name] = key.split(":");
		const end = lastDay ? `:${lastDay}` : "";
		return `${name}:${scopes}:${await sha256Hex(secret)}${end}`;
	});
	const PUBLISHER_KEYS = (await Promise.all(configured)).join(",");
	return openDesk({ settings: testSettings({ PUBLISHER_KEYS }) });
}

const by = (key: string) => ({ Authorization: `Bearer ${key}` });

describe("the scope of a key", () => {
	it.each(["read", "operate", "read+operate"])(
		"lets it read and not publish: %s",
		async (scope) => {
			const desk = await deskWith("desk:publish", `guest:${scope}`);
			const { release } = await answered(await desk.post({}, { headers: by("desk") }), 201);
			const path = `/api/releases/${release.id}`;
			const headers = by("guest");
			expect((await answered(await desk.ask("GET", path, { headers }), 200)).release).toEqual(
				release,
			);
			expect((await desk.ask("GET", "/api/releases", { headers })).status).toBe(200);
			expect((await desk.ask("HEAD", path, { headers })).status).toBe(200);

			const body = someFields({ body: "Mended.", note: "A name." });
			for (const [method, at, sent] of [
				["POST", "/api/releases", someFields({ title: "Another" })],
				["POST", "/api/releases?dry_run=true", someFields({ title: "Another" })],
				["PUT", path, body],
				["DELETE", path, { reason: "A draft." }],
			] as const) {
				const answer = await desk.ask(method, at, { body: sent, etag: "*", headers });
				const { detail } = await refused(answer, 403);
				expect(detail).toContain("publish");
			}
			const seen = await answered(await desk.ask("GET", path, { headers }), 200);
			expect(seen.release).toEqual(release);
			expect(await stored()).toEqual({ releases: 1, documents: 1 });
		},
	);

	it.each(["publish", "operate+publish"])("lets it publish and read: %s", async (scope) => {
		const desk = await deskWith(`desk:${scope}`);
		const headers = by("desk");
		const { release } = await answered(await desk.post({}, { headers }), 201);
		await answered(await desk.ask("GET", `/api/releases/${release.id}`, { headers }), 200);
	});

	it("is not asked of nobody: reading needs a key too", async () => {
		const desk = await deskWith("desk:publish");
		const { release } = await answered(await desk.post({}, { headers: by("desk") }), 201);
		for (const path of ["/api/releases", `/api/releases/${release.id}`, "/api/releases/none"])
			await refused(await desk.ask("GET", path, { headers: by("nobody") }), 401);
	});
});

describe("the last day of a key", () => {
	it("is the last one on which it is good, in UTC", async () => {
		const desk = await deskWith("desk:publish:2026-11-22");
		const list = () => desk.ask("GET", "/api/releases", { headers: by("desk") });
		desk.time.now = Date.parse("2026-11-22T23:59:59.999Z");
		expect((await list()).status).toBe(200);
		desk.time.now = Date.parse("2026-11-23T00:00:00Z");
		expect((await refused(await list(), 401)).detail).toContain("last day");
		await refused(await desk.post({}, { headers: by("desk") }), 401);
		expect(await stored()).toEqual(NOTHING);
	});
});

describe("two keys of one name", () => {
	it("are both good while they overlap, and record the same name", async () => {
		const desk = await deskWith("desk:publish:2026-11-22:old-secret", "desk:publish::new-secret");
		const post = (key: string, title: string) => desk.post({ title }, { headers: by(key) });
		await answered(await post("old-secret", "By the old one"), 201);
		await answered(await post("new-secret", "By the new one"), 201);
		desk.time.now = SUNDAY + 24 * HOUR_MS;
		await refused(await post("old-secret", "Too late"), 401);
		await answered(await post("new-secret", "In time"), 201);
		const { results } = await env.LEDGER.prepare("SELECT DISTINCT made_by FROM revisions").all();
		expect(results).toEqual([{ made_by: "desk" }]);
	});

	it("of which one has no more days do not shut out the other, in any order", async () => {
		const desk = await deskWith("desk:publish:2026-11-01:same", "desk:read::same");
		const headers = by("same");
		expect((await desk.ask("GET", "/api/releases", { headers })).status).toBe(200);
		await refused(await desk.post({}, { headers }), 403);
	});
});

it("records which key made each change", async () => {
	const desk = await deskWith("day:publish", "night:publish", "legal:publish");
	const { release } = await answered(await desk.post({}, { headers: by("day") }), 201);
	const path = `/api/releases/${release.id}`;
	const body = someFields({ body: "Mended.", note: "A name." });
	await answered(await desk.ask("PUT", path, { body, etag: "*", headers: by("night") }), 200);
	const reason = { body: { reason: "A draft." }, etag: "*", headers: by("legal") };
	await answered(await desk.ask("DELETE", path, reason), 200);
	const { revisions } = await answered(await desk.ask("GET", path, { headers: by("day") }), 200);
	expect(revisions?.map(({ change, made_by }) => [change, made_by])).toEqual([
		["first", "day"],
		["correction", "night"],
		["withdrawal", "legal"],
	]);
});

describe("a key that is configured wrongly", () => {
	const hash = "0123456789abcdef".repeat(4);
	it.each([
		["no hash", "desk:publish"],
		["a short hash", "desk:publish:0123"],
		["an unknown scope", `desk:admin:${hash}`],
		["an unknown scope among known ones", `desk:publish+admin:${hash}`],
		["no scope between its colons", `desk::${hash}`],
		["no scope behind a plus", `desk:publish+:${hash}`],
		["no name", `:publish:${hash}`],
		["a name with a space", `the desk:publish:${hash}`],
		["a last day in another form", `desk:publish:${hash}:22.11.2026`],
		["something behind the last day", `desk:publish:${hash}:2026-11-22:x`],
	])("is told at the start: %s", (_what, key) => {
		for (const PUBLISHER_KEYS of [key, `good:publish:${hash},${key}`]) {
			const settings = parseSettings({ ...TEST_SETTINGS, PUBLISHER_KEYS });
			expect(settings).toMatchObject({ ok: false, error: [{ setting: "PUBLISHER_KEYS" }] });
			expect(JSON.stringify(settings)).not.toContain(hash);
		}
	});
});

describe("limits", () => {
	const tries = (headers: HeadersInit, times: number) =>
		Promise.all(Array.from({ length: times }, () => ask("/api/releases", { headers })));

	it("stop who tries keys by the thousand, and nobody else", async () => {
		const guess = { ...by("a-guess"), "CF-Connecting-IP": "203.0.113.7" };
		const answers = await tries(guess, 100);
		// The minute may have turned once meanwhile.
		const guesses = answers.filter(({ status }) => status === 401);
		expect(guesses.length).toBeGreaterThanOrEqual(30);
		expect(guesses.length).toBeLessThanOrEqual(60);
		const [stopped] = answers.filter(({ status }) => status !== 401);
		expect(stopped?.headers.get("Retry-After")).toBe("60");
		await refused(stopped as Response, 429);

		const neighbour = { ...by("a-guess"), "CF-Connecting-IP": "203.0.113.8" };
		expect((await ask("/api/releases", { headers: neighbour })).status).toBe(401);
		const good = { ...by(TEST_KEY), "CF-Connecting-IP": "203.0.113.7" };
		expect((await ask("/api/releases", { headers: good })).status).toBe(200);
	});

	it("are each key's own, by its name", async () => {
		const counted: string[] = [];
		const requests = async (name: string) => {
			counted.push(name);
			return counted.filter((one) => one === name).length <= 2;
		};
		const settings = testSettings({
			PUBLISHER_KEYS: `day:${await sha256Hex("day")},night:${await sha256Hex("night")}`,
		});
		const desk = openDesk({ settings, limits: { ...UNLIMITED, requests, failures: requests } });
		const list = (key: string) => desk.ask("GET", "/api/releases", { headers: by(key) });
		for (const status of [200, 200, 429, 429]) {
			const answer = await list("day");
			expect(answer.status).toBe(status);
			expect(answer.headers.get("Retry-After")).toBe(status === 429 ? "60" : null);
		}
		await refused(await desk.post({}, { headers: by("day") }), 429);
		expect((await list("night")).status).toBe(200);
		expect(new Set(counted)).toEqual(new Set(["day", "night"]));
		expect(await stored()).toEqual(NOTHING);
	});

	it("are far above what a press office needs", async () => {
		const answers = await tries(by(TEST_KEY), 200);
		expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
	});
});
