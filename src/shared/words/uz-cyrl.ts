import type { Words } from "./words.ts";

export const uzCyrl: Words = {
	name: "Ўзбекча",
	kinds: {
		consultation: {
			heading: "Маслаҳатлашувлар",
			choice: "маслаҳатлашувлар",
			counted: { other: "маслаҳатлашув" },
		},
		meeting: { heading: "Учрашувлар", choice: "учрашувлар", counted: { other: "учрашув" } },
		announcement: { heading: "Хабарлар", choice: "хабарлар", counted: { other: "хабар" } },
	},
	frequencies: { immediate: "дарҳол", daily: "ҳар куни", weekly: "ҳар ҳафта" },
	digest: {
		intro: "Сиз учун янги",
		when: "Қачон",
		where: "Қаерда",
		readMore: "Хабарни ўқиш",
		addToCalendar: "Тақвимга қўшиш",
		why: "Сиз бу хатни “{publication}” хабарномасига обуна бўлганингиз учун олдингиз.",
		unsubscribe: "Обунани бекор қилиш",
		viewSite: "Барча хабарлар",
	},
	feeds: { withdrawn: "Қайтариб олинди", why: "Сабаб", allLanguages: "Барча тиллар" },
	calendar: { withdrawn: "Бу хабар қайтариб олинди" },
	confirmation: {
		subject: "“{publication}” обунасини тасдиқланг",
		heading: "Обунани тасдиқланг",
		intro: "Кимдир, эҳтимол сиз, бу манзилни “{publication}” хабарномасига обуна қилди.",
		button: "Обунани тасдиқлаш",
		kinds: "Нималар ҳақида хабар оласиз",
		languages: "Тиллар",
		frequency: "Қанчалик тез-тез",
		ignore: "Агар бу сиз бўлмасангиз, ҳеч нарса қилманг: тасдиқсиз хабарнома юборилмайди.",
		valid: "Ҳавола 7 кун амал қилади.",
	},
	welcome: {
		subject: "Сиз “{publication}” обуначисисиз",
		heading: "Сиз обуна бўлдингиз",
		intro: "Энди “{publication}” янгиликлари шу манзилга келади.",
		latest: "Сўнгги пресс-релизлар",
		manage: "Нима ва қанчалик тез-тез келишини ўзгартириш",
	},
};
