import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { createArchiveStore } from "../../src/releases/archive-store.ts";
import { createReleaseStore } from "../../src/releases/store.ts";
import { furnish } from "../../src/rooms.ts";
import { indexBehind } from "../../src/site/search-index.ts";
import { openDesk } from "../support/desk.ts";
import { ask } from "../support/door.ts";
import { openFront } from "../support/front.ts";
import {
	emptyStores,
	furnishForTest,
	publishText,
	someText,
	testSettings,
} from "../support/house.ts";
import { withoutData } from "../support/page-data.ts";

const HTML = { headers: { Accept: "text/html,application/xhtml+xml,*/*;q=0.8" } };

beforeEach(emptyStores);

const pageAt = async (path: string) => (await ask(path, HTML)).text();

/** The titles of the releases that a page lists. */
const titlesAt = async (path: string) =>
	[...(await pageAt(path)).matchAll(/<h[23]><a href="\/releases\/[^>]*>([^<]+)</g)].map(
		([, title]) => title,
	);

describe("the address without a language", () => {
	it.each([
		[undefined, "/en/"],
		["ru-RU,ru;q=0.9", "/ru/"],
		["uz-Cyrl", "/uz-Cyrl/"],
		["de, fr;q=0.5", "/en/"],
	])("leads to the language that suits the reader best: %s", async (accepted, home) => {
		const headers = accepted === undefined ? {} : { "Accept-Language": accepted };
		const response = await ask("/", { headers, redirect: "manual" });
		expect(response.status).toBe(302);
		expect(response.headers.get("Location")).toBe(home);
		expect(response.headers.get("Vary")).toContain("Accept-Language");
		expect(response.headers.get("Cache-Control")).toBe("private, no-cache");
	});

	it("is completed where only the slash is missing", async () => {
		const response = await ask("/ru", { redirect: "manual" });
		expect(response.status).toBe(301);
		expect(response.headers.get("Location")).toBe("/ru/");
	});
});

describe("the front page", () => {
	it("says so where nothing is published yet, and how to subscribe", async () => {
		const response = await ask("/en/", HTML);
		expect(response.status).toBe(200);
		expect(response.headers.get("Content-Type")).toBe("text/html; charset=UTF-8");
		expect(response.headers.get("Cache-Control")).toContain("max-age=60");
		const page = await response.text();
		expect(page).toMatch(/^<!doctype html>/i);
		expect(page).toContain("Nothing has been published here yet");
		expect(page).toContain("No consultation or meeting is announced at present.");
		expect(page).toContain('action="/subscriptions"');
	});

	it("lists releases of its language, the newest first, at most 10", async () => {
		const rooms = furnishForTest();
		for (let n = 1; n <= 24; n += 1) {
			const language = n % 2 ? "en" : "ru";
			await publishText(rooms, { title: `Meeting no. ${n}.`, language, event: null });
		}
		expect(await titlesAt("/en/")).toEqual(
			Array.from({ length: 10 }, (_, index) => `Meeting no. ${23 - index * 2}.`),
		);
		expect((await titlesAt("/ru/"))[0]).toBe("Meeting no. 24.");
	});

	it("lists what is coming, the soonest first, and nothing that is over", async () => {
		const desk = openDesk();
		const on = (starts: string, ends = starts) => ({ starts, ends, timeZone: null, place: null });
		const days = ["2026-11-21", "2026-12-24", "2026-11-22", "2026-12-01"];
		for (const day of days) await publishText(desk.rooms, { title: day, event: on(day) });
		await publishText(desk.rooms, { title: "Long", event: on("2026-11-01", "2026-11-30") });
		const page = await (await desk.page("/en/coming")).text();
		const titles = [...page.matchAll(/<h3><a [^>]*>([^<]+)</g)].map(([, title]) => title);
		expect(titles).toEqual(["Long", "2026-11-22", "2026-12-01", "2026-12-24"]);
		const home = await (await desk.page("/en/")).text();
		expect(home.match(/Add to calendar: /g)).toHaveLength(4);
	});
});

describe("an archive", () => {
	beforeEach(async () => {
		const rooms = furnishForTest();
		for (let n = 1; n <= 50; n += 1)
			await publishText(rooms, { title: `Meeting no. ${n}.`, event: null });
		await publishText(rooms, { title: "Consultations.", kind: "consultation", event: null });
		await publishText(rooms, { title: "Встреча.", language: "ru", event: null });
	});

	it("has the newest first, older ones on pages that stay, and says how many there are", async () => {
		const newest = await titlesAt("/en/releases");
		expect(newest.slice(0, 2)).toEqual(["Consultations.", "Meeting no. 50."]);
		const oldest = Array.from({ length: 25 }, (_, index) => `Meeting no. ${25 - index}.`);
		expect(await titlesAt("/en/releases?page=1")).toEqual(oldest);
		expect(newest.at(-1)).toBe("Meeting no. 26.");
		expect(await pageAt("/en/releases")).toContain("51 releases");
		expect(await pageAt("/ru/releases")).toContain("1 пресс-релиз<");
	});

	it("of a kind has that kind only", async () => {
		expect(await titlesAt("/en/consultations")).toEqual(["Consultations."]);
		expect((await titlesAt("/en/meetings?page=1")).at(-1)).toBe("Meeting no. 1.");
		expect(await titlesAt("/ru/meetings")).toEqual(["Встреча."]);
	});

	it("offers the feeds of its kind, and itself in the other languages", async () => {
		const page = await pageAt("/en/meetings");
		for (const path of ["rss.xml", "atom.xml", "feed.json", "events.ics"])
			expect(page).toMatch(new RegExp(`<link rel="alternate"[^>]* href="/en/meetings/${path}"`));
		expect(page).toContain('hreflang="ru" href="https://press.test/ru/meetings"');
		expect(page).toContain('<link rel="canonical" href="https://press.test/en/meetings"/>');
	});

	it("has an address of its own for each page", async () => {
		expect(await pageAt("/en/releases?page=1")).toContain(
			'<link rel="canonical" href="https://press.test/en/releases?page=1"/>',
		);
	});

	it.each(["2", "0", "-1", "x", "", "1.0", "99999999999999999999"])(
		"has no page %j",
		async (page) => {
			expect((await ask(`/en/releases?page=${page}`, HTML)).status).toBe(404);
		},
	);
});

describe("the search", () => {
	beforeEach(async () => {
		const rooms = furnishForTest();
		await publishText(rooms, { title: "Water in the basin" });
		await publishText(rooms, { title: "Water for all", kind: "announcement", event: null });
		await publishText(rooms, { title: "Вода", language: "ru" });
		await indexBehind(rooms.releases, rooms.search);
	});

	it("shows its form where nothing is asked for", async () => {
		for (const path of ["/en/search", "/en/search?q=&kind="]) {
			const page = await pageAt(path);
			expect(page).toContain('<input id="search-query" type="search" name="q" value=""');
			expect(page).not.toContain('id="found"');
		}
	});

	it("says how many it found, and shows them, of one kind if that is asked for", async () => {
		const page = await pageAt("/en/search?q=Water&kind=");
		expect(page).toContain("2 releases have “Water”");
		expect(await titlesAt("/en/search?q=Water&kind=announcement")).toEqual(["Water for all"]);
		expect(await pageAt("/en/search?q=Water&kind=announcement")).toMatch(
			/value="announcement" checked/,
		);
		expect(await titlesAt(`/ru/search?q=${encodeURIComponent("Вода")}`)).toEqual(["Вода"]);
	});

	it.each(["<script>alert(1)</script>", "!!!", '"', "AND OR", "nowhere", "%", "\u0000"])(
		"helps where it finds nothing, whatever was typed: %s",
		async (query) => {
			const response = await ask(`/en/search?q=${encodeURIComponent(query)}`, HTML);
			expect(response.status).toBe(200);
			const page = await response.text();
			expect(page).toContain("No release has “");
			expect(page).toContain("Check the spelling.");
			expect(page).not.toContain("<script");
		},
	);

	it("is for readers and not for search engines", async () => {
		for (const path of ["/en/search", "/en/search?q=Water"]) {
			const page = await pageAt(path);
			expect(page).toContain('<meta name="robots" content="noindex"/>');
			expect(page).not.toMatch(/rel="canonical"|hreflang/);
		}
	});

	it.each(["kind=party", "page=2", "page=x"])("has no answer to %s", async (asked) => {
		expect((await ask(`/en/search?q=Water&${asked}`, HTML)).status).toBe(404);
	});
});

describe("a page that has not changed", () => {
	it.each(["/en/", "/en/releases", "/ru/coming", "/en/about", "/releases/a-meeting"])(
		"is not sent again: %s",
		async (path) => {
			await publishText(furnishForTest(), { title: "A meeting" });
			const first = await ask(path, HTML);
			const headers = { ...HTML.headers, "If-None-Match": first.headers.get("ETag") ?? "" };
			expect((await ask(path, { headers })).status).toBe(304);
			await publishText(furnishForTest(), { title: "Встреча", language: "ru" });
			await publishText(furnishForTest(), { title: "Another", language: "en" });
			const changes = !["/en/about", "/releases/a-meeting"].includes(path);
			expect((await ask(path, { headers })).status).toBe(changes ? 200 : 304);
		},
	);
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
		expect(withoutData(page)).not.toContain("<script");
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
		expect(await page.text()).toContain("Page not found");
		for (const init of [{}, { headers: { Accept: "application/json" } }]) {
			const problem = await ask("/releases/nothing", init);
			expect(problem.headers.get("Content-Type")).toMatch(/^application\/problem\+json/);
			expect(await problem.json()).toMatchObject({ status: 404, title: "There is nothing here" });
		}
	});

	it.each([
		["/ru/nothing", "en", "Страница не найдена"],
		["/uz-Cyrl/nothing", "", "Саҳифа топилмади"],
		["/releases/nothing", "uz", "Sahifa topilmadi"],
		["/nothing", "ru-RU,ru;q=0.9,en;q=0.8", "Страница не найдена"],
		["/nothing", "de", "Page not found"],
	])(
		"is said in the language of the address, or else of the reader: %s %s",
		async (path, accepted, words) => {
			const headers = { ...HTML.headers, "Accept-Language": accepted };
			const response = await ask(path, { headers });
			expect(response.status).toBe(404);
			expect(response.headers.get("Cache-Control")).toBe("no-store");
			expect(await response.text()).toContain(words);
		},
	);

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
		const stores = {
			releases: createReleaseStore(ledger, env.DOCUMENTS),
			archive: createArchiveStore(ledger),
		};
		const app = openFront(furnishForTest(stores));
		for (const init of [{}, HTML]) {
			const response = await app.request("/en/", init);
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

	it("has a stylesheet, kept for good at the address that pages name, and briefly at others", async () => {
		const [, address = ""] =
			/<link rel="stylesheet" href="([^"]+)"/.exec(await pageAt("/en/")) ?? [];
		expect(address).toMatch(/^\/style\.css\?v=[0-9a-f]{8}$/);
		const response = await ask(address);
		expect(response.status).toBe(200);
		expect(response.headers.get("Content-Type")).toBe("text/css; charset=utf-8");
		expect(response.headers.get("Cache-Control")).toBe("public, max-age=31536000, immutable");
		const style = await response.text();
		expect(style).toContain(".release");
		expect(style).not.toMatch(/url\(\s*["']?(https?:)?\/\/|@import/);
		for (const other of ["/style.css", "/style.css?v=00000000"])
			expect((await ask(other)).headers.get("Cache-Control")).toBe("public, max-age=300");
	});

	it("has a mailbox where that is the transport, and none with another", async () => {
		const [mailbox, smtp] = [
			testSettings(),
			testSettings({ MAIL_TRANSPORT: "smtp", SMTP_URL: "smtp://mail.press.test:587" }),
		].map((settings) => openFront(furnish(env, settings)));
		for (const path of ["/mailbox", "/mailbox/x", "/mailbox/x/source", "/mailbox/x/html"])
			expect((await smtp?.request(path))?.status).toBe(404);
		expect((await mailbox?.request("/mailbox"))?.status).toBe(200);
	});
});

describe("a slash too many", () => {
	it.each([
		["/en/meetings/", "/en/meetings"],
		["/en/about/?a=b", "/en/about?a=b"],
		["/en/no-such-page/", "/en/no-such-page"],
	])("leads to the address without it: %s", async (path, location) => {
		const response = await openDesk().page(path);
		expect(response.status).toBe(301);
		const target = new URL(response.headers.get("Location") ?? "");
		expect(target.pathname + target.search).toBe(location);
		expect(response.headers.get("Content-Security-Policy")).toContain("default-src 'none'");
	});

	it("leads nowhere else", async () => {
		const response = await openDesk().page("https://press.test/en//evil.test/");
		expect(response.status).toBe(301);
		expect(new URL(response.headers.get("Location") ?? "").host).toBe("press.test");
	});
});
