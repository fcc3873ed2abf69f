import { type Accent, accentColours } from "./colour.ts";
import style from "./style.css";

/**
 * The stylesheet in a publication's colour.
 *
 * @param colour `#rrggbb`; null for the colours that style.css has.
 */
export function styleFor(colour: string | null): string {
	if (colour === null) return style;
	const { light, dark } = accentColours(colour);
	// Paper has its own colours, which this must not outdo.
	return `${style}
@media screen {
	${propertiesOf(light)}
}
@media screen and (prefers-color-scheme: dark) {
	${propertiesOf(dark)}
}
`;
}

/** Tells one stylesheet from another in its address: FNV-1a of its UTF-16 units, 8 hex digits. */
export function styleVersion(style: string): string {
	let hash = 0x811c9dc5;
	for (let at = 0; at < style.length; at += 1)
		hash = Math.imul(hash ^ style.charCodeAt(at), 0x01000193);
	return (hash >>> 0).toString(16).padStart(8, "0");
}

function propertiesOf({ accent, accentDeep, onAccent }: Accent): string {
	return `:root { --accent: ${accent}; --accent-deep: ${accentDeep}; --on-accent: ${onAccent}; }`;
}
