import { readFileSync } from "node:fs";
import path from "node:path";
import { isMap, isScalar, LineCounter, type ParsedNode, parseDocument, type YAMLMap } from "yaml";
import { WORD_LIST } from "../../src/mail/word-list.ts";
import { LANGUAGES } from "../../src/shared/language.ts";
import type { Fault } from "./folder.ts";

/** A part of {@link WORD_LIST}: words by name, the places of a phrase, or a noun that is counted. */
type List = { readonly [name: string]: List } | readonly string[] | "counted";

const PLURALS = ["one", "few", "many", "other"];

/** What is wrong with the files of words: one for each language, all with the same words. */
export function checkWords(folder: string): Fault[] {
	return LANGUAGES.flatMap((language) => checkFile(folder, `words/${language}.json`));
}

function checkFile(folder: string, file: string): Fault[] {
	let text: string;
	try {
		text = readFileSync(path.join(folder, file), "utf8");
	} catch {
		return [{ file, line: 1, words: "this file is missing" }];
	}
	// Every JSON text is YAML, and YAML's nodes know where they stand.
	const lines = new LineCounter();
	const { contents, errors } = parseDocument(text, { lineCounter: lines });
	const [first] = errors;
	if (first) return [{ file, line: first.linePos?.[0].line ?? 1, words: headOf(first.message) }];
	const check = new WordCheck(file, (offset) => lines.linePos(offset).line);
	check.visit(contents, WORD_LIST, "");
	const fault = findJsonFault(text);
	return check.faults.length > 0 || !fault ? check.faults : [{ file, ...fault }];
}

/** Where a text is YAML, but not JSON. */
function findJsonFault(text: string): Omit<Fault, "file"> | null {
	try {
		JSON.parse(text);
		return null;
	} catch (fault) {
		const { message } = fault as SyntaxError;
		const at = Number(/at position (\d+)/.exec(message)?.[1] ?? text.length);
		return { line: text.slice(0, at).split("\n").length, words: headOf(message) };
	}
}

class WordCheck {
	readonly faults: Fault[] = [];
	readonly #file: string;
	readonly #lineOf: (offset: number) => number;

	constructor(file: string, lineOf: (offset: number) => number) {
		this.#file = file;
		this.#lineOf = lineOf;
	}

	visit(node: ParsedNode | null, list: List, name: string): void {
		if (list === "counted") this.#visitGroup(node, name, PLURALS, ["other"], () => []);
		else if (isPlaces(list)) this.#visitPhrase(node, list, name);
		else {
			const names = Object.keys(list);
			this.#visitGroup(node, name, names, names, (one) => list[one] as List);
		}
	}

	#visitGroup(
		node: ParsedNode | null,
		name: string,
		known: readonly string[],
		needed: readonly string[],
		listOf: (name: string) => List,
	): void {
		if (!isMap(node)) {
			this.#tell(node, `${name || "this file"} must be a group of words`);
			return;
		}
		const pairs = (node as YAMLMap.Parsed).items.map(({ key, value }) => ({
			key,
			value,
			word: String(key),
		}));
		for (const missing of needed.filter((one) => !pairs.some(({ word }) => word === one)))
			this.#tell(node, `the word ${join(name, missing)} is missing`);
		for (const { key, value, word } of pairs)
			if (known.includes(word)) this.visit(value, listOf(word), join(name, word));
			else this.#tell(key, `no mail has a word ${join(name, word)}`);
	}

	#visitPhrase(node: ParsedNode | null, places: readonly string[], name: string): void {
		const phrase: unknown = isScalar(node) ? node.value : null;
		if (typeof phrase !== "string" || (isScalar(node) && node.type !== "QUOTE_DOUBLE")) {
			this.#tell(node, `${name} must be text in double quotes`);
			return;
		}
		if (phrase.trim() !== phrase || phrase === "" || /\p{Cc}/u.test(phrase))
			this.#tell(node, `${name} must be one line of text, without space around it`);
		const found = new Set([...phrase.matchAll(/\{([^}]*)\}/g)].map(([, place = ""]) => place));
		for (const place of found)
			if (!places.includes(place)) this.#tell(node, `nothing fills in {${place}} in ${name}`);
		for (const place of places) if (!found.has(place)) this.#tell(node, `${name} lacks {${place}}`);
	}

	#tell(node: ParsedNode | null, words: string): void {
		this.faults.push({ file: this.#file, line: this.#lineOf(node?.range[0] ?? 0), words });
	}
}

function isPlaces(list: List): list is readonly string[] {
	return Array.isArray(list);
}

function join(group: string, name: string): string {
	return group === "" ? name : `${group}.${name}`;
}

function headOf(message: string): string {
	return message.split("\n")[0]?.replace(/:$/, "") ?? message;
}
