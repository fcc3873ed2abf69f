import { isTakenBack, type NewsEntry } from "../releases/entry.ts";
import { KINDS, type Kind } from "../releases/kinds.ts";

/** Releases of one kind: events to come, the soonest first; past ones, the latest first; the rest. */
export interface Section {
	readonly kind: Kind;
	readonly entries: readonly NewsEntry[];
}

/**
 * Consultations, meetings and announcements apart; kinds without a release are left out.
 *
 * @param day the civil date, `YYYY-MM-DD`, before whose begin an event is past.
 */
export function toSections(entries: readonly NewsEntry[], day: string): Section[] {
	return KINDS.map((kind) => ({
		kind,
		entries: byEvent(
			entries.filter((entry) => entry.kind === kind),
			day,
		),
	})).filter((section) => section.entries.length > 0);
}

/** Events to come, the soonest first; past ones, the latest first; releases without an event. */
export function byEvent(entries: readonly NewsEntry[], day: string): NewsEntry[] {
	const timed = entries
		.filter(({ event }) => event !== null)
		.toSorted((one, other) => compare(startOf(one), startOf(other)) || bySequence(one, other));
	return [
		...timed.filter((entry) => !isOver(entry, day)),
		...timed.filter((entry) => isOver(entry, day)).toReversed(),
		...entries.filter(({ event }) => event === null).toSorted(bySequence),
	];
}

/** Whether an event ended before a civil date, `YYYY-MM-DD`, began. */
export function isOver({ event }: NewsEntry, day: string): boolean {
	// Civil times begin with their date, so that they compare with dates.
	return event !== null && event.ends < day;
}

/** Corrections, then withdrawals, each as they came. */
export function byChange(entries: readonly NewsEntry[]): NewsEntry[] {
	return entries.toSorted(
		(one, other) =>
			Number(isTakenBack(one)) - Number(isTakenBack(other)) || one.sequence - other.sequence,
	);
}

function startOf({ event }: NewsEntry): string {
	return event?.starts ?? "";
}

function bySequence(one: NewsEntry, other: NewsEntry): number {
	return one.firstSequence - other.firstSequence;
}

function compare(one: string, other: string): number {
	if (one === other) return 0;
	return one < other ? -1 : 1;
}
