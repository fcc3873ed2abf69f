import { describe, expect, it } from "vitest";
import { LANGUAGES } from "../../src/shared/language.ts";
import { WORDS } from "../../src/shared/words/index.ts";

/** Every string in a tree, by its path. */
function strings(tree: unknown, path = ""): [string, string][] {
	if (typeof tree === "string") return [[path, tree]];
	return Object.entries(tree as object).flatMap(([name, branch]) =>
		strings(branch, path === "" ? name : `${path}.${name}`),
	);
}

describe("the words of every language", () => {
	it.each(LANGUAGES)("are all there and none is empty in %s", (language) => {
		const words = strings(WORDS[language]);
		expect(words.length).toBeGreaterThan(7);
		for (const [path, text] of words) {
			expect(text.trim(), path).toBe(text);
			expect(text, path).not.toBe("");
		}
		expect(words.map(([path]) => path)).toEqual(strings(WORDS.en).map(([path]) => path));
	});

	it.each([
		["ru", /[a-z]/i],
		["uz-Cyrl", /[a-z]/i],
		["uz", /[а-яё]/i],
		["en", /[а-яё]/i],
	] as const)("are in the script of %s", (language, foreign) => {
		for (const [path, text] of strings(WORDS[language])) expect(text, path).not.toMatch(foreign);
	});
});
