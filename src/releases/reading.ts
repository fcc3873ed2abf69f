import type { FieldFault } from "../shared/fault.ts";
import type { Language } from "../shared/language.ts";
import type { ReadableText } from "./release.ts";

/** A value that nobody gave: read from the text, with the words it was read from. */
export interface Inferred {
	readonly value: unknown;
	/** The words of the text it was read from, as they stand there but for white space. */
	readonly from: string;
	/** From 0 to 1; what is below the threshold of its field is asked for instead. */
	readonly confidence: number;
}

/** What the sender says outright; it wins over what the text says. */
export type GivenFields = {
	readonly [Field in keyof ReadableText]?: ReadableText[Field] | undefined;
};

/** What an intake needs to know besides the text. */
export interface IntakeContext {
	/** The publication's languages; the text must be in one of them. */
	readonly languages: readonly Language[];
	/** The civil date of posting in the publication's time zone, `YYYY-MM-DD`. */
	readonly today: string;
}

/** What came out of a text. `asked` is empty exactly where `release` is whole. */
export interface Reading {
	readonly release: ReadableText;
	/** By field name; parts of a field by path: `event.starts`, `event.place`. */
	readonly inferred: Readonly<Record<string, Inferred>>;
}

/** What could not be told and must be given by the sender. */
export type Asked = readonly FieldFault[];
