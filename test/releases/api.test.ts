import { beforeEach, describe, expect, it } from "vitest";
import iij from "../../examples/iij-consultations.txt?raw";
import council from "../../examples/regional-expert-council.txt?raw";
import { ask, post } from "../support/door.ts";
import { emptyStores } from "../support/house.ts";
import { TEST_KEY, TEST_SETTINGS } from "../support/settings.ts";
import { answered, NOTHING, type ReleaseAnswer, refused, stored } from "./answers.ts";

const TEXT = "text/plain";
const JSON_TYPE = "application/json; charset=utf-8";
const RELEASE_KEYS = [
	"attachments",
	"body",
	"changed_at",
	"dateline",
	"event",
	"format",
	"id",
	"issued",
	"kind",
	"language",
	"publish_at",
	"published_at",
	"reason",
	"revision",
	"sequence",
	"slug",
	"status",
	"story",
	"summary",
	"title",
	"translations",
	"url",
];
/** What only publishing gives; null in a dry run. */
const given = ({
	id,
	story,
	status,
	sequence,
	published_at,
	changed_at,
}: ReleaseAnswer["release"]) => ({
	id,
	story,
	status,
	sequence,
	published_at,
	changed_at,
});

const asJson = (fields: object) => post(JSON.stringify(fields), JSON_TYPE);
const someFields = (over: object = {}) => ({
	title: "A meeting on water",
	body: "The parties will meet.",
	kind: "meeting",
	language: "en",
	...over,
});

beforeEach(emptyStores);

describe.each([
	["iij-consultations.txt", iij],
	["regional-expert-council.txt", council],
])("%s, posted as it is", (_name, text) => {
	it("is published, and the answer says what and where", async () => {
		const response = await post(text, TEXT);
		const location = response.headers.get("Location");
		const { release, inferred, ...others } = await answered(response, 201);
		expect(others).toEqual({});
		expect(Object.keys(release).toSorted()).toEqual(RELEASE_KEYS);
		expect(release).toMatchObject({
			revision: 1,
			sequence: 1,
			language: "en",
			format: "plain",
			status: "published",
			story: release.id,
			attachments: [],
			translations: [],
			reason: null,
			publish_at: null,
			changed_at: release.published_at,
		});
		expect(release.id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
		expect(Math.abs(Date.parse(release.published_at ?? "") - Date.now())).toBeLessThan(60_000);
		expect(release.url).toBe(`${TEST_SETTINGS.PUBLICATION_URL}/releases/${release.slug}`);
		expect(location).toBe(`${TEST_SETTINGS.PUBLICATION_URL}/api/releases/${release.id}`);
		expect(response.headers.get("ETag")).toMatch(/^"[\x21\x23-\x7e]+"$/);
		expect(inferred.kind).toMatchObject({ value: release.kind, from: expect.any(String) });
		expect(await stored()).toEqual({ releases: 1, documents: 1 });
		expect((await ask(release.url)).status).toBe(200);
	});

	it("is a duplicate the second time, however it is spaced or sent", async () => {
		const { release } = await answered(await post(text, TEXT), 201);
		const { title, body } = release;
		const again = [
			await post(text, TEXT),
			await post(text.replaceAll("\n", "\r\n"), "Text/Plain; Charset=UTF-8"),
			await asJson({ title, body, kind: release.kind, language: "en" }),
			await asJson({ title: `  ${title}\n`, body: body.replaceAll(" ", "  "), kind: "meeting" }),
			await post(text, TEXT, "?issued=2024-01-01"),
		];
		for (const response of again) expect((await refused(response, 409)).existing).toBe(release.url);
		expect(await stored()).toMatchObject({ releases: 1 });
	});

	it("is published once when it is posted twice at once", async () => {
		const responses = await Promise.all([post(text, TEXT), post(text, TEXT)]);
		const [published, duplicate] = responses.toSorted((one, other) => one.status - other.status);
		const { release } = await answered(published as Response, 201);
		expect((await refused(duplicate as Response, 409)).existing).toBe(release.url);
		expect(await stored()).toMatchObject({ releases: 1 });
	});
});

describe("a dry run", () => {
	it("answers as publishing would, but for what only publishing gives, and stores nothing", async () => {
		const dry = await post(iij, TEXT, "?dry_run=true");
		expect(dry.headers.get("Location")).toBeNull();
		const shown = await answered(dry, 200);
		expect(Object.keys(shown.release).toSorted()).toEqual(RELEASE_KEYS);
		for (const [field, value] of Object.entries(given(shown.release)))
			expect(value, field).toBeNull();
		expect(await stored()).toEqual(NOTHING);

		const published = await answered(await post(iij, TEXT, "?dry_run=false"), 201);
		const release = { ...shown.release, ...given(published.release) };
		expect(published).toEqual({ ...shown, release });
	});

	it("gives a release that can be posted as it is", async () => {
		const shown = await answered(await post(council, TEXT, "?dry_run=true"), 200);
		const { release } = await answered(await asJson(shown.release), 201);
		expect(release).toEqual({ ...shown.release, ...given(release) });
		expect(release.sequence).toBe(1);
	});

	it("needs a key too", async () => {
		await refused(await ask("/api/releases?dry_run=true", { method: "POST", body: iij }), 401);
	});
});

describe("what is given", () => {
	it("in the query wins over the text, and is not called inferred", async () => {
		const query = "?kind=announcement&language=ru&issued=2019-02-28";
		const { release, inferred } = await answered(await post(council, TEXT, query), 201);
		expect(release).toMatchObject({
			kind: "announcement",
			language: "ru",
			issued: "2019-02-28",
		});
		for (const field of ["kind", "language", "issued"]) expect(inferred).not.toHaveProperty(field);
	});

	it("in the query wins over the fields", async () => {
		const response = await post(JSON.stringify(someFields()), JSON_TYPE, "?kind=consultation");
		expect((await answered(response, 201)).release.kind).toBe("consultation");
	});

	it("in fields stays as it is, with one line for the title", async () => {
		const given = someFields({
			title: " A meeting\r\non  water ",
			summary: "In short.",
			body: "One.\r\n\r\nTwo\u0007.\n",
			issued: "2026-11-20",
			dateline: { places: ["Tashkent", "Vienna"], date: "2026-11-19" },
			event: { starts: "2026-12-01", place: "Samarkand" },
		});
		const { release } = await answered(await asJson(given), 201);
		expect(release).toMatchObject({
			...given,
			title: "A meeting on water",
			body: "One.\n\nTwo.",
			event: { starts: "2026-12-01", ends: "2026-12-01", place: "Samarkand" },
		});
	});

	it("may be that there is no event", async () => {
		const body = "The meeting will be held in Tashkent on 1 December 2026.";
		const { release } = await answered(await asJson(someFields({ body, event: null })), 201);
		expect(release.event).toBeNull();
	});

	it("takes the scheme of the key in any case", async () => {
		const headers = { Authorization: `bEaReR  ${TEST_KEY}`, "Content-Type": "application/json" };
		const body = JSON.stringify(someFields());
		await answered(await ask("/api/releases", { method: "POST", headers, body }), 201);
	});
});

describe("sequences and slugs", () => {
	it("count releases from 1 on", async () => {
		for (const sequence of [1, 2, 3]) {
			const { release } = await answered(
				await asJson(someFields({ title: `Meeting ${sequence}` })),
				201,
			);
			expect(release).toMatchObject({ sequence, slug: `meeting-${sequence}` });
		}
	});

	it("leave no gap where a duplicate was refused", async () => {
		await answered(await asJson(someFields()), 201);
		await refused(await asJson(someFields()), 409);
		const { release } = await answered(await asJson(someFields({ title: "Another" })), 201);
		expect(release.sequence).toBe(2);
	});

	it("are each release's own where titles are the same, one after the other", async () => {
		const first = await answered(await asJson(someFields({ body: "One." })), 201);
		const second = await answered(await asJson(someFields({ body: "Two." })), 201);
		expect(first.release.slug).toBe("a-meeting-on-water");
		expect(second.release.slug).toMatch(/^a-meeting-on-water-[0-9a-f]{8}$/);
		for (const { release } of [first, second])
			expect(await (await ask(release.url)).text()).toContain(release.body);
	});

	it("are each release's own where titles are the same, at once", async () => {
		const bodies = ["One.", "Two.", "Three.", "Four.", "Five."];
		const answers = await Promise.all(bodies.map((body) => asJson(someFields({ body }))));
		const releases = await Promise.all(
			answers.map(async (answer) => (await answered(answer, 201)).release),
		);
		expect(new Set(releases.map(({ slug }) => slug)).size).toBe(5);
		expect(releases.map(({ sequence }) => sequence).toSorted()).toEqual([1, 2, 3, 4, 5]);
		for (const { url, body } of releases) expect(await (await ask(url)).text()).toContain(body);
	});

	it("are Latin for a Cyrillic title", async () => {
		const title = "Встреча министров в Ташкенте";
		const { release } = await answered(await asJson(someFields({ title, language: "ru" })), 201);
		expect(release.slug).toBe("vstrecha-ministrov-v-tashkente");
	});

	it("are made of the id where a title has no letter for a URL", async () => {
		const { release } = await answered(await asJson(someFields({ title: "水 · 水" })), 201);
		expect(release.slug).toBe(release.id?.slice(0, 8));
		expect((await ask(release.url)).status).toBe(200);
	});

	it("are cut at a word for a long title", async () => {
		const title = `${"Meeting on water ".repeat(12)}`;
		const { release } = await answered(await asJson(someFields({ title })), 201);
		expect(release.slug).toMatch(/^(meeting-on-water-)+(meeting|meeting-on|meeting-on-water)$/);
		expect(release.slug.length).toBeLessThanOrEqual(80);
	});
});

describe("other charsets", () => {
	it("are honoured: a Russian text in windows-1251", async () => {
		const text = "Встреча «Вода» — № 1\n\nСтороны ещё встретятся в Ташкенте.";
		const type = 'text/plain; charset="windows-1251"';
		const response = await post(windows1251(text), type, "?kind=meeting&language=ru");
		const { release } = await answered(response, 201);
		expect(release).toMatchObject({
			title: "Встреча «Вода» — № 1",
			body: "Стороны ещё встретятся в Ташкенте.",
		});
	});

	it("drop a byte order mark", async () => {
		const { release } = await answered(
			await post("\ufeffA meeting on water\n\nIt will be.", TEXT, "?kind=meeting&language=en"),
			201,
		);
		expect(release.title).toBe("A meeting on water");
	});
});

function windows1251(text: string): Uint8Array<ArrayBuffer> {
	const others: Readonly<Record<string, number>> = {
		ё: 0xb8,
		"«": 0xab,
		"»": 0xbb,
		"—": 0x97,
		"№": 0xb9,
	};
	return Uint8Array.from(text, (character) => {
		const code = character.charCodeAt(0);
		return others[character] ?? (code >= 0x410 && code <= 0x44f ? code - 0x350 : code);
	});
}
