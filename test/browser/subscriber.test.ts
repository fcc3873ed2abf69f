import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { launchChromium } from "../../scripts/local/chromium.ts";
import { describeInBrowser } from "../support/browser.ts";
import { startTestWorker, type TestWorker } from "../support/local.ts";

const PHONE = { width: 390, height: 844 };
const ADDRESS = "anna@journal.test";
const DAY_MS = 24 * 60 * 60 * 1000;
/** 09:00 in Tashkent tomorrow, when the next daily digest is due. */
const TOMORROW = Math.floor(Date.now() / DAY_MS) * DAY_MS + DAY_MS + 4 * 60 * 60 * 1000;

describeInBrowser("a subscriber with a phone, in Russian", () => {
	let browser: Browser;
	let worker: TestWorker;
	let page: Page;
	const complaints: string[] = [];

	beforeAll(async () => {
		[browser, worker] = await Promise.all([launchChromium(), startTestWorker()]);
		const context = await browser.newContext({ viewport: PHONE, locale: "ru-RU" });
		context.on("page", watch);
		page = await context.newPage();
	});

	afterAll(async () => {
		await browser?.close();
		await worker?.stop();
	});

	/** Remembers what the browser complains of: scripts, styles, refused resources. */
	function watch(window: Page): void {
		window.on("console", (said) => said.type() === "error" && complaints.push(said.text()));
		window.on("pageerror", (fault) => complaints.push(String(fault)));
	}

	async function isHeaded(heading: string): Promise<void> {
		await page.getByRole("heading", { level: 1, name: heading }).waitFor();
		const fits = await page.evaluate("document.documentElement.scrollWidth <= window.innerWidth");
		expect(fits, heading).toBe(true);
	}

	/** Opens the newest mail with such a subject, once there are so many, and follows one of its links. */
	async function followMail(subject: string, count: number, link: string): Promise<void> {
		const mail = await worker.visitor.until(`mail no. ${count}: ${subject}`, async () => {
			const mails = await worker.visitor.mail();
			const found = mails.filter((one) => one.to === ADDRESS && one.subject.startsWith(subject));
			return found.length === count && found[0];
		});
		await page.goto(`${worker.url}/mailbox/${mail.id}`);
		const [popup] = await Promise.all([
			page.waitForEvent("popup"),
			page.frameLocator("iframe").getByRole("link", { name: link }).press("Enter"),
		]);
		await popup.waitForLoadState();
		await page.close();
		page = popup;
	}

	async function publish(title: string): Promise<void> {
		const fields = { title, body: `${title}.`, kind: "meeting", language: "ru" };
		const answer = await worker.visitor.publish(JSON.stringify(fields), "application/json");
		expect(answer.status).toBe(201);
	}

	/** Lets the clock strike, and waits until its digests are made: a pause counts while they are. */
	async function tick(at: number): Promise<void> {
		await worker.visitor.tick(at);
		const headers = { Authorization: "Bearer dev-publisher-key" };
		await worker.visitor.until("digests", async () => {
			const answer = await fetch(`${worker.url}/api/runs`, { headers });
			const { runs } = (await answer.json()) as { runs: { state: string }[] };
			return runs.every(({ state }) => state === "closed");
		});
	}

	const press = (name: string) => page.getByRole("button", { name, exact: true }).click();

	async function subscribe(times: number): Promise<void> {
		await page.getByLabel("Адрес электронной почты").fill(ADDRESS);
		await press("Подписаться");
		await isHeaded("Проверьте почту");
		await followMail("Подтвердите подписку", times, "Подтвердить подписку");
		await press("Подтвердить подписку");
		await isHeaded("Ваша подписка подтверждена");
	}

	it("subscribes, confirms, changes what comes, pauses, leaves and comes back", async () => {
		await page.goto(`${worker.url}/ru/subscribe`);
		await subscribe(1);

		await publish("Первая встреча");
		await worker.visitor.tick(TOMORROW);
		await followMail("Первая встреча", 1, "Настройки подписки");
		await isHeaded("Ваша подписка");

		await page.getByLabel("Сообщения").check();
		await page.getByLabel("Второй").selectOption({ label: "Oʻzbekcha" });
		await page.getByLabel("Часовой пояс").selectOption({ label: "Samarkand" });
		await press("Сохранить выбор");
		await page.getByRole("status").filter({ hasText: "Ваш выбор сохранён." }).waitFor();
		expect(await page.getByLabel("Сообщения").isChecked()).toBe(true);
		expect(await page.getByLabel("Первый").inputValue()).toBe("ru");
		expect(await page.getByLabel("Второй").inputValue()).toBe("uz");
		expect(await page.getByLabel("Часовой пояс").inputValue()).toBe("Asia/Samarkand");

		const until = page.getByLabel("Письма снова приходят с этого дня");
		await until.fill((await until.getAttribute("max")) ?? "");
		await press("Приостановить рассылку");
		await page.getByRole("status").filter({ hasText: "Рассылка приостановлена." }).waitFor();
		await publish("Вторая встреча");
		await tick(TOMORROW + DAY_MS);
		await press("Возобновить сейчас");
		await page.getByRole("status").filter({ hasText: "Рассылка возобновлена." }).waitFor();
		await publish("Третья встреча");
		await worker.visitor.tick(TOMORROW + 2 * DAY_MS);
		await followMail("Communiqué: 2 встречи", 1, "Настройки подписки");

		await press("Отписаться");
		await isHeaded("Вы отписались");
		await page.getByRole("link", { name: "Подписаться снова" }).click();
		await subscribe(2);
		expect(complaints).toEqual([]);
	});

	it("is told what to mend, asks for another address, and has everything erased", async () => {
		await publish("Четвёртая встреча");
		await worker.visitor.tick(TOMORROW + 3 * DAY_MS);
		await followMail("Четвёртая встреча", 1, "Настройки подписки");
		for (const kind of ["Консультации", "Встречи"])
			await page.getByRole("checkbox", { name: kind }).uncheck();
		await press("Сохранить выбор");
		await page.getByRole("alert").getByText("Выберите хотя бы один вид").click();
		expect(await page.evaluate("document.activeElement.value")).toBe("consultation");
		await isHeaded("Ваша подписка");

		await page.getByLabel("Новый адрес электронной почты").fill("anna@mission.test");
		await press("Изменить адрес");
		await page.getByText("Адрес anna@mission.test ещё не подтверждён").waitFor();
		const [download] = await Promise.all([
			page.waitForEvent("download"),
			page.getByRole("link", { name: "Скачать всё" }).click(),
		]);
		expect(download.suggestedFilename()).toBe("subscription.json");
		await page.getByRole("link", { name: "Удалить всё" }).click();
		await isHeaded("Удалить ваши данные");
		await press("Удалить всё");
		await isHeaded("Ваши данные удалены");
	});
});
