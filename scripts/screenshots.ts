// Takes pictures of the pages into .wrangler/screenshots, to be looked at: the real releases and made-up
// ones in four languages, on a throw-away store.
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { launchChromium } from "./local/chromium.ts";
import { endWhenAsked } from "./local/endings.ts";
import { fromRoot } from "./local/paths.ts";
import { freePort } from "./local/ports.ts";
import { readVariables } from "./local/settings.ts";
import { createVisitor } from "./local/visitor.ts";
import { startLocalWorker } from "./local/worker.ts";
import { publishShowcase, type Showcase } from "./showcase/publish.ts";

const FOLDER = fromRoot(".wrangler", "screenshots");

const SCREENS = {
	small: { width: 320, height: 568 },
	phone: { width: 390, height: 844 },
	desktop: { width: 1280, height: 800 },
	wall: { width: 2560, height: 1440 },
} as const;

/** What is looked at in every language, on every screen, by day and by night. */
function pagesOf(
	showcase: Showcase,
): Record<string, (language: keyof Showcase["release"]) => string> {
	return {
		home: (language) => `/${language}/`,
		archive: (language) => `/${language}/releases`,
		release: (language) => showcase.release[language],
		coming: (language) => `/${language}/coming`,
		search: (language) => `/${language}/search?q=${SOUGHT[language]}`,
		nothing: (language) => `/${language}/search?q=qwerty`,
		subscribe: (language) => `/${language}/subscribe`,
		about: (language) => `/${language}/about`,
		missing: (language) => `/${language}/missing`,
	};
}

const SOUGHT = { en: "council", ru: "совет", uz: "kengash", "uz-Cyrl": "кенгаш" };
const LANGUAGES = ["en", "ru", "uz"] as const;

async function takePictures(browser: Browser, url: string, showcase: Showcase): Promise<void> {
	for (const scheme of ["light", "dark"] as const)
		for (const [screen, viewport] of Object.entries(SCREENS)) {
			const page = await browser.newPage({ viewport, colorScheme: scheme });
			for (const language of LANGUAGES)
				for (const [name, pathIn] of Object.entries(pagesOf(showcase))) {
					await page.goto(url + pathIn(language));
					await take(page, `${name}-${language}-${screen}-${scheme}`);
				}
			await page.close();
		}
}

async function take(page: Page, name: string): Promise<void> {
	const file = path.join(FOLDER, `${name}.png`);
	await page.screenshot({ path: file, fullPage: true });
	console.log(path.relative(fromRoot(), file));
}

/** Releases as they come out of a printer, on the width of A4. */
async function print(browser: Browser, url: string, showcase: Showcase): Promise<void> {
	const page = await browser.newPage({ viewport: { width: 794, height: 1123 } });
	await page.emulateMedia({ media: "print" });
	for (const [name, to] of [["release", showcase.release.en], ...Object.entries(showcase.real)]) {
		await page.goto(url + to);
		await take(page, `${name}-print`);
	}
	await page.close();
}

endWhenAsked();
const stateDir = mkdtempSync(path.join(tmpdir(), "communique-screenshots-"));
process.once("exit", () => rmSync(stateDir, { recursive: true, force: true }));
const port = await freePort();
const variables = readVariables("example", port, { PUBLICATION_URL: "https://press.example.org" });
const worker = await startLocalWorker({ port, stateDir, variables, output: "collect" });
const browser = await launchChromium();
try {
	rmSync(FOLDER, { recursive: true, force: true });
	mkdirSync(FOLDER, { recursive: true });
	const visitor = createVisitor(worker.url, "dev-publisher-key");
	const showcase = await publishShowcase(visitor, Date.now());
	await visitor.until("the words of the releases to search for", async () =>
		(await visitor.read("/uz-Cyrl/search?q=кенгаш")).text.includes('class="releases"'),
	);
	await takePictures(browser, worker.url, showcase);
	await print(browser, worker.url, showcase);
} finally {
	await browser.close();
	await worker.stop();
}
