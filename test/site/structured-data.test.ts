import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { PublicEntry } from "../../src/releases/entry.ts";
import type { PublishedRelease } from "../../src/releases/release.ts";
import { socialTags } from "../../src/site/social.ts";
import { structuredData, toJsonLd } from "../../src/site/structured-data.ts";
import { someText } from "../support/house.ts";

const publication = {
	title: "Press Office",
	description: null,
	colour: null,
	logo: null,
	url: "https://press.test",
	timeZone: "Asia/Tashkent",
	languages: ["en", "uz-Cyrl"] as const,
};

const URL = "https://press.test/releases/a-meeting";

const release: PublishedRelease = {
	...someText({ title: "A meeting", summary: "They meet." }),
	id: "00000000-0000-4000-8000-000000000001",
	story: "water",
	slug: "a-meeting",
	revision: 1,
	sequence: 1,
	publishedAt: Date.parse("2026-11-20T04:00:00Z"),
	changedAt: Date.parse("2026-11-20T04:00:00Z"),
};

/** An event as a release has it, also with times of the day. */
const at = (event: object | null) => ({ ...release, event }) as PublishedRelease;

// biome-ignore lint/suspicious/noExplicitAny: a test looks into what it is about
function graphOf(one: PublishedRelease, over: any = {}): any[] {
	const { translations = [], corrections = [], ...more } = over;
	const data = structuredData({ ...publication, ...more }, one, translations, corrections);
	const parsed = JSON.parse(toJsonLd(data));
	expect(parsed["@context"]).toBe("https://schema.org");
	return parsed["@graph"];
}

describe("structured data of a release", () => {
	it("has what a NewsArticle says", () => {
		expect(graphOf(at(null))).toEqual([
			{
				"@type": "NewsArticle",
				"@id": `${URL}#release`,
				headline: "A meeting",
				description: "They meet.",
				inLanguage: "en",
				datePublished: "2026-11-20T04:00:00.000Z",
				dateModified: "2026-11-20T04:00:00.000Z",
				url: URL,
				mainEntityOfPage: URL,
				identifier: "urn:uuid:00000000-0000-4000-8000-000000000001",
				publisher: {
					"@type": "Organization",
					"@id": "https://press.test/#publisher",
					name: "Press Office",
					url: "https://press.test/",
				},
			},
		]);
	});

	it("was not modified before it was public", () => {
		const written = { ...at(null), changedAt: release.publishedAt - 1000 };
		expect(graphOf(written)[0].dateModified).toBe("2026-11-20T04:00:00.000Z");
		const corrected = { ...at(null), changedAt: release.publishedAt + 1000 };
		expect(graphOf(corrected)[0].dateModified).toBe("2026-11-20T04:00:01.000Z");
	});

	it("has the logo, translations and corrections there are", () => {
		const translation = { slug: "uchrashuv", title: "Учрашув", language: "uz-Cyrl" } as PublicEntry;
		const correction = {
			revision: 2,
			change: "correction",
			note: "The day was wrong.",
			madeBy: "dev",
			madeAt: Date.parse("2026-11-21T00:00:00Z"),
		};
		const [article] = graphOf(at(null), {
			logo: "https://press.test/logo.png",
			translations: [translation],
			corrections: [correction],
		});
		expect(article.publisher.logo).toEqual({
			"@type": "ImageObject",
			url: "https://press.test/logo.png",
		});
		expect(article.workTranslation).toEqual([
			{
				"@type": "NewsArticle",
				"@id": "https://press.test/releases/uchrashuv#release",
				headline: "Учрашув",
				inLanguage: "uz-Cyrl",
				url: "https://press.test/releases/uchrashuv",
			},
		]);
		expect(article.correction).toEqual([
			{
				"@type": "CorrectionComment",
				text: "The day was wrong.",
				datePublished: "2026-11-21T00:00:00.000Z",
			},
		]);
		expect(JSON.stringify(article)).not.toContain("dev");
	});

	it("has its event, in civil dates", () => {
		const [article, event, ...more] = graphOf(
			at({ starts: "2026-12-01", ends: "2026-12-02", place: "Tashkent", timeZone: null }),
		);
		expect(more).toEqual([]);
		expect(article.about).toEqual({ "@id": `${URL}#event` });
		expect(event).toEqual({
			"@type": "Event",
			"@id": `${URL}#event`,
			name: "A meeting",
			description: "They meet.",
			startDate: "2026-12-01",
			endDate: "2026-12-02",
			eventStatus: "https://schema.org/EventScheduled",
			location: { "@type": "Place", name: "Tashkent", address: "Tashkent" },
			organizer: article.publisher,
			url: URL,
		});
	});

	it.each([
		["Asia/Tashkent", "2026-12-01T10:00+05:00", "2026-12-01T12:30+05:00"],
		["Europe/Vienna", "2026-12-01T10:00+01:00", "2026-12-01T12:30+01:00"],
		["Asia/Kolkata", "2026-12-01T10:00+05:30", "2026-12-01T12:30+05:30"],
	])("has the times of an event with their offset: %s", (timeZone, startDate, endDate) => {
		const times = { starts: "2026-12-01T10:00", ends: "2026-12-01T12:30", place: null, timeZone };
		const [, event] = graphOf(at(times));
		expect(event).toMatchObject({ startDate, endDate });
		expect(event).not.toHaveProperty("location");
	});

	it("says nothing of an end that is not known", () => {
		const starts = "2026-07-01T10:00";
		const [, event] = graphOf(at({ starts, ends: starts, place: null, timeZone: "Europe/Vienna" }));
		expect(event.startDate).toBe("2026-07-01T10:00+02:00");
		expect(event).not.toHaveProperty("endDate");
	});
});

describe("JSON-LD in a page", () => {
	it("cannot end its script element, and says the same", () => {
		const hostile = "</script><!--<script>&\u2028\u2029";
		const text = toJsonLd({ hostile });
		expect(text).not.toMatch(/[<>&\u2028\u2029]/);
		expect(JSON.parse(text)).toEqual({ hostile });
		fc.assert(
			fc.property(fc.string({ unit: "binary" }), (title) => {
				const json = toJsonLd({ title });
				expect(json).not.toMatch(/[<>&\u2028\u2029]/);
				expect(JSON.parse(json)).toEqual({ title });
			}),
		);
	});
});

describe("social tags", () => {
	const tags = (over = {}, one = release) =>
		Object.fromEntries(
			socialTags({ ...publication, ...over }, one).map(({ property, content }) => [
				property,
				content,
			]),
		);

	it("say what a preview shows", () => {
		expect(tags()).toEqual({
			"og:type": "article",
			"og:title": "A meeting",
			"og:description": "They meet.",
			"og:url": URL,
			"og:site_name": "Press Office",
			"og:locale": "en_GB",
			"article:published_time": "2026-11-20T04:00:00.000Z",
			"article:modified_time": "2026-11-20T04:00:00.000Z",
		});
	});

	it("have an image where there is a logo", () => {
		expect(tags({ logo: "https://press.test/logo.png" })).toMatchObject({
			"og:image": "https://press.test/logo.png",
		});
	});

	it.each([
		["ru", "ru_RU"],
		["uz", "uz_UZ"],
		["uz-Cyrl", "uz_UZ"],
	] as const)("have the locale of %s", (language, locale) => {
		expect(tags({}, { ...release, language })["og:locale"]).toBe(locale);
	});
});
