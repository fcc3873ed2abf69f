import type { Page } from "playwright-core";

/** What a reader finds in a mail's HTML. */
export interface Seen {
	readonly language: string;
	/** Each run of text that is shown, white space folded. */
	readonly runs: readonly string[];
	/** All that is shown, as one line. */
	readonly whole: string;
	readonly links: readonly string[];
	readonly images: readonly {
		readonly src: string;
		readonly alt: string;
		readonly height: number;
	}[];
	/** Levels of the headings, in their order. */
	readonly headings: readonly number[];
}

/** Runs in the page. */
const LOOK = `(() => {
	const fold = (text) => text.replace(/\\s+/g, " ").trim();
	const runs = [];
	const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
	while (walker.nextNode())
		if (walker.currentNode.parentElement.checkVisibility()) runs.push(fold(walker.currentNode.data));
	const all = (selector) => [...document.querySelectorAll(selector)];
	return {
		language: document.documentElement.lang,
		runs: runs.filter((run) => run !== ""),
		whole: fold(document.body.innerText),
		links: all("a[href]").map((link) => link.getAttribute("href")),
		images: all("img").map((image) => ({ src: image.src, alt: image.alt, height: image.height })),
		headings: all("h1, h2, h3, h4, h5, h6").map(({ tagName }) => Number(tagName[1])),
	};
})()`;

export function look(page: Page): Promise<Seen> {
	return page.evaluate(LOOK) as Promise<Seen>;
}

/** Where a label stands, the words that follow it on its line, and their first and last letters. */
export interface Positions {
	readonly label: Side;
	readonly words: Side;
	readonly first: Side;
	readonly last: Side;
}

interface Side {
	readonly left: number;
	readonly right: number;
	readonly top: number;
}

/** Measures the words of an element that follows a label of its own. */
export function measure(page: Page, words: string): Promise<Positions> {
	return page.evaluate(`(() => {
		const element = [...document.querySelectorAll("p strong")].find(
			({ textContent }) => textContent === ${JSON.stringify(words)},
		);
		const text = element.firstChild;
		const side = (from, to) => {
			const range = document.createRange();
			range.setStart(text, from);
			range.setEnd(text, to);
			const { left, right, top } = range.getBoundingClientRect();
			return { left, right, top };
		};
		const label = element.parentElement.querySelector("span").getBoundingClientRect();
		return {
			label: { left: label.left, right: label.right, top: label.top },
			words: side(0, text.length),
			first: side(0, 1),
			last: side(text.length - 1, text.length),
		};
	})()`) as Promise<Positions>;
}
