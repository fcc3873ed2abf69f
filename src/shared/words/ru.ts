import type { Words } from "./words.ts";

export const ru: Words = {
	name: "Русский",
	kinds: {
		consultation: { heading: "Консультации" },
		meeting: { heading: "Встречи" },
		announcement: { heading: "Сообщения" },
	},
	feeds: { withdrawn: "Отозвано", why: "Причина", allLanguages: "Все языки" },
	calendar: { withdrawn: "Это сообщение отозвано" },
};
