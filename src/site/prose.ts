import { bodyHtml } from "../releases/body.ts";
import type { ReleaseText } from "../releases/release.ts";

/** What is looked for in the HTML of a body. In its texts and attributes `<` is escaped. */
const HEADING = /<(\/?)h([1-6])>/g;
const LINKS_AND_PICTURES = /<a |<\/a>|<img src="([^"]*)" alt="([^"]*)"[^>]*>/g;

/**
 * A body as HTML for the page of its release: its headings follow the page's own without a gap, and its
 * pictures are links, since pages load nothing from elsewhere.
 */
export function proseHtml(release: Pick<ReleaseText, "body" | "format">): string {
	return withLinkedPictures(withNestedHeadings(bodyHtml(release)));
}

/** Each heading gets the level after that of the heading it is under; the page's own has the first. */
function withNestedHeadings(html: string): string {
	const above: number[] = [];
	return html.replaceAll(HEADING, (_, slash: string, given: string) => {
		const level = Number(given);
		if (slash === "") {
			while ((above.at(-1) ?? 0) >= level) above.pop();
			above.push(level);
		}
		return `<${slash}h${Math.min(6, above.length + 1)}>`;
	});
}

/** A picture within a link is its words alone: links do not nest. */
function withLinkedPictures(html: string): string {
	let isWithinLink = false;
	return html.replaceAll(LINKS_AND_PICTURES, (tag, source: string, words: string) => {
		if (!tag.startsWith("<img")) {
			isWithinLink = tag === "<a ";
			return tag;
		}
		if (isWithinLink || source === "") return words;
		return `<a href="${source}">${words || source}</a>`;
	});
}
