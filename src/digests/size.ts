import type { CutText } from "../mail/personal.ts";

/** The largest HTML or text of a mail, in bytes of UTF-8: Gmail hides the end of what is above 102 KB. */
export const LARGEST_BYTES = 100_000;

/** What a personal place may come to when it is filled in. */
const PLACE_BYTES = 600;

/** What a part of an edition comes to at most for any of its recipients, in bytes of UTF-8. */
export function bytesOf({ pieces, places }: CutText<string>): number {
	const shared = pieces.reduce((sum, piece) => sum + bytesOfText(piece), 0);
	return shared + places.length * PLACE_BYTES;
}

/** The length of a text in bytes of UTF-8. */
export function bytesOfText(text: string): number {
	return new TextEncoder().encode(text).length;
}
