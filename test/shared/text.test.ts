import { describe, expect, it } from "vitest";
import { escapeMarkup, foldSpace, sha256Hex } from "../../src/shared/text.ts";

describe("white space", () => {
	it("is folded to one space, whatever it is made of, with none at the ends", () => {
		expect(foldSpace("\r\n A\t\tmeeting\u00a0\u2003on\n\nwater \u3000")).toBe("A meeting on water");
	});

	it("is all there may be", () => {
		expect(foldSpace(" \n\t ")).toBe("");
	});
});

describe("markup", () => {
	it("is text once it is escaped, in a node and in an attribute of either quote", () => {
		expect(escapeMarkup(`<a href="x" title='y'>&amp;</a>`)).toBe(
			"&#60;a href=&#34;x&#34; title=&#39;y&#39;&#62;&#38;amp;&#60;/a&#62;",
		);
	});

	it("leaves other characters alone", () => {
		expect(escapeMarkup("Встреча — «вода» 💧 $1 {{ x }}")).toBe("Встреча — «вода» 💧 $1 {{ x }}");
	});
});

describe("SHA-256", () => {
	it("is as FIPS 180-4 has it, of the text as UTF-8", async () => {
		expect(await sha256Hex("abc")).toBe(
			"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
		);
		expect(await sha256Hex("ё")).not.toBe(await sha256Hex("е\u0308"));
	});
});
