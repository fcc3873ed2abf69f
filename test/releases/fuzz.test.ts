import { env } from "cloudflare:workers";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { readableText } from "../digests/readable.ts";
import { fromHtml, itemsOf, type JsonFeed, textOf } from "../feeds/reading.ts";
import { parseXml } from "../feeds/xml.ts";
import { DAY_MS, type Desk, JSON_TYPE, openDesk, someFields } from "../support/desk.ts";
import { emptyStores } from "../support/house.ts";
import { withoutData } from "../support/page-data.ts";
import { answered, refused, stored } from "./answers.ts";

/** The same cases each time; another seed finds others. */
const runs = (numRuns: number) => ({ seed: 20_261_122, numRuns });

const TYPES = [
	"text/plain",
	"text/plain; charset=utf-8",
	"text/markdown",
	JSON_TYPE,
	"application/json; charset=utf-16le",
	"text/plain; charset=windows-1251",
	"text/plain; charset=iso-2022-jp",
	"text/markdown; charset=utf-16be",
	"text/plain; charset=replacement",
	"text/plain; charset=x-user-defined",
	'text/plain; charset="gb18030"',
	"text/plain; charset=",
	"TEXT/PLAIN;charset=UTF-8;charset=latin1",
	"text/plain;;;=;charset",
	"application/json+ld",
	"application/x-www-form-urlencoded",
	"multipart/form-data; boundary=x",
	"*/*",
	"/",
	"",
];

/** Pieces of text that have broken programs before. */
const NASTY = [
	"\u0000",
	"\ud800",
	"\udc00",
	"\ufffe",
	"\ufeff",
	"\u200f\u202eabc\u202c",
	"\u0085\u2028\u2029",
	"\r",
	"\r\n\r\n",
	"]]>",
	"<![CDATA[",
	"</script><script>",
	"&amp;&#0;&nbsp;&lt;",
	"<!--",
	"💧👨‍👩‍👧🇺🇿",
	"e\u0301\u0323",
	"Ташкент, 5 мая.",
	"Joriy yil 4 oktabrda",
	"on 31 February 2026",
	"October 1-2, 2025",
	"---\n",
	"# ",
	"{{ 7 | times: 7 }}{% raw %}",
	"$& $1 %s %00",
	"'; DROP TABLE releases; --",
	"\\u0000\\",
	"__proto__",
	"\t\v\f\u00a0\u3000",
];
const nasty = fc.constantFrom(...NASTY);
const anyText = fc
	.array(
		fc.oneof(
			{ weight: 3, arbitrary: fc.lorem({ maxCount: 6 }) },
			{ weight: 4, arbitrary: nasty },
			{ weight: 2, arbitrary: fc.string({ unit: "binary", maxLength: 12 }) },
			{ weight: 1, arbitrary: fc.constantFrom("\n", "\n\n", " ") },
		),
		{ maxLength: 12 },
	)
	.map((parts) => parts.join(""));

const bytesOf = (text: string) => new TextEncoder().encode(text);

/** JSON that is nearly a release. */
const anyFields = fc
	.record(
		{
			title: fc.oneof(anyText, fc.jsonValue()),
			summary: fc.oneof(anyText, fc.constant(undefined)),
			body: fc.oneof(anyText, fc.jsonValue()),
			kind: fc.constantFrom("meeting", "consultation", "party", null),
			language: fc.constantFrom("en", "ru", "uz", "uz-Cyrl", "tlh", 7),
			issued: fc.oneof(fc.constantFrom("2026-11-20", "-000001-01-01"), anyText),
			dateline: fc.oneof(
				fc.constant(null),
				fc.record({ places: fc.array(anyText, { maxLength: 3 }), date: fc.constant("2026-11-20") }),
			),
			event: fc.oneof(
				fc.constant(null),
				fc.record({ starts: fc.constant("2026-12-01"), place: anyText }),
				fc.jsonValue(),
			),
			format: fc.constantFrom("plain", "commonmark", "html"),
			story: fc.oneof(fc.constant(null), fc.constantFrom("a", "b"), anyText),
			publish_at: fc.oneof(
				fc.constant(null),
				fc.constantFrom("2026-11-22T07:00:00Z", "9999-12-31T23:59:59Z", "0000-01-01T00:00:00Z"),
				anyText,
			),
			attachments: fc.oneof(
				fc.array(
					fc.record({
						url: fc.oneof(fc.webUrl(), anyText),
						title: anyText,
						type: fc.constantFrom("application/pdf", "x"),
						length: fc.oneof(fc.nat(), fc.double()),
					}),
					{ maxLength: 2 },
				),
				fc.jsonValue(),
			),
			note: fc.oneof(fc.constant(null), anyText),
		},
		{ requiredKeys: ["title", "body"] },
	)
	.map((fields) => bytesOf(JSON.stringify(fields)));

const anyBody = fc.oneof(
	{ weight: 2, arbitrary: fc.uint8Array({ maxLength: 300 }) },
	{ weight: 3, arbitrary: anyText.map(bytesOf) },
	{ weight: 1, arbitrary: anyText.map((text) => bytesOf(`---\n${text}\n---\n# ${text}\n${text}`)) },
	{ weight: 2, arbitrary: fc.json().map(bytesOf) },
	{ weight: 3, arbitrary: anyFields },
);

let desk: Desk;

beforeAll(async () => {
	await emptyStores();
	desk = openDesk();
});

/** A problem document with a status from 400 to 499. */
async function isRefused(response: Response): Promise<void> {
	expect(response.status).toBeGreaterThanOrEqual(400);
	expect(response.status).toBeLessThan(500);
	await refused(response, response.status);
}

/** Everything in the stores is whole: each row has its document, and can be read through the API. */
async function areWhole(): Promise<void> {
	const { results } = await env.LEDGER.prepare(
		`SELECT releases.id, releases.document, revisions.document AS recorded FROM releases
		LEFT JOIN revisions ON revisions.release = releases.id
			AND revisions.revision = releases.revision`,
	).all<{ id: string; document: string; recorded: string | null }>();
	for (const { id, document, recorded } of results) {
		expect(recorded).toBe(document);
		await answered(await desk.read(id), 200);
	}
}

describe("whatever is posted", () => {
	it("is published whole or refused with a problem document, and never half stored", async () => {
		const outcomes = new Set<number>();
		await fc.assert(
			fc.asyncProperty(
				anyBody,
				fc.constantFrom(...TYPES),
				fc.constantFrom("", "?kind=meeting&language=en", "?kind=meeting&language=ru&dry_run=true"),
				fc.constantFrom("", "one-key", '"another"'),
				async (body, type, query, key) => {
					// Each on a day of its own, so that none is the twin of another.
					desk.time.now += DAY_MS;
					const before = await stored();
					const headers: Record<string, string> = key === "" ? {} : { "Idempotency-Key": key };
					const sent = { body: body as Uint8Array<ArrayBuffer>, type, headers };
					const response = await desk.ask("POST", `/api/releases${query}`, sent);
					outcomes.add(response.status);
					const isReplayed = response.headers.has("Idempotency-Replayed");
					if (response.status === 201 && !isReplayed) {
						const { release } = await answered(response, 201);
						await answered(await desk.read(release.id), 200);
						const page = await desk.page(release.url);
						expect(page.status).toBe(release.status === "published" ? 200 : 404);
						expect(await stored()).toEqual({
							releases: (before.releases ?? 0) + 1,
							documents: before.documents + 1,
						});
						return;
					}
					if (response.status >= 300) await isRefused(response);
					expect(await stored()).toEqual(before);
				},
			),
			runs(350),
		);
		// Else the cases would show little.
		for (const status of [201, 200, 400, 415, 422]) expect([...outcomes]).toContain(status);
		await areWhole();
		// What was published by it can stand in every feed.
		await desk.settle();
		for (const language of ["en", "ru", "uz", "uz-Cyrl"]) {
			parseXml(await (await desk.page(`/${language}/rss.xml`)).text());
			JSON.parse(await (await desk.page(`/${language}/feed.json`)).text());
		}
	}, 60_000);

	it("to correct or withdraw changes it whole or not at all", async () => {
		const { release } = await answered(await desk.post({ title: "To be corrected" }), 201);
		const path = `/api/releases/${release.id}`;
		const outcomes = new Set<number>();
		await fc.assert(
			fc.asyncProperty(
				anyBody,
				fc.constantFrom(...TYPES),
				fc.oneof(fc.constant("*"), fc.constant('"1-published"'), fc.constant(null)),
				fc.constantFrom("", "?note=Mended&kind=meeting&language=en"),
				async (body, type, etag, query) => {
					const before = await (await desk.read(release.id)).text();
					const sent = { body: body as Uint8Array<ArrayBuffer>, type, etag };
					const response = await desk.ask("PUT", path + query, sent);
					outcomes.add(response.status);
					const after = await (await desk.read(release.id)).text();
					if (response.status === 200) expect(after).not.toBe(before);
					else {
						await isRefused(response);
						expect(after).toBe(before);
					}
					expect((await desk.page(release.url)).status).toBe(200);
				},
			),
			runs(120),
		);
		for (const status of [200, 400, 412, 415, 422, 428]) expect([...outcomes]).toContain(status);
		await areWhole();
	}, 60_000);

	it("as an address or a query is answered, or refused with a problem document", async () => {
		const word = fc.oneof(nasty, fc.string({ unit: "binary", maxLength: 8 })).map((text) => {
			const wellFormed = text.toWellFormed();
			return encodeURIComponent(wellFormed);
		});
		await fc.assert(
			fc.asyncProperty(
				fc.constantFrom("GET", "PUT", "DELETE"),
				fc.oneof(word, fc.constantFrom("%", "%ff", "%00", "..%2f")),
				fc.array(fc.tuple(fc.constantFrom("after", "limit", "from", "note", "reason", "x"), word), {
					maxLength: 2,
				}),
				async (method, id, query) => {
					const search = query.map(([name, value]) => `${name}=${value}`).join("&");
					const asked = { etag: "*", ...(method === "PUT" ? { body: someFields() } : {}) };
					const one = await desk.ask(method, `/api/releases/${id}?${search}`, asked);
					if (one.status !== 200) await isRefused(one);
					const list = await desk.ask("GET", `/api/releases?${search}`);
					if (list.status !== 200) await isRefused(list);
				},
			),
			runs(120),
		);
	}, 60_000);
});

/** A text as the sender is told that it is kept: without what no feed can carry. */
const kept = (text: string) =>
	text
		.toWellFormed()
		.replaceAll(/\r\n?/g, "\n")
		// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
		.replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "");
const keptLine = (text: string) => kept(text).replaceAll(/\s+/g, " ").trim();
const folded = (text: string) => text.replaceAll(/\s+/g, " ").trim();

/** What is published of a text, checked at the API, in both feeds and on the page. */
async function comesBack(title: string, summary: string, body: string, format: string) {
	await emptyStores();
	const fields = { title, summary, body, format, kind: "meeting", language: "en", event: null };
	const sent = { body: JSON.stringify(fields), type: JSON_TYPE };
	const { release } = await answered(await desk.ask("POST", "/api/releases", sent), 201);
	await desk.settle();
	const expected = {
		title: keptLine(title),
		summary: keptLine(summary),
		body: kept(body).trim(),
	};
	expect(release).toMatchObject(expected);
	expect((await answered(await desk.read(release.id), 200)).release).toEqual(release);

	const { items } = await (await desk.page("/feed.json")).json<JsonFeed>();
	expect(items[0]).toMatchObject({
		title: expected.title,
		summary: expected.summary,
		content_text: expected.body,
	});
	const [channel] = parseXml(await (await desk.page("/rss.xml")).text()).children;
	const [item] = channel ? itemsOf(channel) : [];
	expect(textOf(item, "title")).toBe(expected.title);
	expect(fromHtml(textOf(item, "description"))).toBe(expected.summary);
	const html = items[0]?.content_html ?? "";
	expect(textOf(item, "content:encoded")).toBe(html);

	const response = await desk.page(release.url);
	const page = await response.text();
	expect(response.status).toBe(200);
	expect(page).toContain(html);
	expect(withoutData(page)).not.toContain("<script");
	expect(await readableText(/<h1>(.*?)<\/h1>/s.exec(page)?.[1] ?? "")).toBe(folded(expected.title));
	if (format === "plain") {
		const lines = html.replaceAll("<br>", "\n").replaceAll("</p>", "\n\n");
		expect(await readableText(lines)).toBe(folded(expected.body));
	}
}

describe("what is published comes back from the API, both feeds and the page", () => {
	it.each([
		["entities", "AT&T &amp; &lt;b&gt; &#60; &nbsp; &copy &unknown; &#x1F4A7;"],
		["markup", "</title></item></channel><script>alert(1)</script><!-- x --><?php ?>"],
		["the end of a section", "]]> ]]]]>> <![CDATA[ x ]]> ]]&gt;"],
		["right-to-left marks", "\u200fسلام\u202e abc \u202c \u2067x\u2069 שלום"],
		["emoji", "💧👨‍👩‍👧‍👦🇺🇿 e\u0301 ﬁ ½ ™️"],
		["halves of characters", "a\ud800b\udfffc \udc00\ud800"],
		["what XML has not", "a\u0000b\u0008c\u000bd\u001fe\ufffef\uffffg"],
		["line ends", "One\r\ntwo\rthree\u0085four\u2028five"],
		["spaces", "a\u00a0b\u3000c\u2009d\te"],
		["templates", "{{ 7 | times: 7 }} {% raw %} $& $1 %s"],
		["quotes and backslashes", `"a" 'b' \\ \\n \\u0041 \``],
	])("%s", async (_what, text) => {
		for (const format of ["plain", "commonmark"])
			await comesBack(`T ${text} t`, `S ${text} s`, `B ${text} b\n\n${text} c`, format);
	});

	it("a paragraph of 100 kB, and one word of 100 kB", async () => {
		const paragraph = "Стороны встретятся в Ташкенте & «Самарканде». ".repeat(1300);
		const word = "я".repeat(50_000);
		for (const format of ["plain", "commonmark"])
			await comesBack("A long one", "Long.", `${paragraph}\n\n${word}\n\nEnd.`, format);
	});

	it("whatever is made up", async () => {
		const withWord = anyText.map((text) => `a${text}z`);
		await fc.assert(
			fc.asyncProperty(
				withWord.filter((text) => text.length <= 300),
				withWord,
				withWord,
				fc.constantFrom("plain", "commonmark"),
				async (title, summary, body, format) =>
					comesBack(title, summary.slice(0, 900), body, format),
			),
			runs(60),
		);
	}, 60_000);
});
