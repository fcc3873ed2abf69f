import type { PublicEntry } from "../releases/entry.ts";
import { KINDS, type Kind } from "../releases/release.ts";
import type { Language } from "../shared/language.ts";

/** What decides which releases a reader is told of. */
export interface Interest {
	readonly kinds: readonly Kind[];
	readonly languages: readonly Language[];
	/** The highest sequence whose news they have been given. */
	readonly heardThrough: number;
}

/**
 * The releases that are new to an interest: first published above what it has heard and up to the
 * run's upper sequence, of its kinds, in its languages. By sequence, never by date, so that nothing
 * back-dated is missed. Of a story in several languages only the one in the best of its languages,
 * and none where it has heard of the story before.
 *
 * @param entries in the order of their first sequences, with the earlier releases of their stories.
 */
export function selectNew(
	entries: readonly PublicEntry[],
	interest: Interest,
	upperSequence: number,
): PublicEntry[] {
	const wanted = entries.filter(
		({ firstSequence, kind, language }) =>
			firstSequence <= upperSequence &&
			interest.kinds.includes(kind) &&
			interest.languages.includes(language),
	);
	const best = new Map<string, PublicEntry>();
	for (const entry of wanted) {
		const other = best.get(entry.story);
		if (!other || isBetter(entry, other, interest)) best.set(entry.story, entry);
	}
	return wanted.filter((entry) => best.get(entry.story) === entry && isNew(entry, interest));
}

/** Whether of two releases of one story a reader is to be told the first. */
function isBetter(one: PublicEntry, other: PublicEntry, interest: Interest): boolean {
	// Whichever they have heard of wins, so that the story is not told again.
	if (!isNew(one, interest) || !isNew(other, interest)) return !isNew(one, interest);
	const { languages } = interest;
	return languages.indexOf(one.language) < languages.indexOf(other.language);
}

function isNew({ firstSequence }: PublicEntry, { heardThrough }: Interest): boolean {
	return firstSequence > heardThrough;
}

/** Releases of one kind, soonest event first, those without an event last. */
export interface Section {
	readonly kind: Kind;
	readonly entries: readonly PublicEntry[];
}

/** Consultations and meetings apart; kinds without a release are left out. */
export function toSections(entries: readonly PublicEntry[]): Section[] {
	return KINDS.map((kind) => ({
		kind,
		entries: entries.filter((entry) => entry.kind === kind).toSorted(byEvent),
	})).filter((section) => section.entries.length > 0);
}

const NO_EVENT = "9999-99-99";

function byEvent(one: PublicEntry, other: PublicEntry): number {
	const [first, second] = [one.event?.starts ?? NO_EVENT, other.event?.starts ?? NO_EVENT];
	if (first !== second) return first < second ? -1 : 1;
	return one.firstSequence - other.firstSequence;
}
