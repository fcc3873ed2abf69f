import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type BuiltWorker, buildWorker } from "../support/bundle.ts";

const KIB = 1024;
let built: BuiltWorker;

beforeAll(async () => {
	built = await buildWorker();
});

afterAll(async () => {
	await built?.dispose();
});

describe("the bundle", () => {
	it("has at most 1 MiB when gzipped", () => {
		const size = gzipSync(readFileSync(built.script)).length;
		expect(size).toBeGreaterThan(100 * KIB);
		expect(size).toBeLessThanOrEqual(1024 * KIB);
	});

	it("evaluates what builds feeds and calendars where they are built, and not for a page", async () => {
		const building = /node_modules\/(rss|ical-generator|timezones-ical-library|mdast)/;
		const evaluated = async () => (await built.evaluated()).filter((name) => building.test(name));
		for (const path of ["/", "/en/", "/en/about", "/healthz"]) await built.fetch(path);
		expect(await evaluated()).toEqual([]);
		// Before the first release, a feed is made when it is asked for.
		expect((await built.fetch("/events.ics")).status).toBe(200);
		expect((await evaluated()).length).toBeGreaterThan(2);
	});

	it("evaluates the description of the API where somebody asks for it, and not for a feed", async () => {
		const describing = /@asteasolutions\/zod-to-openapi|src\/http\/(openapi|operations)/;
		expect(built.wrapped.filter((name) => describing.test(name)).length).toBeGreaterThan(2);
		for (const path of ["/rss.xml", "/en/", "/healthz"]) await built.fetch(path);
		const evaluated = async () => (await built.evaluated()).filter((name) => describing.test(name));
		expect(await evaluated()).toEqual([]);
		for (const path of ["/api/openapi.json", "/api/docs"])
			expect((await built.fetch(path)).status).toBe(200);
		expect((await evaluated()).length).toBeGreaterThan(2);
	});

	it("evaluates MJML for a digest and for nothing that a reader asks for", async () => {
		expect(built.wrapped.some((name) => name.includes("node_modules/mjml-core/"))).toBe(true);
		for (const path of ["/rss.xml", "/feed.json", "/en/", "/healthz"]) {
			const answer = await built.fetch(path);
			expect(answer.status, path).toBe(200);
		}
		const evaluated = await built.evaluated();
		expect(
			evaluated.filter((name) => /node_modules\/(mjml|nodemailer|chrono|franc|postal)/.test(name)),
		).toEqual([]);

		await built.fetch("/subscriptions", {
			method: "POST",
			headers: { "Content-Type": "application/json" },
			body: JSON.stringify({ email: "anna@journal.test" }),
		});
		await expect
			.poll(() => built.evaluated(), { timeout: 20_000 })
			.toContainEqual(expect.stringContaining("node_modules/mjml-core/"));
	});
});
