import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { accentColours, contrast } from "../../src/site/colour.ts";
import style from "../../src/site/style.css";

/** The custom properties of colours that a block of the stylesheet sets. */
function propertiesOf(block: RegExp): Record<string, string> {
	const [, rules = ""] = block.exec(style) ?? [];
	return Object.fromEntries(
		[...rules.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name, value]) => [name, value]),
	);
}

const GROUNDS = {
	light: propertiesOf(/^:root \{([^}]*)\}/m),
	dark: propertiesOf(/prefers-color-scheme: dark\) \{\s*:root \{([^}]*)\}/),
};

const anyColour = fc
	.tuple(fc.nat(255), fc.nat(255), fc.nat(255))
	.map((channels) => `#${channels.map((one) => one.toString(16).padStart(2, "0")).join("")}`);

const channelsOf = (colour: string) =>
	[1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16)) as [number, number, number];

/** Hue in degrees, and how many steps of a channel it is told by. */
function hueOf(colour: string): { hue: number; span: number } {
	const [red, green, blue] = channelsOf(colour);
	const most = Math.max(red, green, blue);
	const span = most - Math.min(red, green, blue);
	if (span === 0) return { hue: 0, span };
	if (most === red) return { hue: (60 * (green - blue)) / span, span };
	if (most === green) return { hue: 120 + (60 * (blue - red)) / span, span };
	return { hue: 240 + (60 * (red - green)) / span, span };
}

describe("contrast", () => {
	it("is as WCAG has it", () => {
		expect(contrast("#000000", "#ffffff")).toBeCloseTo(21);
		expect(contrast("#ffffff", "#000000")).toBeCloseTo(21);
		expect(contrast("#767676", "#ffffff")).toBeCloseTo(4.54, 2);
		expect(contrast("#0b4a82", "#0b4a82")).toBe(1);
	});
});

describe("the shades of any colour", () => {
	it("can be read on both grounds of the stylesheet, and read upon", () => {
		expect(GROUNDS.light.tint).toMatch(/^#/);
		expect(GROUNDS.dark.tint).not.toBe(GROUNDS.light.tint);
		fc.assert(
			fc.property(anyColour, (colour) => {
				const shades = accentColours(colour);
				for (const scheme of ["light", "dark"] as const) {
					const { accent, accentDeep, onAccent } = shades[scheme];
					for (const shade of [accent, accentDeep]) {
						expect(shade).toMatch(/^#[0-9a-f]{6}$/);
						for (const ground of [GROUNDS[scheme].paper, GROUNDS[scheme].tint, onAccent])
							expect(contrast(shade, ground as string)).toBeGreaterThanOrEqual(4.5);
					}
				}
			}),
			{ numRuns: 3000 },
		);
	});

	it("keep its hue, but for what rounding takes", () => {
		fc.assert(
			fc.property(anyColour, (colour) => {
				const { light, dark } = accentColours(colour);
				const before = hueOf(colour);
				for (const { accent } of [light, dark]) {
					const after = hueOf(accent);
					if (after.span === 0) continue;
					const apart = Math.abs(((before.hue - after.hue + 540) % 360) - 180);
					expect(apart).toBeLessThanOrEqual(120 / after.span);
				}
			}),
			{ numRuns: 3000 },
		);
	});

	it("are the colour itself where it fits", () => {
		expect(accentColours("#0B4A82").light.accent).toBe("#0b4a82");
		expect(accentColours("#8ec3f5").dark.accent).toBe("#8ec3f5");
		expect(accentColours("#8ec3f5").light.accent).not.toBe("#8ec3f5");
	});

	it("go no further from it than they must", () => {
		fc.assert(
			fc.property(anyColour, (colour) => {
				const { light, dark } = accentColours(colour);
				if (light.accent !== colour)
					expect(contrast(light.accent, GROUNDS.light.tint as string)).toBeLessThan(4.9);
				if (dark.accent !== colour)
					expect(contrast(dark.accent, GROUNDS.dark.tint as string)).toBeLessThan(4.9);
			}),
			{ numRuns: 3000 },
		);
	});
});
