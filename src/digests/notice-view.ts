import { frameOf, type MailIdentity } from "../mail/frame.ts";

/** Where the commands' reader finds more. */
const PAGE = "docs/operations.md, “Digests that wait, and what digests came to”";

/** What is said of a run that needs somebody. */
export interface NoticeWords {
	readonly subject: string;
	readonly heading: string;
	readonly intro: string;
	/** Each a line of its own. */
	readonly reasons: readonly string[];
	readonly after: string;
	readonly commands: readonly Command[];
}

export interface Command {
	readonly does: string;
	readonly command: string;
}

/** What the operator's notice is filled in with; it is in English alone. */
export function viewNotice(identity: MailIdentity, words: NoticeWords) {
	return { ...frameOf(identity, "en", {}), ...words, preheader: words.intro, page: PAGE };
}
