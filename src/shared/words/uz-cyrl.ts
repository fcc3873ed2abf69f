import type { Words } from "./words.ts";

export const uzCyrl: Words = {
	name: "Ўзбекча",
	kinds: {
		consultation: { heading: "Маслаҳатлашувлар" },
		meeting: { heading: "Учрашувлар" },
		announcement: { heading: "Хабарлар" },
	},
	feeds: { withdrawn: "Қайтариб олинди", why: "Сабаб", allLanguages: "Барча тиллар" },
	calendar: { withdrawn: "Бу хабар қайтариб олинди" },
};
