import { readText } from "../../../src/releases/intake.ts";
import type { GivenFields, Reading } from "../../../src/releases/reading.ts";
import { paragraphs } from "../../../src/releases/release.ts";
import { LANGUAGES, type Language } from "../../../src/shared/language.ts";
import type { Gold, Sample } from "./gold.ts";

/** What is scored. */
export const FIELDS = [
	"title",
	"paragraphs",
	"language",
	"kind",
	"dateline.places",
	"dateline.date",
	"event.starts",
	"event.ends",
	"event.place",
] as const;
export type Field = (typeof FIELDS)[number];

/** Of what is given without asking for these, so much must be right. */
export const PRECISE = 0.95;
const MUST_BE_PRECISE: readonly Field[] = ["kind", "dateline.date", "event.starts", "event.ends"];

/** One field of one text: what it is, and what was read; `null` is "not told", "not given". */
export interface Judgement {
	readonly name: string;
	readonly language: Language;
	readonly field: Field;
	readonly gold: string | null;
	readonly read: string | null;
	/** The words it was read from. */
	readonly from: string | null;
}

/** How often a field was given, how often that was right, and how often there was one to give. */
export interface Score {
	readonly given: number;
	readonly right: number;
	readonly told: number;
	/** Right of what was given; `null` where nothing was. */
	readonly precision: number | null;
	/** Right of what is told; `null` where nothing is. */
	readonly recall: number | null;
}

/** Reads a text and compares. What the intake asks for counts as not given; then it is told. */
export function judge({ name, text, gold }: Sample): Judgement[] {
	const { reading, asked } = readAsSent(text, gold);
	const wanted = ofGold(gold);
	const read = ofReading(reading);
	return FIELDS.map((field) => ({
		name,
		language: gold.language,
		field,
		gold: wanted[field],
		read: asked.includes(field) ? null : read[field],
		from: reading.inferred[field.startsWith("dateline") ? "dateline" : field]?.from ?? null,
	}));
}

/** The score of some judgements. */
export function scoreOf(judgements: readonly Judgement[]): Score {
	const given = judgements.filter(({ read }) => read !== null).length;
	const right = judgements.filter(({ read, gold }) => read !== null && read === gold).length;
	const told = judgements.filter(({ gold }) => gold !== null).length;
	return { given, right, told, precision: ratio(right, given), recall: ratio(right, told) };
}

/** The judgements of one field, of one language or of all. */
export function select(
	judgements: readonly Judgement[],
	field: Field,
	language: Language | null = null,
): Judgement[] {
	return judgements.filter(
		(each) => each.field === field && (language === null || each.language === language),
	);
}

/** The judgements in which something else was read than the text says, or nothing. */
export function misses(judgements: readonly Judgement[]): Judgement[] {
	return judgements.filter(({ read, gold }) => read !== gold);
}

/** The fields that are given wrongly too often. */
export function precisionFaults(judgements: readonly Judgement[]): Field[] {
	return MUST_BE_PRECISE.filter((field) => {
		const { precision } = scoreOf(select(judgements, field));
		return precision !== null && precision < PRECISE;
	});
}

function readAsSent(text: string, gold: Gold): { reading: Reading; asked: readonly string[] } {
	const context = { languages: LANGUAGES, today: gold.posted };
	const sent: GivenFields = { issued: gold.issued };
	const first = readText(text, sent, context);
	if (first.ok) return { reading: first.value, asked: [] };
	const asked = first.error.map(({ field }) => field);
	const second = readText(text, { ...sent, ...answers(gold, asked) }, context);
	if (!second.ok) throw new Error(`asked again: ${JSON.stringify(second.error)}`);
	return { reading: second.value, asked };
}

/** What a sender who is asked would say. */
function answers(gold: Gold, asked: readonly string[]): GivenFields {
	const all: GivenFields = {
		title: gold.title,
		language: gold.language,
		kind: gold.kind ?? "announcement",
		issued: gold.dateline?.date ?? gold.posted,
	};
	return Object.fromEntries(Object.entries(all).filter(([field]) => asked.includes(field)));
}

function ofGold({ title, paragraphs: count, language, kind, dateline, event }: Gold) {
	return { title, paragraphs: String(count), language, kind, ...ofDates(dateline, event) };
}

function ofReading({ release }: Reading) {
	const { title, body, language, kind, dateline, event } = release;
	const count = String(paragraphs(body).length);
	return { title, paragraphs: count, language, kind, ...ofDates(dateline, event) };
}

function ofDates(dateline: Gold["dateline"], event: Gold["event"]) {
	return {
		"dateline.places": dateline?.places.join(", ") ?? null,
		"dateline.date": dateline?.date ?? null,
		"event.starts": event?.starts ?? null,
		"event.ends": event?.ends ?? null,
		"event.place": event?.place ?? null,
	};
}

function ratio(part: number, whole: number): number | null {
	return whole === 0 ? null : part / whole;
}
