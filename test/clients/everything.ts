import { HOSTILE } from "../support/hostile.ts";
import { example } from "../support/local.ts";
import type { PressOffice, Release } from "./press-office.ts";

/** What a press office has published, and what it has of each release now. */
export interface Everything {
	/** Every release that was ever public, in the order in which they first went public. */
	readonly releases: readonly Release[];
	readonly corrected: Release;
	readonly withdrawn: Release;
	readonly embargoed: Release;
}

const MARKDOWN = `---
kind: announcement
language: en
---
# The rules of procedure, in Markdown

The Council has **adopted** its *rules*:

1. Who measures?
2. Who pays? See [the annex](https://files.example.org/annex.pdf?a=1&b=2 "Annex & map").

- \`a < b && c > d\`
- <script>alert("not run")</script>

\`\`\`
if (a < b && c) return "]]>";
\`\`\`

> Nobody is below the law.
`;

/** Words that are hard to carry. */
export const UGLY = [
	...HOSTILE,
	"اجتماع المجلس حول المياه (Water) في طشقند",
	"👨‍👩‍👧‍👦 🇺🇿 🏳️‍🌈 👩🏽‍⚖️ 𝒲𝒶𝓉𝑒𝓇",
	"Gesetz".repeat(60),
	"{{ 7 | times: 7 }} {% raw %} $1 %s %00 \\n",
];

const STORY = [
	{ language: "en", title: "The Council will meet on water", place: "Tashkent" },
	{ language: "ru", title: "Совет проведёт встречу по воде", place: "Ташкент" },
	{ language: "uz", title: "Kengash suv boʻyicha yigʻiladi", place: "Toshkent" },
	{ language: "uz-Cyrl", title: "Кенгаш сув бўйича йиғилади", place: "Тошкент" },
];

const ATTACHMENTS = [
	{
		url: "https://files.example.org/report.pdf?year=2026&part=1",
		title: "Report “2026” & annex <1>",
		type: "application/pdf",
		length: 482_133,
	},
	{
		url: "https://files.example.org/доклад.docx",
		title: "Доклад",
		type: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
		length: 0,
	},
];

/**
 * Events at a time of the day; the moments that feeds and calendars are to tell of each (null: not
 * known) with the zone that calendars define, and what a clock in Tashkent shows then.
 */
export const TIMED = [
	{
		title: "Talks through the night in which the clocks change",
		event: {
			starts: "2027-03-27T22:00",
			ends: "2027-03-28T03:30",
			time_zone: "Europe/Vienna",
			place: "Vienna",
		},
		moments: ["2027-03-27T22:00+01:00", "2027-03-28T03:30+02:00"],
		zone: "Europe/Vienna",
		inTashkent: ["2027-03-28 02:00", "2027-03-28 06:30"],
	},
	{
		title: "A briefing whose end is not known",
		event: { starts: "2027-06-01T10:00", place: "Tashkent" },
		moments: ["2027-06-01T10:00+05:00", null],
		zone: "Asia/Tashkent",
		// Without an end, khal takes an hour for it.
		inTashkent: ["2027-06-01 10:00", "2027-06-01 11:00"],
	},
] as const;

/** How many releases fill the archives. */
const FILLERS = 60;

/** Publishes one of everything that a press office can, and waits until the feeds have it. */
export async function publishEverything(office: PressOffice): Promise<Everything> {
	const published: Release[] = [];
	const keep = async (publication: Promise<Release>) => {
		const release = await publication;
		published.push(release);
		return release;
	};
	for (const name of ["iij-consultations", "regional-expert-council"] as const)
		await keep(office.publishText(example(name), "text/plain"));
	await keep(office.publishText(MARKDOWN, "text/markdown"));
	for (const fields of UGLY.map(ugly)) await keep(office.publish(fields));
	for (const { language, title, place } of STORY)
		await keep(office.publish(meeting({ language, title, place, story: "water-2026" })));
	await keep(office.publish({ ...announcement("A report with files"), attachments: ATTACHMENTS }));
	for (const { title, event } of TIMED)
		await keep(office.publish({ ...announcement(title), kind: "meeting", event }));
	const first = await keep(office.publish(meeting({ title: "A meeting on rivrs" })));
	const second = await keep(office.publish(meeting({ title: "A meeting that will not be" })));
	for (let number = 1; number <= FILLERS; number += 1)
		await keep(office.publish(announcement(`Announcement ${number}`)));
	const embargoed = await office.publish({
		...announcement("Nobody may read this yet"),
		publish_at: "2035-03-01T04:00:00Z",
	});
	await office.settle();
	const mended = meeting({ title: "A meeting on rivers" });
	const corrected = await office.correct(first, mended, "The title was misspelt.");
	const withdrawn = await office.withdraw(second, "It was put off & <never> held.");
	await office.settle();
	const now = new Map([corrected, withdrawn].map((release) => [release.id, release]));
	return {
		releases: published.map((release) => now.get(release.id) ?? release),
		corrected,
		withdrawn,
		embargoed,
	};
}

/** A consultation that says these words wherever it can. */
export function ugly(words: string): object {
	return {
		kind: "consultation",
		language: "en",
		title: words,
		summary: `Summary: ${words}`,
		body: `Body: ${words}\n\nSecond paragraph: ${words}`,
		format: "plain",
		event: { starts: "2027-02-28", ends: "2027-03-01", place: words.slice(0, 200) },
	};
}

interface Meeting {
	readonly title: string;
	readonly language?: string;
	readonly place?: string;
	readonly story?: string;
}

/** A meeting of two days. */
export function meeting({ title, language = "en", place = "Tashkent", story }: Meeting): object {
	return {
		kind: "meeting",
		language,
		title,
		summary: `${title}.`,
		body: `${title}.`,
		event: { starts: "2027-05-04", ends: "2027-05-05", place },
		...(story === undefined ? {} : { story }),
	};
}

export function announcement(title: string): object {
	return {
		kind: "announcement",
		language: "en",
		title,
		summary: `${title}: its summary.`,
		body: `${title}: its text.\n\nIt has two paragraphs.`,
		event: null,
	};
}
