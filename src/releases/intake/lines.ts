import { head } from "./characters.ts";
import { joinLines, knownWords } from "./joining.ts";
import { endsOpen, endsSentence, endsWithPause, startsSmall } from "./sentences.ts";

/** Lines that stand together without a blank line between them. */
export type Block = readonly string[];

const LIST_ITEM = /^([-–—•‣▪◦·*]|\d{1,2}[.)]|\p{L}\))\s\S/u;

// Lines are hard-wrapped at some width up to this; what is longer was not.
const WIDEST_WRAP = 160;
// So many of the line breaks must look like wraps for the text to be hard-wrapped.
const WRAPS_NEEDED = 0.3;
// A line this short cannot tell whether it was wrapped.
const SHORTEST_FULL_LINE = 40;

/** The blocks of a text. */
export function blocksOf(lines: readonly string[]): Block[] {
	const blocks: string[][] = [];
	let open = false;
	for (const line of lines) {
		if (line !== "" && open) blocks.at(-1)?.push(line);
		else if (line !== "") blocks.push([line]);
		open = line !== "";
	}
	return blocks;
}

/**
 * The width at which the lines were wrapped, or `null` where each line is a paragraph. A break
 * looks like a wrap when the next line goes on with a small letter, or when an unfinished line left
 * no room for the next word.
 */
export function wrapWidth(blocks: readonly Block[]): number | null {
	const breaks = blocks.flatMap((block) =>
		block.slice(1).map((next, index) => ({ line: block[index] ?? "", next })),
	);
	if (breaks.length === 0) return null;
	const lengths = breaks.map(({ line }) => line.length).sort((a, b) => a - b);
	// A stray long line (an address, say) does not set the width.
	const width = lengths[Math.ceil((lengths.length - 1) * 0.95)] ?? 0;
	if (width > WIDEST_WRAP) return null;
	const wraps = breaks.filter(({ line, next }) => looksWrapped(line, next, width));
	return wraps.length >= breaks.length * WRAPS_NEEDED ? width : null;
}

function looksWrapped(line: string, next: string, width: number): boolean {
	if (startsSmall(next)) return true;
	const full = line.length >= SHORTEST_FULL_LINE && roomLeft(line, next, width) < width * 0.15;
	return full && !endsWithPause(line);
}

/** The room that was left on a line after the next line's first word had been put on it. */
function roomLeft(line: string, next: string, width: number): number {
	const space = head(next).indexOf(" ");
	return width - line.length - 1 - (space === -1 ? head(next).length : space);
}

/** Whether a line of the same block begins a paragraph, and is not the last one's continuation. */
export function startsParagraph(line: string, next: string, width: number | null): boolean {
	if (width === null) return true;
	const room = roomLeft(line, next, width);
	// "… on May\n14. The …" is no list: the line before was full, and not at an end.
	if (isListItem(next)) {
		return room > width * 0.1 || endsWithPause(line) || marker(line) === marker(next);
	}
	if (endsSentence(line)) return room > width * 0.1;
	// Headings and rows of a programme: far too short to have been wrapped there.
	return room > width * 0.5 && !endsWithPause(line) && !continues(line, next);
}

/** Whether a sentence goes on from one line to the other, whatever stands between them. */
export function continues(line: string, next: string): boolean {
	if (isListItem(next)) return false;
	return endsOpen(line) || (!endsWithPause(line) && startsSmall(next));
}

function isListItem(line: string): boolean {
	return LIST_ITEM.test(line);
}

/** The sort of a list item's marker: "1." and "2." are of one sort. */
function marker(line: string): string | undefined {
	return LIST_ITEM.exec(line)?.[1]?.replace(/[\d\p{L}]+/u, "1");
}

/** The paragraphs of some blocks: wraps undone, sentences that a blank line broke mended. */
export function paragraphsOf(blocks: readonly Block[], width: number | null): string[] {
	const paragraphs: string[][] = [];
	for (const block of blocks) {
		let previous: string | undefined;
		for (const line of block) {
			const open = paragraphs.at(-1);
			const wrapped = previous !== undefined && !startsParagraph(previous, line, width);
			if (open !== undefined && (wrapped || continues(open.at(-1) ?? "", line))) open.push(line);
			else paragraphs.push([line]);
			previous = line;
		}
	}
	const known = knownWords(blocks);
	return paragraphs.map((lines) => joinLines(lines, known));
}
