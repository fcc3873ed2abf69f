import { hasWords } from "./characters.ts";
import type { Found } from "./finding.ts";
import { joinLines, type KnownWords } from "./joining.ts";
import { type Block, continues, startsParagraph } from "./lines.ts";
import { endsSentence, sentencesOf } from "./sentences.ts";

/** Where the title ends and how sure that is. */
export interface FoundTitle extends Found<string> {
	/** The blocks of the text that are left for the body. */
	readonly rest: readonly Block[];
}

/** What is known of the text when its title is looked for. */
export interface TitleContext {
	readonly width: number | null;
	readonly known: KnownWords;
	readonly isDateline: (paragraph: string) => boolean;
	/** Whether a line is nothing but a date. */
	readonly isDate: (line: string) => boolean;
}

const LONGEST_TITLE = 300;
const LONGEST_LABEL = 80;
const MOST_LABELS = 5;
// A line like this is a paragraph of its own.
const LONG_LINE = 160;

const PRESS_RELEASE =
	"(?:joint |media |official )?(?:press[ -]?release|news release|media (?:advisory|release|note)|" +
	"press note|press statement|handout)|for immediate release|" +
	"пресс[ -]?релиз|(?:для )?немедленн\\p{L}{2,4} публикаци\\p{L}{1,2}|" +
	"matbuot (?:xabari|relizi)|матбуот (?:хабари|релизи)|press[ -]?reliz";
const NUMBER_SIGN = "\\s?(?:no\\.?|№|#|n°)?\\s?";
// That it is a press release, and which.
const LABEL = new RegExp(
	`^(?:${PRESS_RELEASE})(?:${NUMBER_SIGN}(?=\\S*\\d)[\\p{L}\\d/.-]{1,20})?:?$`,
	"iu",
);
const BOILERPLATE = new RegExp(
	`^(?:${PRESS_RELEASE}|embargoed until .{1,40})(?:${NUMBER_SIGN}[\\p{L}\\d/.-]{0,20})?:?$`,
	"iu",
);

// A document's number: UNIS/INF/331.
const SYMBOL = /^[\p{Lu}\d]+(?:[/-][\p{Lu}\d.]+){1,6}$/u;

/** The title at the beginning of the text, or `null` where it cannot be told from the body. */
export function readTitle(blocks: readonly Block[], context: TitleContext): FoundTitle | null {
	const [first = [], ...others] = mendedOpening(belowLabels(blocks));
	const end = lengthOfOpening(first, context);
	const opening = first.slice(0, end);
	if (opening.length === 0) return null;
	const closed = end < first.length || others.length > 0;
	const whole = closed && isTitle(opening, context);
	const doubtful = !whole || (end > 1 && endsSentence(opening.at(-1) ?? ""));
	const cut = doubtful ? firstClearBreak(opening, context) : null;
	if (cut === null && !whole) return null;
	const lines = opening.slice(0, cut ?? end);
	const rest = [first.slice(lines.length), ...others].filter((block) => block.length > 0);
	const title = joinLines(lines, context.known);
	return { value: title, from: title, confidence: doubtful ? 0.7 : 0.95, rest };
}

/** The blocks below the lines that say no more than that this is a press release, and which. */
function belowLabels(blocks: readonly Block[]): readonly Block[] {
	const at = blocks.slice(0, MOST_LABELS).findIndex((block) => !block.every(isLabel));
	const [first = [], ...others] = blocks.slice(Math.max(at, 0));
	const labels = at === -1 ? 0 : first.findIndex((line) => !isLabel(line));
	return [first.slice(labels), ...others];
}

function isLabel(line: string): boolean {
	return line.length <= LONGEST_LABEL && (LABEL.test(line) || SYMBOL.test(line));
}

/** The blocks, with a title that a blank line broke in two put together. */
function mendedOpening(blocks: readonly Block[]): readonly Block[] {
	const [first = [], second = [], ...others] = blocks;
	const broken = second.length > 0 && continues(first.at(-1) ?? "", second[0] ?? "");
	const short = [...first, ...second].join(" ").length <= LONGEST_TITLE;
	return broken && short && others.length > 0 ? [[...first, ...second], ...others] : blocks;
}

/** How many lines of the first block may be title: none after a dateline or a long paragraph. */
function lengthOfOpening(block: Block, { isDateline }: TitleContext): number {
	const searched = block.slice(0, 10);
	const body = searched.findIndex(
		(line, index) =>
			(index > 0 && line.length > LONG_LINE) ||
			isDateline(searched.slice(index, index + 3).join(" ")),
	);
	return body === -1 ? block.length : body;
}

/** The first line end at which the title is over, for all that the lines tell. */
function firstClearBreak(lines: Block, context: TitleContext): number | null {
	for (let end = 1; end < lines.length; end++) {
		const [line = "", next = ""] = [lines[end - 1], lines[end]];
		const over = startsParagraph(line, next, context.width) && !continues(line, next);
		if (over) return isTitle(lines.slice(0, end), context) ? end : null;
	}
	return null;
}

function isTitle(lines: Block, { known, isDate }: TitleContext): boolean {
	if (lines.length > 10) return false;
	const title = joinLines(lines, known);
	if (title.length > LONGEST_TITLE || !hasWords(title)) return false;
	// What else stands above many a title, or below it.
	if (lines.some((line) => isLabel(line) || BOILERPLATE.test(line) || isDate(line))) return false;
	return !(sentencesOf(title).length > 1 && endsSentence(title));
}
