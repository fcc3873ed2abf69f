import type { Words } from "./words.ts";

export const en: Words = {
	name: "English",
	kinds: {
		consultation: { heading: "Consultations" },
		meeting: { heading: "Meetings" },
		announcement: { heading: "Announcements" },
	},
	feeds: { withdrawn: "Withdrawn", why: "Why", allLanguages: "All languages" },
	calendar: { withdrawn: "This release was withdrawn" },
};
