import { describe, expect, it } from "vitest";
import { readText } from "../../src/releases/intake.ts";
import { LANGUAGES, type Language } from "../../src/shared/language.ts";

const BODY: Readonly<Record<Language, string>> = {
	en: "Representatives of both ministries spoke about trade, transport and science and were glad of it.",
	ru: "Представители обоих министерств говорили о торговле, транспорте и науке и остались довольны.",
	uz: "Vazirliklar vakillari savdo, transport va ilm-fan sohasidagi hamkorlik haqida so‘zlashdilar.",
	"uz-Cyrl":
		"Вазирликлар вакиллари савдо, транспорт ва илм-фан соҳасидаги ҳамкорлик ҳақида сўзлашдилар.",
};
const context = { languages: LANGUAGES, today: "2025-06-12" };

/** The kind that was read, or `null` where it was asked for. */
function kind(title: string, language: Language, lead = BODY[language]): string | null {
	const result = readText(`${title}\n\n${lead}`, { language }, context);
	return result.ok ? result.value.release.kind : null;
}

function parts(text: string): string[] {
	const result = readText(text, { language: "en", kind: "meeting" }, context);
	if (!result.ok) throw new Error(JSON.stringify(result.error));
	return [result.value.release.title, ...result.value.release.body.split("\n\n")];
}

describe("talks", () => {
	it("are a meeting where they take place", () => {
		expect(kind("Talks on transit held in Osh", "en")).toBe("meeting");
		expect(kind("Состоялись переговоры министров", "ru")).toBe("meeting");
		expect(kind("Vazirlikda muzokaralar bo‘lib o‘tdi", "uz")).toBe("meeting");
		expect(kind("Вазирликда музокаралар бўлиб ўтди", "uz-Cyrl")).toBe("meeting");
		const lead = "3 июня в ходе рабочего визита в Минске прошли переговоры министров экономики.";
		expect(kind("Обсуждены вопросы торговли", "ru", lead)).toBe("meeting");
	});

	it("are asked about where they merely go on", () => {
		expect(kind("Negotiations on accession continue", "en")).toBeNull();
		expect(kind("Переговоры о вступлении", "ru")).toBeNull();
	});

	it("leave the title's other words their weight", () => {
		expect(kind("Consultations held after talks", "en")).toBe("consultation");
	});
});

describe("what the sender is asked about", () => {
	it("is a telephone call, whatever meetings it touches on", () => {
		const lead = "The ministers spoke by telephone. A meeting will be held in Osh on 5 July 2025.";
		for (const [title, language, body] of [
			["Ministers speak by telephone of the next meeting", "en", BODY.en],
			["Ministers of trade speak to one another", "en", lead],
			["Телефонный разговор о встрече министров", "ru", BODY.ru],
			["Vazirlar uchrashuv haqida telefon orqali so‘zlashdi", "uz", BODY.uz],
			["Вазирлар учрашув ҳақида телефон орқали сўзлашди", "uz-Cyrl", BODY["uz-Cyrl"]],
		] as const) {
			expect(kind(title, language, body), title).toBeNull();
		}
	});

	it("is a title that announces something about a meeting", () => {
		for (const [title, language] of [
			["Registration opens for the Water Forum", "en"],
			["Call for papers: Conference on soils", "en"],
			["Statement on the summit in Osh", "en"],
			["Meeting of the Council postponed", "en"],
			["Открыта аккредитация на саммит", "ru"],
			["Forumga ro‘yxatdan o‘tish boshlandi", "uz"],
			["Конференция тўплами нашр этилди", "uz-Cyrl"],
		] as const) {
			expect(kind(title, language), title).toBeNull();
		}
	});

	it("is a text in which meetings are only said later, or again and again", () => {
		const lead = `Today the minister opened a new school for four hundred pupils in the old town. `;
		expect(kind("Minister opens school", "en", `${lead}Then a meeting was held.`)).toBeNull();
		const habit = "The museum is old and well known, and meetings are held there every week.";
		expect(kind("Museum is a hundred years old", "en", habit)).toBeNull();
		const visit = "From 2 to 4 June meetings were held with the President and with the Speaker.";
		expect(kind("Working visit to Malta", "en", visit)).toBeNull();
	});
});

describe("what stands above a title", () => {
	it("is left out where it says no more than that this is a press release", () => {
		for (const label of ["PRESS RELEASE", "UNIS/NAR/1400", "Press release No. 14/2025\nUNIS/1"]) {
			expect(parts(`${label}\n\nCouncil meeting\n\n${BODY.en}`)).toEqual([
				"Council meeting",
				BODY.en,
			]);
		}
	});

	it("stays where it says more", () => {
		const text = `EMBARGOED UNTIL 12 JUNE\n\nCouncil meeting\n\n${BODY.en}`;
		const result = readText(text, { language: "en", kind: "meeting" }, context);
		expect(result.ok ? [] : result.error.map(({ field }) => field)).toEqual(["title"]);
	});
});

describe("indents", () => {
	it("begin paragraphs after a sentence, in wrapped text", () => {
		const text = `Council meeting

    The Council met in the capital and spoke about trade and about transport in the
region, which it found to be well on its way.
    The members were glad of it, and agreed that they would meet again before long
in another town.
\tThey were thanked.`;
		const [, first, second, third, ...others] = parts(text);
		expect(first).toMatch(/^The Council .* way\.$/);
		expect(second).toMatch(/^The members .* town\.$/);
		expect(third).toBe("They were thanked.");
		expect(others).toEqual([]);
	});

	it("say nothing in mid-sentence, or where every line has one", () => {
		const wrapped = `    The Council met in the capital and spoke about trade. It then heard of transport in
    the region. The members were glad of it, and agreed that they would meet again in
    another town.`;
		expect(parts(`Council meeting\n\n${wrapped}`)).toHaveLength(2);
		const centred = "Council of the regions\n      to meet in the capital";
		expect(parts(`${centred}\n\n${BODY.en}`)[0]).toBe(
			"Council of the regions to meet in the capital",
		);
	});
});
