import type { Frequency } from "../subscribers/subscriber.ts";

/** Who gets a digest when: one frequency in one time zone. */
export interface Schedule {
	readonly frequency: Frequency;
	/** IANA name; empty for the publication's, and for immediate digests, which have none. */
	readonly timeZone: string;
}

/**
 * - `planning`: its readers are walked past and its editions made.
 * - `held`: it waits for a person to let it go.
 * - `submitting`: its batches are handed over.
 * - `closed`: done, with its receipt.
 */
export type RunState = "planning" | "held" | "submitting" | "closed";

/** Why a run waits for a person. */
export interface Hold {
	readonly kind: "stale" | "approval" | "too-many" | "repeats" | "faulty" | "larger";
	/** For the operator, in words. */
	readonly detail: string;
}

/** The making of one schedule's digest for one period. */
export interface Run extends Schedule {
	readonly id: string;
	readonly period: string;
	/** The civil date, in its zone, on which it is made. */
	readonly day: string;
	readonly upperSequence: number;
	readonly state: RunState;
	/** The last subscriber that planning has walked past. */
	readonly plannedThrough: string;
	/** When planning had walked past everybody, in milliseconds since 1970 UTC; null before. */
	readonly plannedAt: number | null;
}

/** Subscribers whom planning need not tell apart. Kinds and languages as the database keeps them. */
export interface Alike {
	/** Rising, and at least one. */
	readonly ids: readonly string[];
	readonly kinds: string;
	readonly languages: string;
	readonly heardThrough: number;
	/** Which preferences they have had, as the database keeps it. */
	readonly earlier: string;
	/** The batch that told them last; null where the last one may not have. */
	readonly batch: string | null;
}

/** One digest of a run and whom it assumes: its readers' preferences, cursor, and what they have heard of. */
export interface Edition {
	readonly id: string;
	readonly run: string;
	readonly kinds: string;
	readonly languages: string;
	readonly heardThrough: number;
	/** First sequences of what they have heard of before, as far as it matters here; rising. */
	readonly heard: readonly number[];
	/** Those of them that they were told as they stand now. */
	readonly heardAsItStands: readonly number[];
}

/** What the batch told that a reader was told by last. */
export interface Telling {
	/** SHA-256 of it. */
	readonly told: string;
	/** The cursor before it, and after. */
	readonly heardThrough: number;
	readonly upperSequence: number;
	/** It told what stood at this sequence. */
	readonly asOf: number;
}

/** Recipients of one edition that are claimed, submitted and settled together. */
export interface Batch {
	readonly id: string;
	readonly run: string;
	readonly edition: string;
	readonly recipients: readonly string[];
	/** How often its recipients were tried, this time included; not where the provider itself had failed. */
	readonly attempt: number;
}
