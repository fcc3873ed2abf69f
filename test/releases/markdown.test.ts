import { beforeEach, describe, expect, it } from "vitest";
import { proseHtml } from "../../src/site/prose.ts";
import { readableText } from "../digests/readable.ts";
import { itemsOf, textOf } from "../feeds/reading.ts";
import { parseXml } from "../feeds/xml.ts";
import { type Desk, openDesk } from "../support/desk.ts";
import { emptyStores } from "../support/house.ts";
import { answered, faultyFields, NOTHING, refused, stored } from "./answers.ts";

let desk: Desk;

beforeEach(async () => {
	await emptyStores();
	desk = openDesk();
});

const send = (text: string, query = "?kind=meeting&language=en") =>
	desk.ask("POST", `/api/releases${query}`, { body: text, type: "text/markdown" });

const taken = async (text: string, query?: string) =>
	(await answered(await send(text, query), 201)).release;

/** The body as the page has it, and as both feeds have it, which may show pictures. */
async function htmlOf(url: string): Promise<{ page: string; feeds: string }> {
	await desk.settle();
	const page = await (await desk.page(url)).text();
	const prose = /<div class="prose">([\s\S]*?)<\/div>/.exec(page)?.[1] ?? "";
	const [channel] = parseXml(await (await desk.page("/rss.xml")).text()).children;
	const [item] = channel ? itemsOf(channel) : [];
	const { items } = await (await desk.page("/feed.json")).json<{
		items: { content_html: string }[];
	}>();
	const html = items[0]?.content_html ?? "";
	expect(textOf(item, "content:encoded")).toBe(html);
	return { page: prose, feeds: html };
}

/** The body of a text that has a title and then this: on the page, and then in the feeds. */
async function bodyOf(markdown: string): Promise<string> {
	const { page, feeds } = await htmlOf((await taken(`# A title\n\n${markdown}`)).url);
	expect(page).toBe(proseHtml({ body: markdown.trim(), format: "commonmark" }));
	return `${page}\n${feeds}`;
}

describe("front matter", () => {
	it("gives every field that JSON gives", async () => {
		const text = `---
kind: consultation
language: uz-Cyrl
title: Сув ҳақида
summary: |
  Two lines
  become one.
issued: 2026-11-20
dateline:
  places: [Tashkent, Vienna]
  date: 2026-11-19
event: { starts: 2026-12-01, ends: 2026-12-02, place: Samarkand }
story: water-1
publish_at: 2026-11-23T09:00:00+05:00
attachments:
  - url: https://press.test/a.pdf
    title: Agenda
    type: application/pdf
    length: 12
---

First **paragraph**.

Second.
`;
		const response = await send(text, "");
		const { release, inferred } = await answered(response, 201);
		expect(release).toMatchObject({
			format: "commonmark",
			kind: "consultation",
			language: "uz-Cyrl",
			title: "Сув ҳақида",
			summary: "Two lines become one.",
			body: "First **paragraph**.\n\nSecond.",
			issued: "2026-11-20",
			dateline: { places: ["Tashkent", "Vienna"], date: "2026-11-19" },
			event: { starts: "2026-12-01", ends: "2026-12-02", place: "Samarkand" },
			story: "water-1",
			publish_at: "2026-11-23T04:00:00.000Z",
			status: "scheduled",
			attachments: [
				{ url: "https://press.test/a.pdf", title: "Agenda", type: "application/pdf", length: 12 },
			],
		});
		expect(inferred).toEqual({});
	});

	it("wins over nothing, and the query over it", async () => {
		const text = "---\nkind: consultation\nlanguage: ru\ntitle: A title\n---\nText.";
		expect(await taken(text, "?kind=announcement")).toMatchObject({
			kind: "announcement",
			language: "ru",
		});
	});

	it.each([
		["none", "A text without a heading.", undefined],
		["an empty one", "---\n---\n# On water\n\nText.", "On water"],
		["one with nothing but a remark", "---\n# no field\n---\n# On water\n\nText.", "On water"],
		["CR LF", "---\r\ntitle: On water\r\n---\r\nText.\r\n", "On water"],
		["spaces behind its fences", "---  \ntitle: On water\n---\t\nText.", "On water"],
		["three dots at its end", "---\ntitle: On water\n...\nText.", "On water"],
		["a byte order mark", "\ufeff---\ntitle: On water\n---\nText.", "On water"],
	])("may be %s", async (_what, text, title) => {
		if (title === undefined) {
			expect(await faultyFields(await send(text))).toEqual(["title"]);
			return;
		}
		expect(await taken(text)).toMatchObject({ title, body: "Text." });
	});

	it.each([
		["an unclosed bracket", "title: [On water"],
		["a tab", "title:\n\t- x"],
		["a field twice", "title: A\ntitle: B"],
		["a list", "- a\n- b"],
		["a text", "just words"],
		["a number", "7"],
		["an alias", "title: &a On water\nsummary: *a"],
		["an alias of nothing", "title: *a"],
		[
			"a bomb of aliases",
			`a: &a [x,x,x,x,x,x,x,x,x]\n${[..."bcdefghi"]
				.map((name, n) => `${name}: &${name} [${Array(9).fill(`*${"abcdefgh"[n]}`)}]`)
				.join("\n")}\ntitle: *i`,
		],
		["an alias of itself", "&a [*a]"],
		["a merge of itself", "a: &a\n  <<: *a"],
		["brackets without end", "[".repeat(100_000)],
		["brackets in brackets", `a: ${"[".repeat(20_000)}${"]".repeat(20_000)}`],
	])("that is not a mapping in YAML is malformed: %s", async (_what, yaml) => {
		await refused(await send(`---\n${yaml}\n---\nText.`), 400);
		expect(await stored()).toEqual(NOTHING);
	});

	it.each([
		["issued: 2026-11-20T10:00:00Z", "issued"],
		["issued: 20261120", "issued"],
		["publish_at: 2026-11-23", "publish_at"],
		["title: 2026", "title"],
		["titel: On water", "titel"],
		["kind: yes", "kind"],
		["event: no", "event"],
		["__proto__: { kind: meeting }", "__proto__"],
		["constructor: x", "constructor"],
		["? [a, b]\n: c", "[ a, b ]"],
	])("has fields to mend: %s", async (yaml, field) => {
		const title = yaml.startsWith("title") ? "" : "title: On water\n";
		expect(await faultyFields(await send(`---\n${title}${yaml}\n---\nText.`))).toEqual([field]);
		expect(await stored()).toEqual(NOTHING);
	});

	it("leaves dates and words like yes as they are written", async () => {
		const release = await taken("---\ntitle: yes\nissued: 2026-11-20\nsummary: 'on'\n---\nText.");
		expect(release).toMatchObject({ title: "yes", issued: "2026-11-20", summary: "on" });
	});
});

describe("a heading at the top", () => {
	it.each([
		["# On water\n\nText.", "On water"],
		["\n\n# On water\nText.", "On water"],
		["   #\tOn water  ##  \nText.", "On water"],
		["# On C#\nText.", "On C#"],
		["# On #1 and # 2 #\nText.", "On #1 and # 2"],
		["# On water\r\nText.", "On water"],
	])("is the title and not of the body: %j", async (text, title) => {
		expect(await taken(text)).toMatchObject({ title, body: "Text." });
	});

	it.each([
		"## On water\n\nText.",
		"    # On water\n\nText.",
		"#On water\n\nText.",
		"Text.\n\n# On",
	])("is not any other: %j", async (text) => {
		expect(await faultyFields(await send(text))).toEqual(["title"]);
		expect((await taken(`---\ntitle: T\n---\n${text}`)).body).toBe(text.trim());
	});

	it("stays in the body where the front matter has a title", async () => {
		const release = await taken("---\ntitle: On water\n---\n# Another\n\nText.");
		expect(release).toMatchObject({ title: "On water", body: "# Another\n\nText." });
	});

	it.each([
		["spaces", `# a${" ".repeat(200_000)}b`],
		["number signs", `# a ${"#".repeat(200_000)}b`],
		["number signs and spaces", `# a${" #".repeat(100_000)}b`],
		["blank lines", `${" \n".repeat(100_000)}b`],
		["fences", `---\n${"---  x\n".repeat(30_000)}`],
	])("is read in the time that its length takes: %s", async (_what, text) => {
		const begun = Date.now();
		expect((await send(text)).status).toBeLessThan(500);
		expect(Date.now() - begun).toBeLessThan(5000);
	});
});

describe("a body", () => {
	it("is CommonMark: the same on the page and in both feeds", async () => {
		const html = await bodyOf(
			'One *two* **three** `four <b>`.\n\n- a\n  - b\n    1. c\n- d\n\n> Quoted\n\n## Later\n\n[Link](https://press.test/a?b=c&d "Title")',
		);
		expect(html).toContain("<em>two</em> <strong>three</strong> <code>four &lt;b&gt;</code>");
		expect(html.replaceAll(/\s/g, "")).toContain(
			"<ul><li>a<ul><li>b<ol><li>c</li></ol></li></ul></li><li>d</li></ul>",
		);
		expect(html).toContain("<blockquote>\n<p>Quoted</p>\n</blockquote>");
		expect(html).toContain("<h2>Later</h2>");
		expect(html).toContain('<a href="https://press.test/a?b=c&amp;d" title="Title">Link</a>');
	});

	it.each([
		"<script>alert(1)</script>",
		"<b onclick=alert(1)>bold</b>",
		"<!-- a remark -->",
		"<?php echo 1 ?>",
		"<![CDATA[ x ]]>",
		"<iframe src=https://evil.test></iframe>",
		"<div>\n*x*\n</div>",
		"</div></article>",
	])("shows raw HTML as text: %s", async (raw) => {
		const html = await bodyOf(`Before ${raw} after\n\n${raw}\n\nEnd`);
		const tags = [...html.matchAll(/<\/?([a-z]+)[^>]*>/g)].map(([, name]) => name);
		expect(new Set(tags).difference(new Set(["p", "em"]))).toEqual(new Set());
		const words = raw.replaceAll(/\s+/g, " ").replaceAll("*", "");
		expect((await readableText(html)).replaceAll("*", "")).toContain(words);
	});

	it.each([
		"javascript:alert(1)",
		"JaVaScRiPt:alert(1)",
		"&#106;avascript:alert(1)",
		"java\\script:alert(1)",
		"vbscript:x",
		"data:text/html,<script>",
		"file:///etc/passwd",
	])("drops the address of a link that is not one to follow: %s", async (address) => {
		const html = await bodyOf(
			`[a](<${address}>) <${address}> ![i](<${address}>)\n\n[b]\n\n[b]: ${address.replaceAll(/[<>]/g, "")}`,
		);
		for (const [, attribute] of html.matchAll(/\s(?:href|src)="([^"]*)"/g))
			expect(attribute).not.toMatch(/^\s*[a-z]+script:|^data:|^file:/i);
	});

	it.each([
		"https://press.test/",
		"http://press.test/",
		"mailto:desk@press.test",
		"/releases/x",
		"#a",
	])("keeps the address of a link: %s", async (address) => {
		expect(await bodyOf(`[a](${address})`)).toContain(`<a href="${address}">a</a>`);
	});

	it("does not break out of the feed or the page", async () => {
		const html = await bodyOf("]]> </content:encoded> `]]>` [x](https://press.test/?a=]]>)");
		expect(html).toContain("]]&gt; &lt;/content:encoded&gt;");
	});

	it("is as it was written in the API and in the JSON feed's text", async () => {
		const body = "*a*  \n<b>\n\n\n\n    code\n\n- x\n\n\\*";
		const { id, url } = await taken(`# T\n\n${body}`);
		expect((await answered(await desk.read(id), 200)).release.body).toBe(body);
		await htmlOf(url);
		const { items } = await (await desk.page("/feed.json")).json<{
			items: { content_text: string }[];
		}>();
		expect(items[0]?.content_text).toBe(body);
	});
});

describe("the format of a body", () => {
	const post = async (type: string, body: string) => {
		const query = "?kind=meeting&language=en";
		const answer = await desk.ask("POST", `/api/releases${query}`, { body, type });
		return (await answered(answer, 201)).release;
	};

	it("is CommonMark in JSON, unless that says otherwise", async () => {
		const fields = { title: "T", body: "*a* <b>\nc" };
		const marked = await post("application/json", JSON.stringify(fields));
		expect(marked.format).toBe("commonmark");
		const markedHtml = "<p><em>a</em> &lt;b&gt;\nc</p>";
		expect(await htmlOf(marked.url)).toEqual({ page: markedHtml, feeds: markedHtml });
		const plain = { ...fields, title: "Plain", format: "plain" };
		const unmarked = await post("application/json", JSON.stringify(plain));
		expect(unmarked.format).toBe("plain");
		const unmarkedHtml = "<p>*a* &#60;b&#62;<br>c</p>";
		expect(await htmlOf(unmarked.url)).toEqual({ page: unmarkedHtml, feeds: unmarkedHtml });
	});

	it("is plain in plain text", async () => {
		const release = await post("text/plain", "A meeting on water\n\nThe *parties* meet <b>.");
		expect(release.format).toBe("plain");
		const releaseHtml = "<p>The *parties* meet &#60;b&#62;.</p>";
		expect(await htmlOf(release.url)).toEqual({ page: releaseHtml, feeds: releaseHtml });
	});

	it("is one that there is", async () => {
		const fields = { title: "T", body: "x", format: "html" };
		const query = "/api/releases?kind=meeting&language=en";
		expect(await faultyFields(await desk.ask("POST", query, { body: fields }))).toEqual(["format"]);
	});
});

it("refuses lists in lists without end, which take long to render", async () => {
	const body = `${"- ".repeat(500)}a`;
	const { errors } = await refused(await desk.post({ body, format: "commonmark" }), 422);
	expect(errors).toMatchObject([{ field: "body" }]);
	expect((await desk.post({ body: `${"- ".repeat(19)}a` })).status).toBe(201);
});
