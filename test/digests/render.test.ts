import { describe, expect, it } from "vitest";
import { viewEdition } from "../../src/digests/edition.ts";
import { renderEdition } from "../../src/digests/render.ts";
import { fillIn } from "../../src/mail/personal.ts";
import type { PublicEntry } from "../../src/releases/entry.ts";
import type { Language } from "../../src/shared/language.ts";
import { someEntry } from "./entries.ts";
import { readableText } from "./readable.ts";

const IDENTITY = { title: "Press Office", url: "https://press.test" };
const MARKERS = {
	unsubscribe: "https://6f1c2f8e-marker.invalid/",
	manage: "https://91c06b3d-marker.invalid/",
};
const LEAVE = "https://press.test/subscriptions/anna-token/unsubscribe";
const MANAGE = "https://press.test/subscriptions/anna-manage-token";
const PERSONAL = { unsubscribe: LEAVE, manage: MANAGE };

/** One reader's digest of some releases. */
async function digestOf(
	entries: readonly PublicEntry[],
	{ language = "en", title = IDENTITY.title }: { language?: Language; title?: string } = {},
) {
	const view = viewEdition({ ...IDENTITY, title }, language, entries, MARKERS);
	const rendered = await renderEdition(view);
	const html = fillIn(rendered.html, PERSONAL);
	const text = fillIn(rendered.text, PERSONAL);
	return { html, text, seen: await readableText(html), subject: rendered.subject };
}

const CONSULTATION = someEntry({
	firstSequence: 1,
	kind: "consultation",
	slug: "on-justice",
	title: "The parties consulted on justice",
	summary: "They spoke of the rule of law.",
	event: { starts: "2025-10-01", ends: "2025-10-02", timeZone: null, place: "Valletta (Malta)" },
});
const DAY = { starts: "2024-05-14", ends: "2024-05-14", timeZone: null };
const MEETING = someEntry({
	firstSequence: 2,
	kind: "meeting",
	slug: "first-council",
	title: "The first council will meet",
	summary: "The council meets for the first time.",
	event: { ...DAY, place: "Tashkent" },
});
const BARE = someEntry({
	firstSequence: 3,
	kind: "meeting",
	slug: "a-meeting-to-come",
	title: "A meeting whose day is not told",
	summary: "It will be told later.",
	event: null,
});
const ALL = [MEETING, CONSULTATION, BARE];

describe("a digest in its two parts", () => {
	it("has each release's permanent id where its title stands", async () => {
		const { html } = await digestOf(ALL);
		for (const { id } of ALL) expect(html).toContain(`<h3 id="urn:uuid:${id}"`);
	});

	it("says the same titles, summaries, dates, places and addresses in both", async () => {
		const { html, text, seen } = await digestOf(ALL);
		for (const part of [seen, text]) {
			for (const { title, summary } of ALL) {
				expect(part).toContain(title);
				expect(part).toContain(summary);
			}
			for (const fact of ["1–2 October 2025", "14 May 2024", "Valletta (Malta)", "Tashkent"])
				expect(part).toContain(fact);
		}
		for (const part of [html, text])
			for (const { slug } of ALL) expect(part).toContain(`https://press.test/releases/${slug}`);
	});

	it("keeps consultations and meetings apart, each under its heading", async () => {
		const { text, seen } = await digestOf(ALL);
		const order = (heading: (words: string) => string) => [
			heading("Consultations"),
			CONSULTATION.summary,
			heading("Meetings"),
			MEETING.summary,
			BARE.summary,
		];
		for (const [part, words] of [
			[seen, order((heading) => heading)],
			[text, order((heading) => heading.toUpperCase())],
		] as const) {
			const places = words.map((one) => part.indexOf(one));
			expect(places).not.toContain(-1);
			expect(places).toEqual(places.toSorted((one, other) => one - other));
		}
	});

	it("has no heading of a kind without news", async () => {
		const { text, seen } = await digestOf([MEETING, BARE]);
		expect(seen).not.toContain("Consultations");
		expect(text).not.toMatch(/consultations/i);
	});

	it("tells when and where only of what has an event", async () => {
		const { text, seen } = await digestOf([BARE]);
		for (const part of [seen, text]) expect(part).not.toMatch(/When|Where|null|undefined/);
	});

	it("tells the times of an event", async () => {
		const event = {
			starts: "2025-10-01T09:00",
			ends: "2025-10-01T17:00",
			timeZone: "Asia/Tashkent",
			place: null,
		};
		const { text, seen } = await digestOf([{ ...MEETING, event }]);
		for (const part of [seen, text])
			expect(part).toContain("When: 1 October 2025, 09:00–17:00 (Tashkent time, UTC+5)");
	});

	it.each([
		["en", "Add to calendar"],
		["ru", "Добавить в календарь"],
		["uz", "Taqvimga qoʻshish"],
		["uz-Cyrl", "Тақвимга қўшиш"],
	] as const)("links to the file of each event, in %s", async (language, words) => {
		const { html, text, seen } = await digestOf(ALL, { language });
		const files = (part: string) => part.match(/https:\/\/press\.test\/releases\/[\w-]+\.ics\b/g);
		const expected = ["on-justice", "first-council"].map(
			(slug) => `https://press.test/releases/${slug}.ics`,
		);
		for (const part of [html, text]) expect(files(part)).toEqual(expected);
		for (const part of [seen, text]) expect(part.split(words)).toHaveLength(3);
		expect(html).toMatch(
			new RegExp(`<a href="https://press\\.test/releases/first-council\\.ics"[^>]*>${words}</a>`),
		);
		expect(text).toContain(`${words}:\n  https://press.test/releases/first-council.ics\n`);
	});

	it.each([
		["ru", "Встречи", "Отписаться", "14 мая 2024 г."],
		["uz", "Uchrashuvlar", "Obunani bekor qilish", "2024-yil 14-may"],
		["uz-Cyrl", "Учрашувлар", "Обунани бекор қилиш", "2024-йил 14-май"],
	] as const)("is in the words of %s and says so", async (language, heading, leave, date) => {
		const { html, text, seen } = await digestOf([MEETING, BARE], { language });
		expect(html).toMatch(new RegExp(`<html[^>]* lang="${language}"`));
		for (const part of [seen, text])
			for (const words of [leave, date]) expect(part).toContain(words);
		expect(seen).toContain(heading);
		expect(text).toContain(heading.toUpperCase());
	});
});

describe("a digest is nobody's spy", () => {
	it("loads nothing, runs nothing, and names no address but the publication's own", async () => {
		const { html, text } = await digestOf(ALL);
		expect(html).not.toMatch(/<(img|script|iframe|link|object|embed|form|input|video|audio)\b/i);
		expect(html).not.toMatch(/url\(|@import|\bsrcset=|\bbackground=|\bon\w+="/i);
		const addresses = (part: string) => part.match(/\b(?:https?:)?\/\/[^\s"'<>)]+/g) ?? [];
		const named = [...addresses(html), ...addresses(text)].filter(
			(address) => !/^(https?:)?\/\/(www\.w3\.org|schemas-microsoft-com)/.test(address),
		);
		expect(named.length).toBeGreaterThan(7);
		for (const address of named) expect(address).toMatch(/^https:\/\/press\.test(\/|$)/);
	});

	it("has each reader's own addresses, to leave and to change what they get, in both parts", async () => {
		const { html, text } = await digestOf(ALL);
		for (const address of [LEAVE, MANAGE]) {
			expect(html).toContain(`href="${address}"`);
			expect(text.split("\n")).toContain(address);
		}
		expect(html + text).not.toContain("marker.invalid");
	});

	it("has no template left in it", async () => {
		const { html, text } = await digestOf(ALL);
		expect(html + text).not.toMatch(/\{\{|\}\}|\{%|%\}|\{publication\}|<\/?mj/);
	});
});

describe("hostile words come out as text", () => {
	const HOSTILE = [
		"</mj-text><mj-raw><script>alert(1)</script></mj-raw><mj-text>",
		"{{ 7 | times: 7 }} {% raw %} {{ unsubscribe_url }} {{ manage_url }}",
		"$& $1 $` $' \\0 %s",
		`" onmouseover="alert(1)" x='y'`,
		"<!-- --><![endif]--> ]]> <mj-include path='/etc/passwd'/>",
		"&lt;b&gt; &amp; &#60;i&#62; AT&T",
		"<a href=javascript:alert(1)>x</a>",
		"</title></style></head><body><h1>",
		"e\u0301 \u202eright to left\u202c 💧 ‘’ «»",
	];

	it.each(HOSTILE)("as a title: %s", async (title) => {
		const { html, text, seen, subject } = await digestOf([{ ...MEETING, title }, BARE]);
		expect(seen).toContain(title);
		expect(text).toContain(title);
		expect(html).not.toMatch(/<(script|img|a [^>]*javascript)|<[^>]*\sonmouseover=/i);
		expect(subject).toBe("Press Office: 2 meetings");
	});

	it.each(HOSTILE)("as the summary, the place and the publication's name: %s", async (words) => {
		const entry = { ...MEETING, summary: words, event: { ...DAY, place: words } };
		const { html, text, seen } = await digestOf([entry], { title: words });
		expect(seen.split(words).length).toBeGreaterThan(3);
		expect(text.split(words).length).toBeGreaterThan(3);
		expect(html).not.toMatch(/<(script|img|a [^>]*javascript)|<[^>]*\sonmouseover=/i);
	});

	it("leaves the number of personal places as it is", async () => {
		const [plain, hostile] = await Promise.all([
			digestOf([MEETING]),
			digestOf([{ ...MEETING, title: "{{ unsubscribe_url }} {{ manage_url }} $&" }]),
		]);
		for (const address of [LEAVE, MANAGE]) {
			expect(hostile.html.split(address).length).toBe(plain.html.split(address).length);
			expect(hostile.text.split(address).length).toBe(plain.text.split(address).length);
		}
	});
});
