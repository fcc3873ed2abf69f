/** The shades that a publication's colour gives, each as `#rrggbb`. */
export interface Accent {
	/** Links, marks, the ground of buttons. */
	readonly accent: string;
	/** The same where the pointer is. */
	readonly accentDeep: string;
	/** Text on either. */
	readonly onAccent: string;
}

/** What accents stand on: --paper and --tint of style.css, and where shades of them go. */
const LIGHT = { paper: "#ffffff", tint: "#f2f5f8", towards: "#000000" };
const DARK = { paper: "#12171c", tint: "#1b232b", towards: "#ffffff" };

/** WCAG 2.2, success criterion 1.4.3: contrast of text. */
const ENOUGH = 4.5;
const STEPS = 100;
/** How far the deeper shade is from the accent, of the way to black or white. */
const DEEPER = 0.35;

/**
 * Shades of any colour that can be read on light and on dark pages, and that dark and light text can
 * be read on: the colour itself where it is such a one, else the nearest of the same hue.
 */
export function accentColours(colour: string): { light: Accent; dark: Accent } {
	return { light: accentOn(LIGHT, colour), dark: accentOn(DARK, colour) };
}

function accentOn({ paper, tint, towards }: typeof LIGHT, colour: string): Accent {
	let accent = colour.toLowerCase();
	for (let step = 1; contrast(accent, paper) < ENOUGH || contrast(accent, tint) < ENOUGH; step += 1)
		accent = mix(colour, towards, step / STEPS);
	return { accent, accentDeep: mix(accent, towards, DEEPER), onAccent: paper };
}

/** The contrast of two colours as WCAG 2.2 defines it: 1 to 21. */
export function contrast(one: string, other: string): number {
	const [dark = 0, light = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
	return (light + 0.05) / (dark + 0.05);
}

/** A colour on its way to black or white, which keeps its hue. */
function mix(from: string, to: string, share: number): string {
	const target = channels(to);
	const mixed = channels(from).map((value, index) =>
		Math.round(value + ((target[index] ?? 0) - value) * share),
	);
	return `#${mixed.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
}

/** Relative luminance, as WCAG 2.2 defines it. */
function luminance(colour: string): number {
	const [red = 0, green = 0, blue = 0] = channels(colour).map((value) => {
		const share = value / 255;
		return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
	});
	return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function channels(colour: string): number[] {
	return [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
}
