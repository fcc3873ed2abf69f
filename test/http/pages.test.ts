import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { createApp } from "../../src/http/app.ts";
import { createReleaseStore } from "../../src/releases/store.ts";
import { furnish } from "../../src/rooms.ts";
import {
	ask,
	emptyStores,
	furnishForTest,
	publishText,
	someText,
	testSettings,
} from "../support/house.ts";

const HTML = { headers: { Accept: "text/html,application/xhtml+xml,*/*;q=0.8" } };

beforeEach(emptyStores);

const pageAt = async (path: string) => (await ask(path, HTML)).text();

describe("the front page", () => {
	it("says so where nothing is published yet, and how to subscribe", async () => {
		const response = await ask("/", HTML);
		expect(response.status).toBe(200);
		expect(response.headers.get("Content-Type")).toBe("text/html; charset=UTF-8");
		expect(response.headers.get("Cache-Control")).toContain("max-age=60");
		const page = await response.text();
		expect(page).toMatch(/^<!doctype html>/i);
		expect(page).toContain("Nothing has been published yet");
		expect(page).toContain('action="/subscriptions"');
	});

	it("lists releases of every language, the newest first, at most 30", async () => {
		const rooms = furnishForTest();
		for (let n = 1; n <= 31; n += 1) {
			const language = n % 2 ? "en" : "ru";
			await publishText(rooms, { title: `Meeting no. ${n}.`, language, issued: "2020-01-01" });
		}
		const titles = [...(await pageAt("/")).matchAll(/>(Meeting no\. \d+\.)</g)];
		expect(titles.map(([, title]) => title)).toEqual(
			Array.from({ length: 30 }, (_, index) => `Meeting no. ${31 - index}.`),
		);
	});
});

describe("the page of a release", () => {
	it("shows the whole of it, hostile words as text", async () => {
		const hostile = "</p><script>alert(1)</script>";
		const release = await publishText(furnishForTest(), {
			title: `A ${hostile} title`,
			body: `One ${hostile}\n\nTwo & "three"`,
			language: "ru",
		});
		const response = await ask(`/releases/${release.slug}`, HTML);
		expect(response.status).toBe(200);
		const page = await response.text();
		expect(page).toContain('lang="ru"');
		expect(page).not.toContain("<script");
		expect(page.match(/&lt;\/p&gt;&lt;script&gt;/g)?.length).toBeGreaterThanOrEqual(2);
		expect(page).toContain("<p>One &#60;/p&#62;&#60;script&#62;");
		expect(page).toContain("<p>Two &#38; &#34;three&#34;</p>");
		expect(page).toContain("1–2 декабря 2026 г.");
	});

	it("is a passing fault while its document is on its way, for people and programs", async () => {
		const rooms = furnishForTest();
		const id = rooms.newId();
		const document = { ...someText(), id, story: id, slug: "on-its-way", revision: 1 };
		const committed = await rooms.changes.insert({
			document,
			key: `release/${id}/1-00000000`,
			fingerprint: "x",
			twinsSince: 0,
			publishAt: null,
			made: { by: "test", at: Date.now() },
		});
		expect(committed).toBe("committed");
		const page = await ask("/releases/on-its-way", HTML);
		expect(page.status).toBe(503);
		expect(page.headers.get("Content-Type")).toMatch(/^text\/html/);
		expect(page.headers.get("Cache-Control")).toBe("no-store");
		const problem = await ask("/releases/on-its-way");
		expect(problem.status).toBe(503);
		expect(problem.headers.get("Content-Type")).toMatch(/^application\/problem\+json/);
	});
});

describe("what is not there", () => {
	it.each(["/nothing", "/releases/nothing", "/releases/", "/de/", "/style.js", "/mailbox/none"])(
		"is 404: %s",
		async (path) => {
			expect((await ask(path)).status).toBe(404);
		},
	);

	it("is a page for people and a problem for programs", async () => {
		const page = await ask("/releases/nothing", HTML);
		expect(page.headers.get("Content-Type")).toMatch(/^text\/html/);
		expect(await page.text()).toContain("There is nothing here");
		for (const init of [{}, { headers: { Accept: "application/json" } }]) {
			const problem = await ask("/releases/nothing", init);
			expect(problem.headers.get("Content-Type")).toMatch(/^application\/problem\+json/);
			expect(await problem.json()).toMatchObject({ status: 404, title: "There is nothing here" });
		}
	});

	it("is always a problem under /api/", async () => {
		const response = await ask("/api/releases", { ...HTML, method: "POST" });
		expect(response.status).toBe(401);
		expect(response.headers.get("Content-Type")).toMatch(/^application\/problem\+json/);
	});
});

describe("a fault of ours", () => {
	it("says nothing of what it was", async () => {
		const ledger = new Proxy(env.LEDGER, {
			get() {
				throw new Error("secret-of-the-ledger");
			},
		});
		const app = createApp(furnishForTest({ releases: createReleaseStore(ledger, env.DOCUMENTS) }));
		for (const init of [{}, HTML]) {
			const response = await app.request("/", init);
			expect(response.status).toBe(500);
			expect(response.headers.get("Cache-Control")).toBe("no-store");
			expect(await response.text()).not.toContain("secret");
		}
		expect((await app.request("/healthz")).status).toBe(503);
	});
});

describe("the rest", () => {
	it("has a health check that nobody keeps", async () => {
		const response = await ask("/healthz");
		expect(response.status).toBe(200);
		expect(response.headers.get("Cache-Control")).toBe("no-store");
		expect(await response.json()).toEqual({ status: "ok" });
	});

	it("has a stylesheet", async () => {
		const response = await ask("/style.css");
		expect(response.status).toBe(200);
		expect(response.headers.get("Content-Type")).toBe("text/css; charset=utf-8");
		const style = await response.text();
		expect(style).toContain(".release");
		expect(style).not.toMatch(/url\(\s*["']?(https?:)?\/\/|@import/);
	});

	it("has a mailbox where that is the transport, and none with another", async () => {
		const [mailbox, smtp] = [
			testSettings(),
			testSettings({ MAIL_TRANSPORT: "smtp", SMTP_URL: "smtp://mail.press.test:587" }),
		].map((settings) => createApp(furnish(env, settings)));
		for (const path of ["/mailbox", "/mailbox/x", "/mailbox/x/source", "/mailbox/x/html"])
			expect((await smtp?.request(path))?.status).toBe(404);
		expect((await mailbox?.request("/mailbox"))?.status).toBe(200);
	});
});
