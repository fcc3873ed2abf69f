import { ARCHIVE_LENGTH } from "../feeds/feed.ts";

/**
 * Where a page of a list stands. The newest one has no number. It ends with the last whole archive of the
 * feeds with the same releases; those before it are numbered, 1 the oldest, and stay as they are.
 */
export interface ListPaging {
	/** Null for the newest. */
	readonly page: number | null;
	/** How many have a number. */
	readonly numbered: number;
}

/** The number of the next newer page; null where that is the newest. */
export function newerOf(page: number, { numbered }: Pick<ListPaging, "numbered">): number | null {
	return page < numbered ? page + 1 : null;
}

/** The number of the next older page; null where there is none. */
export function olderOf({ page, numbered }: ListPaging): number | null {
	const older = page === null ? numbered : page - 1;
	return older > 0 ? older : null;
}

/** Releases that a numbered page has, and the place of its first one in the list, from 0. */
export function archiveSlice(page: number): { offset: number; limit: number } {
	return { offset: (page - 1) * ARCHIVE_LENGTH, limit: ARCHIVE_LENGTH };
}
