import type { Page, Response } from "playwright-core";
import type { Language } from "../../../src/shared/language.ts";
import type { Content, MailLinks } from "./content.ts";

/** A kind of page: how a reader gets there. */
export interface JudgedPage {
	readonly name: string;
	/** Opens it in a tab of the Worker, and gives the answer that it is. */
	open(page: Page): Promise<Response>;
}

/** Pages of a publication whatever it has published. */
export function standingPages(language: Language): JudgedPage[] {
	return [
		at("home", `/${language}/`),
		at("archive", `/${language}/releases`),
		at("coming", `/${language}/coming`),
	];
}

/** Every kind of page that a language has, in a publication that is full. */
export function pagesIn(language: Language, content: Content, links: MailLinks): JudgedPage[] {
	return [
		...standingPages(language),
		at("second page of the archive", `/${language}/releases?page=2`),
		at("last page of the archive", `/${language}/releases?page=3`),
		at("archive of a kind", `/${language}/meetings`),
		at("search", `/${language}/search`),
		at("search that finds", `/${language}/search?q=release`),
		at(
			"search that finds nothing",
			`/${language}/search?q=${encodeURIComponent('"><b>')}&kind=meeting`,
		),
		at("subscribe", `/${language}/subscribe`),
		filledIn("subscribe with faults", language, faultily),
		filledIn("sign-up received", language, rightly),
		at("about", `/${language}/about`),
		at("release with everything", content.full),
		at("release with nothing", content.bare),
		at("release in ugly words", content.ugly),
		at("withdrawn", content.withdrawn),
		at("missing", `/${language}/missing`),
		at("confirm", links.confirm),
		at("unsubscribe", links.unsubscribe),
	];
}

/** Pages in English alone, for those who publish and develop. */
export function workPages({ mail }: MailLinks): JudgedPage[] {
	return [at("API", "/api/docs"), at("mailbox", "/mailbox"), at("mail", mail)];
}

function at(name: string, path: string): JudgedPage {
	return { name, open: async (page) => (await page.goto(path)) as Response };
}

/** The answer to the form, filled in and posted. */
function filledIn(
	name: string,
	language: Language,
	fill: (page: Page) => Promise<void>,
): JudgedPage {
	return {
		name,
		async open(page) {
			await page.goto(`/${language}/subscribe`);
			await fill(page);
			const [answer] = await Promise.all([
				page.waitForResponse((response) => response.request().method() === "POST"),
				page.locator("main button").click(),
			]);
			await page.waitForLoadState();
			return answer;
		},
	};
}

/** With every fault that a browser lets pass. */
async function faultily(page: Page): Promise<void> {
	await page.locator("[name=email]").fill("reader@nowhere");
	for (const box of await page.locator("[type=checkbox]").all()) await box.uncheck();
}

async function rightly(page: Page): Promise<void> {
	await page.locator("[name=email]").fill("somebody@journal.test");
}
