import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LANGUAGES } from "../../src/shared/language.ts";
import { bestLanguage } from "../../src/site/negotiation.ts";

describe("the best language", () => {
	it.each([
		[undefined, "en"],
		["", "en"],
		["de, fr", "en"],
		["ru", "ru"],
		["RU-ru", "ru"],
		["ru-RU,ru;q=0.9,en-US;q=0.8,en;q=0.7", "ru"],
		["de-DE, uz;q=0.9, ru;q=0.8", "uz"],
		["en;q=0.4, ru;q=0.6", "ru"],
		["ru, uz", "ru"],
		["uz", "uz"],
		["uz-UZ", "uz"],
		["uz-Latn", "uz"],
		["uz-Latn-UZ", "uz"],
		["uz-Cyrl", "uz-Cyrl"],
		["uz-cyrl-uz", "uz-Cyrl"],
		["uz-x-formal", "uz"],
		["uzb", "en"],
		["*", "en"],
		["de, *;q=0.5", "en"],
		["en;q=0, *", "ru"],
		["en;q=0, ru;q=0, *;q=0.1", "uz"],
		["ru;q=0.5, *", "en"],
		["en;q=0.5, *", "ru"],
		["ru;q=0", "en"],
		["en;q=0", "ru"],
		["*;q=0", "en"],
		["ru;q=0, ru-RU", "en"],
		[";;;,=,q", "en"],
	])("by %j is %s", (header, language) => {
		expect(bestLanguage(header, LANGUAGES)).toBe(language);
	});

	it("is one of those that there are", () => {
		expect(bestLanguage("ru, uz;q=0.5", ["uz-Cyrl", "uz"])).toBe("uz");
		expect(bestLanguage("uz-Cyrl", ["en", "uz"])).toBe("uz");
		expect(bestLanguage("en;q=0, ru;q=0", ["en", "ru"])).toBe("en");
		fc.assert(
			fc.property(fc.string({ unit: "binary", maxLength: 100 }), (header) => {
				expect(LANGUAGES).toContain(bestLanguage(header, LANGUAGES));
			}),
		);
	});
});
