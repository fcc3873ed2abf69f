import { describe, expect, it } from "vitest";
import { cut, fillIn } from "../../src/mail/personal.ts";

const MARKER = "https://marker.invalid/";

describe("a text cut at its personal places", () => {
	it("is whole again with a value in every place", () => {
		const text = cut(`${MARKER} and ${MARKER}, twice`, MARKER);
		expect(text).toHaveLength(3);
		expect(fillIn(text, "anna")).toBe("anna and anna, twice");
	});

	it("is the same text for everybody where it has no such place", () => {
		const text = cut("nothing personal", MARKER);
		expect(text).toEqual(["nothing personal"]);
		expect(fillIn(text, "anna")).toBe("nothing personal");
	});

	it.each(["$&", "$1 $` $' $$", "\\0", "{{ unsubscribe_url }}", MARKER, ""])(
		"takes a value as it is, whatever is in it: %s",
		(value) => {
			expect(fillIn(cut(`a${MARKER}b${MARKER}c`, MARKER), value)).toBe(`a${value}b${value}c`);
		},
	);

	it("outlives being kept as JSON", () => {
		const text = cut(`a ${MARKER} "b"\n`, MARKER);
		expect(fillIn(JSON.parse(JSON.stringify(text)), "x")).toBe('a x "b"\n');
	});
});
