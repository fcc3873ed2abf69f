import { describe, expect, it } from "vitest";
import { readFields, readText } from "../../src/releases/intake.ts";
import type { GivenFields, Reading } from "../../src/releases/reading.ts";
import type { Language } from "../../src/shared/language.ts";

const languages: readonly Language[] = ["en", "ru", "uz", "uz-Cyrl"];

function read(text: string, today: string, given: GivenFields = {}): Reading {
	const result = readText(text, given, { languages, today });
	if (!result.ok) throw new Error(JSON.stringify(result.error));
	return result.value;
}

function asked(text: string, given: GivenFields = {}): string[] {
	const result = readText(text, given, { languages, today: "2025-10-05" });
	return result.ok ? [] : result.error.map(({ field }) => field);
}

const BODY: Readonly<Record<Language, string>> = {
	en: "Representatives of both ministries spoke about trade, transport and science and were glad of it.",
	ru: "Представители обоих министерств говорили о торговле, транспорте и науке и остались довольны.",
	uz: "Vazirliklar vakillari savdo, transport va ilm-fan sohasidagi hamkorlik haqida so‘zlashdilar.",
	"uz-Cyrl":
		"Вазирликлар вакиллари савдо, транспорт ва илм-фан соҳасидаги ҳамкорлик ҳақида сўзлашдилар.",
};

describe("language", () => {
	it("is told, and the script of Uzbek with it", () => {
		for (const language of languages) {
			const body = `${BODY[language]} `.repeat(3);
			const { release, inferred } = read(`7\u00a0+ 1\n\n${body}`, "2025-10-05", {
				kind: "meeting",
			});
			expect(release.language).toBe(language);
			expect(inferred.language?.confidence).toBeGreaterThan(0.9);
		}
	});

	it("is asked for where it is none of these, however alike", () => {
		const strangers = [
			"Представники міністерств закордонних справ провели політичні консультації у Києві, обговорили питання співпраці та безпеки.",
			"Астанада Қазақстан Республикасының Сыртқы істер министрлігінің өкілдері кездесу өткізді, ынтымақтастық мәселелерін талқылады.",
			"Дар шаҳри Душанбе мулоқоти вазирони корҳои хориҷии кишварҳои Осиёи Марказӣ баргузор шуд ва ҳуҷҷатҳо имзо шуданд.",
			"Dışişleri Bakanlığı temsilcileri Ankara'da siyasi istişarelerde bulundu ve bölgesel konuları ele aldı.",
			"Les représentants des États membres se sont réunis à Genève pour des consultations sur la justice.",
			"אנשי משרד החוץ נפגשו בירושלים לדיון בנושאי סחר ומדע ושיתוף פעולה בין שתי המדינות",
		];
		for (const text of strangers) {
			expect(asked(`2025\n\n${text}`, { kind: "meeting", title: "A" }), text).toEqual(["language"]);
		}
	});

	it("is asked for where two scripts share the text", () => {
		const text = `${BODY.en} ${BODY.ru}`;
		expect(asked(`2025\n\n${text}`, { kind: "meeting", title: "A" })).toEqual(["language"]);
	});
});

describe("kind", () => {
	const kind = (title: string, language: Language, lead = BODY[language]) => {
		const { release, inferred } = read(`${title}\n\n${lead}`, "2025-10-05", { language });
		return [release.kind, inferred.kind?.from];
	};

	it("is told by the title", () => {
		expect(kind("Round table on water in Samarkand", "en")).toEqual(["meeting", "Round table"]);
		expect(kind("Узбекистан и Мальта провели консультации", "ru")).toEqual([
			"consultation",
			"консультации",
		]);
		expect(kind("Состоялось заседание совета", "ru")).toEqual(["meeting", "заседание"]);
		expect(kind("Консультативная встреча глав государств", "ru")).toEqual(["meeting", "встреча"]);
		expect(kind("Kengashning navbatdagi yigʻilishi boʻlib oʻtdi", "uz")).toEqual([
			"meeting",
			"yigʻilishi",
		]);
		expect(kind("Siyosiy maslahatlashuvlar o'tkazildi", "uz")).toEqual([
			"consultation",
			"maslahatlashuvlar",
		]);
		expect(kind("Сиёсий маслаҳатлашувлар ўтказилди", "uz-Cyrl")).toEqual([
			"consultation",
			"маслаҳатлашувлар",
		]);
		expect(kind("Кенгашнинг йиғилиши бўлиб ўтди", "uz-Cyrl")).toEqual(["meeting", "йиғилиши"]);
	});

	it("is a meeting's, whatever the later paragraphs mention", () => {
		const lead = `${BODY.en}\n\n${BODY.en}\n\nConsultations were held, and consultations will follow.`;
		expect(kind("Meeting of experts", "en", lead)).toEqual(["meeting", "Meeting"]);
	});

	it("is less sure where the title names both", () => {
		const { release, inferred } = read(
			`Consultation meeting of experts\n\n${BODY.en}`,
			"2025-10-05",
		);
		expect(release.kind).toBe("meeting");
		expect(inferred.kind?.confidence).toBeLessThan(0.7);
		expect(kind("Consultations held on the sidelines of the summit", "en")[0]).toBe("consultation");
	});

	it("is told by the first sentence in which one takes place", () => {
		const lead =
			"On 1 October the fourth round of consultations was held in Vienna. The meeting went well.";
		expect(kind("Austria and Malta speak about trade", "en", lead)[0]).toBe("consultation");
	});

	it("is not told by what is only mentioned", () => {
		for (const [title, lead, language] of [
			["Decree on tourism", "The decree was prepared following a meeting held in Samarkand.", "en"],
			["Decree on tourism", "The Olympic committee said that sessions are useful to all.", "en"],
			["Press conference of the minister", "The minister spoke about the year and the news.", "en"],
			[
				"Министры говорили по телефону",
				"В рамках регулярных политических консультаций состоялся телефонный разговор.",
				"ru",
			],
			["Oliy Majlis palatasi qonunni maʼqulladi", "Qonun Oliy Majlis tomonidan maʼqullandi.", "uz"],
		] as const) {
			expect(asked(`${title}\n\n${lead}`, { language }), title).toEqual(["kind"]);
		}
	});
});

describe("dateline", () => {
	const dateline = (
		opening: string,
		language: Language,
		today: string,
		given: GivenFields = {},
	) => {
		const text = `A title\n\n${opening} ${BODY[language]}`;
		const { release } = read(text, today, { kind: "announcement", language, ...given });
		expect(release.body).toBe(`${opening} ${BODY[language]}`);
		return { ...release.dateline, summary: release.summary };
	};

	it("is read in many forms, and left out of the summary", () => {
		for (const [opening, language, places, date] of [
			[
				"Tashkent/New York/Vienna, May 10, 2024.",
				"en",
				["Tashkent", "New York", "Vienna"],
				"2024-05-10",
			],
			["VIENNA, 1 October (UN Information Service) -", "en", ["Vienna"], "2024-10-01"],
			["ISLAMABAD, Oct 3 (APP):", "en", ["Islamabad"], "2024-10-03"],
			["NEW YORK – GENEVA, Friday, 4 October 2024 --", "en", ["New York", "Geneva"], "2024-10-04"],
			["Washington, D.C., October 3, 2024 —", "en", ["Washington", "D.C."], "2024-10-03"],
			["PORT-AU-PRINCE, 3 October 2024 –", "en", ["Port-au-Prince"], "2024-10-03"],
			["Rio de Janeiro (3 October 2024) –", "en", ["Rio de Janeiro"], "2024-10-03"],
			["DUSHANBE, October 3, 2024, Asia-Plus --", "en", ["Dushanbe"], "2024-10-03"],
			["TASHKENT, Sept 29 (UzA/APP) :", "en", ["Tashkent"], "2024-09-29"],
			["БАКУ /Trend/ - 1 мая.", "ru", ["Баку"], "2024-05-01"],
			["Ташкент, 8 июля 2024 г. –", "ru", ["Ташкент"], "2024-07-08"],
			["ТАШКЕНТ, 3 октября. /УзА/.", "ru", ["Ташкент"], "2024-10-03"],
			["Нью-Йорк, 3 октября 2024 года.", "ru", ["Нью-Йорк"], "2024-10-03"],
			["Toshkent, 4-oktabr.", "uz", ["Toshkent"], "2024-10-04"],
			["TOShKENT, 7 yanv — Sputnik.", "uz", ["Toshkent"], "2024-01-07"],
			["Toshkent, 2024-yil 4-oktabr /OʻzA/ –", "uz", ["Toshkent"], "2024-10-04"],
			["Тошкент. 4 октябрь. ЎзА –", "uz-Cyrl", ["Тошкент"], "2024-10-04"],
		] as const) {
			const found = dateline(opening, language, "2024-10-07");
			expect(found, opening).toEqual({ places, date, summary: BODY[language] });
		}
	});

	it("takes the year from what is given, else from the day of posting", () => {
		const year = (today: string, given: GivenFields = {}) =>
			dateline("VIENNA, 20 December -", "en", today, given).date;
		expect(year("2025-01-03")).toBe("2024-12-20");
		expect(year("2025-12-01")).toBe("2025-12-20");
		expect(year("2025-07-01")).toBe("2024-12-20");
		expect(year("2025-07-01", { issued: "2019-12-21" })).toBe("2019-12-20");
	});

	it("may belong to the sentence as well, after an agency and a dash", () => {
		const text = `Азербайджан и Австралия провели консультации

БАКУ /Trend/ - 1 мая в Баку прошел первый раунд политических консультаций между министерствами.`;
		expect(read(text, "2024-05-03").release).toMatchObject({
			dateline: { places: ["Баку"], date: "2024-05-01" },
			event: { starts: "2024-05-01", ends: "2024-05-01", place: "Баку" },
			summary: "1 мая в Баку прошел первый раунд политических консультаций между министерствами.",
		});
	});

	it("may stand below a subtitle, and on a line of its own", () => {
		const text = `A title\n\nA subtitle about trade\n\nVienna, 3 October 2024\n\n${BODY.en}`;
		expect(read(text, "2025-10-05", { kind: "announcement" }).release).toMatchObject({
			dateline: { places: ["Vienna"], date: "2024-10-03" },
			issued: "2024-10-03",
			summary: BODY.en,
		});
	});

	it("is not seen where a sentence merely begins with a date or a place", () => {
		for (const opening of [
			"On May 14, 2024, the parties met.",
			"In Vienna, 3 October 2024 was a good day.",
			"Vienna, 3 October 2024 was a good day.",
			"Published 3 October 2024.",
			"Today, 3 October 2024.",
			"Minister of trade Karimov, 3 October 2024.",
			"Vienna in October 2024.",
			"Vienna – the capital.",
		]) {
			expect(dateline(opening, "en", "2024-10-07"), opening).not.toHaveProperty("places");
		}
	});
});

describe("event", () => {
	const event = (title: string, lead: string, language: Language, today = "2024-10-07") => {
		const { release, inferred } = read(`${title}\n\n${lead}`, today, { language, kind: "meeting" });
		return release.event && { ...release.event, from: inferred["event.starts"]?.from };
	};

	it("is read with its days and its place", () => {
		for (const [title, lead, language, expected] of [
			[
				"Firearms: experts meet",
				"VIENNA, 1 October 2014 - The Working Group on Firearms will hold its session from 6 to 10 October 2014 at the Vienna International Centre. The Convention was adopted on 15 November 2000.",
				"en",
				{ starts: "2014-10-06", ends: "2014-10-10", place: "Vienna", from: "6 to 10 October 2014" },
			],
			[
				"Tashkent hosts conference on Afghanistan",
				"Tashkent, 20 July 2022 – The conference takes place on 26 July with representatives of some 20 countries.",
				"en",
				{ starts: "2022-07-26", ends: "2022-07-26", place: "Tashkent", from: "26 July" },
			],
			[
				"Council meets",
				"The session was held in St. Petersburg on 30 and 31 December 2023.",
				"en",
				{
					starts: "2023-12-30",
					ends: "2023-12-31",
					place: "St. Petersburg",
					from: "30 and 31 December 2023",
				},
			],
			[
				"Council meets",
				"The session was held on September 30 – October 2, 2024 in New York.",
				"en",
				{
					starts: "2024-09-30",
					ends: "2024-10-02",
					place: "New York",
					from: "September 30 – October 2, 2024",
				},
			],
			[
				"Ташкент примет встречу экспертов",
				"Ташкент, 8 июля 2024 г. – 11-12 сентября текущего года в Ташкенте состоится встреча экспертов.",
				"ru",
				{
					starts: "2024-09-11",
					ends: "2024-09-12",
					place: "Ташкент",
					from: "11-12 сентября текущего года",
				},
			],
			[
				"Заседание рабочей группы",
				"АСТАНА, 10 июля 2024 года. Заседание рабочей группы прошло 8 июля т.г. в Астане.",
				"ru",
				{ starts: "2024-07-08", ends: "2024-07-08", place: "Астана", from: "8 июля т.г." },
			],
			[
				"Заседание рабочей группы",
				"С 30 июня по 2 июля 2024 года в Самарканде состоялось заседание рабочей группы.",
				"ru",
				{
					starts: "2024-06-30",
					ends: "2024-07-02",
					place: null,
					from: "С 30 июня по 2 июля 2024 года",
				},
			],
			[
				"Ekspertlar uchrashuvi",
				"Toshkent, 4-oktabr. Joriy yilning 2–3-oktabr kunlari Toshkentda ekspertlar kengashining birinchi uchrashuvi bo‘lib o‘tdi.",
				"uz",
				{
					starts: "2024-10-02",
					ends: "2024-10-03",
					place: "Toshkent",
					from: "Joriy yilning 2–3-oktabr",
				},
			],
			[
				"Ekspertlar uchrashuvi",
				"2024-yil 30-sentabrdan 2-oktabrgacha Samarqand shahrida ekspertlar uchrashuvi o‘tkazildi.",
				"uz",
				{
					starts: "2024-09-30",
					ends: "2024-10-02",
					place: "Samarqand",
					from: "2024-yil 30-sentabrdan 2-oktabrgacha",
				},
			],
			[
				"Экспертлар учрашуви",
				"2024 йил 4 октябрь куни Бухорода экспертлар учрашуви бўлиб ўтди.",
				"uz-Cyrl",
				{ starts: "2024-10-04", ends: "2024-10-04", place: "Бухоро", from: "2024 йил 4 октябрь" },
			],
		] as const) {
			expect(event(title, lead, language), lead).toEqual({ ...expected, timeZone: null });
		}
	});

	it("is null where no day is certain, or the day is another thing's", () => {
		for (const [lead, language] of [
			["The meeting was held in March 2022 in Tashkent.", "en"],
			["The meeting was held here on Friday.", "en"],
			["The meeting was held in 2014.", "en"],
			["The body was founded on 5 May 2014.", "en"],
			["The parties were glad. The next meeting will be held on 5 November 2024.", "en"],
			["Applications are open until 5 November 2024.", "en"],
			["The meeting was held on 31 February 2024.", "en"],
			["The meeting was held on 10/05/2024.", "en"],
			["The meeting to be held on 5 November 2024 was postponed.", "en"],
			["Саммит, который должен был пройти 5 ноября 2024 года, отложен.", "ru"],
			["Встреча состоялась в марте 2022 года.", "ru"],
			["Совет основан 5 мая 2014 года.", "ru"],
			["Uchrashuv 2022-yil mart oyida bo‘lib o‘tdi.", "uz"],
			["Кенгаш 2014 йилда ташкил этилган.", "uz-Cyrl"],
		] as const) {
			expect(event("A title", lead, language), lead).toBeNull();
		}
	});

	it("may be the next of its sort, if the text begins with it", () => {
		const lead = "The next session of the council will be held on 5 November 2024. All may come.";
		expect(event("Council to meet", lead, "en")).toMatchObject({ starts: "2024-11-05" });
	});

	it("is not the dateline, which only says when the text was given out", () => {
		expect(
			event("Council meets", "VIENNA, 3 October 2024 - The session was held in Vienna.", "en"),
		).toBeNull();
	});

	it("has a place only where one is said of it", () => {
		const place = (lead: string, language: Language, title = "A title") =>
			event(title, lead, language)?.place;
		const date = "On 3 October 2024";
		expect(place(`${date}, the Expert Council in Rehabilitation met.`, "en")).toBeNull();
		expect(place(`${date}, the meeting was held in English.`, "en")).toBeNull();
		expect(
			place(`${date}, the meeting was attended by the Ambassador in Berlin.`, "en"),
		).toBeNull();
		expect(place(`${date}, meetings were held in Tashkent and Samarkand.`, "en")).toBeNull();
		expect(
			place(`${date}, the meeting was held online.`, "en", "Ministry will host a meeting"),
		).toBeNull();
		expect(place("3 октября 2024 года в Ташкенте состоялась встреча.", "ru")).toBeNull();
		expect(place("3-oktabr kuni vazirlikda uchrashuv bo‘lib o‘tdi.", "uz")).toBeNull();
		expect(place("Фавқулодда учрашув 2024 йил 4 октябрь куни бўлиб ўтди.", "uz-Cyrl")).toBeNull();
		expect(
			place("Uchrashuvda 3-oktabr kuni bo‘lib o‘tgan forum haqida so‘z bordi.", "uz"),
		).toBeNull();
	});

	it("takes “here” for the dateline's place", () => {
		const lead = "ISLAMABAD, Oct 3 (APP): The meeting was held here on October 2.";
		expect(event("Council meets", lead, "en")).toMatchObject({
			starts: "2024-10-02",
			place: "Islamabad",
		});
	});
});

describe("summary", () => {
	const summary = (body: string) => {
		const given = { title: "A title", kind: "announcement", language: "en" } as const;
		const result = readFields({ ...given, body }, { languages, today: "2025-10-05" });
		return result.ok ? result.value.release.summary : "";
	};
	const sentence =
		"The parties spoke about trade, transport and science, and agreed to do so again.";

	it("is made of the first sentences, up to about 300 characters", () => {
		expect(summary(`${sentence} `.repeat(6))).toBe(`${sentence} ${sentence} ${sentence}`);
		expect(summary(`${sentence}\n\n${sentence}`)).toBe(`${sentence} ${sentence}`);
	});

	it("does not end after an abbreviation", () => {
		const long = `The council was set up on the initiative of the President, Mr. Karimov, ${"of the country ".repeat(12)}and St. Petersburg.`;
		expect(summary(`${long} ${sentence}`)).toBe(long);
	});

	it("is cut after a word where the first sentence is very long", () => {
		const cut = summary(`The parties ${"spoke, ".repeat(80)}again.`);
		expect(cut).toMatch(/^The parties (?:spoke, )+spoke…$/);
		expect(cut.length).toBeLessThanOrEqual(301);
		expect(summary("😀".repeat(600))).toMatch(/^(?:😀)+…$/u);
	});

	it("passes over headings and by-lines", () => {
		expect(summary(`Background\n\nBy A. Author – Agency:\n\n${sentence}`)).toBe(sentence);
		expect(summary("Background\n\nTrade")).toBe("Background");
	});

	it("is the dateline where there is nothing else", () => {
		expect(summary("Vienna, 3 October 2024.")).toBe("Vienna, 3 October 2024.");
	});
});
