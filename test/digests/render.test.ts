import { describe, expect, it } from "vitest";
import type { EditionContents } from "../../src/digests/contents.ts";
import { checkEdition } from "../../src/digests/edition-check.ts";
import { renderEdition } from "../../src/digests/render.ts";
import { bytesOf, LARGEST_BYTES } from "../../src/digests/size.ts";
import { fillIn } from "../../src/mail/personal.ts";
import { MAIL_WORDS } from "../../src/mail/words.ts";
import type { NewsEntry } from "../../src/releases/entry.ts";
import { LANGUAGES, type Language } from "../../src/shared/language.ts";
import { someEntry } from "./entries.ts";
import { readableText } from "./readable.ts";

const IDENTITY = { title: "Press Office", url: "https://press.test", colour: null, logo: null };
const LEAVE = "https://press.test/subscriptions/anna-token/unsubscribe";
const MANAGE = "https://press.test/subscriptions/anna-manage-token";
const PERSONAL = { unsubscribe: LEAVE, manage: MANAGE };

/** How often one rendering looks at what is fresh: for the headline, and for the sections. */
const LOOKS_A_TRY = 2;

interface Making {
	readonly language?: Language;
	readonly title?: string;
}

/** One reader's digest. */
async function digestOf(
	told: Partial<EditionContents>,
	{ language = "en", title = IDENTITY.title }: Making = {},
) {
	const { fresh = [], changed = [], coming = [] } = told;
	let looks = 0;
	const contents = {
		get fresh() {
			looks += 1;
			return fresh;
		},
		changed,
		coming,
	};
	let made = 0;
	const rendered = await renderEdition({
		identity: { ...IDENTITY, title },
		language,
		contents,
		day: "2025-09-30",
		newId: () => `6f1c2f8e-${++made}-marker`,
	});
	const tries = looks / LOOKS_A_TRY;
	const html = fillIn(rendered.html, PERSONAL);
	const text = fillIn(rendered.text, PERSONAL);
	const faults = checkEdition(rendered, contents, IDENTITY);
	return { rendered, html, text, seen: await readableText(html), faults, tries };
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

const CORRECTED = someEntry({
	firstSequence: 4,
	slug: "on-water",
	title: "The sides spoke of water",
	note: "The river was another one.",
});
const WITHDRAWN = someEntry({
	firstSequence: 5,
	slug: "on-borders",
	title: "The sides spoke of borders",
	status: "withdrawn",
	reason: "The text was not agreed.",
});
const NEAR = someEntry({
	firstSequence: 6,
	slug: "second-council",
	title: "The second council meets",
	event: { starts: "2025-10-03", ends: "2025-10-03", timeZone: null, place: "Samarkand" },
});
const EVERYTHING = { fresh: ALL, changed: [CORRECTED, WITHDRAWN], coming: [NEAR] };

describe("a digest in its two parts", () => {
	it("has each release's permanent id where its title stands", async () => {
		const { html } = await digestOf({ fresh: ALL });
		for (const { id } of ALL) expect(html).toContain(`<h3 id="urn:uuid:${id}"`);
	});

	it("says the same titles, summaries, dates, places and addresses in both", async () => {
		const { html, text, seen } = await digestOf({ fresh: ALL });
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
		const { text, seen } = await digestOf({ fresh: ALL });
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
		const { text, seen } = await digestOf({ fresh: [MEETING, BARE] });
		expect(seen).not.toContain("Consultations");
		expect(text).not.toMatch(/consultations/i);
	});

	it("tells when and where only of what has an event", async () => {
		const { text, seen } = await digestOf({ fresh: [BARE] });
		for (const part of [seen, text]) expect(part).not.toMatch(/When|Where|null|undefined/);
	});

	it("tells the times of an event", async () => {
		const event = {
			starts: "2025-10-01T09:00",
			ends: "2025-10-01T17:00",
			timeZone: "Asia/Tashkent",
			place: null,
		};
		const { text, seen } = await digestOf({ fresh: [{ ...MEETING, event }] });
		for (const part of [seen, text])
			expect(part).toContain("When: 1 October 2025, 09:00–17:00 (Tashkent time, UTC+5)");
	});

	it.each([
		["en", "Add to calendar"],
		["ru", "Добавить в календарь"],
		["uz", "Taqvimga qoʻshish"],
		["uz-Cyrl", "Тақвимга қўшиш"],
	] as const)(
		"links to the file of each event that is not over, in %s",
		async (language, words) => {
			const { html, text, seen } = await digestOf({ fresh: [...ALL, NEAR] }, { language });
			const files = (part: string) => part.match(/https:\/\/press\.test\/releases\/[\w-]+\.ics\b/g);
			const expected = ["on-justice", "second-council"].map(
				(slug) => `https://press.test/releases/${slug}.ics`,
			);
			for (const part of [html, text]) expect(files(part)).toEqual(expected);
			for (const part of [seen, text]) expect(part.split(words)).toHaveLength(3);
			expect(html).toMatch(
				new RegExp(
					`<a href="https://press\\.test/releases/second-council\\.ics"[^>]*>${words}</a>`,
				),
			);
			expect(text).toContain(`${words}:\n  https://press.test/releases/second-council.ics\n`);
		},
	);

	it.each([
		["ru", "Встречи", "Отписаться", "14 мая 2024 г."],
		["uz", "Uchrashuvlar", "Obunani bekor qilish", "2024-yil 14-may"],
		["uz-Cyrl", "Учрашувлар", "Обунани бекор қилиш", "2024-йил 14-май"],
	] as const)("is in the words of %s and says so", async (language, heading, leave, date) => {
		const { html, text, seen } = await digestOf({ fresh: [MEETING, BARE] }, { language });
		expect(html).toMatch(new RegExp(`<html[^>]* lang="${language}"`));
		for (const part of [seen, text])
			for (const words of [leave, date]) expect(part).toContain(words);
		expect(seen).toContain(heading);
		expect(text).toContain(heading.toUpperCase());
	});
});

describe("what was told before", () => {
	it("is corrected and withdrawn in both parts, with why, and a link to its page", async () => {
		const { html, text, seen } = await digestOf(EVERYTHING);
		for (const part of [seen, text]) {
			for (const { title } of EVERYTHING.changed) expect(part).toContain(title);
			expect(part).toContain("Corrected: The river was another one.");
			expect(part).toContain("Withdrawn: The text was not agreed.");
		}
		for (const { id, slug } of EVERYTHING.changed) {
			expect(html).toContain(`<h3 id="urn:uuid:${id}"`);
			expect(html).toContain(`href="https://press.test/releases/${slug}"`);
			expect(text).toContain(`\n  https://press.test/releases/${slug}\n`);
		}
	});

	it("says in both parts when and where what was corrected or withdrawn takes place, or would have", async () => {
		const changed = [CORRECTED, WITHDRAWN].map((entry) => ({ ...entry, event: NEAR.event }));
		const { text, seen } = await digestOf({ changed });
		for (const part of [seen, text]) {
			expect(part).toMatch(
				/When: 3 October 2025 · in 3 days\s*Where: Samarkand\s+Corrected: The river was/,
			);
			expect(part).toMatch(/When: 3 October 2025\s*Where: Samarkand\s+Withdrawn: The text was/);
		}
	});

	it("is reminded of in both parts, with when, how soon and where", async () => {
		const { html, text, seen } = await digestOf(EVERYTHING);
		for (const part of [seen, text])
			for (const fact of [NEAR.title, "3 October 2025", "in 3 days", "Samarkand"])
				expect(part).toContain(fact);
		expect(html).toContain('href="https://press.test/releases/second-council"');
		expect(text).toContain("\n  https://press.test/releases/second-council\n");
	});

	it("comes after what is new, changes first", async () => {
		const { text, seen } = await digestOf(EVERYTHING);
		for (const part of [seen, text.toLowerCase()]) {
			const places = ["Meetings", "Corrected and withdrawn", "This week", "Unsubscribe"].map(
				(words) => part.lastIndexOf(part === seen ? words : words.toLowerCase()),
			);
			expect(places).not.toContain(-1);
			expect(places).toEqual(places.toSorted((one, other) => one - other));
		}
	});

	it("has no heading where there is none of it", async () => {
		const { text, seen } = await digestOf({ fresh: ALL });
		for (const part of [seen, text]) expect(part).not.toMatch(/Corrected|Withdrawn|This week/i);
	});

	it("is enough for a digest that reads well", async () => {
		const { rendered, text, seen } = await digestOf({ changed: [WITHDRAWN] });
		expect(rendered.subject).toBe("Withdrawn: The sides spoke of borders");
		for (const part of [seen, text]) {
			expect(part).toMatch(/Withdrawn since we wrote to you: The sides spoke of borders(?!\.)/);
			expect(part).toContain("You get this notice because we told you of it before.");
			expect(part).not.toMatch(/New for you|Meetings|This week/i);
		}
	});

	it("is a notice of its own alone, and part of the digest beside what is new", async () => {
		for (const language of LANGUAGES) {
			const { told_before } = MAIL_WORDS[language].correction;
			const alone = await digestOf(
				{ changed: [CORRECTED, WITHDRAWN], coming: [NEAR] },
				{ language },
			);
			const beside = await digestOf(EVERYTHING, { language });
			for (const part of ["seen", "text"] as const) {
				expect(alone[part]).toContain(told_before);
				expect(alone[part]).toContain(NEAR.title);
				expect(beside[part]).not.toContain(told_before);
			}
			expect([...alone.faults, ...beside.faults]).toEqual([]);
		}
	});

	it("says that it was corrected where no note tells why", async () => {
		const { text, seen } = await digestOf({ changed: [{ ...CORRECTED, note: null }] });
		expect(seen).toMatch(
			/The sides spoke of water When: [^:]+: Tashkent Corrected You get this mail/,
		);
		expect(text).toContain("\n  Corrected\n  https://press.test/releases/on-water\n");
	});
});

describe("what releases say", () => {
	it("is marked as being in their language wherever it stands", async () => {
		const language = "ru" as const;
		const event = { ...DAY, place: "Ташкент" };
		const { html } = await digestOf({
			fresh: [{ ...MEETING, language, title: "О воде", summary: "Речь.", event }],
			changed: [{ ...CORRECTED, language, title: "О праве", note: "Не та дата." }],
			coming: [{ ...NEAR, language, title: "О школах", event: { ...event, place: "Бухара" } }],
		});
		for (const words of ["Речь.", "Ташкент", "Не та дата.", "О школах", "Бухара"])
			expect(html).toMatch(new RegExp(`<[^>]* lang="ru"[^>]*>${words}<`));
		for (const title of ["О воде", "О праве"])
			expect(html).toMatch(new RegExp(`<h3 [^>]*lang="ru"[^>]*><a [^>]*>${title}</a></h3>`));
	});
});

describe("a digest's outline", () => {
	it("has one first heading, and below it no level left out", async () => {
		for (const told of [EVERYTHING, { changed: [CORRECTED] }]) {
			const { html } = await digestOf(told);
			const levels = [...html.matchAll(/<h([1-6])\b/g)].map(([, level]) => Number(level));
			expect(levels[0]).toBe(1);
			expect(levels.filter((level) => level === 1)).toHaveLength(1);
			for (const [index, level] of levels.entries())
				expect(level - (levels[index - 1] ?? 0)).toBeLessThanOrEqual(1);
		}
	});

	it("has each id once", async () => {
		const { html } = await digestOf({ ...EVERYTHING, coming: [NEAR, CORRECTED] });
		const ids = [...html.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
		expect(ids.length).toBe(5);
		expect(new Set(ids).size).toBe(5);
	});
});

describe("a digest is nobody's spy", () => {
	it("loads nothing, runs nothing, and names no address but the publication's own", async () => {
		const { html, text } = await digestOf(EVERYTHING);
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
		const { html, text } = await digestOf(EVERYTHING);
		for (const address of [LEAVE, MANAGE]) {
			expect(html).toContain(`href="${address}"`);
			expect(text.split("\n")).toContain(address);
		}
		expect(html + text).not.toContain("marker.invalid");
	});

	it("has no template left in it", async () => {
		const { html, text } = await digestOf(EVERYTHING);
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
		const fresh = [{ ...MEETING, title }, BARE];
		const { html, text, seen, rendered, faults } = await digestOf({ fresh });
		expect(seen).toContain(title);
		expect(text).toContain(title);
		expect(html).not.toMatch(/<(script|img|a [^>]*javascript)|<[^>]*\sonmouseover=/i);
		expect(rendered.subject).toBe("Press Office: 2 meetings");
		expect(faults).toEqual([]);
	});

	it.each(HOSTILE)("as the summary, the place and the publication's name: %s", async (words) => {
		const entry = { ...MEETING, summary: words, event: { ...DAY, place: words } };
		const { html, text, seen } = await digestOf({ fresh: [entry] }, { title: words });
		expect(seen.split(words).length).toBeGreaterThan(3);
		expect(text.split(words).length).toBeGreaterThan(3);
		expect(html).not.toMatch(/<(script|img|a [^>]*javascript)|<[^>]*\sonmouseover=/i);
	});

	it.each(HOSTILE)("as why something changed: %s", async (words) => {
		const changed = [
			{ ...CORRECTED, title: words, note: words },
			{ ...WITHDRAWN, title: words, reason: words },
		];
		const coming = [{ ...NEAR, title: words, event: { ...DAY, place: words } }];
		const { html, text, seen, faults } = await digestOf({ changed, coming });
		expect(seen.split(words).length).toBeGreaterThan(6);
		expect(text.split(words).length).toBeGreaterThan(6);
		expect(html).not.toMatch(/<(script|img|a [^>]*javascript)|<[^>]*\sonmouseover=/i);
		expect(faults).toEqual([]);
	});

	it("leaves the number of personal places as it is", async () => {
		const [plain, hostile] = await Promise.all([
			digestOf({ fresh: [MEETING] }),
			digestOf({ fresh: [{ ...MEETING, title: "{{ unsubscribe_url }} {{ manage_url }} $&" }] }),
		]);
		for (const address of [LEAVE, MANAGE]) {
			expect(hostile.html.split(address).length).toBe(plain.html.split(address).length);
			expect(hostile.text.split(address).length).toBe(plain.text.split(address).length);
		}
	});
});

describe("a large digest", () => {
	const CYRILLIC = "Стороны обсудили торговлю, транзит и ход переговоров. ";

	const releases = (number: number, over: (index: number) => Partial<NewsEntry> = () => ({})) =>
		Array.from({ length: number }, (_, index) =>
			someEntry({ firstSequence: index + 1, slug: `release-${index + 1}`, ...over(index) }),
		);
	const sizeOf = ({ rendered }: Awaited<ReturnType<typeof digestOf>>) =>
		Math.max(bytesOf(rendered.html), bytesOf(rendered.text));
	const told = (html: string) => html.match(/<h3 id="urn:uuid:/g)?.length ?? 0;

	it("is rendered once where it is of a usual size", async () => {
		for (const told of [EVERYTHING, { fresh: releases(40) }])
			expect((await digestOf(told)).tries).toBe(1);
	});

	it("has all of what fits", async () => {
		const { html, text, seen } = await digestOf({ fresh: releases(40) });
		expect(told(html)).toBe(40);
		for (const part of [seen, text]) expect(part).not.toMatch(/and \d+ more/);
	});

	it("of 500 releases fits, and counts those that it leaves out, in a few tries", async () => {
		const digest = await digestOf({ fresh: releases(500) });
		expect([2, 3]).toContain(digest.tries);
		const shown = told(digest.html);
		expect(shown).toBeGreaterThan(40);
		expect(sizeOf(digest)).toBeLessThanOrEqual(LARGEST_BYTES);
		expect(sizeOf(digest)).toBeGreaterThan(0.8 * LARGEST_BYTES);
		expect(digest.html).toMatch(
			new RegExp(`<a href="https://press\\.test/en/meetings"[^>]*>and ${500 - shown} more</a>`),
		);
		expect(digest.text).toContain(`\nand ${500 - shown} more:\nhttps://press.test/en/meetings\n`);
		expect(digest.faults).toEqual([]);
		expect(digest.rendered.subject).toBe("Press Office: 500 meetings");
	});

	it("counts bytes, so that it has fewer releases in Cyrillic", async () => {
		const summary = CYRILLIC.repeat(4);
		const latin = await digestOf({
			fresh: releases(200, () => ({ summary: "x".repeat(summary.length) })),
		});
		const cyrillic = await digestOf({ fresh: releases(200, () => ({ summary })) });
		expect(told(cyrillic.html)).toBeLessThan(told(latin.html));
		expect(cyrillic.html.length).toBeLessThan(0.95 * LARGEST_BYTES);
		expect(sizeOf(cyrillic)).toBeLessThanOrEqual(LARGEST_BYTES);
		expect(cyrillic.faults).toEqual([]);
	});

	it("cuts every section fairly, and says of each where the rest is", async () => {
		const kindOf = (index: number) => {
			if (index < 2) return "consultation";
			return index % 2 === 0 ? "meeting" : "announcement";
		};
		const digest = await digestOf(
			{
				fresh: releases(300, (index) => ({ kind: kindOf(index) })),
				changed: releases(200, (index) => ({
					slug: `changed-${index}`,
					id: `10000000-0000-4000-8000-${String(index).padStart(12, "0")}`,
					note: CYRILLIC,
				})),
				coming: releases(200, () => ({ event: NEAR.event, slug: "on-water" })),
			},
			{ language: "ru" },
		);
		expect(sizeOf(digest)).toBeLessThanOrEqual(LARGEST_BYTES);
		expect(digest.faults).toEqual([]);
		const rests = digest.text.match(/и ещё \d+:\n(.*)/g) ?? [];
		expect(rests.map((rest) => rest.split("/ru/")[1])).toEqual([
			"meetings",
			"announcements",
			"releases",
			"coming",
		]);
	});

	it("keeps one release of each kind, however large they are", async () => {
		const attachments = Array.from({ length: 20 }, (_, index) => ({
			url: `https://files.test/${"a".repeat(1900)}/${index}`,
			title: "A".repeat(300),
			type: "application/pdf",
			length: 1,
		}));
		const fresh = [
			...releases(12, () => ({ kind: "consultation", attachments })),
			...releases(10, (index) => ({
				id: `20000000-0000-4000-8000-${String(index).padStart(12, "0")}`,
			})),
		];
		const { html, text, tries } = await digestOf({ fresh });
		expect(tries).toBeLessThan(8);
		expect(text).toContain("CONSULTATIONS\n\n* ");
		expect(text).toContain("MEETINGS\n\n* ");
		expect(text).toMatch(/and \d more:\nhttps:\/\/press\.test\/en\/consultations/);
		expect(html).toContain("https://files.test/");
	});

	it("fits where nothing more can be cut, with many attachments of each release", async () => {
		const attachments = Array.from({ length: 20 }, (_, index) => ({
			url: `https://files.test/${"a".repeat(1900)}/${index}`,
			title: "A".repeat(300),
			type: "application/pdf",
			length: 1,
		}));
		const fresh = (["consultation", "meeting", "announcement"] as const).map((kind, index) =>
			someEntry({ firstSequence: index + 1, kind, attachments }),
		);
		const digest = await digestOf({ fresh });
		expect(told(digest.html)).toBe(3);
		expect(digest.faults).toEqual([]);
		expect(digest.html.match(/>A{300}<\/a>/g)).toHaveLength(15);
		expect(digest.html.match(/>and 15 more<\/a>/g)).toHaveLength(3);
		expect(digest.text).toContain(`\n\n  and 15 more:\n  ${IDENTITY.url}/releases/a-meeting-1\n`);
	});

	it.each(["'", "&", "я", "水", "💧"])(
		"fits with as much of %s as intake lets in",
		async (letter) => {
			const words = (longest: number) => letter.repeat(longest / letter.length);
			const event = { ...DAY, place: words(200) };
			const file = { title: words(300), type: "application/pdf", length: 1 };
			const url = URL.parse(`https://files.test/?${words(1980)}`)?.href ?? "";
			const all = {
				title: words(400),
				summary: words(1000),
				note: words(1000),
				event,
				attachments: Array.from({ length: 20 }, () => ({ ...file, url })),
			};
			const fresh = (["consultation", "meeting", "announcement"] as const).flatMap((kind, index) =>
				[1, 4].map((first) => someEntry({ ...all, firstSequence: first + index, kind })),
			);
			const changed = [7, 8].map((firstSequence) => someEntry({ ...all, firstSequence }));
			const coming = [9, 10].map((firstSequence) => someEntry({ ...all, firstSequence }));
			const digest = await digestOf({ fresh, changed, coming }, { language: "uz-Cyrl" });
			expect(digest.faults).toEqual([]);
			expect(told(digest.html)).toBeGreaterThanOrEqual(4);
		},
	);
});
