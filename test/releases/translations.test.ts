import { beforeEach, describe, expect, it } from "vitest";
import type { Language } from "../../src/shared/language.ts";
import { childrenOf, itemsOf } from "../feeds/reading.ts";
import { parseXml } from "../feeds/xml.ts";
import { DAY_MS, type Desk, MINUTE_MS, MONDAY, openDesk, someFields } from "../support/desk.ts";
import { addSubscriber, emptyStores } from "../support/house.ts";
import { answered, refused, stored } from "./answers.ts";

const STORY = "water-2026";
const TEXTS: Readonly<Record<Language, { title: string; body: string }>> = {
	en: { title: "A meeting on water", body: "The parties will meet." },
	ru: { title: "Встреча о воде", body: "Стороны встретятся." },
	uz: { title: "Suv haqida uchrashuv", body: "Tomonlar uchrashadi." },
	"uz-Cyrl": { title: "Сув ҳақида учрашув", body: "Томонлар учрашади." },
};

let desk: Desk;

beforeEach(async () => {
	await emptyStores();
	desk = openDesk();
});

/** The release of the story in a language. */
async function told(language: Language, over: object = {}) {
	const response = await desk.post({ language, story: STORY, ...TEXTS[language], ...over });
	return (await answered(response, 201)).release;
}

/** The links to other languages on a page: language and address of each. */
async function linksOn(url: string): Promise<string[][]> {
	const page = await (await desk.page(url)).text();
	const links = [...page.matchAll(/<a ([^>]*hreflang="[^>]*)>([^<]+)</g)];
	return links.map(([, attributes = "", name = ""]) => [
		/hreflang="([^"]+)"/.exec(attributes)?.[1] ?? "",
		/href="([^"]+)"/.exec(attributes)?.[1] ?? "",
		name,
	]);
}

const translationsOf = async (id: string | null) =>
	(await answered(await desk.read(id), 200)).release.translations;

describe("releases of one story", () => {
	it("link to one another, on their pages and in the API, and not to themselves", async () => {
		const [en, ru, uz, cyrillic] = [
			await told("en"),
			await told("ru"),
			await told("uz"),
			await told("uz-Cyrl"),
		];
		await answered(await desk.post({ title: "Another story" }), 201);
		const link = (language: string, { slug }: { slug: string }, name: string) => [
			language,
			`/releases/${slug}`,
			name,
		];
		expect(await linksOn(en.url)).toEqual([
			link("ru", ru, "Русский"),
			link("uz", uz, "Oʻzbekcha"),
			link("uz-Cyrl", cyrillic, "Ўзбекча"),
		]);
		expect((await linksOn(ru.url)).map(([language]) => language)).toEqual(["en", "uz", "uz-Cyrl"]);
		for (const [, href] of await linksOn(cyrillic.url))
			expect((await desk.page(href ?? "")).status).toBe(200);
		expect(await translationsOf(uz.id)).toEqual(
			[en, ru, cyrillic].map(({ language, title, url }) => ({ language, title, url })),
		);
	});

	it("link to each other also by the id of the first, which named no story", async () => {
		const en = await told("en", { story: null });
		expect(en.story).toBe(en.id);
		const ru = await told("ru", { story: en.id });
		expect((await linksOn(en.url)).map(([language]) => language)).toEqual(["ru"]);
		expect((await linksOn(ru.url)).map(([language]) => language)).toEqual(["en"]);
	});

	it("do not link where they have nothing in common", async () => {
		const en = await told("en", { story: null });
		await told("ru", { story: null });
		expect(await linksOn(en.url)).toEqual([]);
		expect(await translationsOf(en.id)).toEqual([]);
	});

	it("do not link to one that is withdrawn, cancelled or under embargo", async () => {
		const en = await told("en");
		const publish_at = new Date(MONDAY).toISOString();
		const [ru, uz] = [await told("ru"), await told("uz", { publish_at })];
		await told("uz-Cyrl", { publish_at });
		expect((await linksOn(en.url)).map(([language]) => language)).toEqual(["ru"]);
		await answered(await desk.withdraw(ru.id), 200);
		await answered(await desk.withdraw(uz.id), 200);
		expect(await linksOn(en.url)).toEqual([]);
		expect(await translationsOf(en.id)).toEqual([]);
		await desk.tick(MONDAY);
		expect((await linksOn(en.url)).map(([language]) => language)).toEqual(["uz-Cyrl"]);
	});

	it("stand each in the feeds of its language", async () => {
		await told("en");
		await told("ru");
		await desk.settle();
		for (const language of ["en", "ru"] as const) {
			const xml = await (await desk.page(`/${language}/rss.xml`)).text();
			const [channel] = parseXml(xml).children;
			const items = channel ? itemsOf(channel) : [];
			expect(items.flatMap((item) => childrenOf(item, "title").map(({ text }) => text))).toEqual([
				TEXTS[language].title,
			]);
		}
	});

	it.each(["", "a story", "x".repeat(101), "a/b", "ы"])("have no such story: %j", async (story) => {
		const { errors } = await refused(await desk.post({ story }), 422);
		expect(errors?.map(({ field }) => field)).toEqual(["story"]);
	});
});

describe("a story has one release in a language", () => {
	const other = { title: "Another", body: "Another text." };

	it("so that a second is refused, and nothing is published", async () => {
		await told("en");
		await refused(await desk.post({ ...other, story: STORY }), 409);
		expect(await stored()).toMatchObject({ releases: 1 });
	});

	it("of two at once", async () => {
		const answers = await Promise.all(
			["One", "Two", "Three"].map((title) => desk.post({ title, story: STORY })),
		);
		expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409, 409]);
		expect(await stored()).toMatchObject({ releases: 1 });
	});

	it("also while it is under embargo, and while another joins it by a correction", async () => {
		await told("en", { publish_at: new Date(MONDAY).toISOString() });
		await refused(await desk.post({ ...other, story: STORY }), 409);
		const { release } = await answered(await desk.post(other), 201);
		const joining = someFields({ ...other, story: STORY, note: "It belongs there." });
		await refused(await desk.put(release.id, joining), 409);
		expect((await answered(await desk.read(release.id), 200)).release).toEqual(release);
	});

	it("until that is taken back", async () => {
		const { id } = await told("en");
		await answered(await desk.withdraw(id), 200);
		await answered(await desk.post({ ...other, story: STORY }), 201);
	});

	it("and a correction that does not name it leaves it where it is", async () => {
		const en = await told("en");
		await told("ru");
		const mended = someFields({ body: "Mended.", note: "A name." });
		const { release } = await answered(await desk.put(en.id, mended), 200);
		expect(release.story).toBe(STORY);
		expect((await linksOn(en.url)).map(([language]) => language)).toEqual(["ru"]);
	});
});

describe("a reader's digest", () => {
	const subscribe = (...languages: [Language, ...Language[]]) =>
		addSubscriber(desk.rooms, `${languages.join("-").toLowerCase()}@journal.test`, { languages });

	/** Who was mailed what since it was last asked. */
	const mailed = () =>
		desk.rooms.transport.messages
			.splice(0)
			.map(({ to, subject }) => [to.split("@")[0], subject])
			.toSorted();

	it("tells a story once, in the best of the reader's languages", async () => {
		await subscribe("ru", "en");
		await subscribe("en", "ru");
		await subscribe("ru");
		await subscribe("uz", "uz-Cyrl", "ru");
		await subscribe("uz-Cyrl");
		await told("en");
		await told("ru");
		await desk.tick(MONDAY);
		expect(mailed()).toEqual([
			["en-ru", TEXTS.en.title],
			["ru", TEXTS.ru.title],
			["ru-en", TEXTS.ru.title],
			["uz-uz-cyrl-ru", TEXTS.ru.title],
		]);
	});

	it("does not tell it again when a translation comes later, but to whom it is new", async () => {
		await subscribe("ru", "en");
		await subscribe("ru");
		await subscribe("en");
		await told("en");
		await desk.tick(MONDAY);
		expect(mailed()).toEqual([
			["en", TEXTS.en.title],
			["ru-en", TEXTS.en.title],
		]);
		await told("ru");
		await desk.tick(MONDAY + DAY_MS);
		expect(mailed()).toEqual([["ru", TEXTS.ru.title]]);
		await desk.tick(MONDAY + 2 * DAY_MS);
		expect(mailed()).toEqual([]);
	});

	it("goes by the id of the first as well as by a name of the story", async () => {
		await subscribe("ru", "en");
		const en = await told("en", { story: null });
		await desk.tick(MONDAY);
		expect(mailed()).toEqual([["ru-en", TEXTS.en.title]]);
		await told("ru", { story: en.id });
		await desk.tick(MONDAY + DAY_MS);
		expect(mailed()).toEqual([]);
	});

	it("tells the other where the best was withdrawn before it was told", async () => {
		await subscribe("ru", "en");
		await told("en");
		const ru = await told("ru");
		await answered(await desk.withdraw(ru.id), 200);
		await desk.tick(MONDAY);
		expect(mailed()).toEqual([["ru-en", TEXTS.en.title]]);
	});

	it("waits for no translation that is under embargo", async () => {
		await subscribe("ru", "en");
		await told("en");
		await told("ru", { publish_at: new Date(MONDAY + MINUTE_MS).toISOString() });
		await desk.tick(MONDAY);
		expect(mailed()).toEqual([["ru-en", TEXTS.en.title]]);
		await desk.tick(MONDAY + DAY_MS);
		expect(mailed()).toEqual([]);
	});

	it("tells two stories, each in the language that it has", async () => {
		await subscribe("ru", "en");
		await told("ru");
		await answered(await desk.post({ title: "Another story" }), 201);
		await desk.tick(MONDAY);
		expect(mailed()).toEqual([["ru-en", "Press Office: 2 встречи"]]);
	});
});
