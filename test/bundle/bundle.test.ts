import { readFileSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fromRoot } from "../../scripts/local/paths.ts";
import { type BuiltWorker, buildWorker } from "../support/bundle.ts";

const KIB = 1024;
const LARGEST_GROWTH = 1.05;

const RECORDED = fromRoot("test", "bundle", "recorded.json");
const ADVICE =
	"More has to be loaded before a first answer. If it must be: RECORD_BUNDLE=1 npx vitest run test/bundle, and say why in the commit.";

interface Recorded {
	readonly gzippedBytes: number;
	/** How many are evaluated then; from the start on, they add up. */
	readonly modules: { readonly start: number; readonly feed: number; readonly page: number };
}

let recorded: Recorded = JSON.parse(readFileSync(RECORDED, "utf8"));

/** Where that is asked for, takes what is measured for what is right. */
function record(measured: Partial<Recorded>): void {
	if (!process.env.RECORD_BUNDLE) return;
	recorded = { ...recorded, ...measured };
	writeFileSync(RECORDED, `${JSON.stringify(recorded, null, "\t")}\n`);
}

let built: BuiltWorker;

beforeAll(async () => {
	built = await buildWorker();
});

afterAll(async () => {
	await built?.dispose();
});

describe("the bundle", () => {
	// Before anything else is asked for, which would have more evaluated.
	it("evaluates no more modules than it did, at the start, for a feed and for a page", async () => {
		const count = async () => built.unwrapped.length + (await built.evaluated()).length;
		await built.keep("feed/ru/all/rss.xml", "<rss/>", { etag: '"1"', modifiedAt: 0 });
		await built.keep("page/ru/", "<p>", { etag: '"1"', status: 200 });
		const start = await count();
		expect((await built.fetch("/ru/rss.xml")).status).toBe(200);
		const feed = await count();
		expect((await built.fetch("/ru/")).status).toBe(200);
		const page = await count();
		record({ modules: { start, feed, page } });
		expect(start).toBeGreaterThan(10);
		expect(start, ADVICE).toBeLessThanOrEqual(recorded.modules.start);
		expect(feed, ADVICE).toBeLessThanOrEqual(recorded.modules.feed);
		expect(page, ADVICE).toBeLessThanOrEqual(recorded.modules.page);
	});

	it("has at most 1 MiB when gzipped, and has not grown by more than a twentieth", () => {
		const gzippedBytes = gzipSync(readFileSync(built.script)).length;
		record({ gzippedBytes });
		expect(gzippedBytes).toBeGreaterThan(100 * KIB);
		expect(gzippedBytes).toBeLessThanOrEqual(1024 * KIB);
		expect(gzippedBytes, ADVICE).toBeLessThanOrEqual(recorded.gzippedBytes * LARGEST_GROWTH);
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
