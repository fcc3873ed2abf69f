import { describe, expect, it } from "vitest";
import { readText } from "../../src/releases/intake.ts";
import type { GivenFields } from "../../src/releases/reading.ts";
import { LANGUAGES, type Language } from "../../src/shared/language.ts";

const TODAY = "2025-06-12"; // a Thursday

function read(lead: string, language: Language, given: GivenFields = {}) {
	const sent: GivenFields = { language, kind: "meeting", ...given };
	const result = readText(`A title\n\n${lead}`, sent, { languages: LANGUAGES, today: TODAY });
	if (!result.ok) throw new Error(JSON.stringify(result.error));
	const { release, inferred } = result.value;
	const { starts, ends, place } = release.event ?? { starts: null, ends: null, place: null };
	return { starts, ends, place, told: inferred["event.starts"] };
}

/** The days of a meeting, as `first/last`. */
const days = (lead: string, language: Language, given: GivenFields = {}) => {
	const { starts, ends } = read(lead, language, given);
	return starts && `${starts}/${ends}`;
};

describe("a day that is counted from the dateline", () => {
	const dated = (sentence: string) => read(`OSH, 5 June 2025 - ${sentence}`, "en");

	it("is the nearest that the tense allows, and less sure than a date", () => {
		const { starts, told } = dated("The meeting was held in Osh on Tuesday.");
		expect(starts).toBe("2025-06-03");
		expect(told?.from).toBe("on Tuesday");
		expect(told?.confidence).toBeLessThan(0.8);
		expect(dated("The meeting will be held on Tuesday.").starts).toBe("2025-06-10");
		expect(dated("The meeting opens on Monday in Osh.").starts).toBe("2025-06-09");
		expect(dated("The meeting was held here on Thursday.").starts).toBe("2025-06-05");
		expect(dated("The meeting was held yesterday.").starts).toBe("2025-06-04");
		expect(dated("The meeting will be held tomorrow.").starts).toBe("2025-06-06");
	});

	it("is read in every language", () => {
		expect(days("ОШ, 5 июня 2025 г. Во вторник прошло заседание.", "ru")).toBe(
			"2025-06-03/2025-06-03",
		);
		expect(days("O‘sh, 5-iyun. Ertaga yig‘ilish bo‘lib o‘tadi.", "uz")).toBe(
			"2025-06-06/2025-06-06",
		);
		expect(days("Ўш, 5 июнь. Сешанба куни йиғилиш бўлиб ўтди.", "uz-Cyrl")).toBe(
			"2025-06-03/2025-06-03",
		);
	});

	it("is not guessed where tense or words do not tell which", () => {
		for (const sentence of [
			"The meeting on Tuesday.",
			"The meeting will be held next Tuesday.",
			"The meeting was held last Tuesday.",
			"The meeting will be held on Thursday.",
			"The meeting will be held from Tuesday to Friday.",
			"The minister said on Tuesday that a meeting will be held.",
			"The meeting was held on Monday and on Tuesday.",
		]) {
			expect(dated(sentence).starts, sentence).toBeNull();
		}
	});

	it("counts from the date of issue as well, but not from the day of posting", () => {
		const lead = "The meeting was held on Tuesday.";
		expect(days(lead, "en", { issued: "2025-06-11" })).toBe("2025-06-10/2025-06-10");
		expect(days(lead, "en")).toBeNull();
	});
});

describe("days in many forms", () => {
	it("are read as what they say", () => {
		for (const [lead, language, expected] of [
			["The meeting was held on 5 and 10 May.", "en", "2025-05-05/2025-05-10"],
			["The meeting was held on 5, 6 and 7 May.", "en", "2025-05-05/2025-05-07"],
			["The meeting was held on May 5th and 6th, 2025.", "en", "2025-05-05/2025-05-06"],
			["The meeting was held on 5 May and 6 May.", "en", "2025-05-05/2025-05-06"],
			["The meeting was held on May 30-June 2, 2025.", "en", "2025-05-30/2025-06-02"],
			["The meeting was held on 12 May last year.", "en", "2024-05-12/2024-05-12"],
			["Заседание состоялось 10.05.2025.", "ru", "2025-05-10/2025-05-10"],
			["Заседание состоялось «10» мая 2025г.", "ru", "2025-05-10/2025-05-10"],
			["Заседание прошло с 10-го по 12-е мая.", "ru", "2025-05-10/2025-05-12"],
			["Заседание пройдёт 12 мая следующего года.", "ru", "2026-05-12/2026-05-12"],
			["Yig‘ilish 10.05.2025 kuni bo‘lib o‘tdi.", "uz", "2025-05-10/2025-05-10"],
			["Yig‘ilish 10-mayidan 12-mayigacha bo‘lib o‘tdi.", "uz", "2025-05-10/2025-05-12"],
			["Yig‘ilish may oyining 10-12 kunlari bo‘lib o‘tdi.", "uz", "2025-05-10/2025-05-12"],
			["Yig‘ilish 10 may 2025 yil kuni bo‘lib o‘tdi.", "uz", "2025-05-10/2025-05-10"],
			["Йиғилиш ўтган йилнинг 10 майида бўлиб ўтди.", "uz-Cyrl", "2024-05-10/2024-05-10"],
			["Йиғилиш 5 ва 6 май кунлари бўлиб ўтди.", "uz-Cyrl", "2025-05-05/2025-05-06"],
		] as const) {
			expect(days(lead, language), lead).toBe(expected);
		}
	});

	it("are quoted as they stand in the text", () => {
		const quote = (lead: string, language: Language) => read(lead, language).told?.from;
		expect(quote("😀 The meeting was held on 5, 6 and 7 May.", "en")).toBe("5, 6 and 7 May");
		expect(quote("Заседание прошло с 10-го по 12-е мая.", "ru")).toBe("с 10-го по 12-е мая");
		expect(quote("Yig‘ilish may oyining 10 kuni bo‘lib o‘tdi.", "uz")).toBe("may oyining 10");
	});

	it("are not guessed", () => {
		for (const [lead, language] of [
			["The meeting was held on 10.05.2025.", "en"],
			["The two-day meeting was held on 5 May 2025.", "en"],
			["The meeting ended on 5 May 2025.", "en"],
			["The meeting accepted papers by 5 May 2025.", "en"],
			["Заседание, состоявшееся 3 марта 2025 года, пройдёт и 15 июля 2025 года.", "ru"],
			["Заседание завершилось 5 мая 2025 года.", "ru"],
			["Yig‘ilish 5-mayda yakunlandi.", "uz"],
			["Йиғилиш учун аризалар 5 майгача қабул қилинади.", "uz-Cyrl"],
		] as const) {
			expect(days(lead, language), lead).toBeNull();
		}
	});

	it("are not another event's", () => {
		const lead = `${"The rectors met in the hall of the old observatory. ".repeat(2)}`;
		expect(days(`${lead}The exhibition opened on 5 May 2025.`, "en")).toBeNull();
	});
});

describe("the place in the sentence after the day", () => {
	const place = (after: string) => read(`The Council met on 5 May 2025. ${after}`, "en").place;

	it("is the event's where that is what it speaks of", () => {
		expect(place("The meeting took place in Osh and was chaired by Norway.")).toBe("Osh");
		expect(place("The next meeting will be held in Osh.")).toBeNull();
		expect(place("An office was opened in Osh.")).toBeNull();
	});
});
