import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults, RunOptions } from "axe-core";
import type { Page } from "playwright-core";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** Every rule of WCAG 2.0 to 2.2, levels A and AA; or those of them that colours can break. */
const RULES = { all: WCAG, colours: ["color-contrast", "link-in-text-block"] };

/** Puts axe-core into a page. Its policy stays in force: the browser runs this, not the page. */
export async function bringAxe(page: Page): Promise<void> {
	await page.evaluate(AXE);
}

/** What in a page fails some of the rules: which one, where and why. */
export async function violations(page: Page, rules: keyof typeof RULES): Promise<string[]> {
	const options: RunOptions = {
		runOnly: RULES[rules],
		resultTypes: ["violations"],
		// What a mail's HTML looks like is judged where mails are made.
		iframes: false,
	};
	const found = (await page.evaluate(`axe.run(${JSON.stringify(options)})`)) as AxeResults;
	return found.violations.flatMap(({ id, nodes }) =>
		nodes.map(({ target, failureSummary }) => `${id}: ${target}: ${failureSummary}`),
	);
}
