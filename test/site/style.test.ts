import { describe, expect, it } from "vitest";
import { accentColours } from "../../src/site/colour.ts";
import plain from "../../src/site/style.css";
import { styleFor, styleVersion } from "../../src/site/style.ts";

describe("the stylesheet", () => {
	it("is as it is where no colour is set", () => {
		expect(styleFor(null)).toBe(plain);
	});

	it("ends with the colours of the publication, for screens alone", () => {
		const style = styleFor("#b01e17");
		expect(style.startsWith(plain)).toBe(true);
		const [light, dark] = style.slice(plain.length).split("prefers-color-scheme: dark");
		const shades = accentColours("#b01e17");
		for (const [part, accent] of [
			[light, shades.light],
			[dark, shades.dark],
		] as const) {
			expect(part).toContain(`--accent: ${accent.accent};`);
			expect(part).toContain(`--accent-deep: ${accent.accentDeep};`);
			expect(part).toContain(`--on-accent: ${accent.onAccent};`);
		}
		expect(style.slice(plain.length).match(/@media (?!screen)/)).toBeNull();
	});
});

describe("the version of a stylesheet", () => {
	// From the FNV reference: FNV-1a, 32 bits.
	it.each([
		["", "811c9dc5"],
		["a", "e40c292c"],
		["foobar", "bf9cf968"],
	])("of %j is %s", (text, version) => {
		expect(styleVersion(text)).toBe(version);
	});

	it("is another for another colour", () => {
		expect(styleVersion(styleFor("#b01e17"))).not.toBe(styleVersion(styleFor("#b01e18")));
	});
});
