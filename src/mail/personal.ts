/** A text cut at its personal places: what stands between two of them is the same for everybody. */
export type CutText = readonly string[];

/** Cuts a rendered text at every occurrence of a marker. */
export function cut(text: string, marker: string): CutText {
	return text.split(marker);
}

/** Puts one recipient's value into the places of a cut text. */
export function fillIn(text: CutText, value: string): string {
	return text.join(value);
}
