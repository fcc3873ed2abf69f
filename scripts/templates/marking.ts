import type { Templates } from "../../src/mail/render.ts";

/** A line of a template's source, from 1. */
export interface Place {
	readonly file: string;
	readonly line: number;
}

/** Templates with marks in them that tell, of what they are filled in to, where it comes from. */
export interface Marked {
	readonly templates: Templates;
	/** Takes the marks out of a filled-in template, and tells of each of its lines whose it is. */
	read(filled: string): ReadBack;
	/** Where something stands that nothing which was read has come to. */
	unreached(): Place[];
}

export interface ReadBack {
	readonly text: string;
	/** Of each line of the text. */
	readonly places: readonly Place[];
	/** Which parts of the templates it is made of: texts with the same path differ in values alone. */
	readonly path: string;
}

interface Mark extends Place {
	isReached: boolean;
	readonly isEmpty: boolean;
}

/** Characters for private use, which no template has. */
const MARK = /\ue000(\d+)\ue001/g;
const TAG = /\{%[\s\S]*?%\}/g;

export function mark(templates: Templates): Marked {
	const marks: Mark[] = [];
	const put = (place: Place, words: string): string => {
		marks.push({ ...place, isReached: false, isEmpty: words.trim() === "" });
		return `\ue000${marks.length - 1}\ue001${words}`;
	};
	const marked = Object.entries(templates).map(([file, source]) => [
		file,
		markOne(file, source, put),
	]);
	return {
		templates: Object.fromEntries(marked),
		read(filled) {
			let place: Place = { file: "", line: 1 };
			const lines = filled.split("\n").map((line) => {
				for (const [, index] of line.matchAll(MARK)) {
					const found = marks[Number(index)] as Mark;
					found.isReached = true;
					place = found;
				}
				return { text: line.replaceAll(MARK, ""), place };
			});
			return {
				text: lines.map(({ text }) => text).join("\n"),
				places: lines.map((one) => one.place),
				path: (filled.match(MARK) ?? []).join(""),
			};
		},
		unreached: () => marks.filter(({ isReached, isEmpty }) => !isReached && !isEmpty),
	};
}

/** Marks the begin of each line, and what follows each tag, but for what is in comments. */
function markOne(
	file: string,
	source: string,
	put: (place: Place, words: string) => string,
): string {
	let line = 1;
	let isComment = false;
	const markText = (text: string): string => {
		if (isComment) return text;
		return text
			.split("\n")
			.map((words, index) => put({ file, line: line + index }, words))
			.join("\n");
	};
	const count = (text: string) => {
		line += text.split("\n").length - 1;
	};
	let result = "";
	let at = 0;
	for (const { 0: tag, index } of source.matchAll(TAG)) {
		const before = source.slice(at, index);
		result += markText(before) + tag;
		count(before + tag);
		at = index + tag.length;
		if (/^\{%-?\s*(?:end)?comment\b/.test(tag)) isComment = !/endcomment/.test(tag);
	}
	return result + markText(source.slice(at));
}
