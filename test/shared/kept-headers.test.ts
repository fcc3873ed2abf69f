import { expect, it } from "vitest";
import { keepHeaders } from "../../src/shared/kept-headers.ts";

const NOON = Date.parse("2026-11-22T12:00:00Z");
const OWN = { "Content-Type": "text/plain", "Cache-Control": "public" };

const read = (headers: HeadersInit) => Object.fromEntries(new Headers(headers));

it("are put together once for each state of a document", () => {
	const headersOf = keepHeaders();
	let made = 0;
	const ask = (path: string, etag: string, modifiedAt: number | null) =>
		headersOf(path, { etag, modifiedAt }, NOON, () => {
			made += 1;
			return OWN;
		});
	const first = ask("/a", '"1"', NOON);
	expect(ask("/a", '"1"', NOON)).toBe(first);
	expect(made).toBe(1);
	expect(read(ask("/a", '"2"', NOON).whole).etag).toBe('"2"');
	expect(read(ask("/a", '"2"', NOON - 1000).whole)["last-modified"]).toBe(
		"Sun, 22 Nov 2026 11:59:59 GMT",
	);
	expect(read(ask("/b", '"2"', null).whole)).toEqual({
		"content-type": "text/plain",
		"cache-control": "public",
		etag: '"2"',
	});
	expect(made).toBe(4);
});

it("tell a date once it is past, and not before", () => {
	const headersOf = keepHeaders();
	const dateAt = (now: number) =>
		read(headersOf("/a", { etag: '"1"', modifiedAt: NOON }, now, () => OWN).whole)["last-modified"];
	expect(dateAt(NOON - 1)).toBeUndefined();
	expect(dateAt(NOON)).toBe("Sun, 22 Nov 2026 12:00:00 GMT");
	expect(dateAt(NOON - 1)).toBeUndefined();
});

it("stay right however many documents there are", () => {
	const headersOf = keepHeaders();
	for (let round = 0; round < 2; round += 1)
		for (let number = 0; number < 1200; number += 1) {
			const known = { etag: `"${number}"`, modifiedAt: null };
			expect(read(headersOf(`/${number}`, known, NOON, () => OWN).whole).etag).toBe(known.etag);
		}
});
