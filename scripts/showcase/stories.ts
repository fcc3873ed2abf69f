import type { Language } from "../../src/shared/language.ts";

/** What a story says in one language. */
interface Telling {
	readonly title: string;
	readonly place?: string;
	/** CommonMark. */
	readonly body: string;
	/** The titles of its files. */
	readonly files?: readonly [string, string];
}

/** A made-up story, told in several languages; days are counted from today. */
export interface Story {
	readonly name: string;
	readonly kind: "consultation" | "meeting" | "announcement";
	readonly issued: number;
	/** The first and the last day of the event. */
	readonly days?: readonly [number, number];
	/** By the clock of a zone, on its one day. */
	readonly hours?: readonly [string, string, string];
	readonly tellings: Partial<Readonly<Record<Language, Telling>>>;
}

export const STORIES: readonly Story[] = [
	{
		name: "culture",
		kind: "meeting",
		issued: -21,
		days: [-22, -21],
		tellings: {
			en: {
				title: "Ministers of culture met in Samarkand",
				place: "Samarkand",
				body: "The ministers of culture of five countries met in Samarkand. They agreed on a joint list of monuments that are to be restored by 2030.\n\nThe list has 42 monuments. Work begins with six of them in spring.",
			},
			ru: {
				title: "В Самарканде встретились министры культуры",
				place: "Самарканд",
				body: "Министры культуры пяти стран встретились в Самарканде. Они согласовали общий перечень памятников, которые будут восстановлены до 2030 года.\n\nВ перечне 42 памятника. Весной начнутся работы на шести из них.",
			},
			uz: {
				title: "Samarqandda madaniyat vazirlari uchrashdi",
				place: "Samarqand",
				body: "Besh davlat madaniyat vazirlari Samarqandda uchrashdi. Ular 2030-yilgacha taʼmirlanadigan yodgorliklarning umumiy roʻyxatini kelishib oldi.\n\nRoʻyxatda 42 ta yodgorlik bor.",
			},
			"uz-Cyrl": {
				title: "Самарқандда маданият вазирлари учрашди",
				place: "Самарқанд",
				body: "Беш давлат маданият вазирлари Самарқандда учрашди. Улар 2030 йилгача таъмирланадиган ёдгорликларнинг умумий рўйхатини келишиб олди.\n\nРўйхатда 42 та ёдгорлик бор.",
			},
		},
	},
	{
		name: "press-centre",
		kind: "announcement",
		issued: -6,
		tellings: {
			en: {
				title: "The press centre has moved to 12 Navoi Street",
				body: "The press centre receives journalists at 12 Navoi Street, Tashkent. Its telephone number and e-mail address stay as they are.\n\nAccreditation cards remain valid.",
			},
			ru: {
				title: "Пресс-центр переехал на улицу Навои, 12",
				body: "Пресс-центр принимает журналистов по адресу: Ташкент, улица Навои, 12. Номер телефона и адрес электронной почты не изменились.\n\nКарточки аккредитации остаются действительными.",
			},
			uz: {
				title: "Matbuot markazi Navoiy koʻchasi, 12-uyga koʻchdi",
				body: "Matbuot markazi jurnalistlarni Toshkent shahri, Navoiy koʻchasi, 12-uyda qabul qiladi. Telefon raqami va elektron pochta manzili oʻzgarmagan.",
			},
			"uz-Cyrl": {
				title: "Матбуот маркази Навоий кўчаси, 12-уйга кўчди",
				body: "Матбуот маркази журналистларни Тошкент шаҳри, Навоий кўчаси, 12-уйда қабул қилади. Телефон рақами ва электрон почта манзили ўзгармаган.",
			},
		},
	},
	{
		name: "forest-belt",
		kind: "consultation",
		issued: -3,
		days: [-1, 2],
		tellings: {
			en: {
				title: "Public consultations on the Aral Sea forest belt are under way",
				place: "Nukus",
				body: "Public consultations on the forest belt of the Aral Sea are held in Nukus. Everybody may speak; written proposals are taken until the last day.",
			},
			ru: {
				title: "Идут общественные консультации о лесной полосе Аральского моря",
				place: "Нукус",
				body: "В Нукусе проходят общественные консультации о лесной полосе Аральского моря. Выступить может каждый; письменные предложения принимаются до последнего дня.",
			},
			uz: {
				title:
					"Orol dengizi oʻrmon mintaqasi boʻyicha jamoatchilik maslahatlashuvlari boʻlib oʻtmoqda",
				place: "Nukus",
				body: "Nukusda Orol dengizi oʻrmon mintaqasi boʻyicha jamoatchilik maslahatlashuvlari boʻlib oʻtmoqda. Har kim soʻzga chiqishi mumkin.",
			},
			"uz-Cyrl": {
				title: "Орол денгизи ўрмон минтақаси бўйича жамоатчилик маслаҳатлашувлари бўлиб ўтмоқда",
				place: "Нукус",
				body: "Нукусда Орол денгизи ўрмон минтақаси бўйича жамоатчилик маслаҳатлашувлари бўлиб ўтмоқда. Ҳар ким сўзга чиқиши мумкин.",
			},
		},
	},
	{
		name: "railways",
		kind: "consultation",
		issued: -1,
		days: [12, 12],
		hours: ["09:30", "17:00", "Europe/Vienna"],
		tellings: {
			en: {
				title: "Consultations on railway traffic across borders will be held in Vienna",
				place: "Vienna, Austria",
				body: "Experts of seven countries will consult on railway traffic across borders. On the agenda are common waybills, the time that trains spend at borders, and insurance.",
			},
			ru: {
				title: "В Вене пройдут консультации о железнодорожном сообщении через границы",
				place: "Вена (Австрия)",
				body: "Эксперты семи стран проведут консультации о железнодорожном сообщении через границы. На повестке дня – единые накладные, время стоянки поездов на границах и страхование.",
			},
			uz: {
				title: "Venada chegaralararo temir yoʻl qatnovi boʻyicha maslahatlashuvlar oʻtkaziladi",
				place: "Vena, Avstriya",
				body: "Yetti davlat ekspertlari chegaralararo temir yoʻl qatnovi boʻyicha maslahatlashadi. Kun tartibida yagona yuk xatlari va sugʻurta masalalari bor.",
			},
			"uz-Cyrl": {
				title: "Венада чегаралараро темир йўл қатнови бўйича маслаҳатлашувлар ўтказилади",
				place: "Вена, Австрия",
				body: "Етти давлат экспертлари чегаралараро темир йўл қатнови бўйича маслаҳатлашади. Кун тартибида ягона юк хатлари ва суғурта масалалари бор.",
			},
		},
	},
	{
		name: "rivers",
		kind: "meeting",
		issued: 0,
		days: [3, 4],
		tellings: {
			en: {
				title: "The Water Council will meet in Tashkent on the shares of the Syr Darya",
				files: ["Draft of the agreement", "What was measured in 2026"],
				place: "Tashkent",
				body: [
					"Ministers of five countries will meet in Tashkent to agree on what share of the Syr Darya each of them takes next year. It is the third meeting of the Water Council.",
					"## Agenda",
					"1. What was measured this year, and by whom\n2. The shares of next year\n3. Joint stations on the upper reaches",
					"The meeting opens with a report of the Council’s secretariat. A draft of the agreement was sent to the parties a month ago; their remarks are in the annex.",
					"> Whoever measures together does not quarrel about figures.",
					"Journalists are welcome at the opening and at the press briefing on the last day. Accreditation ends a day before the meeting, on the [pages of the Council](https://water.example.org/press).",
				].join("\n\n"),
			},
			ru: {
				title: "Водный совет обсудит в Ташкенте распределение стока Сырдарьи",
				files: ["Проект соглашения", "Результаты измерений за 2026 год"],
				place: "Ташкент",
				body: [
					"Министры пяти стран соберутся в Ташкенте, чтобы согласовать, какую долю стока Сырдарьи получит каждая из них в следующем году. Это третье заседание Водного совета.",
					"## Повестка дня",
					"1. Что было измерено в этом году и кем\n2. Доли на следующий год\n3. Совместные посты в верхнем течении",
					"Заседание откроется докладом секретариата. Проект соглашения был направлен сторонам месяц назад; их замечания собраны в приложении.",
					"Журналистов приглашают на открытие и на брифинг в последний день. Аккредитация завершится за день до заседания, на [страницах Совета](https://water.example.org/press).",
				].join("\n\n"),
			},
			uz: {
				title: "Suv kengashi Toshkentda Sirdaryo suvini taqsimlashni muhokama qiladi",
				files: ["Bitim loyihasi", "2026-yilgi oʻlchov natijalari"],
				place: "Toshkent",
				body: [
					"Besh davlat vazirlari kelgusi yilda Sirdaryo suvidan har biri qancha olishini kelishish uchun Toshkentda yigʻiladi. Bu Suv kengashining uchinchi yigʻilishi.",
					"## Kun tartibi",
					"1. Bu yil nima va kim tomonidan oʻlchandi\n2. Kelgusi yil ulushlari\n3. Yuqori oqimdagi qoʻshma postlar",
					"Jurnalistlar ochilish marosimiga va oxirgi kundagi brifingga taklif etiladi.",
				].join("\n\n"),
			},
			"uz-Cyrl": {
				title: "Сув кенгаши Тошкентда Сирдарё сувини тақсимлашни муҳокама қилади",
				files: ["Битим лойиҳаси", "2026 йилги ўлчов натижалари"],
				place: "Тошкент",
				body: [
					"Беш давлат вазирлари келгуси йилда Сирдарё сувидан ҳар бири қанча олишини келишиш учун Тошкентда йиғилади. Бу Сув кенгашининг учинчи йиғилиши.",
					"## Кун тартиби",
					"1. Бу йил нима ва ким томонидан ўлчанди\n2. Келгуси йил улушлари\n3. Юқори оқимдаги қўшма постлар",
					"Журналистлар очилиш маросимига ва охирги кундаги брифингга таклиф этилади.",
				].join("\n\n"),
			},
		},
	},
];

/** What the working groups are about, so that archives have pages. */
export const GROUPS: Readonly<Record<Language, { title: string; body: string; on: string[] }>> = {
	en: {
		title: "The working group on {topic} reported to the Council",
		body: "The working group on {topic} reported on its year. The Council took note of it and extended its mandate.",
		on: [
			"glaciers",
			"dams",
			"canals",
			"fisheries",
			"forecasts",
			"wells",
			"salinity",
			"dust storms",
		],
	},
	ru: {
		title: "Рабочая группа отчиталась перед Советом: {topic}",
		body: "Рабочая группа отчиталась о работе за год. Её тема: {topic}. Совет принял отчёт к сведению и продлил её полномочия.",
		on: ["ледники", "плотины", "каналы", "рыболовство", "прогнозы", "колодцы", "засоление", "пыль"],
	},
	uz: {
		title: "Ishchi guruhi Kengashga hisobot berdi: {topic}",
		body: "Ishchi guruhi bir yillik faoliyati haqida hisobot berdi. Mavzusi: {topic}. Kengash uning vakolatini uzaytirdi.",
		on: ["muzliklar", "toʻgʻonlar", "kanallar", "baliqchilik", "prognozlar", "quduqlar", "chang"],
	},
	"uz-Cyrl": {
		title: "Ишчи гуруҳи Кенгашга ҳисобот берди: {topic}",
		body: "Ишчи гуруҳи бир йиллик фаолияти ҳақида ҳисобот берди. Мавзуси: {topic}. Кенгаш унинг ваколатини узайтирди.",
		on: ["музликлар", "тўғонлар", "каналлар", "балиқчилик", "прогнозлар", "қудуқлар", "чанг"],
	},
};
