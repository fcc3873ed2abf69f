type Kind = "consultation" | "meeting" | "announcement";

/** What pages, feeds and choices say in one language. */
export interface Words {
	/** The language's own name. */
	readonly name: string;
	readonly kinds: Readonly<Record<Kind, { heading: string }>>;
	readonly feeds: {
		/** What stands before the title of a release that was taken back. */
		readonly withdrawn: string;
		readonly why: string;
		readonly allLanguages: string;
	};
	readonly calendar: { readonly withdrawn: string };
}
