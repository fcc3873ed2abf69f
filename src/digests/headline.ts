import { count, MAIL_WORDS } from "../mail/words.ts";
import { isTakenBack, type NewsEntry } from "../releases/entry.ts";
import { KINDS } from "../releases/kinds.ts";
import type { Language } from "../shared/language.ts";
import type { EditionContents } from "./contents.ts";
import { unbrokenNumber } from "./no-break.ts";

const LONGEST_PREHEADER = 150;

/** What a list of mails shows of an edition, and its first line. */
export interface Headline {
	readonly subject: string;
	readonly preheader: string;
	/** A headline, without a full stop; its numbers stay with their nouns. */
	readonly intro: string;
	/** The only release that was corrected or withdrawn, where nothing is new: the headline ends with it. */
	readonly only: { readonly title: string; readonly language: Language } | null;
}

/** The headline of what an edition tells; a reminder is no news, and not in it. */
export function headlineOf(
	publication: string,
	language: Language,
	{ fresh, changed }: EditionContents,
): Headline {
	const counts = [...countKinds(fresh, language), ...countChanges(changed, language)];
	const told = [
		...fresh.map((entry) => ({ title: entry.title, more: entry.summary })),
		...changed.map((entry) => ({
			title: `${changeLabel(entry, language)}: ${entry.title}`,
			more: whyChanged(entry) ?? entry.title,
		})),
	];
	const only = told.length === 1 ? told[0] : undefined;
	return {
		subject: only?.title ?? `${publication}: ${counts.join(", ")}`,
		preheader: shorten(only?.more ?? told.map(({ title }) => title).join(" · ")),
		...introduce({ fresh, changed }, counts, language),
	};
}

function introduce(
	{ fresh, changed }: Pick<EditionContents, "fresh" | "changed">,
	counts: readonly string[],
	language: Language,
): Pick<Headline, "intro" | "only"> {
	const { digest, correction } = MAIL_WORDS[language];
	const [first] = changed;
	if (fresh.length === 0 && changed.length === 1 && first) {
		const intro = isTakenBack(first) ? correction.intro_withdrawn : correction.intro_corrected;
		return { intro, only: { title: first.title, language: first.language } };
	}
	const opening = fresh.length > 0 ? digest.intro : correction.intro;
	return { intro: `${opening}: ${counts.map(unbrokenNumber).join(", ")}`, only: null };
}

/** Whether a release was corrected or withdrawn, in a word. */
export function changeLabel(entry: NewsEntry, language: Language): string {
	const { corrected, withdrawn } = MAIL_WORDS[language].changes;
	return (isTakenBack(entry) ? withdrawn : corrected).label;
}

/** What was wrong with a release, or why it was taken back; null where nothing is said. */
export function whyChanged(entry: NewsEntry): string | null {
	const why = isTakenBack(entry) ? entry.reason : entry.note;
	return why?.trim() ? why : null;
}

function countKinds(entries: readonly NewsEntry[], language: Language): string[] {
	return KINDS.map((kind) => ({
		number: entries.filter((entry) => entry.kind === kind).length,
		noun: MAIL_WORDS[language].kinds[kind].counted,
	}))
		.filter(({ number }) => number > 0)
		.map(({ number, noun }) => count(number, noun, language));
}

function countChanges(entries: readonly NewsEntry[], language: Language): string[] {
	const { corrected, withdrawn } = MAIL_WORDS[language].changes;
	const taken = entries.filter(isTakenBack).length;
	return [
		{ number: entries.length - taken, noun: corrected.counted },
		{ number: taken, noun: withdrawn.counted },
	]
		.filter(({ number }) => number > 0)
		.map(({ number, noun }) => count(number, noun, language));
}

function shorten(text: string): string {
	if (text.length <= LONGEST_PREHEADER) return text;
	return `${text.slice(0, LONGEST_PREHEADER).toWellFormed()}…`;
}
