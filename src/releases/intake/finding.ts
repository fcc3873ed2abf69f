import type { ReleaseText } from "../release.ts";

/** Where and when a text says that it was given out. */
export type Dateline = NonNullable<ReleaseText["dateline"]>;

/** What was read from a text: the value, the words it was read from, and how sure that is. */
export interface Found<Value> {
	readonly value: Value;
	readonly from: string;
	/** From 0 to 1. */
	readonly confidence: number;
}

/**
 * How sure a reading must be to stand. Below it, `title`, `language`, `kind` and `issued` are asked
 * of the sender; the others are left out (`null`).
 */
export const THRESHOLDS = {
	title: 0.6,
	language: 0.6,
	kind: 0.6,
	issued: 0.6,
	dateline: 0.6,
	event: 0.55,
	place: 0.5,
} as const;

/** Only the opening of a text is searched for facts: so many paragraphs … */
export const PARAGRAPHS_SEARCHED = 40;
/** … and so many characters of each. */
export const CHARACTERS_SEARCHED = 2000;

/** The finding, if it is sure enough for its field. */
export function sureEnough<Finding extends Found<unknown>>(
	field: keyof typeof THRESHOLDS,
	found: Finding | null,
): Finding | null {
	return found !== null && found.confidence >= THRESHOLDS[field] ? found : null;
}

/** A sum of evidence as a confidence: between 0 and 0.98, in hundredths. */
export function confidence(evidence: number): number {
	return Math.round(Math.min(0.98, Math.max(0, evidence)) * 100) / 100;
}
