/** How many releases a page of a list has. */
export const PAGE_LENGTH = 20;

/** A page of a list, and how many there are. */
export interface Paging {
	/** From 1. */
	readonly page: number;
	/** At least 1: an empty list is a page. */
	readonly pages: number;
}

/** The number that a query asks for: 1 where it does not say, null where it is no number of a page. */
export function readPage(given: string | undefined): number | null {
	if (given === undefined) return 1;
	return /^[1-9]\d{0,5}$/.test(given) ? Number(given) : null;
}

export function sliceOf(page: number): { limit: number; offset: number } {
	return { limit: PAGE_LENGTH, offset: (page - 1) * PAGE_LENGTH };
}

/** Where `page` stands among the pages of `total` entries, or null where the list ends before it. */
export function pagingOf(page: number, total: number): Paging | null {
	const pages = Math.max(1, Math.ceil(total / PAGE_LENGTH));
	return page <= pages ? { page, pages } : null;
}

/** The pages to offer: the first, the last, and those around this one; null for a gap. */
export function offeredPages({ page, pages }: Paging): (number | null)[] {
	const near = [1, page - 1, page, page + 1, pages];
	const offered = [...new Set(near)].filter((one) => one >= 1 && one <= pages);
	return offered.flatMap((one, index) => {
		const skipped = one - (offered[index - 1] ?? 0) - 1;
		// A gap takes the room of a number, so that one page left out is shown instead.
		if (skipped === 1) return [one - 1, one];
		return skipped > 1 ? [null, one] : [one];
	});
}
