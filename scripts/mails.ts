// Renders a sample of every mail in every language into .wrangler/mails, to be looked at: its HTML, its
// text, its source, and pictures of it. Names a part of the samples' names to have those alone.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { composeMime } from "../src/mail/message.ts";
import { launchChromium } from "./local/chromium.ts";
import { fromRoot } from "./local/paths.ts";
import { renderSamples, type SampleMail } from "./templates/messages.ts";

const FOLDER = fromRoot(".wrangler", "mails");

const VIEWS = {
	small: { width: 320, colorScheme: "light" },
	phone: { width: 390, colorScheme: "light" },
	"phone-dark": { width: 390, colorScheme: "dark" },
	desktop: { width: 1000, colorScheme: "light" },
	"desktop-dark": { width: 1000, colorScheme: "dark" },
} as const;

/** Stands for the publication's logo: a picture of its letter. */
const LOGO = `<svg xmlns="http://www.w3.org/2000/svg" width="96" height="96"><rect width="96" height="96" rx="48" fill="#0f7a5a"/><path d="M24 56q12-16 24 0t24 0" fill="none" stroke="#fff" stroke-width="8"/></svg>`;

async function takePictures(browser: Browser, mails: readonly SampleMail[]): Promise<void> {
	for (const [view, { width, colorScheme }] of Object.entries(VIEWS)) {
		const page = await browser.newPage({ viewport: { width, height: 600 }, colorScheme });
		await page.route("**/*", (route) =>
			route.fulfill({ contentType: "image/svg+xml", body: LOGO }),
		);
		for (const mail of mails) await take(page, mail, view);
		await page.close();
	}
	const blocked = await browser.newPage({ viewport: { width: 390, height: 600 } });
	await blocked.route("**/*", (route) => route.abort());
	for (const mail of mails.filter(({ view }) => view.publication.logo !== null))
		await take(blocked, mail, "phone-without-images");
	await blocked.close();
}

async function take(page: Page, { slug, message }: SampleMail, view: string): Promise<void> {
	const file = path.join(FOLDER, `${slug}-${view}.png`);
	await page.setContent(message.html);
	await page.screenshot({ path: file, fullPage: true });
	console.log(path.relative(fromRoot(), file));
}

async function write({ slug, message }: SampleMail): Promise<void> {
	const file = (ending: string) => path.join(FOLDER, `${slug}.${ending}`);
	writeFileSync(file("html"), message.html);
	writeFileSync(file("txt"), message.text);
	writeFileSync(file("eml"), await composeMime(message));
}

async function writeAll(mails: readonly SampleMail[]): Promise<void> {
	rmSync(FOLDER, { recursive: true, force: true });
	mkdirSync(FOLDER, { recursive: true });
	for (const mail of mails) await write(mail);
	const browser = await launchChromium();
	try {
		await takePictures(browser, mails);
	} finally {
		await browser.close();
	}
}

const [, , wanted = ""] = process.argv;
const samples = await renderSamples();
const mails = samples.filter(({ slug }) => slug.includes(wanted));
if (mails.length > 0) await writeAll(mails);
else {
	const names = samples.map(({ slug }) => slug).join(" ");
	console.error(`No mail has ${wanted} in its name. There are: ${names}`);
	process.exitCode = 1;
}
