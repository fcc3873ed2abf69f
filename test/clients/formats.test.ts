import { rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { describeWith } from "../support/describe-with.ts";
import { startTestWorker, type TestWorker } from "../support/local.ts";
import { type Everything, publishEverything, TIMED } from "./everything.ts";
import * as feedparser from "./feedparser.ts";
import * as feedsmith from "./feedsmith.ts";
import { openPressOffice, type Release } from "./press-office.ts";
import { makeHome } from "./program.ts";
import { toldOf } from "./told.ts";

const FILES = Object.keys(feedsmith.PARSERS);

/** Parts of the Markdown release that a client must show, as HTML. */
const MARKDOWN_PARTS = [
	"<strong>adopted</strong> its <em>rules</em>",
	"<li>Who measures?</li>",
	'href="https://files.example.org/annex.pdf?a=1&amp;b=2"',
	"<code>a &lt; b &amp;&amp; c &gt; d</code>",
	"&lt;script&gt;alert(&quot;not run&quot;)&lt;/script&gt;</li>",
	"<pre><code>if (a &lt; b &amp;&amp; c) return &quot;]]&gt;&quot;;\n</code></pre>",
	"<blockquote>\n<p>Nobody is below the law.</p>\n</blockquote>",
];

/** A feed, or one of its archives, as it was served. */
interface Document extends feedsmith.ReadFeed {
	readonly address: string;
	readonly text: string;
}

/** A feed in one format and its archives, the newest document first. */
interface Walk {
	readonly title: string;
	readonly language: string | null;
	/** `http://localhost/en/meetings` */
	readonly base: string;
	readonly file: string;
	readonly documents: readonly Document[];
}

let worker: TestWorker;
let everything: Everything;
let walks: readonly Walk[];

beforeAll(async () => {
	worker = await startTestWorker();
	everything = await publishEverything(openPressOffice(worker.url));
	walks = await walkAll();
});

afterAll(async () => {
	await worker?.stop();
});

async function walkAll(): Promise<Walk[]> {
	const listed = feedsmith.readOpml((await worker.visitor.read("/feeds.opml")).text);
	const found: Walk[] = [];
	for (const { title, address, language } of listed)
		for (const file of FILES) {
			const base = address.replace(/\/rss\.xml$/, "");
			found.push({ title, language, base, file, documents: await walk(`${base}/${file}`, file) });
		}
	return found;
}

async function walk(from: string, file: string): Promise<Document[]> {
	const documents: Document[] = [];
	for (let address: string | undefined = from; address; address = documents.at(-1)?.previous) {
		const { status, text } = await worker.visitor.read(address);
		expect(status, address).toBe(200);
		documents.push({ ...parse(file, text), address, text });
	}
	return documents;
}

function parse(file: string, text: string): feedsmith.ReadFeed {
	const parser = feedsmith.PARSERS[file];
	if (!parser) throw new Error(`no parser for ${file}`);
	return parser(text);
}

/** The releases that a walk is to lead to, the first published first. */
function expectedIn({ base, language }: Walk): Release[] {
	const kind = /\/(consultation|meeting|announcement)s$/.exec(base)?.[1];
	return everything.releases.filter(
		(release) =>
			(language === null || release.language === language) &&
			(kind === undefined || release.kind === kind),
	);
}

/** What was published under the permanent id of an item. */
function releaseOf({ id }: { readonly id: string }): Release {
	const release = everything.releases.find((one) => id === `urn:uuid:${one.id}`);
	if (!release) throw new Error(`nobody published ${id}`);
	return release;
}

const idsOf = ({ items }: Pick<feedsmith.ReadFeed, "items">) => items.map(({ id }) => id);

describe("feedsmith", () => {
	it("finds twenty feeds in the subscription list, each under its own name", () => {
		expect(walks).toHaveLength(20 * FILES.length);
		for (const { title, language, documents } of walks)
			for (const document of documents) {
				expect(document.title, document.address).toBe(title);
				expect(document.language ?? null, document.address).toBe(language);
			}
	});

	it("is led to a page for each", async () => {
		for (const { page } of feedsmith.readOpml((await worker.visitor.read("/feeds.opml")).text))
			expect((await fetch(page)).status, page).toBe(200);
	});

	it("reads each release in every format as it was published", () => {
		for (const { file, documents } of walks)
			for (const { address, items } of documents)
				for (const item of items) {
					const expected = toldOf(releaseOf(item));
					const title = file === "rss.xml" ? feedsmith.titleInRss(expected.title) : expected.title;
					expect(item, address).toEqual({ ...expected, title });
				}
	});

	it("is led by the archives to every release that there is, and to no other", () => {
		for (const one of walks) {
			const known = new Set(one.documents.flatMap(idsOf));
			const expected = expectedIn(one).map(({ id }) => `urn:uuid:${id}`);
			expect([...known].toSorted(), one.base).toEqual(expected.toSorted());
		}
		expect(walks.some(({ documents }) => documents.length > 3)).toBe(true);
	});

	it("reads the same ids in the same order in RSS, Atom and JSON", () => {
		for (let index = 0; index < walks.length; index += FILES.length) {
			const [rss, ...others] = walks
				.slice(index, index + FILES.length)
				.map(({ documents }) => documents.map(idsOf));
			for (const other of others) expect(other, walks[index]?.base).toEqual(rss);
		}
	});

	it("reads each document newest first, and no release twice in one", () => {
		const order = everything.releases.map(({ id }) => `urn:uuid:${id}`);
		for (const { address, items } of walks.flatMap(({ documents }) => documents)) {
			const places = items.map(({ id }) => order.indexOf(id));
			expect(places, address).toEqual([...new Set(places)].toSorted((one, other) => other - one));
		}
	});

	it("finds nothing of what is under embargo, nor of what was withdrawn", () => {
		const { embargoed, withdrawn } = everything;
		for (const { address, text } of walks.flatMap(({ documents }) => documents))
			for (const words of [embargoed.id, embargoed.title, withdrawn.body])
				expect(text, address).not.toContain(words);
	});
});

describe("a release's permanent id", () => {
	it("is the same in every format, in its calendar, and on its page for people and programs", async () => {
		const releases = everything.releases.filter(
			({ status, event }) => status === "published" && event !== null,
		);
		expect(releases.length).toBeGreaterThan(10);
		for (const release of releases) {
			const inFeeds = walks
				.filter(({ base }) => base.endsWith("/all"))
				.map(({ documents }) => idAt(release.url, documents));
			const calendar = (await worker.visitor.read(`${release.url}.ics`)).text;
			const page = (await worker.visitor.read(release.url)).text;
			const [{ identifier }] = JSON.parse(within(page, LINKED_DATA))["@graph"];
			const ids = [...inFeeds, within(calendar, UID), within(page, REFERENCE), identifier];
			expect(ids).toEqual(Array(FILES.length + 3).fill(`urn:uuid:${release.id}`));
		}
	});
});

const UID = /^UID:(.+)\r$/m;
const REFERENCE = /<code>(urn:[^<]+)<\/code>/;
const LINKED_DATA = /<script type="application\/ld\+json">([^<]+)<\/script>/;

function within(text: string, part: RegExp): string {
	return part.exec(text)?.[1] ?? "";
}

/** The id of the item that leads to a page. */
function idAt(url: string, documents: readonly Document[]): string | undefined {
	return documents.flatMap(({ items }) => items).find((item) => item.url === url)?.id;
}

describeWith("feedparser")("feedparser", () => {
	let feeds: readonly feedparser.ParsedFeed[];
	let home: string;

	beforeAll(async () => {
		home = makeHome();
		const addresses = walks
			.filter(({ file }) => file !== "feed.json")
			.flatMap(({ documents }) => documents.map(({ address }) => address));
		feeds = await feedparser.parseFeeds(addresses, home);
	});

	afterAll(() => rmSync(home, { recursive: true, force: true }));

	it("has no fault to find, and knows the version of each", () => {
		expect(feeds.length).toBeGreaterThan(40);
		for (const { address, status, fault, version } of feeds) {
			const expected = isRss(address) ? "rss20" : "atom10";
			expect([status, fault, version], address).toEqual([200, null, expected]);
		}
	});

	it("is answered 304 when it asks again, by either validator, for what had a release", () => {
		for (const { address, again } of feeds.filter(({ items }) => items.length > 0))
			expect(again, address).toEqual({ "with ETag": 304, "with Last-Modified": 304 });
	});

	it("reads each release as it was published, the same in RSS and Atom", () => {
		for (const { address, items } of feeds)
			for (const { titleType: _, html: __, event: ___, ...item } of items) {
				const { title, ...expected } = toldOf(releaseOf(item));
				const summary = isRss(address) ? feedsmith.textOf(item.summary) : item.summary;
				expect({ ...item, kind: item.kind.join(), summary }, address).toEqual({
					...expected,
					title: isRss(address) ? feedparser.titleInRss(title) : title,
				});
			}
	});

	it("reads the whole text, its markup and what looks like markup", () => {
		const markdown = everything.releases.find(({ title }) => title.endsWith("in Markdown"));
		let read = 0;
		for (const { address, items } of feeds)
			for (const { id, html } of items) {
				const release = releaseOf({ id });
				if (release.status === "withdrawn") continue;
				if (release === markdown) {
					for (const part of MARKDOWN_PARTS) expect(html, address).toContain(part);
					expect(html).not.toContain("<script");
				} else {
					const text = feedsmith.textOf((html ?? "").replaceAll(/<\/?p>/g, ""));
					expect(text.split("\n"), address).toEqual(release.body.split("\n\n"));
				}
				read += 1;
			}
		expect(read).toBeGreaterThan(everything.releases.length);
	});

	it("reads when and where an event takes place", () => {
		for (const { address, items } of feeds)
			for (const { id, event } of items) expect(event, address).toEqual(eventOf(releaseOf({ id })));
	});
});

function isRss(address: string): boolean {
	return address.endsWith("rss.xml");
}

/** First day or moment, last one, place: as feeds must have them. */
function eventOf({ title, status, event }: Release): (string | null)[] {
	if (!event || status === "withdrawn") return [null, null, null];
	const timed = TIMED.find((one) => one.title === title);
	return [...(timed?.moments ?? [event.starts, event.ends]), event.place];
}
