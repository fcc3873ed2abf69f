import { describe, expect, it } from "vitest";
import { count, MAIL_WORDS, withCount, withPublication } from "../../src/mail/words.ts";
import { LANGUAGES } from "../../src/shared/language.ts";

/** Every string in a tree, by its path. */
function strings(tree: unknown, path = ""): [string, string][] {
	if (typeof tree === "string") return [[path, tree]];
	return Object.entries(tree as object).flatMap(([name, branch]) =>
		strings(branch, path === "" ? name : `${path}.${name}`),
	);
}

/** Plural forms beyond `other` are each language's own affair. */
const shared = (tree: unknown) =>
	strings(tree).filter(([path]) => !/\.counted\.(one|few|many)$/.test(path));

describe("the words of mails in every language", () => {
	it.each(LANGUAGES)("are all there and none is empty in %s", (language) => {
		const words = strings(MAIL_WORDS[language]);
		expect(words.length).toBeGreaterThan(25);
		for (const [path, text] of words) {
			expect(text.trim(), path).toBe(text);
			expect(text, path).not.toBe("");
		}
		expect(shared(MAIL_WORDS[language]).map(([path]) => path)).toEqual(
			shared(MAIL_WORDS.en).map(([path]) => path),
		);
	});

	it.each(LANGUAGES)("have the same places to fill in in %s", (language) => {
		const places = (text: string) => text.match(/\{\w*\}/g) ?? [];
		const english = new Map(strings(MAIL_WORDS.en));
		for (const [path, text] of shared(MAIL_WORDS[language]))
			expect(places(text), path).toEqual(places(english.get(path) ?? ""));
	});

	it.each([
		["ru", /[a-z]/i],
		["uz-Cyrl", /[a-z]/i],
		["uz", /[а-яё]/i],
		["en", /[а-яё]/i],
	] as const)("are in the script of %s", (language, foreign) => {
		for (const [path, text] of strings(MAIL_WORDS[language]))
			expect(text.replaceAll(/\{(publication|count)\}/g, ""), path).not.toMatch(foreign);
	});
});

describe("a number and its noun", () => {
	const { counted } = MAIL_WORDS.ru.kinds.meeting;

	it.each([
		[1, "1 встреча"],
		[2, "2 встречи"],
		[5, "5 встреч"],
		[11, "11 встреч"],
		[12, "12 встреч"],
		[21, "21 встреча"],
		[22, "22 встречи"],
		[111, "111 встреч"],
	])("agree in Russian: %d", (number, words) => {
		expect(count(number, counted, "ru")).toBe(words);
	});

	it.each([
		[1, "1 consultation"],
		[2, "2 consultations"],
		[21, "21 consultations"],
	])("agree in English: %d", (number, words) => {
		expect(count(number, MAIL_WORDS.en.kinds.consultation.counted, "en")).toBe(words);
	});

	it.each([
		[1, "1 исправление", "1 отозванное сообщение"],
		[2, "2 исправления", "2 отозванных сообщения"],
		[5, "5 исправлений", "5 отозванных сообщений"],
		[11, "11 исправлений", "11 отозванных сообщений"],
		[21, "21 исправление", "21 отозванное сообщение"],
	])("agree in Russian where releases have changed: %d", (number, corrected, withdrawn) => {
		const { changes } = MAIL_WORDS.ru;
		expect(count(number, changes.corrected.counted, "ru")).toBe(corrected);
		expect(count(number, changes.withdrawn.counted, "ru")).toBe(withdrawn);
	});

	it.each(["uz", "uz-Cyrl"] as const)("have one form in %s", (language) => {
		const noun = MAIL_WORDS[language].kinds.meeting.counted;
		expect(count(1, noun, language)).toBe(`1 ${noun.other}`);
		expect(count(5, noun, language)).toBe(`5 ${noun.other}`);
	});
});

describe("the publication's name", () => {
	it("is put in as it is, wherever it is called for, and only once through", () => {
		expect(withPublication("{publication} and {publication}", "$& {publication}")).toBe(
			"$& {publication} and $& {publication}",
		);
	});
});

describe("what is left out", () => {
	it.each([
		["en", "and 12 more"],
		["ru", "и ещё 12"],
		["uz", "va yana 12 ta"],
		["uz-Cyrl", "ва яна 12 та"],
	] as const)("is counted in %s", (language, words) => {
		expect(withCount(MAIL_WORDS[language].digest.more, 12)).toBe(words);
	});
});
