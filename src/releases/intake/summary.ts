import { CHARACTERS_SEARCHED, type Found } from "./finding.ts";
import { endsSentence, sentencesOf } from "./sentences.ts";

const WANTED = 300;
const LONGEST_SENTENCE = 400;
const PARAGRAPHS_USED = 5;
// What is no longer and ends no sentence is a heading or tells who wrote the text.
const LONGEST_HEADING = 80;

/**
 * The first sentences of some paragraphs, up to about 300 characters; a first sentence that is too
 * long is cut after a word.
 */
export function readSummary(paragraphs: readonly string[]): Found<string> {
	const [first = "", ...others] = openingSentences(withoutHeadings(paragraphs));
	if (first.length > LONGEST_SENTENCE) {
		const cut = cutAfterWord(first, WANTED);
		return { value: `${cut}…`, from: cut, confidence: 0.7 };
	}
	let summary = first;
	for (const sentence of others) {
		// A heading or a row of a table does not run on into the next paragraph.
		if (!endsSentence(summary) || summary.length + 1 + sentence.length > WANTED) break;
		summary += ` ${sentence}`;
	}
	return { value: summary, from: summary, confidence: 0.9 };
}

/** The paragraphs from the first on that is more than a heading, if there is one. */
function withoutHeadings(paragraphs: readonly string[]): readonly string[] {
	const lead = paragraphs
		.slice(0, PARAGRAPHS_USED)
		.findIndex((paragraph) => paragraph.length > LONGEST_HEADING || endsSentence(paragraph));
	return paragraphs.slice(Math.max(lead, 0));
}

function openingSentences(paragraphs: readonly string[]): string[] {
	return paragraphs
		.slice(0, PARAGRAPHS_USED)
		.flatMap((paragraph) => sentencesOf(paragraph.slice(0, CHARACTERS_SEARCHED)))
		.map(({ text }) => text.trim())
		.filter((text) => text !== "");
}

function cutAfterWord(text: string, longest: number): string {
	const cut = text.slice(0, longest + 1);
	const space = cut.lastIndexOf(" ");
	// Without a space to cut at, no surrogate pair may be cut in two.
	const words =
		space > 0 ? cut.slice(0, space) : cut.slice(0, longest).replace(/[\ud800-\udbff]$/, "");
	return words.replace(/[\s,;:–—-]+$/u, "");
}
