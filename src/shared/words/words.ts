/** A noun counted: by plural category of the language (CLDR); `other` serves where one is missing. */
export interface Counted {
	readonly one?: string;
	readonly few?: string;
	readonly many?: string;
	readonly other: string;
}

type Kind = "consultation" | "meeting" | "announcement";

/** What mails and choices say in one language. `{…}` is filled in. */
export interface Words {
	/** The language's own name. */
	readonly name: string;
	readonly kinds: Readonly<Record<Kind, { heading: string; choice: string; counted: Counted }>>;
	readonly frequencies: Readonly<Record<"immediate" | "daily" | "weekly", string>>;
	readonly digest: {
		readonly intro: string;
		/** Where nothing is new, but something has changed. */
		readonly introChanged: string;
		readonly when: string;
		readonly where: string;
		readonly readMore: string;
		readonly addToCalendar: string;
		/** `{publication}` */
		readonly why: string;
		readonly preferences: string;
		readonly unsubscribe: string;
		readonly viewSite: string;
		/** What comes up in the next days and was told before. */
		readonly coming: string;
		/** `{count}` */
		readonly more: string;
	};
	/** What became of releases that readers have heard of. */
	readonly changes: {
		readonly heading: string;
		readonly corrected: { readonly label: string; readonly counted: Counted };
		readonly withdrawn: { readonly label: string; readonly counted: Counted };
	};
	readonly feeds: {
		/** What stands before the title of a release that was taken back. */
		readonly withdrawn: string;
		readonly why: string;
		readonly allLanguages: string;
	};
	readonly calendar: { readonly withdrawn: string };
	readonly confirmation: {
		/** `{publication}` */
		readonly subject: string;
		readonly heading: string;
		/** `{publication}` */
		readonly intro: string;
		readonly button: string;
		readonly kinds: string;
		readonly languages: string;
		readonly frequency: string;
		readonly ignore: string;
		readonly valid: string;
	};
	readonly welcome: {
		/** `{publication}` */
		readonly subject: string;
		readonly heading: string;
		/** `{publication}` */
		readonly intro: string;
		readonly latest: string;
		readonly manage: string;
	};
	/** To a new address, to be confirmed. */
	readonly move: {
		/** `{publication}` */
		readonly subject: string;
		readonly heading: string;
		/** `{publication}` */
		readonly intro: string;
		readonly button: string;
		readonly ignore: string;
		readonly valid: string;
	};
	/** To the address that was before. */
	readonly moved: {
		/** `{publication}` */
		readonly subject: string;
		readonly heading: string;
		/** `{publication}` */
		readonly intro: string;
		readonly ignore: string;
	};
}
