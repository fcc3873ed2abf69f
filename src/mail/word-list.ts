/** A noun counted: by plural category of the language (CLDR); `other` serves where one is missing. */
export interface Counted {
	readonly one?: string;
	readonly few?: string;
	readonly many?: string;
	readonly other: string;
}

const KIND = { heading: [], choice: [], counted: "counted" } as const;
const CHANGE = { label: [], counted: "counted" } as const;

/**
 * Every word and sentence that mails are made of, and which places of it are filled in: what each
 * file of templates/words has. The operator's notices are in English alone, and not among them.
 */
export const WORD_LIST = {
	masthead: { logo: ["publication"] },
	kinds: { consultation: KIND, meeting: KIND, announcement: KIND },
	frequencies: { immediate: [], daily: [], weekly: [] },
	digest: {
		intro: [],
		when: [],
		where: [],
		read_more: [],
		add_to_calendar: [],
		/** What comes up in the next days and was told before. */
		coming: [],
		more: ["count"],
	},
	/** What became of releases that readers have heard of. */
	changes: { heading: [], corrected: CHANGE, withdrawn: CHANGE },
	/** Where nothing is new, but something has changed. */
	correction: { intro: [], intro_corrected: [], intro_withdrawn: [], told_before: [] },
	confirmation: {
		subject: ["publication"],
		heading: [],
		intro: ["publication"],
		button: [],
		kinds: [],
		languages: [],
		frequency: [],
		ignore: [],
		valid: [],
	},
	welcome: {
		subject: ["publication"],
		heading: [],
		intro: ["publication"],
		latest: [],
		manage: [],
	},
	/** To a new address, to be confirmed. */
	move: {
		subject: ["publication"],
		heading: [],
		intro: ["publication"],
		button: [],
		ignore: [],
		valid: [],
	},
	/** To the address that was before. */
	moved: { subject: ["publication"], heading: [], intro: ["publication"], ignore: [] },
	footer: { why: ["publication"], preferences: [], unsubscribe: [], view_site: [] },
} as const;

type WordsOf<List> = List extends "counted"
	? Counted
	: List extends readonly string[]
		? string
		: { readonly [Name in keyof List]: WordsOf<List[Name]> };

/** What mails say in one language. */
export type MailWords = WordsOf<typeof WORD_LIST>;
