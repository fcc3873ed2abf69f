import { describe, expect, it } from "vitest";
import { toIndexText, toMatch } from "../../src/site/search-words.ts";

describe("text for the index", () => {
	it.each([
		["o'zbek", "ozbek"],
		["o‘zbek", "ozbek"],
		["o’zbek", "ozbek"],
		["oʻzbek", "ozbek"],
		["oʼzbek", "ozbek"],
		["o`zbek", "ozbek"],
		["Gʻafur Gʻulom", "Gafur Gulom"],
		["mavqeʼ haqida", "mavqe  haqida"],
		["the 'old' text", "the  old  text"],
		["ещё Ёлка", "еще Елка"],
		["con\u00adsul\u200bta\u200dtions", "consultations"],
		["и\u0306од", "йод"],
		["a lone \ud800 surrogate", "a lone \ufffd surrogate"],
	])("folds %j", (text, folded) => {
		expect(toIndexText(text)).toBe(folded);
	});
});

describe("an expression", () => {
	it.each([
		["water", '"wate"*'],
		["talk", '"talk"*'],
		["meetings", '"meetin"*'],
		["консультация", '"консультац"*'],
		["maslahatlashuvi", '"maslahatlashu"*'],
		["oʻzbek suv", '"ozbe"* AND "suv"*'],
		["20261201", '"20261201"*'],
		["CO2emissions", '"CO2emissions"*'],
		["water-energy", '"wate"* AND "energ"*'],
		['"the old meeting" water', '"the old meeting" AND "wate"*'],
		["вода «общая встреча»", '"вода"* AND "общая встреча"'],
		['an "open mark', '"an" AND "open"* AND "mark"*'],
		["AND OR NOT NEAR", '"AND"* AND "OR" AND "NOT"* AND "NEAR"*'],
		["title:x ^y (z) {a} +b *", '"titl"* AND "x" AND "y" AND "z" AND "a" AND "b"'],
	])("of %j", (query, match) => {
		expect(toMatch(query)).toBe(match);
	});

	it.each(["", "  ", "…", '""', '"', "'", "\u0301", "\u0000", "☃"])("is none of %j", (query) => {
		expect(toMatch(query)).toBeNull();
	});

	it("takes ten words, those of phrases too, and 200 characters", () => {
		const words = "a b c d e f g h i j k l".split(" ");
		expect(toMatch(words.join(" "))?.split(" AND ")).toHaveLength(10);
		expect(toMatch(`"${words.slice(0, 8).join(" ")}" x y z`)).toBe(
			'"a b c d e f g h" AND "x" AND "y"',
		);
		expect(toMatch(`${"1".repeat(300)}`)).toBe(`"${"1".repeat(200)}"*`);
	});
});
