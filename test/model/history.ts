import type { Frequency } from "../../src/subscribers/subscriber.ts";

/**
 * What was asked through the doors and what the transport did, in its own words: all that the promises
 * are judged by. Moments are numbers that only say what was before what.
 */
export type Moment = number;

export const NEVER: Moment = Number.POSITIVE_INFINITY;

export type Kind = "consultation" | "meeting";
export type Language = "en" | "ru";

/** What a reader asks for. */
export interface Wish {
	readonly kinds: readonly Kind[];
	readonly languages: readonly Language[];
	readonly frequency: Frequency;
	/** Empty for the publication's own. */
	readonly zone: string;
}

/** A wish and when it may have held: from before the request for it, until another was answered. */
export interface HeldWish {
	readonly wish: Wish;
	readonly from: Moment;
	until: Moment;
}

/** A pause that was answered, up to when nothing was asked that may have ended it. */
export interface Pause {
	readonly from: Moment;
	/** The first civil date on which mail comes again. */
	readonly day: string;
	until: Moment;
}

export interface Reader {
	readonly address: string;
	/** `unclear` where a request that changes it had no answer, or a mail to them was rejected. */
	standing: "outside" | "active" | "unclear";
	/** When the confirmation was answered by which they are active. */
	activeSince: Moment;
	/** From when an unsubscription was answered until a confirmation was asked for. */
	readonly silences: { readonly from: Moment; until: Moment }[];
	/** When a confirmation was asked for that may have begun another subscription. */
	readonly confirmed: Moment[];
	/** What a confirmation may bring about now. */
	asked: Wish[];
	readonly wishes: HeldWish[];
	readonly pauses: Pause[];
	/** Links of mails that arrived, oldest first. */
	readonly links: Record<"confirm" | "unsubscribe" | "manage", string[]>;
}

/** One text of a release: the first, or a correction. */
export interface Text {
	/** When it was asked for, and when that was answered. */
	readonly asked: Moment;
	readonly answered: Moment;
}

export interface Release {
	readonly number: number;
	readonly id: string;
	readonly story: string;
	readonly kind: Kind;
	readonly language: Language;
	/** When the embargo ends, in milliseconds since 1970 UTC; null without one. */
	readonly embargo: number | null;
	readonly texts: Text[];
	/** As the press office saw it last. */
	status: "scheduled" | "published" | "withdrawn" | "cancelled";
	/** Not public before, for certain. */
	publicFrom: Moment;
	/** When its withdrawal was answered. */
	withdrawn: Moment;
}

export const ANSWERS = [
	"submitted",
	"retry",
	"retry, all",
	"rejected",
	"unknown, arrived",
	"unknown, lost",
	"throws, arrived",
	"throws, lost",
	"no outcome, arrived",
] as const;
/** What the transport says of a message, and what became of it in truth. */
export type Answer = (typeof ANSWERS)[number];

/** One call of the Worker by a door. */
export interface Invocation {
	readonly began: Moment;
	/** Whether nobody killed it. */
	survived: boolean;
}

/** What a mail says of one release. */
export interface Told {
	readonly release: number;
	/** Its text; the first is 1. */
	readonly text: number;
	/** `fresh` where it is told whole. */
	readonly as: "fresh" | "corrected" | "withdrawn";
}

/** A message that the transport was given. */
export interface HandOver {
	readonly at: Moment;
	/** Of the clock, in milliseconds since 1970 UTC. */
	readonly time: number;
	readonly invocation: Invocation;
	readonly id: string;
	readonly mail: "confirmation" | "welcome" | "digest";
	/** Of a digest. */
	readonly run: string;
	readonly to: string;
	readonly told: readonly Told[];
	readonly answer: Answer;
	readonly arrived: boolean;
}

/** What a run has come to, as the Worker says. */
export interface Run {
	readonly id: string;
	readonly state: string;
	readonly receipt: Receipt | null;
}

export type Receipt = Readonly<
	Record<"candidates" | "submitted" | "excluded" | "rejected" | "unknown", number>
>;

export interface History {
	/** The next moment. */
	readonly next: () => Moment;
	readonly readers: readonly Reader[];
	readonly releases: Release[];
	readonly handOvers: HandOver[];
	/** What must not happen to anybody, such as an error that nobody caused. */
	readonly accidents: string[];
}

export function beginHistory(addresses: readonly string[]): History {
	let moment = 0;
	return {
		next: () => {
			moment += 1;
			return moment;
		},
		readers: addresses.map(newReader),
		releases: [],
		handOvers: [],
		accidents: [],
	};
}

function newReader(address: string): Reader {
	return {
		address,
		standing: "outside",
		activeSince: NEVER,
		silences: [],
		confirmed: [],
		asked: [],
		wishes: [],
		pauses: [],
		links: { confirm: [], unsubscribe: [], manage: [] },
	};
}

/** A request from when it was first made until it was answered, or left alone without an answer. */
export interface Asked {
	readonly from: Moment;
	readonly to: Moment;
	/** The status; null where nobody answered. */
	readonly status: number | null;
}

/** Whose address is dead has ended, but where the Worker was killed before it could note it. */
export function noteRejection(reader: Reader): void {
	if (reader.standing === "active") reader.standing = "unclear";
}

/** A sign-up changes nothing for whoever is active. */
export function noteSignUp(reader: Reader, wish: Wish): void {
	if (reader.standing !== "active") reader.asked.push(wish);
}

/** Before the answer: from now on mail may come. */
export function noteConfirming(reader: Reader, now: Moment): void {
	if (reader.standing === "active" || reader.asked.length === 0) return;
	reader.standing = "unclear";
	for (const silence of reader.silences) silence.until = Math.min(silence.until, now);
	reader.confirmed.push(now);
	endPauses(reader, now);
	for (const wish of reader.asked) reader.wishes.push({ wish, from: now, until: NEVER });
}

export function noteConfirmed(reader: Reader, { to, status }: Asked): void {
	if (status !== 200 || reader.standing === "active") return;
	reader.standing = "active";
	reader.activeSince = to;
	reader.asked = [];
}

export function noteChange(reader: Reader, wish: Wish, { from, to, status }: Asked): void {
	if (status !== null && status !== 303) return;
	if (status === 303) for (const held of reader.wishes) held.until = Math.min(held.until, to);
	reader.wishes.push({ wish, from, until: NEVER });
}

/** @param day null where the pause is ended. */
export function notePause(reader: Reader, day: string | null, { from, to, status }: Asked): void {
	if (status !== null && status !== 303) return;
	endPauses(reader, from);
	if (day !== null && status === 303) reader.pauses.push({ from: to, day, until: NEVER });
}

export function noteLeaving(reader: Reader, { to, status }: Asked): void {
	if (status === null) {
		if (reader.standing === "active") reader.standing = "unclear";
		return;
	}
	if (status !== 200) return;
	reader.standing = "outside";
	reader.asked = [];
	reader.silences.push({ from: to, until: NEVER });
	for (const held of reader.wishes) held.until = Math.min(held.until, to);
}

function endPauses(reader: Reader, now: Moment): void {
	for (const pause of reader.pauses) pause.until = Math.min(pause.until, now);
}
