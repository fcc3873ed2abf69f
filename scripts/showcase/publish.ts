import { readFileSync } from "node:fs";
import { civilDateAt } from "../../src/shared/dates.ts";
import { LANGUAGES, type Language } from "../../src/shared/language.ts";
import { fromRoot } from "../local/paths.ts";
import type { Visitor } from "../local/visitor.ts";
import { GROUPS, STORIES, type Story } from "./stories.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const REAL = ["iij-consultations", "regional-expert-council"] as const;
const YEARS = [2022, 2023, 2024, 2025];

/** Where the pages are that are worth looking at. */
export interface Showcase {
	/** The newest story's page in each language: event, files, translations; a correction in English. */
	readonly release: Readonly<Record<Language, string>>;
	/** The two real releases, as they were written. */
	readonly real: Readonly<Record<(typeof REAL)[number], string>>;
}

/**
 * Publishes the two real releases and made-up ones in four languages, oldest first, with enough in each
 * language for an archive of two pages.
 */
export async function publishShowcase(visitor: Visitor, now: number): Promise<Showcase> {
	await publishReports(visitor);
	const real = await publishReal(visitor);
	const release: Partial<Record<Language, string>> = {};
	for (const story of STORIES)
		for (const language of LANGUAGES) {
			const published = await post(visitor, toFields(story, language, now));
			release[language] = published.path;
			if (story.name === "rivers" && language === "en") await correct(visitor, published);
		}
	return { release: release as Showcase["release"], real };
}

async function publishReal(visitor: Visitor): Promise<Showcase["real"]> {
	const paths: Partial<Record<(typeof REAL)[number], string>> = {};
	for (const name of REAL) {
		const text = readFileSync(fromRoot("examples", `${name}.txt`), "utf8");
		const answer = await visitor.publish(text, "text/plain");
		if (answer.status !== 201) throw new Error(`${name} is not published: ${answer.text}`);
		paths[name] = new URL(JSON.parse(answer.text).release.url).pathname;
	}
	return paths as Showcase["real"];
}

async function publishReports(visitor: Visitor): Promise<void> {
	for (const language of LANGUAGES) {
		const { title, body, on } = GROUPS[language];
		for (const year of YEARS)
			await Promise.all(
				on.map((topic, index) =>
					post(visitor, {
						kind: "announcement",
						language,
						title: title.replace("{topic}", topic),
						body: `${body.replace("{topic}", topic)}\n\n${year}.`,
						issued: `${year}-12-${10 + index}`,
						event: null,
						dateline: null,
					}),
				),
			);
	}
}

interface Published {
	readonly fields: object;
	readonly seen: { id: string; revision: number; status: string };
	readonly path: string;
}

async function post(visitor: Visitor, fields: object): Promise<Published> {
	const answer = await visitor.publish(JSON.stringify(fields), "application/json");
	if (answer.status !== 201) throw new Error(`This is not published: ${answer.text}`);
	const { release } = JSON.parse(answer.text);
	return { fields, seen: release, path: new URL(release.url).pathname };
}

async function correct(visitor: Visitor, { fields, seen }: Published): Promise<void> {
	const note = "The meeting lasts two days, not one.";
	const answer = await visitor.correct(seen, { ...fields, note });
	if (answer.status !== 200) throw new Error(`This is not corrected: ${answer.text}`);
}

function toFields(story: Story, language: Language, now: number): object {
	const telling = story.tellings[language];
	if (telling === undefined) throw new Error(`${story.name} is not told in ${language}`);
	const dayIn = (days: number) => civilDateAt(now + days * DAY_MS, "Asia/Tashkent");
	const { days, hours } = story;
	const [first, last] = (days ?? []).map(dayIn);
	const place = telling.place ?? null;
	const event = hours
		? { starts: `${first}T${hours[0]}`, ends: `${last}T${hours[1]}`, time_zone: hours[2], place }
		: { starts: first, ends: last, place };
	return {
		story: story.name,
		kind: story.kind,
		language,
		title: telling.title,
		summary: telling.body.split("\n\n", 1)[0],
		body: telling.body,
		issued: dayIn(story.issued),
		dateline: days ? { places: [place ?? "Tashkent"], date: dayIn(story.issued) } : null,
		event: days ? event : null,
		attachments: (telling.files ?? []).map((title, index) => ({ title, ...FILES[index] })),
	};
}

const FILES = [
	{
		url: "https://files.example.org/syr-darya-draft.pdf",
		type: "application/pdf",
		length: 482_133,
	},
	{
		url: "https://files.example.org/syr-darya-2026.xlsx",
		type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
		length: 1_482_133,
	},
];
