import type { Words } from "./words.ts";

export const uz: Words = {
	name: "Oʻzbekcha",
	kinds: {
		consultation: { heading: "Maslahatlashuvlar" },
		meeting: { heading: "Uchrashuvlar" },
		announcement: { heading: "Xabarlar" },
	},
	feeds: { withdrawn: "Qaytarib olindi", why: "Sabab", allLanguages: "Barcha tillar" },
	calendar: { withdrawn: "Bu xabar qaytarib olindi" },
};
