import { describe, expect, it } from "vitest";
import { cut, fillIn } from "../../src/mail/personal.ts";

const MARKERS = { leave: "https://leave.invalid/", manage: "https://manage.invalid/" };
const { leave, manage } = MARKERS;

describe("a text cut at its personal places", () => {
	it("is whole again with a value in every place", () => {
		const text = cut(`${leave} and ${manage} and ${leave}, twice`, MARKERS);
		expect(text.places).toEqual(["leave", "manage", "leave"]);
		expect(fillIn(text, { leave: "anna", manage: "boris" })).toBe("anna and boris and anna, twice");
	});

	it("may have its places side by side, and at its ends", () => {
		const text = cut(`${manage}${leave}${leave}`, MARKERS);
		expect(fillIn(text, { leave: "l", manage: "m" })).toBe("mll");
	});

	it("is the same text for everybody where it has no such place", () => {
		const text = cut("nothing personal", MARKERS);
		expect(text).toEqual({ pieces: ["nothing personal"], places: [] });
		expect(fillIn(text, { leave: "anna", manage: "anna" })).toBe("nothing personal");
	});

	it.each(["$&", "$1 $` $' $$", "\\0", "{{ unsubscribe_url }}", leave, manage, ""])(
		"takes a value as it is, whatever is in it: %s",
		(value) => {
			const text = cut(`a${leave}b${manage}c${leave}d`, MARKERS);
			expect(fillIn(text, { leave: value, manage: "M" })).toBe(`a${value}bMc${value}d`);
			expect(fillIn(text, { leave: "L", manage: value })).toBe(`aLb${value}cLd`);
		},
	);

	it("outlives being kept as JSON", () => {
		const text = cut(`a ${leave} "b"\n`, MARKERS);
		const kept: typeof text = JSON.parse(JSON.stringify(text));
		expect(fillIn(kept, { leave: "x", manage: "y" })).toBe('a x "b"\n');
	});
});
