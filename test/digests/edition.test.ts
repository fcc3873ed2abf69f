import { describe, expect, it } from "vitest";
import type { EditionContents } from "../../src/digests/contents.ts";
import { countItems, viewEdition } from "../../src/digests/edition.ts";
import { MAIL_WORDS } from "../../src/mail/words.ts";
import type { NewsEntry } from "../../src/releases/entry.ts";
import type { Language } from "../../src/shared/language.ts";
import { someEntry } from "./entries.ts";

const IDENTITY = { title: "Press Office", url: "https://press.test", colour: null, logo: null };
const MARKERS = { unsubscribe: "https://leave.invalid/", manage: "https://manage.invalid/" };
const DAY = "2026-11-23";

const view = (
	contents: Partial<EditionContents>,
	{ language = "en", most = 100 }: { language?: Language; most?: number } = {},
) =>
	viewEdition(
		IDENTITY,
		language,
		{ fresh: [], changed: [], coming: [], ...contents },
		{ day: DAY, most },
		MARKERS,
	);

const SEVERAL = [
	someEntry({ firstSequence: 1, kind: "meeting", title: "On water" }),
	someEntry({ firstSequence: 2, kind: "consultation", title: "On trade" }),
	someEntry({ firstSequence: 3, kind: "meeting", title: "On borders" }),
];

const corrected = (firstSequence: number, over: Partial<NewsEntry> = {}) =>
	someEntry({ firstSequence, revision: 2, note: `The date of the ${firstSequence}th.`, ...over });
const withdrawn = (firstSequence: number, over: Partial<NewsEntry> = {}) =>
	someEntry({ firstSequence, status: "withdrawn", reason: "Not agreed.", ...over });
const CHANGED = [withdrawn(4), corrected(5), corrected(6)];

const on = (firstSequence: number, starts: string, over: Partial<NewsEntry> = {}) =>
	someEntry({
		firstSequence,
		event: { starts, ends: starts, timeZone: null, place: "Tashkent" },
		...over,
	});

const many = (number: number, over: Partial<NewsEntry> = {}) =>
	Array.from({ length: number }, (_, index) => someEntry({ firstSequence: index + 1, ...over }));

describe("the subject", () => {
	it("is the title of the only release", () => {
		expect(view({ fresh: [someEntry({ title: "A meeting on water" })] }).subject).toBe(
			"A meeting on water",
		);
	});

	it.each([
		["en", "Press Office: 1 consultation, 2 meetings"],
		["ru", "Press Office: 1 консультация, 2 встречи"],
		["uz", "Press Office: 1 maslahatlashuv, 2 uchrashuv"],
		["uz-Cyrl", "Press Office: 1 маслаҳатлашув, 2 учрашув"],
	] as const)("counts several by kind in %s", (language, subject) => {
		expect(view({ fresh: SEVERAL }, { language }).subject).toBe(subject);
	});

	it.each([
		["en", "Corrected: On water", "Withdrawn: On trade"],
		["ru", "Исправлено: On water", "Отозвано: On trade"],
		["uz", "Tuzatildi: On water", "Qaytarib olindi: On trade"],
		["uz-Cyrl", "Тузатилди: On water", "Қайтариб олинди: On trade"],
	] as const)("says what became of the only release, in %s", (language, one, other) => {
		const correction = corrected(1, { title: "On water" });
		const withdrawal = withdrawn(2, { title: "On trade" });
		expect(view({ changed: [correction] }, { language }).subject).toBe(one);
		expect(view({ changed: [withdrawal] }, { language }).subject).toBe(other);
	});

	it.each([
		["en", "Press Office: 2 corrections, 1 withdrawal"],
		["ru", "Press Office: 2 исправления, 1 отозванное сообщение"],
		["uz", "Press Office: 2 tuzatish, 1 qaytarib olingan xabar"],
		["uz-Cyrl", "Press Office: 2 тузатиш, 1 қайтариб олинган хабар"],
	] as const)("counts several changes in %s", (language, subject) => {
		expect(view({ changed: CHANGED }, { language }).subject).toBe(subject);
	});

	it("names only changes that there are", () => {
		expect(view({ changed: [withdrawn(1), withdrawn(2)] }).subject).toBe(
			"Press Office: 2 withdrawals",
		);
		expect(view({ changed: [corrected(1), corrected(2)] }).subject).toBe(
			"Press Office: 2 corrections",
		);
	});

	it("counts what is new and what has changed together", () => {
		expect(view({ fresh: [someEntry()], changed: [corrected(2)] }).subject).toBe(
			"Press Office: 1 meeting, 1 correction",
		);
	});

	it("says nothing of a reminder", () => {
		const coming = [on(9, DAY)];
		expect(view({ fresh: [someEntry({ title: "On water" })], coming }).subject).toBe("On water");
		expect(view({ fresh: SEVERAL, coming }).subject).toBe(view({ fresh: SEVERAL }).subject);
	});

	it("counts also what is cut off", () => {
		expect(view({ fresh: many(500) }, { most: 3 }).subject).toBe("Press Office: 500 meetings");
	});
});

describe("the first lines", () => {
	it("say what is new, and for the preview the titles", () => {
		const { intro, preheader } = view({ fresh: SEVERAL });
		expect(intro).toBe(`${MAIL_WORDS.en.digest.intro}: 1\u00a0consultation, 2\u00a0meetings`);
		expect(preheader).toBe("On water · On trade · On borders");
	});

	it("say that nothing is new where something has changed only", () => {
		const { intro, preheader } = view({ changed: [corrected(1), withdrawn(2)] });
		expect(intro).toBe("Changed since we wrote to you: 1\u00a0correction, 1\u00a0withdrawal");
		expect(preheader).toBe("Corrected: A meeting, the 1th · Withdrawn: A meeting, the 2th");
	});

	it.each([
		["en", "Corrected since we wrote to you", "Withdrawn since we wrote to you"],
		["ru", "Исправлено с тех пор, как мы вам писали", "Отозвано с тех пор, как мы вам писали"],
		[
			"uz",
			"Sizga xabar berganimizdan keyin tuzatildi",
			"Sizga xabar berganimizdan keyin qaytarib olindi",
		],
		[
			"uz-Cyrl",
			"Сизга хабар берганимиздан кейин тузатилди",
			"Сизга хабар берганимиздан кейин қайтариб олинди",
		],
	] as const)("say what became of the only release, and name it, in %s", (language, one, other) => {
		const named = { title: "О воде", language: "ru" } as const;
		for (const [changed, intro] of [
			[corrected(1, named), one],
			[withdrawn(2, named), other],
		] as const) {
			expect(view({ changed: [changed] }, { language })).toMatchObject({ intro, only: named });
			expect(view({ changed: [changed], fresh: SEVERAL }, { language }).only).toBeNull();
		}
	});

	it("say both, what is new first", () => {
		const { intro, preheader } = view({ fresh: SEVERAL, changed: [withdrawn(4)] });
		expect(intro).toBe("New for you: 1\u00a0consultation, 2\u00a0meetings, 1\u00a0withdrawal");
		expect(preheader).toBe("On water · On trade · On borders · Withdrawn: A meeting, the 4th");
	});

	it.each([
		["ru", "Новое для вас: 1\u00a0консультация, 2\u00a0встречи, 1\u00a0отозванное сообщение"],
		[
			"uz",
			"Siz uchun yangi: 1\u00a0maslahatlashuv, 2\u00a0uchrashuv, 1\u00a0qaytarib olingan xabar",
		],
	] as const)("keep numbers with their nouns, and have no full stop, in %s", (language, intro) => {
		expect(view({ fresh: SEVERAL, changed: [withdrawn(4)] }, { language }).intro).toBe(intro);
	});

	it("do not repeat the subject in the preview of the only release", () => {
		expect(view({ fresh: [someEntry({ summary: "They met." })] }).preheader).toBe("They met.");
		expect(view({ changed: [corrected(1)] }).preheader).toBe("The date of the 1th.");
		expect(view({ changed: [withdrawn(1)] }).preheader).toBe("Not agreed.");
		expect(view({ changed: [corrected(1, { note: null })] }).preheader).toBe("A meeting, the 1th");
	});
});

describe("the sections", () => {
	it("have a heading in the edition's language and the releases of one kind", () => {
		const found = view({ fresh: SEVERAL }, { language: "ru" }).sections.map(
			({ kind, heading, items }) => [kind, heading, items.map(({ title }) => title)],
		);
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
		expect(view({ fresh: [entry] }).sections[0]?.items).toEqual([
			{
				title: "О воде",
				language: "ru",
				summary: "Речь.",
				url: "https://press.test/releases/on-water",
				id: "urn:uuid:00000000-0000-4000-8000-000000000001",
				calendar_url: "https://press.test/releases/on-water.ics",
				when: "1–2 December 2026",
				in_days: "in\u00a08\u00a0days",
				place: "Tashkent",
				attachments: [{ title: "Повестка", url: "https://press.test/a.pdf" }],
				more_attachments: null,
			},
		]);
	});

	it("tell dates in the language of the edition, not of the release", () => {
		const { sections } = view({ fresh: [someEntry({ language: "en" })] }, { language: "ru" });
		expect(sections[0]?.items[0]).toMatchObject({
			when: "1–2 декабря 2026 г.",
			in_days: "через\u00a08\u00a0дней",
		});
	});

	it("leave when, where and the calendar out of a release without an event", () => {
		expect(view({ fresh: [someEntry({ event: null })] }).sections[0]?.items[0]).toMatchObject({
			calendar_url: null,
			when: null,
			in_days: null,
			place: null,
		});
	});

	it("have nothing for the calendar of an event that is over", () => {
		const calendars = (starts: string, ends: string) => {
			const event = { starts, ends, timeZone: null, place: null };
			return view({ fresh: [someEntry({ event })] }).sections[0]?.items[0]?.calendar_url;
		};
		expect(calendars("2026-11-20", "2026-11-22")).toBeNull();
		for (const [starts, ends] of [
			["2026-11-20", DAY],
			[DAY, DAY],
			["2026-11-24", "2026-11-24"],
		] as const)
			expect(calendars(starts, ends)).toBe("https://press.test/releases/a-meeting-1.ics");
	});

	it.each([
		["en", "and 15 more"],
		["ru", "и ещё 15"],
	] as const)(
		"link to five attachments of a release and count the rest, in %s",
		(language, words) => {
			const files = (number: number) =>
				Array.from({ length: number }, (_, index) => ({
					url: `https://press.test/${index + 1}.pdf`,
					title: `Annex ${index + 1}`,
					type: "application/pdf",
					length: 1,
				}));
			const itemWith = (number: number) =>
				view({ fresh: [someEntry({ attachments: files(number) })] }, { language }).sections[0]
					?.items[0];
			expect(itemWith(5)?.attachments).toHaveLength(5);
			expect(itemWith(5)?.more_attachments).toBeNull();
			expect(itemWith(20)?.attachments.map(({ title }) => title)).toEqual([
				"Annex 1",
				"Annex 2",
				"Annex 3",
				"Annex 4",
				"Annex 5",
			]);
			expect(itemWith(20)?.more_attachments).toBe(words);
		},
	);

	it("begin with what is to come, and say how far off it is", () => {
		const fresh = [
			on(1, "2026-11-22"),
			on(2, "2028-01-01"),
			on(3, "2026-11-24"),
			someEntry({
				firstSequence: 4,
				event: {
					starts: "2026-11-23T09:00",
					ends: "2026-11-25T17:00",
					timeZone: "Asia/Tashkent",
					place: null,
				},
			}),
		];
		const [section] = view({ fresh }).sections;
		expect(section?.items.map(({ url, in_days }) => [url.slice(-1), in_days])).toEqual([
			["4", "today"],
			["3", "tomorrow"],
			["2", null],
			["1", null],
		]);
	});

	it("are none where nothing is fresh", () => {
		expect(view({ changed: CHANGED }).sections).toEqual([]);
	});
});

describe("what was corrected and withdrawn", () => {
	it("has its title, its page, its event, and what was wrong or why it was taken back", () => {
		const changed = [
			withdrawn(4, { title: "On trade", slug: "on-trade" }),
			corrected(5, { title: "О воде", slug: "on-water", language: "ru", note: "Не та дата." }),
		];
		expect(view({ changed }).changes).toEqual({
			heading: "Corrected and withdrawn",
			more: null,
			items: [
				{
					id: "urn:uuid:00000000-0000-4000-8000-000000000005",
					title: "О воде",
					language: "ru",
					url: "https://press.test/releases/on-water",
					when: "1–2 December 2026",
					in_days: "in\u00a08\u00a0days",
					place: "Tashkent",
					label: "Corrected",
					why: "Не та дата.",
				},
				{
					id: "urn:uuid:00000000-0000-4000-8000-000000000004",
					title: "On trade",
					language: "en",
					url: "https://press.test/releases/on-trade",
					when: "1–2 December 2026",
					in_days: null,
					place: "Tashkent",
					label: "Withdrawn",
					why: "Not agreed.",
				},
			],
		});
	});

	it("says nothing of an event where there is none, nor of days where it has begun", () => {
		const changed = [corrected(1, { event: null }), on(2, "2026-11-22", { note: "A name." })];
		expect(view({ changed }).changes?.items).toMatchObject([
			{ when: null, in_days: null, place: null },
			{ when: "22 November 2026", in_days: null, place: "Tashkent" },
		]);
	});

	it.each(["", " \u00a0\t"])("has no why where its note or reason is %j", (blank) => {
		const changed = [corrected(1, { note: blank }), withdrawn(2, { reason: blank })];
		expect(view({ changed }).changes?.items.map(({ why }) => why)).toEqual([null, null]);
	});

	it("is in the words of the edition's language", () => {
		const { changes } = view({ changed: CHANGED }, { language: "uz" });
		expect(changes?.heading).toBe("Tuzatilgan va qaytarib olingan xabarlar");
		expect(changes?.items.map(({ label }) => label)).toEqual([
			"Tuzatildi",
			"Tuzatildi",
			"Qaytarib olindi",
		]);
	});

	it("does not take the reason of a withdrawal for a correction's note, nor the reverse", () => {
		const both = { note: "A note.", reason: "A reason." };
		const { changes } = view({ changed: [corrected(1, both), withdrawn(2, both)] });
		expect(changes?.items.map(({ why }) => why)).toEqual(["A note.", "A reason."]);
	});

	it("is no section where there is none", () => {
		expect(view({ fresh: SEVERAL }).changes).toBeNull();
	});
});

describe("the reminder", () => {
	it("has when, in how many days, what and where, the soonest first", () => {
		const coming = [
			on(1, "2026-11-27", { title: "On trade" }),
			on(2, "2026-11-24", { title: "О воде", language: "ru", slug: "on-water" }),
		];
		const reminder = view({ fresh: SEVERAL, coming }).coming;
		expect(reminder?.heading).toBe("This week");
		expect(reminder?.more).toBeNull();
		expect(reminder?.items.map(({ title }) => title)).toEqual(["О воде", "On trade"]);
		expect(reminder?.items[0]).toEqual({
			title: "О воде",
			language: "ru",
			url: "https://press.test/releases/on-water",
			when: "24 November 2026",
			in_days: "tomorrow",
			place: "Tashkent",
		});
	});

	it.each([
		["ru", "На этой неделе", "через\u00a03\u00a0дня"],
		["uz", "Shu hafta", "3\u00a0kundan\u00a0keyin"],
		["uz-Cyrl", "Шу ҳафта", "3\u00a0кундан\u00a0кейин"],
	] as const)("is in the words of %s", (language, heading, days) => {
		const { coming } = view({ fresh: SEVERAL, coming: [on(9, "2026-11-26")] }, { language });
		expect(coming?.heading).toBe(heading);
		expect(coming?.items[0]?.in_days).toBe(days);
	});

	it("is no section where there is none", () => {
		expect(view({ fresh: SEVERAL }).coming).toBeNull();
	});
});

describe("what is cut off", () => {
	const MIXED = [
		...many(10, { kind: "meeting" }),
		someEntry({ firstSequence: 11, kind: "consultation" }),
		...[12, 13, 14].map((firstSequence) => someEntry({ firstSequence, kind: "announcement" })),
	];

	it("is counted, with a link to the archive of its kind", () => {
		const { sections } = view({ fresh: MIXED }, { most: 6 });
		expect(sections.map(({ items, more }) => [items.length, more])).toEqual([
			[1, null],
			[3, { words: "and 7 more", url: "https://press.test/en/meetings" }],
			[2, { words: "and 1 more", url: "https://press.test/en/announcements" }],
		]);
	});

	it("is the end of a section", () => {
		const { sections } = view({ fresh: many(10) }, { most: 2 });
		expect(sections[0]?.items.map(({ id }) => id.slice(-2))).toEqual(["01", "02"]);
	});

	it("is never all of a kind", () => {
		const found = view(
			{ fresh: MIXED, changed: CHANGED, coming: [on(9, DAY), on(8, DAY)] },
			{ most: 0 },
		);
		expect(countItems(found)).toEqual([1, 1, 1, 1, 1]);
		expect(found.changes?.more).toEqual({
			words: "and 2 more",
			url: "https://press.test/en/releases",
		});
		expect(found.coming?.more).toEqual({
			words: "and 1 more",
			url: "https://press.test/en/coming",
		});
	});

	it("is nothing where all fits", () => {
		const { sections } = view({ fresh: MIXED }, { most: 14 });
		expect(sections.map(({ more }) => more)).toEqual([null, null, null]);
	});

	it.each([
		["ru", "и ещё 1", "https://press.test/ru/meetings"],
		["uz", "va yana 1 ta", "https://press.test/uz/meetings"],
		["uz-Cyrl", "ва яна 1 та", "https://press.test/uz-Cyrl/meetings"],
	] as const)("is told in the words of %s, with its archive", (language, words, url) => {
		const { sections } = view({ fresh: many(3) }, { language, most: 2 });
		expect(sections[0]?.more).toEqual({ words, url });
	});
});

describe("what stands around them", () => {
	it("says whose digest it is, where to leave it and where to change it", () => {
		const { words, unsubscribe_url, manage_url, language } = view({ fresh: SEVERAL });
		expect(words.why).toBe(
			"You get this mail because you subscribed to the digest of Press Office.",
		);
		expect(unsubscribe_url).toBe(MARKERS.unsubscribe);
		expect(manage_url).toBe(MARKERS.manage);
		expect(language).toBe("en");
	});

	it("leads to all releases in the edition's language", () => {
		expect(view({ fresh: SEVERAL }).releases_url).toBe("https://press.test/en/releases");
		expect(view({ fresh: SEVERAL }, { language: "uz-Cyrl" }).releases_url).toBe(
			"https://press.test/uz-Cyrl/releases",
		);
	});
});
