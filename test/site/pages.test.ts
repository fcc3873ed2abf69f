import { describe, expect, it } from "vitest";
import { HomePage } from "../../src/site/home.tsx";
import { ReleasePage } from "../../src/site/release.tsx";
import {
	ConfirmPage,
	SignUpInvalidPage,
	SignUpReceivedPage,
	UnsubscribePage,
} from "../../src/site/subscription.tsx";
import { someText } from "../support/house.ts";

const publication = {
	title: "Press <Office> & Co",
	description: null,
	colour: null,
	logo: null,
	url: "https://press.test",
	timeZone: "Asia/Tashkent",
	languages: ["en", "ru"] as const,
};

const HOSTILE = `"><script>alert(1)</script>&amp;'`;
const release = {
	...someText({
		title: HOSTILE,
		summary: HOSTILE,
		body: `${HOSTILE}\n\nSecond\nline`,
		language: "ru",
	}),
	id: "0",
	story: "0",
	slug: "hostile",
	revision: 1,
	sequence: 1,
	publishedAt: 0,
	changedAt: 0,
};

/** In one language, and never corrected. */
const ALONE = { translations: [], corrections: [] };

const text = async (page: unknown) => String(await page);

describe("every page", () => {
	it("shows hostile text as text", async () => {
		for (const page of [
			HomePage({ publication, releases: [release] }),
			ReleasePage({ publication, release, ...ALONE }),
		]) {
			const html = await text(page);
			expect(html).not.toContain("<script");
			expect(html).toContain("&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp;");
			expect(html).toContain("Press &lt;Office&gt; &amp; Co");
		}
	});

	it("has no script, no style of its own and loads nothing from elsewhere", async () => {
		const html = await text(HomePage({ publication, releases: [release] }));
		expect(html).not.toMatch(/<script|<style|style=|<img|<iframe/);
		const loaded = [...html.matchAll(/<link rel="(?:stylesheet|icon)" href="([^"]+)"/g)];
		expect(loaded.map(([, url]) => url)).toEqual(["/style.css", "/favicon.svg"]);
	});
});

describe("the release page", () => {
	it("says in which language the release is", async () => {
		const html = await text(ReleasePage({ publication, release, ...ALONE }));
		expect(html).toContain('<html lang="ru">');
		expect(html).toContain('<article class="release" lang="ru">');
	});

	it("shows when and where, or no box where there is no event", async () => {
		const html = await text(ReleasePage({ publication, release, ...ALONE }));
		expect(html).toContain("1–2 декабря 2026 г.");
		expect(html).toContain("Tashkent");
		const without = await text(
			ReleasePage({ publication, release: { ...release, event: null }, ...ALONE }),
		);
		expect(without).not.toContain("<dl");
	});
});

describe("the pages of a subscription", () => {
	it("ask for one press of one button that posts to the given place", async () => {
		const choices = { kinds: ["meeting"], languages: ["en"], frequency: "daily" } as const;
		for (const page of [
			ConfirmPage({ publication, action: "/subscriptions/t/confirm", ...choices }),
			UnsubscribePage({ publication, action: "/subscriptions/t/unsubscribe" }),
		]) {
			const html = await text(page);
			expect(html.match(/<form/g)).toHaveLength(1);
			expect(html).toMatch(
				/<form method="post" action="\/subscriptions\/t\/(confirm|unsubscribe)">/,
			);
			expect(html.match(/<button type="submit"/g)).toHaveLength(1);
		}
	});

	it("show the form again with what was typed, and link each fault to its field", async () => {
		const faults = [
			{ field: "email", detail: "email must be an e-mail address" },
			{ field: "kinds", detail: "kinds must be one of these" },
			{ field: "kinds", detail: "kinds must be one of these" },
		];
		const values = { email: HOSTILE, kinds: ["meeting"], languages: ["ru"], frequency: "weekly" };
		const html = await text(SignUpInvalidPage({ publication, faults, values }));
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

	it("say what is wrong, without a link, where no field of the form is at fault", async () => {
		const faults = [{ field: "form", detail: "form has a <field> too many" }];
		const values = { email: "", kinds: [], languages: [], frequency: "" };
		const html = await text(SignUpInvalidPage({ publication, faults, values }));
		expect(html).toContain("<li>form has a &lt;field&gt; too many</li>");
	});

	it("do not ask for a language where there is one", async () => {
		const english = { ...publication, languages: ["en"] as const };
		const html = await text(HomePage({ publication: english, releases: [] }));
		expect(html).toContain('<input type="hidden" name="languages" value="en"/>');
		expect(html).not.toContain("In which languages");
	});

	it("do not tell whether an address was known", async () => {
		expect(await text(SignUpReceivedPage({ publication }))).not.toMatch(
			/already|known|new subscriber/i,
		);
	});
});
