import type { Browser, Page } from "playwright-core";
import PostalMime from "postal-mime";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchChromium } from "../../scripts/local/chromium.ts";
import { fromRoot } from "../../scripts/local/paths.ts";
import { readTemplates } from "../../scripts/templates/folder.ts";
import { renderSamples, type SampleMail } from "../../scripts/templates/messages.ts";
import { sampleMails } from "../../scripts/templates/samples.ts";
import { composeMime } from "../../src/mail/message.ts";
import { createEngines, MAILS, renderWith } from "../../src/mail/render.ts";
import { LANGUAGES } from "../../src/shared/language.ts";
import { bringAxe, violations } from "../browser/judges/axe.ts";
import { SMALLEST, tooWide } from "../browser/tabs.ts";
import { describeWith } from "../support/describe-with.ts";
import { isMissing } from "../support/programs.ts";
import { FALLBACKS, unsupported } from "./caniemail.ts";
import { htmlFaults } from "./html.ts";
import { look, measure, type Seen } from "./looking.ts";
import { spamVerdicts, type Verdict } from "./spamassassin.ts";

const ORIGIN = "https://press.example.org";
/** Gmail hides the end of what is longer. */
const LONGEST_BYTES = 102_000;
const MOST_POINTS = 0.5;
/**
 * Takes the Cyrillic е for a Latin one in disguise wherever Latin addresses stand beside Russian words;
 * its authors would have it count for nothing in languages with such letters.
 */
const BLIND_TO_CYRILLIC = "MIXED_ES";

const mails = await renderSamples();
const sources = new Map<string, Uint8Array>();
for (const mail of mails) sources.set(mail.slug, await composeMime(mail.message));

const SPAM_ID = "spam@press.example.org";

/** What SpamAssassin says of every mail, and of one that it has to find something against. */
async function judgeSpam(): Promise<Map<string, Verdict>> {
	const { message } = mails[0] as SampleMail;
	const subject = "VIAGRA FREE $$$ ACT NOW!!!";
	const html = message.html.replaceAll("color:#15202b", "color:#fefefe");
	const shouting = await composeMime({ ...message, subject, html, messageId: SPAM_ID });
	return spamVerdicts([...sources.values(), shouting]);
}

/** It takes its seconds beside the other judges. */
const spam = isMissing("spamassassin") ? null : judgeSpam();
spam?.catch(() => {});

/** What is found of each mail that has something wrong, so that one run tells all. */
async function complaints(
	judge: (mail: SampleMail) => readonly string[] | Promise<readonly string[]>,
): Promise<string[]> {
	const found: string[] = [];
	for (const mail of mails)
		for (const words of await judge(mail)) found.push(`${mail.slug}: ${words}`);
	return found;
}

const fold = (words: string) => words.replaceAll(/\s+/g, " ").trim().toLowerCase();

it("there is a sample of every mail in every language that it is in", () => {
	for (const mail of MAILS)
		for (const language of mail === "notice" ? (["en"] as const) : LANGUAGES)
			expect(mails.some((one) => one.mail === mail && one.language === language)).toBe(true);
});

describe("every mail's source", () => {
	it("is read back as it was meant", async () => {
		for (const { slug, message } of mails) {
			const read = await PostalMime.parse(sources.get(slug) as Uint8Array);
			const header = (name: string) => read.headers.find(({ key }) => key === name)?.value;
			expect(read.subject).toBe(message.subject);
			expect(read.from).toMatchObject(message.from);
			expect(read.to?.map(({ address }) => address)).toEqual([message.to]);
			expect(read.html?.trimEnd()).toBe(message.html.trimEnd());
			expect(read.text?.trimEnd()).toBe(message.text.trimEnd());
			expect(read.messageId).toBe(`<${message.messageId}>`);
			expect(header("content-language")).toBe(message.language);
			expect(header("list-unsubscribe")?.startsWith(`<${message.list?.unsubscribeUrl}>`)).toBe(
				message.list && true,
			);
			expect(read.attachments).toEqual([]);
		}
	});

	it("is shorter than what Gmail hides the end of", () => {
		for (const { slug, message } of mails)
			for (const part of [message.html, message.text])
				expect(new TextEncoder().encode(part).length, slug).toBeLessThan(LONGEST_BYTES);
	});
});

describe("every mail's HTML", () => {
	it("is valid, but for what Outlook needs", async () => {
		expect(await complaints(({ message }) => htmlFaults(message.html))).toEqual([]);
	});

	it("has nothing without a fallback that the clients of most readers do not do", () => {
		const found = new Set(mails.flatMap(({ message }) => unsupported(message.html)));
		expect([...found].toSorted()).toEqual(Object.keys(FALLBACKS).toSorted());
	});

	it("names nothing elsewhere but the logo, where one is set", async () => {
		const found = await complaints(({ view, message: { html } }) => {
			const logo = view.publication.logo;
			const without = logo === null ? html : html.replace(` src="${logo}"`, "");
			return (
				without.match(
					/<(?:link|script|iframe|object)\b|@import|url\(|\bsrc(?:set)?=|\bbackground=/gi,
				) ?? []
			);
		});
		expect(found).toEqual([]);
	});
});

describeWith("chromium")("what a reader sees", () => {
	let browser: Browser;
	let page: Page;
	const asked: string[] = [];
	const seen = new Map<string, Seen>();

	beforeAll(async () => {
		browser = await launchChromium();
		page = await browser.newPage({ viewport: SMALLEST });
		page.on("request", (request) => asked.push(request.url()));
		// Images are off.
		await page.route("**/*", (route) => route.abort());
		for (const { slug, message } of mails) {
			await page.setContent(message.html);
			seen.set(slug, await look(page));
		}
	});

	afterAll(async () => browser?.close());

	const seenOf = ({ slug }: SampleMail) => seen.get(slug) as Seen;

	it("asks nobody for anything but the logo", () => {
		expect([...new Set(asked)]).toEqual([`${ORIGIN}/logo.png`]);
	});

	it("is accessible on a small screen by day and by night, with images off", {
		timeout: 120_000,
	}, async () => {
		const found = await complaints(async ({ message }) => {
			await page.emulateMedia({ colorScheme: "light" });
			await page.setContent(message.html);
			await bringAxe(page);
			const wide = await tooWide(page);
			const light = await violations(page, "all");
			await page.emulateMedia({ colorScheme: "dark" });
			return [...wide, ...light, ...(await violations(page, "colours"))];
		});
		expect(found).toEqual([]);
	});

	it("would not be where its text is too pale", async () => {
		const { message } = mails[0] as SampleMail;
		await page.emulateMedia({ colorScheme: "light" });
		await page.setContent(message.html.replaceAll("color:#4a5763", "color:#9aa5b0"));
		await bringAxe(page);
		expect(await violations(page, "colours")).not.toEqual([]);
	});

	it("is in the language that it says it is in", () => {
		for (const mail of mails) expect(seenOf(mail).language, mail.slug).toBe(mail.language);
	});

	it("has one first heading, and below it no level left out", () => {
		for (const mail of mails)
			for (const [index, level] of seenOf(mail).headings.entries()) {
				expect(level === 1, mail.slug).toBe(index === 0);
				expect(level - (seenOf(mail).headings[index - 1] ?? 0), mail.slug).toBeLessThanOrEqual(1);
			}
	});

	it("names the publication first, with the logo and without", () => {
		for (const mail of mails) {
			const { title, logo } = mail.view.publication;
			expect(seenOf(mail).runs[0], mail.slug).toBe(title);
			expect(seenOf(mail).images.map(({ src }) => src)).toEqual(logo === null ? [] : [logo]);
			for (const { alt, height } of seenOf(mail).images) {
				expect(alt).toContain(title);
				expect(height).toBeGreaterThan(1);
			}
		}
	});

	it("leads to the publication's own pages, each as it is", () => {
		for (const mail of mails)
			for (const link of seenOf(mail).links) {
				expect(link.startsWith(`${ORIGIN}/`), `${mail.slug}: ${link}`).toBe(true);
				expect(link).not.toMatch(/[?#&=]|%/);
			}
	});

	it("has every link of the text, and the text has every one of it", () => {
		for (const mail of mails.filter((one) => one.mail !== "notice")) {
			const inText = mail.message.text.match(/https:\/\/\S+/g) ?? [];
			expect(inText.length, mail.slug).toBeGreaterThan(0);
			expect([...new Set(seenOf(mail).links)].toSorted(), mail.slug).toEqual(
				[...new Set(inText)].toSorted(),
			);
		}
	});

	it("says nothing that the text does not say", async () => {
		const found = await complaints((mail) => {
			const text = fold(mail.message.text);
			return seenOf(mail).runs.filter((run) => !text.includes(fold(run)));
		});
		expect(found).toEqual([]);
	});

	it("says all that the text says", async () => {
		const found = await complaints((mail) => {
			const whole = fold(seenOf(mail).whole);
			return mail.message.text
				.split("\n")
				.map((line) => fold(line.replace(/^(?:\*|-) /, "").replace(/:$/, "")))
				.filter((line) => !/^(?:-+|https:\/\/\S+)?$/.test(line) && !whole.includes(line));
		});
		expect(found).toEqual([]);
	});

	describe("of words that are written from right to left", () => {
		const PLACE = "القاهرة!";

		/** The full digest in English with a place in Arabic. */
		async function digestWith(dir: "ltr" | "rtl"): Promise<string> {
			const sample = sampleMails().find(({ mail, name }) => mail === "digest" && name === "full");
			const view = JSON.parse(JSON.stringify(sample?.view).replaceAll("Samarkand", PLACE));
			const engines = createEngines(readTemplates(fromRoot("templates")));
			return (await renderWith(engines, "digest", { ...view, dir })).html;
		}

		async function positionsIn(html: string) {
			await page.setContent(html);
			return measure(page, PLACE);
		}

		it("is in order, and so is what stands beside them", async () => {
			const { label, words, first, last } = await positionsIn(await digestWith("ltr"));
			expect(label.right).toBeLessThanOrEqual(words.left);
			expect(Math.abs(label.top - words.top)).toBeLessThan(12);
			expect(last.left).toBeLessThan(first.left);
		});

		it("is in order too where the whole mail is written so", async () => {
			const { label, words, first, last } = await positionsIn(await digestWith("rtl"));
			expect(label.left).toBeGreaterThanOrEqual(words.right);
			expect(last.left).toBeLessThan(first.left);
			expect(await tooWide(page)).toEqual([]);
		});

		it("would not be in order without the marks of their direction", async () => {
			const html = (await digestWith("ltr")).replaceAll(' dir="auto"', "");
			const { first, last } = await positionsIn(html);
			expect(last.left).toBeGreaterThan(first.left);
		});
	});
});

describeWith("spamassassin")("SpamAssassin", () => {
	const pointsOf = (verdict: Verdict) =>
		Object.values(verdict).reduce((sum, points) => sum + points, 0);

	it("finds next to nothing against any mail", { timeout: 120_000 }, async () => {
		const verdicts = await (spam ?? judgeSpam());
		const found = mails.map(({ slug, language, message }) => {
			const { [BLIND_TO_CYRILLIC]: blind = 0, ...rules } = verdicts.get(
				message.messageId,
			) as Verdict;
			const isCyrillic = language === "ru" || language === "uz-Cyrl";
			return { slug, points: pointsOf(rules) + (isCyrillic ? 0 : blind), rules };
		});
		expect(found.filter(({ points }) => points > MOST_POINTS)).toEqual([]);
	});

	it("would find something", { timeout: 120_000 }, async () => {
		const verdicts = await (spam ?? judgeSpam());
		expect(pointsOf(verdicts.get(SPAM_ID) as Verdict)).toBeGreaterThan(MOST_POINTS);
	});
});
