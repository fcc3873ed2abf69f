import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { fromRoot } from "../../scripts/local/paths.ts";
import { frameOf } from "../../src/mail/frame.ts";
import { contrast } from "../../src/site/colour.ts";

/** WCAG 2.2, success criterion 1.4.3: contrast of text. */
const ENOUGH = 4.5;

const source = readFileSync(fromRoot("templates", "partials", "colours.liquid"), "utf8");
const colours = Object.fromEntries(
	[...source.matchAll(/assign (\w+) = "(#[0-9a-f]{6})"/g)].map(([, name, value]) => [name, value]),
);
const named = (name: string) => colours[name] as string;

it("text can be read on every ground of a mail, by day and by night", () => {
	for (const ground of ["paper", "tint", "ground"])
		for (const text of ["ink", "soft"]) {
			expect(contrast(named(text), named(ground))).toBeGreaterThanOrEqual(ENOUGH);
			const [dark, night] = [named(`dark_${text}`), named(`dark_${ground}`)];
			expect(contrast(dark, night)).toBeGreaterThanOrEqual(ENOUGH);
		}
});

it.each([null, "#ffffff", "#000000", "#ffff00", "#808080", "#b01e17", "#00ff88"])(
	"links and buttons can be read in a publication of the colour %s",
	(colour) => {
		const identity = { title: "Press Office", url: "https://press.test", colour, logo: null };
		const { accent } = frameOf(identity, "en", {});
		for (const ground of ["paper", "tint"]) {
			expect(contrast(accent.light, named(ground))).toBeGreaterThanOrEqual(ENOUGH);
			expect(contrast(accent.dark, named(`dark_${ground}`))).toBeGreaterThanOrEqual(ENOUGH);
		}
		expect(contrast(accent.on_light, accent.light)).toBeGreaterThanOrEqual(ENOUGH);
		expect(contrast(accent.on_dark, accent.dark)).toBeGreaterThanOrEqual(ENOUGH);
	},
);
