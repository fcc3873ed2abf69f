import type { Words } from "./words.ts";

export const en: Words = {
	name: "English",
	kinds: {
		consultation: {
			heading: "Consultations",
			choice: "consultations",
			counted: { one: "consultation", other: "consultations" },
		},
		meeting: {
			heading: "Meetings",
			choice: "meetings",
			counted: { one: "meeting", other: "meetings" },
		},
		announcement: {
			heading: "Announcements",
			choice: "announcements",
			counted: { one: "announcement", other: "announcements" },
		},
	},
	frequencies: { immediate: "as it happens", daily: "daily", weekly: "weekly" },
	digest: {
		intro: "New for you",
		introChanged: "Changed since we wrote to you",
		when: "When",
		where: "Where",
		readMore: "Read the release",
		addToCalendar: "Add to calendar",
		why: "You get this mail because you subscribed to the digest of {publication}.",
		preferences: "Preferences",
		unsubscribe: "Unsubscribe",
		viewSite: "All releases",
		coming: "This week",
		more: "and {count} more",
	},
	changes: {
		heading: "Corrected and withdrawn",
		corrected: { label: "Corrected", counted: { one: "correction", other: "corrections" } },
		withdrawn: { label: "Withdrawn", counted: { one: "withdrawal", other: "withdrawals" } },
	},
	feeds: { withdrawn: "Withdrawn", why: "Why", allLanguages: "All languages" },
	calendar: { withdrawn: "This release was withdrawn" },
	confirmation: {
		subject: "Confirm your subscription to {publication}",
		heading: "Confirm your subscription",
		intro: "Somebody, probably you, asked for the digest of {publication} at this address.",
		button: "Confirm subscription",
		kinds: "You will hear of",
		languages: "In these languages",
		frequency: "How often",
		ignore: "If it was not you, do nothing: without your confirmation no digest is mailed to you.",
		valid: "The link is good for 7 days.",
	},
	welcome: {
		subject: "You are subscribed to {publication}",
		heading: "You are subscribed",
		intro: "From now on, what is new of {publication} comes to this address.",
		latest: "The newest releases so far",
		manage: "Change what you get and how often",
	},
	move: {
		subject: "Confirm your new address for {publication}",
		heading: "Confirm your new address",
		intro:
			"A subscriber of {publication}, probably you, wants the digest at this address from now on.",
		button: "Confirm address",
		ignore: "If it was not you, do nothing: without your confirmation no digest is mailed to you.",
		valid: "The link is good for 7 days.",
	},
	moved: {
		subject: "Your address for {publication} is changed",
		heading: "Your address is changed",
		intro:
			"The digest of {publication} goes to another address now, where the change was confirmed. No more of it comes to this one.",
		ignore: "If it was not you, you can subscribe again with this address on the site.",
	},
};
