import { describe, expect, it } from "vitest";
import { readText } from "../../src/releases/intake.ts";
import { LANGUAGES, type Language } from "../../src/shared/language.ts";

describe("datelines", () => {
	const dateline = (opening: string, language: Language) => {
		const text = `A title\n\n${opening} Vazirlar, министры, ministers.`;
		const given = { language, kind: "announcement" } as const;
		const result = readText(text, given, { languages: LANGUAGES, today: "2025-06-12" });
		return result.ok ? result.value.release.dateline : null;
	};

	it("may have the date first, or a word for town", () => {
		for (const [opening, language, places] of [
			["15 April 2025, Bishkek, Kyrgyzstan –", "en", ["Bishkek", "Kyrgyzstan"]],
			["The Hague, 15 April 2025 –", "en", ["The Hague"]],
			["г. Ташкент, 15 апреля 2025 г.", "ru", ["Ташкент"]],
			["Ташкент, 15 апреля, УзА.", "ru", ["Ташкент"]],
			["Toshkent shahri, 15-aprel, 2025-yil.", "uz", ["Toshkent"]],
		] as const) {
			expect(dateline(opening, language), opening).toEqual({ places, date: "2025-04-15" });
		}
	});

	it("are no by-lines", () => {
		expect(dateline("Dilnoza Karimova, 10 May 2025.", "en")).toBeNull();
		expect(dateline("Иван Петров, 10 мая 2025 г.", "ru")).toBeNull();
		expect(dateline("New York, 10 May 2025.", "en")?.places).toEqual(["New York"]);
		expect(dateline("Kyzyl Kum (UNA), 10 May 2025 –", "en")?.places).toEqual(["Kyzyl Kum"]);
	});
});
