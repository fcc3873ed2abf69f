import type { Language } from "../../src/shared/language.ts";

/** What the samples tell, in one language. */
export interface Stories {
	readonly publication: string;
	readonly places: readonly [capital: string, town: string];
	readonly consultation: Story;
	readonly hearing: Story;
	readonly meeting: Story;
	readonly visit: Story;
	readonly announcement: Story & { readonly files: readonly string[] };
	readonly corrected: Story & { readonly note: string };
	readonly withdrawn: Story & { readonly reason: string };
	readonly reminded: Story;
}

export interface Story {
	readonly title: string;
	readonly summary: string;
}

export const STORIES: Readonly<Record<Language, Stories>> = {
	en: {
		publication: "Ministry of Water Resources",
		places: ["Tashkent, Ministry of Water Resources, hall 2", "Samarkand"],
		consultation: {
			title: "Public consultation on the draft law on the use of water",
			summary:
				"The ministry invites farmers, scientists and everybody concerned to say what they think of the draft. Remarks can be made until the end of the month.",
		},
		hearing: {
			title: "Hearing on tariffs for irrigation",
			summary: "The tariffs of next year are presented and discussed.",
		},
		meeting: {
			title: "Ministers of five countries meet in Samarkand",
			summary: "They speak of the rivers that their countries share, and sign two agreements.",
		},
		visit: {
			title: "The minister visits the reservoirs of the north",
			summary: "Journalists may come along; the day will be told later.",
		},
		announcement: {
			title: "The water report of the year is out",
			summary: "It tells how much water there was, and who used it for what.",
			files: [
				"The report",
				"Its tables",
				"Map of the rivers",
				"Map of the canals",
				"Methods",
				"Sources",
			],
		},
		corrected: {
			title: "Council on water meets on the dam",
			summary: "It meets.",
			note: "The date was wrong: the council meets on 26 November, not on the 25th.",
		},
		withdrawn: {
			title: "Agreement on the lower river signed",
			summary: "It was signed.",
			reason: "The text was issued before it was agreed.",
		},
		reminded: { title: "Open day at the laboratory of water", summary: "The doors are open." },
	},
	ru: {
		publication: "Министерство водного хозяйства",
		places: ["Ташкент, Министерство водного хозяйства, зал № 2", "Самарканд"],
		consultation: {
			title: "Общественное обсуждение законопроекта о водопользовании и водопотреблении",
			summary:
				"Министерство приглашает земледельцев, учёных и всех, кого это касается, высказаться о законопроекте. Замечания принимаются до конца месяца.",
		},
		hearing: {
			title: "Слушания о тарифах на орошение сельскохозяйственных земель",
			summary: "Тарифы следующего года будут представлены и обсуждены.",
		},
		meeting: {
			title: "В Самарканде встретятся министры пяти стран",
			summary: "Они обсудят реки, которые их страны делят между собой, и подпишут два соглашения.",
		},
		visit: {
			title: "Министр посетит водохранилища севера",
			summary: "Журналисты могут присоединиться; день будет назван позже.",
		},
		announcement: {
			title: "Вышел годовой доклад о водных ресурсах",
			summary: "Он рассказывает, сколько было воды и кто на что её использовал.",
			files: ["Доклад", "Таблицы", "Карта рек", "Карта каналов", "Методика", "Источники"],
		},
		corrected: {
			title: "Совет по воде обсудит плотину",
			summary: "Совет собирается.",
			note: "Дата была неверной: совет собирается 26 ноября, а не 25-го.",
		},
		withdrawn: {
			title: "Подписано соглашение о нижнем течении",
			summary: "Подписано.",
			reason: "Текст вышел раньше, чем был согласован.",
		},
		reminded: { title: "День открытых дверей в лаборатории воды", summary: "Двери открыты." },
	},
	uz: {
		publication: "Suv xoʻjaligi vazirligi",
		places: ["Toshkent, Suv xoʻjaligi vazirligi, 2-zal", "Samarqand"],
		consultation: {
			title: "Suvdan foydalanish toʻgʻrisidagi qonun loyihasining jamoatchilik muhokamasi",
			summary:
				"Vazirlik dehqonlar, olimlar va barcha manfaatdorlarni loyiha haqida fikr bildirishga taklif qiladi. Takliflar oy oxirigacha qabul qilinadi.",
		},
		hearing: {
			title: "Sugʻorish tariflari boʻyicha eshituv",
			summary: "Kelgusi yil tariflari taqdim etiladi va muhokama qilinadi.",
		},
		meeting: {
			title: "Besh davlat vazirlari Samarqandda uchrashadi",
			summary: "Ular umumiy daryolar haqida gaplashadi va ikkita bitim imzolaydi.",
		},
		visit: {
			title: "Vazir shimol suv omborlariga boradi",
			summary: "Jurnalistlar qoʻshilishi mumkin; kuni keyinroq aytiladi.",
		},
		announcement: {
			title: "Yillik suv hisoboti chiqdi",
			summary: "Unda qancha suv boʻlgani va undan kim nima uchun foydalangani aytilgan.",
			files: [
				"Hisobot",
				"Jadvallar",
				"Daryolar xaritasi",
				"Kanallar xaritasi",
				"Usullar",
				"Manbalar",
			],
		},
		corrected: {
			title: "Suv kengashi toʻgʻonni muhokama qiladi",
			summary: "Kengash yigʻiladi.",
			note: "Sana xato edi: kengash 25-noyabrda emas, 26-noyabrda yigʻiladi.",
		},
		withdrawn: {
			title: "Quyi oqim boʻyicha bitim imzolandi",
			summary: "Imzolandi.",
			reason: "Matn kelishilmasdan oldin chiqarilgan.",
		},
		reminded: { title: "Suv laboratoriyasida ochiq eshiklar kuni", summary: "Eshiklar ochiq." },
	},
	"uz-Cyrl": {
		publication: "Сув хўжалиги вазирлиги",
		places: ["Тошкент, Сув хўжалиги вазирлиги, 2-зал", "Самарқанд"],
		consultation: {
			title: "Сувдан фойдаланиш тўғрисидаги қонун лойиҳасининг жамоатчилик муҳокамаси",
			summary:
				"Вазирлик деҳқонлар, олимлар ва барча манфаатдорларни лойиҳа ҳақида фикр билдиришга таклиф қилади. Таклифлар ой охиригача қабул қилинади.",
		},
		hearing: {
			title: "Суғориш тарифлари бўйича эшитув",
			summary: "Келгуси йил тарифлари тақдим этилади ва муҳокама қилинади.",
		},
		meeting: {
			title: "Беш давлат вазирлари Самарқандда учрашади",
			summary: "Улар умумий дарёлар ҳақида гаплашади ва иккита битим имзолайди.",
		},
		visit: {
			title: "Вазир шимол сув омборларига боради",
			summary: "Журналистлар қўшилиши мумкин; куни кейинроқ айтилади.",
		},
		announcement: {
			title: "Йиллик сув ҳисоботи чиқди",
			summary: "Унда қанча сув бўлгани ва ундан ким нима учун фойдалангани айтилган.",
			files: [
				"Ҳисобот",
				"Жадваллар",
				"Дарёлар харитаси",
				"Каналлар харитаси",
				"Усуллар",
				"Манбалар",
			],
		},
		corrected: {
			title: "Сув кенгаши тўғонни муҳокама қилади",
			summary: "Кенгаш йиғилади.",
			note: "Сана хато эди: кенгаш 25 ноябрда эмас, 26 ноябрда йиғилади.",
		},
		withdrawn: {
			title: "Қуйи оқим бўйича битим имзоланди",
			summary: "Имзоланди.",
			reason: "Матн келишилмасдан олдин чиқарилган.",
		},
		reminded: { title: "Сув лабораториясида очиқ эшиклар куни", summary: "Эшиклар очиқ." },
	},
};
