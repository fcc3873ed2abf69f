import { describe, expect, it } from "vitest";
import { offeredPages, pagingOf, readPage, sliceOf } from "../../src/site/paging.ts";

describe("the page that is asked for", () => {
	it.each([
		[undefined, 1],
		["1", 1],
		["20", 20],
		["999999", 999_999],
	])("is read: %s", (given, page) => {
		expect(readPage(given)).toBe(page);
	});

	it.each(["", "0", "-1", "01", "1.5", "1e3", " 1", "x", "٣", "1000000"])(
		"is none: %j",
		(given) => {
			expect(readPage(given)).toBeNull();
		},
	);
});

describe("the pages of a list", () => {
	it("are as many as its entries fill, one where it is empty", () => {
		expect(pagingOf(1, 0)).toEqual({ page: 1, pages: 1 });
		expect(pagingOf(1, 20)).toEqual({ page: 1, pages: 1 });
		expect(pagingOf(2, 21)).toEqual({ page: 2, pages: 2 });
		expect(sliceOf(3)).toEqual({ limit: 20, offset: 40 });
	});

	it("end with the last entry", () => {
		expect(pagingOf(2, 0)).toBeNull();
		expect(pagingOf(2, 20)).toBeNull();
		expect(pagingOf(3, 40)).toBeNull();
	});

	it.each([
		[1, 1, [1]],
		[1, 2, [1, 2]],
		[1, 9, [1, 2, null, 9]],
		[2, 9, [1, 2, 3, null, 9]],
		[4, 9, [1, 2, 3, 4, 5, null, 9]],
		[5, 9, [1, null, 4, 5, 6, null, 9]],
		[7, 9, [1, null, 6, 7, 8, 9]],
		[9, 9, [1, null, 8, 9]],
	])("are offered around page %d of %d, with gaps of two or more", (page, pages, offered) => {
		expect(offeredPages({ page, pages })).toEqual(offered);
	});
});
