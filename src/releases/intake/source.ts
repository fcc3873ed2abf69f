import type { Language } from "../../shared/language.ts";
import { foldSpace } from "../../shared/text.ts";
import { cleanLines } from "./cleaning.ts";
import { startsWithDateline } from "./dateline.ts";
import { isOnlyDate } from "./dates.ts";
import type { Found } from "./finding.ts";
import { knownWords } from "./joining.ts";
import { blocksOf, paragraphsOf, wrapWidth } from "./lines.ts";
import { readTitle } from "./title.ts";

/** A plain text, parted into its title and the paragraphs of its body. */
export interface Parted {
	readonly title: Found<string> | null;
	readonly paragraphs: readonly string[];
}

/** What helps to part a text. */
export interface PartingContext {
	/** A title that was given: the text's own is then part of the body, unless it is the same. */
	readonly title: string | undefined;
	readonly language: Language | null;
	readonly today: string;
}

/** Parts a plain text. Where no title can be told from the body, everything is body. */
export function partText(
	lines: readonly string[],
	{ title: given, language, today }: PartingContext,
): Parted {
	const blocks = blocksOf(lines);
	const width = wrapWidth(blocks);
	const isDateline = (paragraph: string) =>
		language !== null && startsWithDateline(paragraph, language, today);
	const isDate = (line: string) => language !== null && isOnlyDate(line, language, today);
	const title = readTitle(blocks, { width, known: knownWords(blocks), isDateline, isDate });
	const taken = given === undefined || foldSpace(given) === title?.value;
	return { title, paragraphs: paragraphsOf((taken && title?.rest) || blocks, width) };
}

/** The paragraphs of a body that is given, for reading only; the body itself stays as it is. */
export function paragraphsIn(body: string): string[] {
	const blocks = blocksOf(cleanLines(body));
	return paragraphsOf(blocks, wrapWidth(blocks));
}
