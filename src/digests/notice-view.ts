import { frameOf, type MailIdentity } from "../mail/frame.ts";

/** What the operator is told: of a run that needs somebody, or for a test. */
export interface NoticeWords {
	readonly subject: string;
	readonly heading: string;
	readonly intro: string;
	/** Each a line of its own. */
	readonly reasons: readonly string[];
	readonly after: string;
	readonly commands: readonly Command[];
	/** Where its reader finds more. */
	readonly page: string;
}

export interface Command {
	readonly does: string;
	readonly command: string;
}

/** What the operator's notice is filled in with; it is in English alone. */
export function viewNotice(identity: MailIdentity, words: NoticeWords) {
	return { ...frameOf(identity, "en", {}), ...words, preheader: words.intro };
}
