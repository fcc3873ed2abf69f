import { describe, expect, it } from "vitest";
import { LANGUAGES, type Language } from "../../src/shared/language.ts";
import { fill, fillCounted, formatNumber, stringsOf } from "../../src/site/strings/index.ts";

/** Every string in a tree, by its path. */
function leaves(tree: unknown, path = ""): [string, string][] {
	if (typeof tree === "string") return [[path, tree]];
	return Object.entries(tree as object).flatMap(([name, branch]) =>
		leaves(branch, path === "" ? name : `${path}.${name}`),
	);
}

const PLURALS = ["archive.total", "search.found"];

/** Plural forms beyond `other` are each language's own affair. */
const shared = (language: Language) =>
	leaves(stringsOf(language)).filter(
		([path]) => !PLURALS.some((plural) => new RegExp(`^${plural}\\.(one|few|many)$`).test(path)),
	);

const places = (text: string) => [...text.matchAll(/\{\w*\}/g)].map(([place]) => place).sort();

describe("the strings of every language", () => {
	it.each(LANGUAGES)("are all there and none is empty in %s", (language) => {
		expect(shared(language).length).toBeGreaterThan(150);
		expect(shared(language).map(([path]) => path)).toEqual(shared("en").map(([path]) => path));
		for (const [path, text] of leaves(stringsOf(language))) {
			expect(text, path).not.toBe("");
			expect(text.trim().replaceAll(/\s+/g, " "), path).toBe(text);
		}
	});

	it.each(LANGUAGES)("have the same places to fill in in %s", (language) => {
		const english = new Map(leaves(stringsOf("en")));
		for (const [path, text] of leaves(stringsOf(language))) {
			const twin = english.get(path) ?? english.get(path.replace(/\w+$/, "other"));
			expect(places(text), path).toEqual(places(twin ?? ""));
		}
	});

	it.each([
		["ru", /[a-z]/i],
		["uz-Cyrl", /[a-z]/i],
		["uz", /[а-яё]/i],
		["en", /[а-яё]/i],
	] as const)("are in the script of %s, but for names", (language, foreign) => {
		const names =
			/RSS|Atom|JSON Feed|OPML|PDF|URL|UTC|cookie|Google|Outlook|Apple|name@example\.org|\{\w+\}/g;
		for (const [path, text] of leaves(stringsOf(language)))
			expect(text.replaceAll(names, ""), path).not.toMatch(foreign);
	});

	it("spell Uzbek with its own letters, and none with a typewriter's apostrophe", () => {
		for (const language of LANGUAGES)
			for (const [path, text] of leaves(stringsOf(language)))
				expect(text, path).not.toMatch(/['`‘]/);
		for (const [path, text] of leaves(stringsOf("uz"))) {
			expect(text, path).not.toMatch(/[oOgG]ʼ/);
			expect(text, path).not.toMatch(/[^oOgG]ʻ/);
		}
	});

	it("have the plural forms that the language has", () => {
		for (const language of ["en", "ru"] as const) {
			const { pluralCategories } = new Intl.PluralRules(language).resolvedOptions();
			const { archive, search } = stringsOf(language);
			for (const forms of [archive.total, search.found])
				expect(Object.keys(forms).sort()).toEqual([...pluralCategories].sort());
		}
	});

	it("are each used by name, or with their siblings by a computed name", () => {
		const sources = import.meta.glob<string>("../../src/**/*.{ts,tsx}", {
			query: "?raw",
			import: "default",
			eager: true,
		});
		const code = Object.values(sources).join("\n").replaceAll(/\s/g, "");
		const isUsed = (path: string) => {
			const steps = path.split(".").map((step) => `(?:\\.${step}\\b|\\[[^\\]]*\\])`);
			return new RegExp(`(?:strings|\\))${steps.join("")}`).test(code);
		};
		const unused = leaves(stringsOf("en"))
			.map(([path]) => path.replace(/\.(one|other)$/, ""))
			.filter((path) => !isUsed(path));
		expect(unused).toEqual([]);
	});
});

describe("a phrase", () => {
	it("is filled in once through, and what is not given stays to be seen", () => {
		expect(fill("{a} and {b}, {a}", { a: "{b}", b: "$&" })).toBe("{b} and $&, {b}");
		expect(fill("{missing}", {})).toBe("{missing}");
	});

	it.each([
		["en", 1, "1 release"],
		["en", 2, "2 releases"],
		["en", 12345, "12,345 releases"],
		["ru", 1, "1 пресс-релиз"],
		["ru", 3, "3 пресс-релиза"],
		["ru", 11, "11 пресс-релизов"],
		["ru", 21, "21 пресс-релиз"],
		["uz", 1, "1 ta press-reliz"],
		["uz-Cyrl", 21, "21 та пресс-релиз"],
	] as const)("agrees with its number in %s: %d", (language, count, words) => {
		expect(fillCounted(stringsOf(language).archive.total, count, language)).toBe(words);
	});

	it("has numbers as the language groups them", () => {
		expect(formatNumber(12345.5, "en")).toBe("12,345.5");
		for (const language of ["ru", "uz", "uz-Cyrl"] as const)
			expect(formatNumber(12345.5, language)).toMatch(/^12\s345,5$/);
	});
});
