import type { Words } from "./words.ts";

export const ru: Words = {
	name: "Русский",
	kinds: {
		consultation: {
			heading: "Консультации",
			choice: "консультации",
			counted: {
				one: "консультация",
				few: "консультации",
				many: "консультаций",
				other: "консультации",
			},
		},
		meeting: {
			heading: "Встречи",
			choice: "встречи",
			counted: { one: "встреча", few: "встречи", many: "встреч", other: "встречи" },
		},
		announcement: {
			heading: "Сообщения",
			choice: "сообщения",
			counted: { one: "сообщение", few: "сообщения", many: "сообщений", other: "сообщения" },
		},
	},
	frequencies: { immediate: "сразу", daily: "ежедневно", weekly: "еженедельно" },
	digest: {
		intro: "Новое для вас",
		when: "Когда",
		where: "Где",
		readMore: "Читать сообщение",
		addToCalendar: "Добавить в календарь",
		why: "Вы получили это письмо, потому что подписались на рассылку «{publication}».",
		unsubscribe: "Отписаться",
		viewSite: "Все сообщения",
	},
	feeds: { withdrawn: "Отозвано", why: "Причина", allLanguages: "Все языки" },
	calendar: { withdrawn: "Это сообщение отозвано" },
	confirmation: {
		subject: "Подтвердите подписку на «{publication}»",
		heading: "Подтвердите подписку",
		intro: "Кто-то, вероятно вы, оформил на этот адрес подписку на рассылку «{publication}».",
		button: "Подтвердить подписку",
		kinds: "О чём вы будете узнавать",
		languages: "На языках",
		frequency: "Как часто",
		ignore:
			"Если это были не вы, ничего не делайте: без вашего подтверждения рассылка не начнётся.",
		valid: "Ссылка действует 7 дней.",
	},
	welcome: {
		subject: "Вы подписаны на «{publication}»",
		heading: "Вы подписаны",
		intro: "Теперь всё новое из «{publication}» будет приходить на этот адрес.",
		latest: "Последние пресс-релизы",
		manage: "Изменить, что и как часто приходит",
	},
};
