import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { launchChromium } from "../../scripts/local/chromium.ts";
import { describeInBrowser } from "../support/browser.ts";
import { example, startTestWorker, type TestWorker } from "../support/local.ts";
import { openTab, type Tab, tooWide } from "./tabs.ts";

describeInBrowser("a reader with a phone", () => {
	let browser: Browser;
	let worker: TestWorker;

	beforeAll(async () => {
		[browser, worker] = await Promise.all([launchChromium(), startTestWorker()]);
	});

	afterAll(async () => {
		await browser?.close();
		await worker?.stop();
	});

	/** A tab on the smallest screen, with a page of the Worker in it. */
	async function openPage(path: string): Promise<Tab> {
		const tab = await openTab(browser, worker.url, { baseURL: worker.url });
		await tab.page.goto(path);
		return tab;
	}

	/** The window that an action opens. */
	async function opened(page: Page, action: () => Promise<void>): Promise<Page> {
		const [popup] = await Promise.all([page.waitForEvent("popup"), action()]);
		await popup.waitForLoadState();
		return popup;
	}

	async function outlineOf(page: Page): Promise<unknown> {
		return page.evaluate("getComputedStyle(document.activeElement).outlineStyle");
	}

	it("subscribes with the form, confirms with the mail's button, gets the digest and leaves", async () => {
		const { page, complaints } = await openPage("/en/");
		expect(await tooWide(page)).toEqual([]);
		await page.getByRole("link", { name: "Choose kinds, languages and how often" }).click();
		await page.getByLabel("E-mail address").fill("anna@journal.test");
		await page.getByRole("button", { name: "Subscribe" }).click();
		expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe("Check your mail");

		const [mail] = await worker.visitor.until("the confirmation", async () => {
			const mails = await worker.visitor.mail();
			return mails.length === 1 && mails;
		});
		await page.goto(`${worker.url}/mailbox/${mail?.id}`);
		const frame = page.frameLocator("iframe");
		const confirmation = await opened(page, () =>
			frame.getByRole("link", { name: "Confirm subscription" }).press("Enter"),
		);
		await confirmation.getByRole("button", { name: "Confirm subscription" }).click();
		await confirmation.getByRole("heading", { name: "Your subscription is confirmed" }).waitFor();

		await worker.visitor.publish(example("regional-expert-council"), "text/plain");
		await worker.visitor.tick(Date.parse("2027-03-01T04:00:00Z"));
		const digest = await worker.visitor.until("the digest", async () =>
			(await worker.visitor.mail()).find(({ subject }) => subject.startsWith("Tashkent will host")),
		);
		await page.goto(`${worker.url}/mailbox/${digest.id}`);
		await page.frameLocator("iframe").getByRole("heading", { name: "Meetings" }).waitFor();
		const leaving = await opened(page, () =>
			page.frameLocator("iframe").getByRole("link", { name: "Unsubscribe" }).press("Enter"),
		);
		await leaving.getByRole("button", { name: "Unsubscribe" }).click();
		await leaving.getByRole("heading", { name: "You are unsubscribed" }).waitFor();
		expect(await complaints()).toEqual([]);
		await page.close();
	});

	it("is told when every kind is unticked, with what was typed still there", async () => {
		const { page } = await openPage("/en/subscribe");
		await page.getByLabel("E-mail address").fill("bakhtiyor@mission.test");
		await page.getByLabel("Consultations").uncheck();
		await page.getByLabel("Meetings").uncheck();
		await page.getByRole("button", { name: "Subscribe" }).click();
		expect(await page.getByRole("alert").textContent()).toContain("Choose at least one kind");
		expect(await page.getByLabel("E-mail address").inputValue()).toBe("bakhtiyor@mission.test");
		await page.close();
	});

	it("subscribes in one step from the front, in Russian", async () => {
		const { page, complaints } = await openPage("/ru/");
		await page.getByLabel("Адрес электронной почты").fill("boris@journal.test");
		await page.getByRole("button", { name: "Подписаться" }).click();
		expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe("Проверьте почту");
		expect(await complaints()).toEqual([]);
		await page.close();
	});

	/** Until a page lists what was published a moment ago. */
	const listed = (path: string, words: string) =>
		expect
			.poll(async () => (await fetch(new URL(path, worker.url))).text(), { timeout: 10_000 })
			.toContain(words);

	it("gets from the first page to a release by keyboard, past the menu", async () => {
		const answer = await worker.visitor.publish(
			JSON.stringify({
				title: "By keyboard",
				body: "It will be.",
				kind: "meeting",
				language: "en",
			}),
			"application/json",
		);
		expect(answer.status).toBe(201);
		await listed("/en/releases", "By keyboard");
		const { page } = await openPage("/en/releases");
		await page.keyboard.press("Tab");
		expect(await page.evaluate("document.activeElement.textContent")).toBe("Skip to main content");
		await page.keyboard.press("Enter");
		const seen: string[] = [];
		for (let presses = 0; presses < 12 && !seen.includes("By keyboard"); presses += 1) {
			await page.keyboard.press("Tab");
			seen.push(String(await page.evaluate("document.activeElement.textContent")));
			expect(await outlineOf(page)).toBe("solid");
		}
		expect(seen).not.toContain("How to follow");
		await page.keyboard.press("Enter");
		await page.getByRole("heading", { level: 1, name: "By keyboard" }).waitFor();
		await page.close();
	});

	it("reads a release: its title, when and where, and its text", async () => {
		const answer = await worker.visitor.publish(example("iij-consultations"), "text/plain");
		const { release } = JSON.parse(answer.text);
		const { page, complaints } = await openPage(`/releases/${release.slug}`);
		expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe(release.title);
		const article = await page.getByRole("article").textContent();
		for (const words of [
			"1–2 October 2025",
			"Valletta",
			"several events within the RES working groups",
		])
			expect(article).toContain(words);
		expect(await tooWide(page)).toEqual([]);
		expect(await complaints()).toEqual([]);
		await page.close();
	});

	it("shows a hostile mail without running it", async () => {
		const title = "<script>document.title='taken'</script><img src=x onerror=alert(1)>";
		const { page } = await openPage("/mailbox");
		expect(await page.locator("iframe").count()).toBe(0);
		const posted = { title, body: `${title} happened.`, kind: "meeting", language: "en" };
		const answer = await worker.visitor.publish(JSON.stringify(posted), "application/json");
		expect(answer.status).toBe(201);
		await listed("/en/", "&lt;script&gt;document.title");
		await page.goto(`${worker.url}/en/`);
		expect(await page.title()).not.toBe("taken");
		expect(await page.getByText(title).count()).toBeGreaterThan(0);
		await page.close();
	});
});
