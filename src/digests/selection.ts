import { KINDS, type Kind } from "../releases/release.ts";
import type { CatalogueEntry } from "../releases/store.ts";
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
 * back-dated is missed.
 */
export function selectNew(
	entries: readonly CatalogueEntry[],
	interest: Interest,
	upperSequence: number,
): CatalogueEntry[] {
	return entries.filter(
		({ firstSequence, kind, language }) =>
			firstSequence > interest.heardThrough &&
			firstSequence <= upperSequence &&
			interest.kinds.includes(kind) &&
			interest.languages.includes(language),
	);
}

/** Releases of one kind, soonest event first, those without an event last. */
export interface Section {
	readonly kind: Kind;
	readonly entries: readonly CatalogueEntry[];
}

/** Consultations and meetings apart; kinds without a release are left out. */
export function toSections(entries: readonly CatalogueEntry[]): Section[] {
	return KINDS.map((kind) => ({
		kind,
		entries: entries.filter((entry) => entry.kind === kind).toSorted(byEvent),
	})).filter((section) => section.entries.length > 0);
}

const NO_EVENT = "9999-99-99";

function byEvent(one: CatalogueEntry, other: CatalogueEntry): number {
	const [first, second] = [one.event?.starts ?? NO_EVENT, other.event?.starts ?? NO_EVENT];
	if (first !== second) return first < second ? -1 : 1;
	return one.firstSequence - other.firstSequence;
}
