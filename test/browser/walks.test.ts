import { readFileSync } from "node:fs";
import type { Browser, BrowserContextOptions } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { launchChromium } from "../../scripts/local/chromium.ts";
import { describeInBrowser } from "../support/browser.ts";
import { startTestWorker, type TestWorker } from "../support/local.ts";
import { openTab, type Tab, tooWide } from "./tabs.ts";

const DESKTOP = { width: 1280, height: 800 };

const STORY = {
	story: "railways",
	kind: "consultation",
	event: { starts: "2099-05-30", ends: "2099-05-31", place: "Nukus" },
};
const ENGLISH = {
	...STORY,
	language: "en",
	title: "Consultations on railways",
	body: "Experts will consult on railways in Nukus.",
};
const RUSSIAN = {
	...STORY,
	language: "ru",
	title: "Консультации о железных дорогах",
	body: "Эксперты обсудят в Нукусе железные дороги.",
};

describeInBrowser("a reader", () => {
	let browser: Browser;
	let worker: TestWorker;

	beforeAll(async () => {
		[browser, worker] = await Promise.all([launchChromium(), startTestWorker()]);
		for (const fields of [ENGLISH, RUSSIAN]) {
			const answer = await worker.visitor.publish(JSON.stringify(fields), "application/json");
			expect(answer.status, answer.text).toBe(201);
		}
	});

	afterAll(async () => {
		await browser?.close();
		await worker?.stop();
	});

	/** Has a reader walk through the site, with nothing to complain of on the way. */
	async function walk(
		options: BrowserContextOptions,
		steps: (page: Tab["page"]) => Promise<void>,
	): Promise<void> {
		const tab = await openTab(browser, worker.url, { baseURL: worker.url, ...options });
		await steps(tab.page);
		expect(await tab.complaints()).toEqual([]);
		await tab.page.close();
	}

	it("goes from the archive to a release, its translation, and puts it into a calendar", async () => {
		await walk({ viewport: DESKTOP }, async (page) => {
			await page.goto("/en/consultations");
			await page.getByRole("link", { name: ENGLISH.title }).click();
			await page.getByRole("heading", { level: 1, name: ENGLISH.title }).waitFor();
			await page.getByRole("article").getByRole("link", { name: "Русский" }).click();
			await page.getByRole("heading", { level: 1, name: RUSSIAN.title }).waitFor();
			expect(await page.locator("html").getAttribute("lang")).toBe("ru");

			const [download] = await Promise.all([
				page.waitForEvent("download"),
				page.getByRole("link", { name: "Добавить в календарь" }).click(),
			]);
			expect(download.suggestedFilename()).toMatch(/\.ics$/);
			const calendar = readFileSync(await download.path(), "utf8").replaceAll("\r\n ", "");
			expect(calendar).toContain(`SUMMARY:${RUSSIAN.title}`);
			expect(calendar).toContain("DTSTART;VALUE=DATE:20990530");
			expect(calendar).toContain("DTEND;VALUE=DATE:20990601");
			expect(calendar).toContain("LOCATION:Nukus");
		});
	});

	it("finds a release in Russian by another ending of its words", async () => {
		await worker.visitor.until("the words to search for", async () =>
			(await worker.visitor.read("/ru/search?q=эксперты")).text.includes(RUSSIAN.title),
		);
		await walk({}, async (page) => {
			await page.goto("/ru/");
			await page.getByRole("searchbox").fill("железной дороге");
			await page.getByRole("button", { name: "Найти" }).click();
			await page.getByRole("heading", { name: /найден 1 пресс-релиз/ }).waitFor();
			await page.getByRole("link", { name: RUSSIAN.title }).click();
			await page.getByRole("heading", { level: 1, name: RUSSIAN.title }).waitFor();
		});
	});

	it("is told that a search finds nothing, and what to do", async () => {
		await walk({}, async (page) => {
			await page.goto("/ru/search");
			await page.getByRole("searchbox").fill("бегемот");
			await page.getByLabel("Встречи").check();
			await page.getByRole("searchbox").press("Enter");
			await page.getByRole("heading", { name: "По запросу «бегемот» ничего не найдено" }).waitFor();
			expect(await page.getByRole("searchbox").inputValue()).toBe("бегемот");
			expect(await page.getByLabel("Встречи").isChecked()).toBe(true);
			await page.getByRole("link", { name: "Просмотреть все пресс-релизы" }).click();
			await page.getByRole("link", { name: RUSSIAN.title }).waitFor();
		});
	});

	it("sees what is coming, by month", async () => {
		await walk({}, async (page) => {
			await page.goto("/en/");
			await page.getByRole("link", { name: "Coming up", exact: true }).click();
			const month = page.getByRole("region", { name: "May 2099" });
			await month.getByText("30–31 May 2099").waitFor();
			const calendar = page.getByRole("link", { name: "Subscribe to the calendar" });
			expect(await calendar.getAttribute("href")).toBe(
				`${worker.url.replace("http:", "webcal:")}/en/events.ics`,
			);
			await month.getByRole("link", { name: ENGLISH.title, exact: true }).click();
			await page.getByRole("heading", { level: 1, name: ENGLISH.title }).waitFor();
		});
	});

	it("subscribes in Russian, first with a fault and then rightly", async () => {
		await walk({}, async (page) => {
			await page.goto("/ru/subscribe");
			await page.getByLabel("Адрес электронной почты").fill("vera@nowhere");
			await page.getByLabel("Еженедельно").check();
			await page.getByRole("button", { name: "Подписаться" }).click();
			expect(await page.title()).toMatch(/^Ошибка:/);
			const summary = page.getByRole("alert");
			await summary.getByRole("link", { name: /Введите адрес электронной почты/ }).click();
			const email = page.getByLabel("Адрес электронной почты");
			expect(await page.evaluate("document.activeElement.name")).toBe("email");
			expect(await email.getAttribute("aria-invalid")).toBe("true");
			expect(await page.getByLabel("Еженедельно").isChecked()).toBe(true);

			await email.fill("vera@journal.test");
			await email.press("Enter");
			await page.getByRole("heading", { level: 1, name: "Проверьте почту" }).waitFor();
		});
		await worker.visitor.until("the confirmation", async () =>
			(await worker.visitor.mail()).find(({ to }) => to === "vera@journal.test"),
		);
	});

	it("changes the language and stays where they are", async () => {
		await walk({ locale: "ru-RU" }, async (page) => {
			await page.goto("/");
			expect(new URL(page.url()).pathname).toBe("/ru/");
			await page.getByRole("link", { name: "Как следить" }).first().click();
			for (const [name, path] of [
				["English", "/en/about"],
				["Oʻzbekcha", "/uz/about"],
				["Ўзбекча", "/uz-Cyrl/about"],
			] as const) {
				const languages = page.getByRole("banner").locator(".languages");
				await languages.getByRole("link", { name }).click();
				await page.waitForURL(path);
				expect(await page.locator("html").getAttribute("lang")).toBe(path.split("/")[1]);
			}
		});
	});

	it("does it all with scripts switched off", async () => {
		await walk({ javaScriptEnabled: false }, async (page) => {
			await page.goto("/en/");
			await page.getByRole("link", { name: "All releases" }).click();
			await page.getByRole("link", { name: ENGLISH.title }).click();
			await page.getByRole("link", { name: "Get releases like this by e-mail" }).click();
			await page.getByLabel("E-mail address").fill("off@journal.test");
			await page.getByRole("button", { name: "Subscribe" }).click();
			await page.getByRole("heading", { level: 1, name: "Check your mail" }).waitFor();
		});
	});

	it("reaches everything on a page by keyboard, in the order it is read, and sees where they are", async () => {
		await walk({ viewport: DESKTOP, reducedMotion: "reduce" }, async (page) => {
			for (const path of ["/en/", "/en/releases", "/en/search", "/en/subscribe", "/en/about"]) {
				await page.goto(path);
				const count = Number(await page.evaluate(REACHABLE));
				expect(count, path).toBeGreaterThan(15);
				const places: number[] = [];
				for (let presses = 0; presses < count; presses += 1) {
					await page.keyboard.press("Tab");
					const focus = (await page.evaluate(FOCUS)) as { place: number; isSeen: boolean };
					expect(focus.isSeen, `${path}, after ${presses + 1} presses`).toBe(true);
					places.push(focus.place);
				}
				expect(places, path).toEqual(Array.from({ length: count }, (_, place) => place));
			}
		});
	});

	it("jumps over the menu with the skip link, and opens a release with Enter", async () => {
		await walk({}, async (page) => {
			await page.goto("/en/consultations");
			await page.keyboard.press("Tab");
			const skip = page.getByRole("link", { name: "Skip to main content" });
			expect((await skip.boundingBox())?.y).toBeGreaterThanOrEqual(0);
			await page.keyboard.press("Enter");
			expect(await page.evaluate("document.activeElement.id")).toBe("main");
			await page.keyboard.press("Tab");
			expect(await page.evaluate("document.activeElement.closest('main') !== null")).toBe(true);
			await page.getByRole("link", { name: ENGLISH.title }).focus();
			await page.keyboard.press("Enter");
			await page.getByRole("heading", { level: 1, name: ENGLISH.title }).waitFor();
		});
	});

	it.each([
		["zoomed to 200 %", { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 }, "100%"],
		["zoomed to 400 %", { viewport: { width: 320, height: 200 }, deviceScaleFactor: 4 }, "100%"],
		["with letters twice as large", { viewport: DESKTOP }, "200%"],
		[
			"with letters twice as large, half as wide",
			{ viewport: { width: 640, height: 800 } },
			"200%",
		],
	])("reads without scrolling sideways, %s", async (_, options, size) => {
		await walk(options, async (page) => {
			for (const path of ["/ru/", "/ru/releases", "/ru/coming", "/ru/subscribe", "/ru/about"]) {
				await page.goto(path);
				await page.evaluate(`document.documentElement.style.fontSize = "${size}"`);
				expect(await tooWide(page), path).toEqual([]);
			}
		});
	});

	it.each([
		["reduce", "auto"],
		["no-preference", "smooth"],
	] as const)("who asks for %s of motion gets %s scrolling", async (reducedMotion, behaviour) => {
		await walk({ reducedMotion }, async (page) => {
			await page.goto("/en/");
			expect(await page.evaluate("getComputedStyle(document.documentElement).scrollBehavior")).toBe(
				behaviour,
			);
			expect(await page.evaluate("document.getAnimations().length")).toBe(0);
		});
	});
});

/** Runs in the page: how many places the Tab key stops at. Of radio buttons with one name it stops at one. */
const STOPS = `[...document.querySelectorAll("a[href], button, input:not([type=hidden])")].filter(
	(one) => one.type !== "radio" || one.checked)`;
const REACHABLE = `${STOPS}.length`;

/** Runs in the page: at which of these places the focus is, and whether it is outlined on the screen. */
const FOCUS = `(() => {
	const focused = document.activeElement;
	const { outlineStyle, outlineWidth } = getComputedStyle(focused);
	const { top, bottom, width } = focused.getBoundingClientRect();
	const isOnScreen = top < innerHeight && bottom > 0 && width > 0;
	const isOutlined = outlineStyle === "solid" && Number.parseFloat(outlineWidth) >= 2;
	return { place: ${STOPS}.indexOf(focused), isSeen: isOnScreen && isOutlined };
})()`;
