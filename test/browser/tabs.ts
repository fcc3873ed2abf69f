import type { Browser, BrowserContextOptions, Page } from "playwright-core";

/** A page in a browser, and what went wrong in it. */
export interface Tab {
	readonly page: Page;
	/** What its console said, which of its scripts failed, what it asked of others, its cookies. */
	complaints(): Promise<string[]>;
}

/** The smallest screen that pages must fit on (WCAG 2.2, 1.4.10). */
export const SMALLEST = { width: 320, height: 640 };

/** What Chromium says of a page whose status is an error, which the reader is told in the page. */
const STATUS =
	/^error: Failed to load resource: the server responded with a status of (404|410|422)/;

/**
 * Opens a tab with nothing in it.
 *
 * @param origin whom alone it may ask for anything.
 */
export async function openTab(
	browser: Browser,
	origin: string,
	options: BrowserContextOptions = {},
): Promise<Tab> {
	const page = await browser.newPage({ viewport: SMALLEST, ...options });
	const said: string[] = [];
	page.on("console", (message) => {
		const words = `${message.type()}: ${message.text()}`;
		const isStatus = STATUS.test(words) && message.location().url === page.url();
		if (!isStatus) said.push(words);
	});
	page.on("pageerror", (fault) => said.push(String(fault)));
	page.on("request", (request) => {
		if (new URL(request.url()).origin !== origin) said.push(`elsewhere: ${request.url()}`);
	});
	return {
		page,
		async complaints() {
			const cookies = await page.context().cookies();
			return [...said, ...cookies.map(({ name }) => `cookie: ${name}`)];
		},
	};
}

/** Runs in the page: what begins or ends beyond the screen, where one has to scroll sideways. */
const WIDE = `(() => {
	const { scrollWidth } = document.documentElement;
	if (scrollWidth <= window.innerWidth) return [];
	const wide = [...document.body.querySelectorAll("*")].filter(
		(element) => element.getBoundingClientRect().right > window.innerWidth,
	);
	return ["page: " + scrollWidth, ...wide.map(({ tagName, className }) => tagName + "." + className)];
})()`;

/** What is wider than the screen; nothing where nobody has to scroll sideways. */
export async function tooWide(page: Page): Promise<string[]> {
	return page.evaluate(WIDE);
}
