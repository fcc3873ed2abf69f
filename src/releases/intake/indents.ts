import { endsWithPause } from "./sentences.ts";

const TAB = 4;
// What is further in than most lines by less is not meant.
const LEAST_INDENT = 2;

/**
 * The lines with a blank one before each that begins a paragraph by its indent: one further in than
 * most lines, after a line that ends a sentence.
 */
export function partAtIndents(lines: readonly string[]): string[] {
	const indents = lines.map(indentOf);
	const usual = commonest(indents.filter((_, index) => lines[index]?.trim() !== ""));
	return lines.flatMap((line, index) => {
		const isFurtherIn = (indents[index] ?? 0) >= usual + LEAST_INDENT && line.trim() !== "";
		const afterSentence = endsWithPause((lines[index - 1] ?? "").trimEnd());
		return isFurtherIn && afterSentence ? ["", line] : [line];
	});
}

function indentOf(line: string): number {
	const space = /^\s*/u.exec(line)?.[0] ?? "";
	return space.length + (space.split("\t").length - 1) * (TAB - 1);
}

function commonest(numbers: readonly number[]): number {
	const counts = new Map<number, number>();
	for (const number of numbers) counts.set(number, (counts.get(number) ?? 0) + 1);
	let best = 0;
	for (const [number, count] of counts) if (count > (counts.get(best) ?? 0)) best = number;
	return best;
}
