import type { EverPublicEntry } from "../releases/entry.ts";
import { ARCHIVE_LENGTH, FEED_LENGTH } from "./feed.ts";

/** Releases that wait for an archive, parted into whole archives and what is left. */
export interface Parted {
	readonly archives: readonly (readonly EverPublicEntry[])[];
	/** In no archive yet, oldest first; fewer than an archive holds. */
	readonly rest: readonly EverPublicEntry[];
}

/** Parts releases, oldest first, into archives: each is full, and so stays as it is. */
export function partIntoArchives(waiting: readonly EverPublicEntry[]): Parted {
	const whole = Math.floor(waiting.length / ARCHIVE_LENGTH);
	return {
		archives: Array.from({ length: whole }, (_, index) =>
			waiting.slice(index * ARCHIVE_LENGTH, (index + 1) * ARCHIVE_LENGTH),
		),
		rest: waiting.slice(whole * ARCHIVE_LENGTH),
	};
}

/**
 * What a feed holds: everything that is in no archive, so that who walks the archives misses nothing,
 * and then what changed last, so that an old release that is corrected is told again.
 *
 * @param lastChanged the last changed first.
 * @returns at most {@link FEED_LENGTH}, newest first.
 */
export function selectForFeed(
	rest: readonly EverPublicEntry[],
	lastChanged: readonly EverPublicEntry[],
): EverPublicEntry[] {
	const ids = new Set(rest.map(({ id }) => id));
	const others = lastChanged.filter(({ id }) => !ids.has(id));
	return [...rest, ...others.slice(0, FEED_LENGTH - rest.length)].toSorted(
		(one, other) => other.firstSequence - one.firstSequence,
	);
}

/**
 * How many pages with a number the list of a scope has that has so many archives. Each has the releases
 * of one archive, under its number; the last archive stands on the newest page, which has none.
 */
export function numberedPages(archives: number): number {
	return Math.max(archives - 1, 0);
}

/** The numbered pages to be made when a scope's archives have become more, or were corrected. */
export function pagesToMake(before: number, after: number, corrected: readonly number[]): number[] {
	const [had, has] = [numberedPages(before), numberedPages(after)];
	// The one that was the last leads to the newest page, and no longer does.
	const first = has > had ? Math.max(had, 1) : has + 1;
	const added = Array.from({ length: has + 1 - first }, (_, index) => first + index);
	return [...new Set([...added, ...corrected.filter((page) => page <= has)])];
}

/** The number of the archive, from 1, that has the release of a place, from 0. */
export function archiveOf(place: number): number {
	return Math.floor(place / ARCHIVE_LENGTH) + 1;
}
