import type { Words } from "./words.ts";

export const uz: Words = {
	name: "Oʻzbekcha",
	kinds: {
		consultation: {
			heading: "Maslahatlashuvlar",
			choice: "maslahatlashuvlar",
			counted: { other: "maslahatlashuv" },
		},
		meeting: { heading: "Uchrashuvlar", choice: "uchrashuvlar", counted: { other: "uchrashuv" } },
		announcement: { heading: "Xabarlar", choice: "xabarlar", counted: { other: "xabar" } },
	},
	frequencies: { immediate: "darhol", daily: "har kuni", weekly: "har hafta" },
	digest: {
		intro: "Siz uchun yangi",
		introChanged: "Sizga avval yuborilgan xabarlarda oʻzgargani",
		when: "Qachon",
		where: "Qayerda",
		readMore: "Xabarni oʻqish",
		addToCalendar: "Taqvimga qoʻshish",
		why: "Siz bu xatni “{publication}” xabarnomasiga obuna boʻlganingiz uchun oldingiz.",
		preferences: "Obuna sozlamalari",
		unsubscribe: "Obunani bekor qilish",
		viewSite: "Barcha xabarlar",
		coming: "Shu hafta",
		more: "va yana {count} ta",
	},
	changes: {
		heading: "Tuzatilgan va qaytarib olingan xabarlar",
		corrected: { label: "Tuzatildi", counted: { other: "tuzatish" } },
		withdrawn: { label: "Qaytarib olindi", counted: { other: "qaytarib olingan xabar" } },
	},
	feeds: { withdrawn: "Qaytarib olindi", why: "Sabab", allLanguages: "Barcha tillar" },
	calendar: { withdrawn: "Bu xabar qaytarib olindi" },
	confirmation: {
		subject: "“{publication}” obunasini tasdiqlang",
		heading: "Obunani tasdiqlang",
		intro: "Kimdir, ehtimol siz, bu manzilni “{publication}” xabarnomasiga obuna qildi.",
		button: "Obunani tasdiqlash",
		kinds: "Nimalar haqida xabar olasiz",
		languages: "Tillar",
		frequency: "Qanchalik tez-tez",
		ignore: "Agar bu siz boʻlmasangiz, hech narsa qilmang: tasdiqsiz xabarnoma yuborilmaydi.",
		valid: "Havola 7 kun amal qiladi.",
	},
	welcome: {
		subject: "Siz “{publication}” obunachisisiz",
		heading: "Siz obuna boʻldingiz",
		intro: "Endi “{publication}” yangiliklari shu manzilga keladi.",
		latest: "Soʻnggi press-relizlar",
		manage: "Nima va qanchalik tez-tez kelishini oʻzgartirish",
	},
	move: {
		subject: "“{publication}” xabarnomasi uchun yangi manzilni tasdiqlang",
		heading: "Yangi manzilni tasdiqlang",
		intro: "“{publication}” obunachisi, ehtimol siz, xabarnomani endi shu manzilga olmoqchi.",
		button: "Manzilni tasdiqlash",
		ignore:
			"Agar bu siz boʻlmasangiz, hech narsa qilmang: tasdiqsiz bu yerga xabarnoma yuborilmaydi.",
		valid: "Havola 7 kun amal qiladi.",
	},
	moved: {
		subject: "“{publication}” xabarnomasi uchun manzilingiz oʻzgartirildi",
		heading: "Manzilingiz oʻzgartirildi",
		intro:
			"“{publication}” xabarnomasi endi boshqa manzilga boradi, oʻzgarish oʻsha yerda tasdiqlandi. Bu manzilga u boshqa kelmaydi.",
		ignore: "Agar bu siz boʻlmasangiz, saytda shu manzil bilan yana obuna boʻlishingiz mumkin.",
	},
};
