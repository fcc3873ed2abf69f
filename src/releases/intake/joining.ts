import { head, tail } from "./characters.ts";

const BROKEN_WORD = /([\p{L}\p{N}][\p{L}\p{N}'’‘ʻ-]*)[-‐\u00ad]$/u;
const FIRST_WORD = /^[\p{L}\p{N}]+(?:[-'’‘ʻ][\p{L}\p{N}]+)*/u;
const WORDS = /[\p{L}\p{N}]+(?:[-'’‘ʻ][\p{L}\p{N}]+)*/gu;

/** Whether a word stands unbroken somewhere in the text. */
export type KnownWords = (word: string) => boolean;

/** The words of a text; they are collected only when the first broken word asks for them. */
export function knownWords(blocks: readonly (readonly string[])[]): KnownWords {
	let words: Set<string> | undefined;
	return (word) => {
		words ??= new Set(blocks.flat().flatMap((line) => line.toLowerCase().match(WORDS) ?? []));
		return words.has(word.toLowerCase());
	};
}

/**
 * Lines joined to one. A word that was broken after a hyphen is joined without a space and keeps
 * its hyphen ("Counter-Terrorism"), unless the text has it elsewhere only without ("reintegration").
 */
export function joinLines(lines: readonly string[], known: KnownWords): string {
	const parts: string[] = [];
	lines.forEach((line, index) => {
		const next = lines[index + 1];
		parts.push(next === undefined ? line : withJoint(line, next, known));
	});
	return parts.join("");
}

function withJoint(line: string, next: string, known: KnownWords): string {
	const start = BROKEN_WORD.exec(tail(line))?.[1];
	const rest = FIRST_WORD.exec(head(next))?.[0];
	if (start === undefined || rest === undefined) return `${line} `;
	const onlyWithout = known(`${start}${rest}`) && !known(`${start}-${rest}`);
	return onlyWithout ? line.slice(0, -1) : line;
}
