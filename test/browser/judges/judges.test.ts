import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchChromium } from "../../../scripts/local/chromium.ts";
import { LANGUAGES, type Language } from "../../../src/shared/language.ts";
import { describeInBrowser } from "../../support/browser.ts";
import { startTestWorker, type TestWorker } from "../../support/local.ts";
import { openTab, SMALLEST, type Tab, tooWide } from "../tabs.ts";
import { bringAxe, violations } from "./axe.ts";
import {
	type Content,
	type MailLinks,
	publishContent,
	publishOne,
	subscribeInAll,
} from "./content.ts";
import { faults } from "./html.ts";
import { type JudgedPage, pagesIn, standingPages, workPages } from "./pages.ts";

const DESKTOP = { width: 1280, height: 800 };

describeInBrowser("the judges of every page", () => {
	let browser: Browser;
	let worker: TestWorker;

	beforeAll(async () => {
		[browser, worker] = await Promise.all([launchChromium(), startTestWorker()]);
	});

	afterAll(async () => {
		await browser?.close();
		await worker?.stop();
	});

	/** Sign-ups are limited by source, and a fast machine judges several languages in a minute. */
	let sources = 0;
	const nextSource = () => `203.0.113.${++sources}`;

	/** All that they find, by page: nothing is left unsaid because of what came before. */
	async function verdicts(pages: readonly JudgedPage[]): Promise<string[]> {
		const extraHTTPHeaders = { "CF-Connecting-IP": nextSource() };
		const tab = await openTab(browser, worker.url, { baseURL: worker.url, extraHTTPHeaders });
		const found: string[] = [];
		for (const judged of pages)
			for (const verdict of await judge(tab, judged)) found.push(`${judged.name}: ${verdict}`);
		found.push(...(await tab.complaints()));
		await tab.page.close();
		return found;
	}

	async function judge({ page }: Tab, judged: JudgedPage): Promise<string[]> {
		await page.setViewportSize(SMALLEST);
		const answer = await judged.open(page);
		const found = await faults(await answer.text());
		await bringAxe(page);
		for (const viewport of [SMALLEST, DESKTOP])
			for (const colorScheme of ["light", "dark"] as const) {
				await page.setViewportSize(viewport);
				await page.emulateMedia({ colorScheme });
				const view = `${viewport.width} px, ${colorScheme}`;
				// A scheme changes colours and nothing else.
				const rules = colorScheme === "light" ? "all" : "colours";
				const seen = [...(await tooWide(page)), ...(await violations(page, rules))];
				found.push(...seen.map((fault) => `${view}: ${fault}`));
			}
		return found;
	}

	it.each(LANGUAGES)("find nothing where nothing is published, in %s", async (language) => {
		expect(await verdicts(standingPages(language))).toEqual([]);
	});

	describe("where one release is published", () => {
		beforeAll(async () => {
			for (const language of LANGUAGES)
				await publishOne(worker.visitor, {
					kind: "meeting",
					language,
					title: "One",
					body: `The only one (${language}).`,
					event: { starts: "2099-06-01", place: "Nukus" },
				});
		});

		it.each(LANGUAGES)("find nothing, in %s", async (language) => {
			expect(await verdicts(standingPages(language))).toEqual([]);
		});
	});

	describe("where much is published, and ugly", () => {
		const content = {} as Record<Language, Content>;
		let links: Record<Language, MailLinks>;

		beforeAll(async () => {
			for (const language of LANGUAGES)
				content[language] = await publishContent(worker.visitor, language);
			links = await subscribeInAll(worker.visitor);
		});

		it.each(LANGUAGES)("find nothing, in %s", async (language) => {
			expect(await verdicts(pagesIn(language, content[language], links[language]))).toEqual([]);
		});

		it("find nothing on the pages for publishers and developers", async () => {
			expect(await verdicts(workPages(links.en))).toEqual([]);
		});
	});
});
