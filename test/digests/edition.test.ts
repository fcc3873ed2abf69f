import { describe, expect, it } from "vitest";
import { viewEdition } from "../../src/digests/edition.ts";
import type { PublicEntry } from "../../src/releases/entry.ts";
import type { Language } from "../../src/shared/language.ts";
import { WORDS } from "../../src/shared/words/index.ts";
import { someEntry } from "./entries.ts";

const IDENTITY = { title: "Press Office", url: "https://press.test" };
const MARKERS = { unsubscribe: "https://leave.invalid/", manage: "https://manage.invalid/" };

const view = (entries: readonly PublicEntry[], language: Language = "en") =>
	viewEdition(IDENTITY, language, entries, MARKERS);

const SEVERAL = [
	someEntry({ firstSequence: 1, kind: "meeting", title: "On water" }),
	someEntry({ firstSequence: 2, kind: "consultation", title: "On trade" }),
	someEntry({ firstSequence: 3, kind: "meeting", title: "On borders" }),
];

describe("the subject", () => {
	it("is the title of the only release", () => {
		expect(view([someEntry({ title: "A meeting on water" })]).subject).toBe("A meeting on water");
	});

	it.each([
		["en", "Press Office: 1 consultation, 2 meetings"],
		["ru", "Press Office: 1 консультация, 2 встречи"],
		["uz", "Press Office: 1 maslahatlashuv, 2 uchrashuv"],
		["uz-Cyrl", "Press Office: 1 маслаҳатлашув, 2 учрашув"],
	] as const)("counts several by kind in %s", (language, subject) => {
		expect(view(SEVERAL, language).subject).toBe(subject);
	});
});

describe("the first lines", () => {
	it("say what is new, and for the preview the titles", () => {
		expect(view(SEVERAL).intro).toBe(`${WORDS.en.digest.intro}: 1 consultation, 2 meetings.`);
		expect(view(SEVERAL).preheader).toBe("On water · On trade · On borders");
	});
});

describe("the sections", () => {
	it("have a heading in the edition's language and the releases of one kind", () => {
		const found = view(SEVERAL, "ru").sections.map(({ kind, heading, items }) => [
			kind,
			heading,
			items.map(({ title }) => title),
		]);
		expect(found).toEqual([
			["consultation", "Консультации", ["On trade"]],
			["meeting", "Встречи", ["On water", "On borders"]],
		]);
	});

	it("tell of each release what, when, where and at which address", () => {
		const entry = someEntry({
			slug: "on-water",
			language: "ru",
			title: "О воде",
			summary: "Речь.",
			attachments: [
				{ url: "https://press.test/a.pdf", title: "Повестка", type: "application/pdf", length: 1 },
			],
		});
		expect(view([entry]).sections[0]?.items).toEqual([
			{
				title: "О воде",
				language: "ru",
				summary: "Речь.",
				url: "https://press.test/releases/on-water",
				id: "urn:uuid:00000000-0000-4000-8000-000000000001",
				calendar_url: "https://press.test/releases/on-water.ics",
				when: "1–2 December 2026",
				place: "Tashkent",
				attachments: [{ title: "Повестка", url: "https://press.test/a.pdf" }],
			},
		]);
	});

	it("tell dates in the language of the edition, not of the release", () => {
		const [section] = view([someEntry({ language: "en" })], "ru").sections;
		expect(section?.items[0]?.when).toBe("1–2 декабря 2026 г.");
	});

	it("leave when, where and the calendar out of a release without an event", () => {
		expect(view([someEntry({ event: null })]).sections[0]?.items[0]).toMatchObject({
			calendar_url: null,
			when: null,
			place: null,
		});
	});
});

describe("what stands around them", () => {
	it("says whose digest it is, where to leave it and where to change it", () => {
		const { words, unsubscribe_url, manage_url, language } = view(SEVERAL);
		expect(words.why).toBe(
			"You get this mail because you subscribed to the digest of Press Office.",
		);
		expect(unsubscribe_url).toBe(MARKERS.unsubscribe);
		expect(manage_url).toBe(MARKERS.manage);
		expect(language).toBe("en");
	});
});
