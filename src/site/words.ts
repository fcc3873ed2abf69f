import type { Kind } from "../releases/release.ts";
import type { Language } from "../shared/language.ts";

/** How often a subscriber wants mail. */
export type Frequency = "immediate" | "daily" | "weekly";

/** Kinds as a subscriber chooses them. */
export const KIND_PLURALS: Record<Kind, string> = {
	consultation: "Consultations",
	meeting: "Meetings",
	announcement: "Announcements",
};

/** Frequencies as a subscriber chooses them, each with what it means. */
export const FREQUENCIES: Record<Frequency, { readonly name: string; readonly hint: string }> = {
	immediate: { name: "As it happens", hint: "A message soon after each release" },
	daily: { name: "Daily", hint: "One message on days with news" },
	weekly: { name: "Weekly", hint: "One message in weeks with news" },
};

/** The words around a release, which are in the release's language. */
interface ReleaseWords {
	readonly kinds: Record<Kind, string>;
	readonly issued: string;
	readonly when: string;
	readonly where: string;
	readonly corrected: string;
	readonly attachments: string;
	readonly alsoIn: string;
	readonly withdrawn: string;
	readonly why: string;
}

/** The words around a release, by its language. */
export const RELEASE_WORDS: Record<Language, ReleaseWords> = {
	en: {
		kinds: { consultation: "Consultation", meeting: "Meeting", announcement: "Announcement" },
		issued: "Issued",
		when: "When",
		where: "Where",
		corrected: "Corrected",
		attachments: "Attachments",
		alsoIn: "Also in",
		withdrawn: "This release was withdrawn",
		why: "Why",
	},
	ru: {
		kinds: { consultation: "Консультации", meeting: "Встреча", announcement: "Объявление" },
		issued: "Опубликовано",
		when: "Когда",
		where: "Где",
		corrected: "Исправлено",
		attachments: "Приложения",
		alsoIn: "Также на языках",
		withdrawn: "Это сообщение отозвано",
		why: "Причина",
	},
	uz: {
		kinds: { consultation: "Maslahatlashuv", meeting: "Uchrashuv", announcement: "Eʼlon" },
		issued: "Chop etilgan",
		when: "Qachon",
		where: "Qayerda",
		corrected: "Tuzatilgan",
		attachments: "Ilovalar",
		alsoIn: "Boshqa tillarda",
		withdrawn: "Bu xabar qaytarib olindi",
		why: "Sabab",
	},
	"uz-Cyrl": {
		kinds: { consultation: "Маслаҳатлашув", meeting: "Учрашув", announcement: "Эълон" },
		issued: "Чоп этилган",
		when: "Қачон",
		where: "Қаерда",
		corrected: "Тузатилган",
		attachments: "Иловалар",
		alsoIn: "Бошқа тилларда",
		withdrawn: "Бу хабар қайтариб олинди",
		why: "Сабаб",
	},
};

/** What to do about a field of the form to subscribe that cannot be taken as it is. */
export const FIELD_REMEDIES: Readonly<Record<string, string>> = {
	email: "Enter an e-mail address, like name@example.org",
	kinds: "Choose at least one kind of release",
	languages: "Choose at least one language",
	frequency: "Choose how often you want mail",
};

/** Items as English lists them: `a`, `a and b`, `a, b and c`. */
export function listInWords(items: readonly string[]): string {
	if (items.length < 2) return items.join("");
	return `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
}
