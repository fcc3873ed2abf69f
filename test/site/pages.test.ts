import { describe, expect, it } from "vitest";
import type { PublicEntry } from "../../src/releases/entry.ts";
import type { PublishedRelease } from "../../src/releases/release.ts";
import type { RevisionEntry } from "../../src/releases/store.ts";
import { LANGUAGES, type Language } from "../../src/shared/language.ts";
import { AboutPage } from "../../src/site/about.tsx";
import { ArchivePage } from "../../src/site/archive.tsx";
import { ComingPage } from "../../src/site/coming.tsx";
import { ErrorPage } from "../../src/site/error.tsx";
import { HomePage } from "../../src/site/home.tsx";
import type { Publication } from "../../src/site/publication.ts";
import { ReleasePage } from "../../src/site/release.tsx";
import { SearchPage } from "../../src/site/search.tsx";
import { stringsOf } from "../../src/site/strings/index.ts";
import { SubscribePage } from "../../src/site/subscribe.tsx";
import {
	ConfirmedPage,
	ConfirmPage,
	LinkInvalidPage,
	SignUpInvalidPage,
	SignUpReceivedPage,
	UnsubscribedPage,
	UnsubscribePage,
} from "../../src/site/subscription.tsx";
import { WithdrawnPage } from "../../src/site/withdrawn.tsx";
import { someText } from "../support/house.ts";
import { withoutData } from "../support/page-data.ts";

const publication: Publication = {
	title: "Press <Office> & Co",
	description: null,
	colour: null,
	logo: null,
	url: "https://press.test",
	timeZone: "Asia/Tashkent",
	languages: ["en", "ru"],
};

const HOSTILE = `"><script>alert(1)</script>&amp;'`;
const TODAY = "2026-11-22";
const ZONE = "Asia/Tashkent, UTC+5";

/** A release that is public, as pages get it. */
function someRelease(over: Partial<PublicEntry & PublishedRelease> = {}) {
	const text = someText({
		title: HOSTILE,
		summary: HOSTILE,
		body: `${HOSTILE}\n\nSecond\nline`,
		language: "ru",
	});
	return {
		...text,
		id: "0",
		story: "0",
		slug: "hostile",
		revision: 1,
		status: "published" as const,
		reason: null,
		document: "release/0/1-0",
		firstSequence: 1,
		sequence: 1,
		postedAt: 0,
		publishAt: null,
		publishedAt: 0,
		changedAt: 0,
		...over,
	};
}
const release = someRelease();

/** In one language, and never corrected. */
const ALONE = { translations: [], corrections: [] };

/** Every page there is, full of hostile words, in a language. */
function everyPage(language: Language, among: Publication = publication): Record<string, unknown> {
	const page = { publication: among, language };
	const entry = someRelease({ language, reason: HOSTILE });
	const releases = [entry];
	const listed = { total: 45, paging: { page: 2, pages: 3 }, releases };
	const sought = { query: HOSTILE, kind: "meeting" as const };
	const choices = {
		kinds: ["meeting"] as const,
		languages: [language] as const,
		frequency: "daily" as const,
	};
	const values = { email: HOSTILE, kinds: [], languages: [], frequency: "" };
	const faults = [{ field: "email", detail: HOSTILE }];
	return {
		home: HomePage({ ...page, releases, coming: releases, today: TODAY }),
		emptyHome: HomePage({ ...page, releases: [], coming: [], today: TODAY }),
		archive: ArchivePage({ ...page, ...listed, kind: "meeting", paging: { page: 2, numbered: 9 } }),
		search: SearchPage({ ...page, sought, found: listed }),
		nothing: SearchPage({
			...page,
			sought,
			found: { total: 0, paging: { page: 1, pages: 1 }, releases: [] },
		}),
		coming: ComingPage({ ...page, entries: releases, today: TODAY, zone: ZONE }),
		subscribe: SubscribePage(page),
		about: AboutPage(page),
		release: ReleasePage({ publication: among, release: entry, ...ALONE }),
		withdrawn: WithdrawnPage({ publication: among, entry }),
		received: SignUpReceivedPage(page),
		invalid: SignUpInvalidPage({ ...page, faults, values }),
		confirm: ConfirmPage({ ...page, action: "/subscriptions/t/confirm", ...choices }),
		confirmed: ConfirmedPage(page),
		unsubscribe: UnsubscribePage({ ...page, action: "/subscriptions/t/unsubscribe" }),
		unsubscribed: UnsubscribedPage(page),
		linkInvalid: LinkInvalidPage(page),
		error: ErrorPage({ ...page, status: 404, kind: "not-found" }),
	};
}

const text = async (page: unknown) => String(await page);

describe("every page", () => {
	it("shows hostile text as text", async () => {
		for (const [name, page] of Object.entries(everyPage("ru"))) {
			const html = withoutData(await text(page));
			expect(html, name).not.toContain("<script");
			expect(html, name).toContain("Press &lt;Office&gt; &amp; Co");
			if (["home", "archive", "search", "nothing", "coming", "release", "withdrawn"].includes(name))
				expect(html, name).toContain("&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp;");
		}
	});

	it("has no script, no style of its own and loads nothing from elsewhere", async () => {
		for (const [name, page] of Object.entries(everyPage("en"))) {
			const html = withoutData(await text(page));
			expect(html, name).not.toMatch(/<script|<style|style=|<img|<iframe|\son\w+=/);
			const loaded = [...html.matchAll(/<link rel="(?:stylesheet|icon)" href="([^"]+)"/g)];
			expect(loaded.map(([, url]) => url?.replace(/\?v=[0-9a-f]{8}$/, ""))).toEqual([
				"/style.css",
				"/favicon.svg",
			]);
		}
	});

	it.each(LANGUAGES)("speaks %s, with every place filled in", async (language) => {
		const among = { ...publication, title: "Press", languages: LANGUAGES };
		for (const [name, page] of Object.entries(everyPage(language, among))) {
			const html = withoutData(await text(page));
			expect(html, name).toContain(`<html lang="${language}">`);
			expect(html, name).toContain(stringsOf(language).frame.skip);
			expect(html, name).toContain(stringsOf(language).frame.noTracking);
			expect(html, name).not.toMatch(/\{\w*\}|undefined|\[object/);
		}
	});

	it("has one main heading, and none that skips a level", async () => {
		for (const [name, page] of Object.entries(everyPage("en"))) {
			const levels = [...(await text(page)).matchAll(/<h([1-6])[ >]/g)].map(([, n]) => Number(n));
			expect(
				levels.filter((level) => level === 1),
				name,
			).toHaveLength(1);
			for (const [index, level] of levels.entries())
				if (levels[index - 1]) expect(level - (levels[index - 1] ?? 0), name).toBeLessThan(2);
		}
	});

	it("shows the logo beside the name, and none where none is set", async () => {
		const logo = 'https://cdn.test/logo.svg"><script>';
		const html = await text(
			SubscribePage({ publication: { ...publication, logo }, language: "en" }),
		);
		expect(html).toContain(
			'<img class="logo" src="https://cdn.test/logo.svg&quot;&gt;&lt;script&gt;" alt=""',
		);
		expect(await text(SubscribePage({ publication, language: "en" }))).not.toContain("<img");
	});

	it("offers its languages, and no choice where there is one", async () => {
		const html = await text(SubscribePage({ publication, language: "en" }));
		expect(html).toContain('<a href="/en/subscribe" lang="en" aria-current="true">English</a>');
		expect(html).toContain('<a href="/ru/subscribe" lang="ru">Русский</a>');
		const alone: Publication = { ...publication, languages: ["en"] };
		const single = await text(SubscribePage({ publication: alone, language: "en" }));
		expect(single).not.toContain('class="languages"');
		expect(single).not.toContain("hreflang");
	});

	it("leads nowhere outside the languages that the publication has", async () => {
		const over = { ...ALONE, release: someRelease({ language: "uz" }) };
		const html = await text(ReleasePage({ publication, ...over }));
		expect(html).toContain('<html lang="en">');
		expect(html).toContain('<main id="main" tabindex="-1" lang="uz">');
		expect(html).toContain(stringsOf("uz").release.about);
		expect(html).not.toContain('href="/uz/');
	});
});

describe("the front page", () => {
	it("says what the publication says of itself, in the language that it says it in", async () => {
		const described = { ...publication, description: "What <we> say." };
		const home = (language: Language, of: Publication) =>
			text(HomePage({ publication: of, language, releases: [], coming: [], today: TODAY }));
		expect(await home("en", described)).toContain('<p class="lead">What &lt;we&gt; say.</p>');
		const russian = stringsOf("ru").home.description.replace("{publication}", "");
		expect(await home("ru", described)).toContain(`<p class="lead">${russian.slice(0, -1)}`);
		expect(await home("en", publication)).toContain('<p class="lead">Consultations, meetings');
	});
});

describe("the release page", () => {
	const pageOf = (over: object = {}, more: object = {}) =>
		text(ReleasePage({ publication, release: { ...release, ...over }, ...ALONE, ...more }));

	it("says in which language the release is", async () => {
		const html = await pageOf();
		expect(html).toContain('<html lang="ru">');
		expect(html).toContain('<article class="release" lang="ru">');
	});

	it("shows when and where with the link to add it, or no box where there is no event", async () => {
		const html = await pageOf();
		expect(html).toContain("1–2 декабря 2026 г.");
		expect(html).toContain("Tashkent");
		expect(html).toContain('href="/releases/hostile.ics"');
		const without = await pageOf({ event: null });
		expect(without).not.toContain('class="event');
		expect(without).not.toContain("/releases/hostile.ics");
	});

	it("has what a journalist cites: dateline, reference and address", async () => {
		const dateline = { places: ["Ташкент", "Вена"], date: "2026-11-19" };
		const html = await pageOf({ dateline, id: "0b6f9f6e-6c5e-4a3c-9d6a-1f1f1f1f1f1f" });
		expect(html).toContain("Ташкент / Вена, <time");
		expect(html).toContain("19 ноября 2026 г.");
		expect(html).toContain("urn:uuid:0b6f9f6e-6c5e-4a3c-9d6a-1f1f1f1f1f1f");
		expect(html).toContain(">https://press.test/releases/hostile</a>");
		expect(await pageOf()).not.toContain(stringsOf("ru").release.dateline);
	});

	it("is one of the versions of its story, each linked from the head and the switch", async () => {
		const translations = [someRelease({ language: "en", slug: "in-english" })];
		const html = await pageOf({}, { translations });
		expect(html).toContain(
			'<link rel="alternate" hreflang="en" href="https://press.test/releases/in-english"/>',
		);
		expect(html).toContain(
			'<link rel="alternate" hreflang="x-default" href="https://press.test/releases/in-english"/>',
		);
		expect(html).toContain('<a href="/releases/in-english" lang="en">English</a>');
		// Without a translation the switch leads home.
		expect(await pageOf()).toContain('<a href="/en/" lang="en">English</a>');
	});

	it("shows each correction with its day in the publication's time zone", async () => {
		const madeAt = Date.parse("2026-11-22T20:00:00Z");
		const note = HOSTILE;
		const correction: RevisionEntry = {
			revision: 2,
			change: "correction",
			note,
			madeBy: "a-key",
			madeAt,
		};
		const html = withoutData(await pageOf({}, { corrections: [correction] }));
		expect(html).toContain('<time datetime="2026-11-23">23 ноября 2026 г.</time>');
		expect(html).not.toContain("<script");
		expect(html).not.toContain("a-key");
	});

	it("describes itself to programs in data that cannot break out of its element", async () => {
		const html = await pageOf();
		const [, data = ""] = /<script type="application\/ld\+json">(.*?)<\/script>/s.exec(html) ?? [];
		expect(JSON.stringify(JSON.parse(data))).toContain(JSON.stringify(HOSTILE).slice(1, -1));
		expect(html).toContain('<meta property="og:title"');
	});
});

describe("a list of releases", () => {
	const pageAt = (page: number | null, numbered: number) =>
		text(
			ArchivePage({
				publication,
				language: "en",
				kind: undefined,
				total: page === null ? 225 : null,
				paging: { page, numbered },
				releases: [release],
			}),
		);
	const links = (html: string) =>
		[...html.matchAll(/<nav class="pagination".*?<\/nav>/gs)].flatMap(([nav]) =>
			[...nav.matchAll(/<a[^>]* href="([^"]*)"[^>]*>([^<]*)</g)].map(([, href, words]) => [
				words,
				href,
			]),
		);

	it("leads to the newer and the older page, and says which one it is", async () => {
		const html = await pageAt(2, 9);
		expect(links(html)).toEqual([
			["Newer", "/en/releases?page=3"],
			["Newest", "/en/releases"],
			["Oldest", "/en/releases?page=1"],
			["Older", "/en/releases?page=1"],
		]);
		expect(html).toContain("<title>Releases (page 2) – ");
		expect(html).toContain('<link rel="canonical" href="https://press.test/en/releases?page=2"/>');
		// The second pages of two languages do not hold the same.
		expect(html).not.toContain("hreflang");
	});

	it("leads from its ends to one side alone", async () => {
		expect(links(await pageAt(9, 9))[0]).toEqual(["Newer", "/en/releases"]);
		expect(links(await pageAt(1, 9))).toEqual([
			["Newer", "/en/releases?page=2"],
			["Newest", "/en/releases"],
		]);
		expect(links(await pageAt(null, 9))).toEqual([
			["Oldest", "/en/releases?page=1"],
			["Older", "/en/releases?page=9"],
		]);
	});

	it("has no other pages where there is one", async () => {
		const html = await pageAt(null, 0);
		expect(html).not.toContain('class="pagination"');
		expect(html).toContain('<link rel="canonical" href="https://press.test/en/releases"/>');
		expect(html).toContain('hreflang="x-default" href="https://press.test/en/releases"/>');
	});
});

describe("what is coming", () => {
	const entry = (slug: string, starts: string, ends: string) =>
		someRelease({
			language: "en",
			slug,
			title: slug,
			event: { starts, ends, timeZone: null, place: "Vienna" },
		});

	it("stands by the month it starts in, and says what is under way", async () => {
		const entries = [
			entry("first", "2026-10-30", "2026-11-22"),
			entry("second", "2026-11-22", "2026-11-22"),
			entry("third", "2027-01-01", "2027-01-02"),
		];
		const page = { publication, language: "en" as const, today: TODAY, zone: ZONE };
		const html = await text(ComingPage({ ...page, entries }));
		const headings = [...html.matchAll(/<h2 id="month-[\d-]+">([^<]+)</g)];
		expect(headings.map(([, words]) => words)).toEqual([
			"October 2026",
			"November 2026",
			"January 2027",
		]);
		expect(html.match(/class="under-way"/g)).toHaveLength(2);
		expect(html).toContain("Today is 22 November 2026");
		expect(html).toContain(ZONE);
		expect(html).toContain('href="webcal://press.test/en/events.ics"');
		expect(html).toContain('href="https://press.test/en/events.ics"');
		expect(html).toContain('aria-label="Add to calendar: third"');
	});
});

describe("the ways to follow", () => {
	it("are all in one table: each language and all together, each kind, each form", async () => {
		const html = await text(AboutPage({ publication, language: "en" }));
		const [, table = ""] = /<table class="feed-table">(.*)<\/table>/s.exec(html) ?? [];
		const links = [...table.matchAll(/href="([^"]+)"/g)].map(([, path]) => path);
		expect(links).toHaveLength(3 * 4 * 4);
		expect(new Set(links).size).toBe(links.length);
		for (const path of ["/en/rss.xml", "/ru/meetings/atom.xml", "/all/consultations/events.ics"])
			expect(links).toContain(path);
		expect(html).toContain('href="/feeds.opml"');
	});
});

describe("the pages of a subscription", () => {
	it("ask for one press of one button that posts to the given place", async () => {
		const { confirm, unsubscribe } = everyPage("en");
		for (const page of [confirm, unsubscribe]) {
			const html = await text(page);
			expect(html.match(/<form/g)).toHaveLength(1);
			expect(html).toMatch(
				/<form method="post" action="\/subscriptions\/t\/(confirm|unsubscribe)">/,
			);
			expect(html.match(/<button type="submit"/g)).toHaveLength(1);
			expect(html).toContain('<input type="hidden" name="form_language" value="en"/>');
		}
	});

	it("show the form again with what was typed, and link each fault to its field", async () => {
		const faults = [
			{ field: "email", detail: "email must be an e-mail address" },
			{ field: "kinds", detail: "kinds must be one of these" },
			{ field: "kinds", detail: "kinds must be one of these" },
		];
		const values = { email: HOSTILE, kinds: ["meeting"], languages: ["ru"], frequency: "weekly" };
		const page = SignUpInvalidPage({ publication, language: "en", faults, values });
		const html = await text(page);
		const links = [...html.matchAll(/<a href="#(sign-up-[a-z]+)">([^<]+)</g)];
		expect(links.map(([, id, words]) => [id, words])).toEqual([
			["sign-up-email", "Enter an e-mail address, like name@example.org"],
			["sign-up-kinds", "Choose at least one kind of release"],
		]);
		for (const [, id] of links) expect(html.split(`<input id="${id}"`)).toHaveLength(2);
		expect(html).toMatch(/<input id="sign-up-email"[^>]*aria-invalid="true"/);
		expect(html).not.toContain("<script");
		expect(html).toMatch(/value="weekly" checked/);
	});

	it("say that something is wrong, without a link, where no field of the form is at fault", async () => {
		const faults = ["form", "toString", "__proto__"].map((field) => ({
			field,
			detail: "form has a <field> too many",
		}));
		const values = { email: "", kinds: [], languages: [], frequency: "" };
		const page = SignUpInvalidPage({ publication, language: "ru", faults, values });
		const html = await text(page);
		expect(html.split(`<li>${stringsOf("ru").faults.other}</li>`)).toHaveLength(2);
		expect(html).not.toContain("too many");
	});

	it("do not ask for a language where there is one", async () => {
		const english: Publication = { ...publication, languages: ["en"] };
		const html = await text(SubscribePage({ publication: english, language: "en" }));
		expect(html).toContain('<input type="hidden" name="languages" value="en"/>');
		expect(html).not.toContain("In which languages");
		const two = await text(SubscribePage({ publication, language: "en" }));
		expect(two).toContain("In which languages");
	});

	it("do not tell whether an address was known", async () => {
		expect(await text(SignUpReceivedPage({ publication, language: "en" }))).not.toMatch(
			/already|known|new subscriber/i,
		);
	});
});
