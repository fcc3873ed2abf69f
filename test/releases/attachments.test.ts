import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { readableText } from "../digests/readable.ts";
import { childrenOf, itemsOf } from "../feeds/reading.ts";
import { parseXml } from "../feeds/xml.ts";
import { type Desk, MONDAY, openDesk, someFields } from "../support/desk.ts";
import { addSubscriber, emptyStores } from "../support/house.ts";
import { answered, faultyFields, NOTHING, stored } from "./answers.ts";

const AGENDA = {
	url: "https://press.test/files/agenda.pdf?day=1&lang=en",
	title: 'The agenda, "final" <1> & last',
	type: "application/pdf",
	length: 204_800,
};
const SPEECH = {
	url: "http://press.test/speech.mp3",
	title: "Речь министра",
	type: "audio/mpeg",
	length: 0,
};

let desk: Desk;

beforeEach(async () => {
	await emptyStores();
	desk = openDesk();
});

const post = async (attachments: unknown) =>
	(await answered(await desk.post({ attachments }), 201)).release;

async function itemOf(path: string) {
	const [channel] = parseXml(await (await desk.page(path)).text()).children;
	const [item] = channel ? itemsOf(channel) : [];
	if (!item) throw new Error("no item in the feed");
	return item;
}

describe("attachments", () => {
	it("come back from the API as they were given", async () => {
		const release = await post([AGENDA, SPEECH]);
		expect(release.attachments).toEqual([AGENDA, SPEECH]);
		expect((await answered(await desk.read(release.id), 200)).release.attachments).toEqual([
			AGENDA,
			SPEECH,
		]);
	});

	it("are enclosures in RSS and attachments in the JSON feed", async () => {
		await post([AGENDA, SPEECH]);
		await desk.settle();
		const enclosures = childrenOf(await itemOf("/rss.xml"), "enclosure");
		expect(enclosures.map(({ attributes }) => Object.fromEntries(attributes))).toEqual(
			[AGENDA, SPEECH].map(({ url, type, length }) => ({ url, type, length: String(length) })),
		);
		const { items } = await (await desk.page("/feed.json")).json<{ items: object[] }>();
		expect(items).toMatchObject([
			{
				attachments: [AGENDA, SPEECH].map(({ url, title, type, length }) => ({
					url,
					title,
					mime_type: type,
					size_in_bytes: length,
				})),
			},
		]);
	});

	it("are in no feed of a release that has none", async () => {
		await post([]);
		await desk.settle();
		expect(childrenOf(await itemOf("/rss.xml"), "enclosure")).toEqual([]);
		const { items } = await (await desk.page("/feed.json")).json<{ items: object[] }>();
		expect(items[0]).not.toHaveProperty("attachments");
	});

	it("are links on the page, with type and size", async () => {
		const { url } = await post([AGENDA, SPEECH]);
		const page = await (await desk.page(url)).text();
		expect(page).toContain(
			'<a href="https://press.test/files/agenda.pdf?day=1&amp;lang=en" type="application/pdf">',
		);
		const seen = await readableText(page);
		expect(seen).toContain(`Attachments${AGENDA.title} (PDF, 200 KB)`);
		expect(seen).toContain("Речь министра (audio recording, 1 KB)");
		const { url: bare } = (await answered(await desk.post({ title: "Bare" }), 201)).release;
		expect(await (await desk.page(bare)).text()).not.toContain("Attachments");
	});

	it("are links in both parts of a digest", async () => {
		await addSubscriber(desk.rooms, "anna@journal.test");
		await post([AGENDA, SPEECH]);
		await desk.tick(MONDAY);
		const [message] = desk.rooms.transport.messages;
		const html = message?.html ?? "";
		expect(html).toContain('href="https://press.test/files/agenda.pdf?day=1&amp;lang=en"');
		for (const part of [await readableText(html), message?.text ?? ""]) {
			expect(part).toContain(AGENDA.title);
			expect(part).toContain(SPEECH.title);
		}
		expect(message?.text).toContain(AGENDA.url);
		expect(message?.text).toContain(SPEECH.url);
	});

	it("can be corrected: added, and taken away", async () => {
		const { id } = await post([AGENDA]);
		const put = (attachments: object[]) =>
			desk.put(id, someFields({ attachments, note: "The wrong file." }));
		await answered(await put([SPEECH]), 200);
		await desk.settle();
		const urls = async () =>
			childrenOf(await itemOf("/rss.xml"), "enclosure").map((one) => one.attributes.get("url"));
		expect(await urls()).toEqual([SPEECH.url]);
		await answered(await put([]), 200);
		await desk.settle();
		expect(await urls()).toEqual([]);
	});

	it("may be 20", async () => {
		const twenty = Array.from({ length: 20 }, (_, n) => ({ ...AGENDA, title: `No. ${n}` }));
		expect((await post(twenty)).attachments).toHaveLength(20);
	});
});

describe("an attachment to mend", () => {
	it.each([
		["no address", { ...AGENDA, url: undefined }, "url"],
		["no whole address", { ...AGENDA, url: "/files/a.pdf" }, "url"],
		["a script for an address", { ...AGENDA, url: "javascript:alert(1)" }, "url"],
		["data for an address", { ...AGENDA, url: "data:text/html,x" }, "url"],
		["a file of its own", { ...AGENDA, url: "file:///etc/passwd" }, "url"],
		["another protocol", { ...AGENDA, url: "ftp://press.test/a" }, "url"],
		["an address too long", { ...AGENDA, url: `https://press.test/${"x".repeat(2000)}` }, "url"],
		["no title", { ...AGENDA, title: " " }, "title"],
		["a title too long", { ...AGENDA, title: "x".repeat(301) }, "title"],
		["no type", { ...AGENDA, type: "" }, "type"],
		["half a type", { ...AGENDA, type: "pdf" }, "type"],
		["a type with a parameter", { ...AGENDA, type: "text/html; charset=utf-8" }, "type"],
		["a type with markup", { ...AGENDA, type: 'a/b"><script>' }, "type"],
		["a negative length", { ...AGENDA, length: -1 }, "length"],
		["half a byte", { ...AGENDA, length: 1.5 }, "length"],
		["a length in words", { ...AGENDA, length: "9" }, "length"],
		["a length beyond counting", { ...AGENDA, length: 1e300 }, "length"],
		["a field that it has not", { ...AGENDA, lenght: 9 }, "lenght"],
	])("has %s", async (_what, attachment, field) => {
		const found = await faultyFields(await desk.post({ attachments: [SPEECH, attachment] }));
		expect(found).toEqual([`attachments.1.${field}`]);
		expect(await stored()).toEqual(NOTHING);
	});

	it("is one too many, or no list", async () => {
		const many = Array.from({ length: 21 }, () => AGENDA);
		for (const attachments of [many, AGENDA, "x", null])
			expect(await faultyFields(await desk.post({ attachments }))).toContain("attachments");
	});

	it("is mended where that is safe: its address is written as browsers write it", async () => {
		const release = await post([{ ...AGENDA, url: 'HTTPS://Press.Test/a b"<c>.pdf' }]);
		expect(release.attachments).toMatchObject([{ url: "https://press.test/a%20b%22%3Cc%3E.pdf" }]);
	});
});

it("reads documents that were kept before there were formats, stories and attachments", async () => {
	const { id, url } = await post([]);
	const { document: key } = (await desk.rooms.releases.findById(id ?? "")) ?? { document: "" };
	const { format, story, attachments, ...old } = JSON.parse((await env.DOCUMENTS.get(key)) ?? "{}");
	await env.DOCUMENTS.put(key, JSON.stringify({ ...old, body: "*One*\nline" }));
	expect((await answered(await desk.read(id), 200)).release).toMatchObject({
		format: "plain",
		story: id,
		attachments: [],
	});
	expect(await (await desk.page(url)).text()).toContain("<p>*One*<br>line</p>");
	await desk.settle();
	expect(childrenOf(await itemOf("/rss.xml"), "enclosure")).toEqual([]);
});
