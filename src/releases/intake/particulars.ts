import { Temporal } from "temporal-polyfill";
import type { Language } from "../../shared/language.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import type { Kind } from "../kinds.ts";
import type { Asked, GivenFields, IntakeContext, Reading } from "../reading.ts";
import type { Door } from "./asking.ts";
import { type FoundDateline, readDateline } from "./dateline.ts";
import { eventOf } from "./event.ts";
import type { Dateline, Found } from "./finding.ts";
import { readKind } from "./kind.ts";
import { Notes } from "./notes.ts";
import { readSummary } from "./summary.ts";

/** A text with its parts told, before its particulars are read. */
export interface Source {
	readonly given: GivenFields;
	readonly context: IntakeContext;
	readonly door: Door;
	readonly title: Found<string> | null;
	readonly language: Found<Language> | null;
	readonly body: string | undefined;
	/** The body's paragraphs, each on one line. */
	readonly paragraphs: readonly string[];
}

/** A dateline and the paragraph that it opens. */
export interface PlacedDateline extends FoundDateline {
	readonly paragraph: number;
}

// A subtitle or two may stand before the paragraph with the dateline.
const PARAGRAPHS_BEFORE_DATELINE = 2;
const LONGEST_SUBTITLE = 300;
const SURE_OF_DATE = 0.95;
const DATE_AHEAD = 0.4;
const DAYS_AHEAD = 31;

/** Reads all that was not given: a whole release, or everything that has to be given besides. */
export function readParticulars(source: Source): Result<Reading, Asked> {
	const { given, body } = source;
	const notes = new Notes(source.door);
	const title = notes.settle("title", given.title, source.title);
	if (body === undefined) notes.ask("body");
	const language = notes.settle("language", given.language, source.language);
	const kind = notes.settle<Kind>("kind", given.kind, kindOf(source, title, language));
	const found = language === undefined ? null : datelineOf(source, language);
	const dateline = notes.tell<Dateline | null>("dateline", given.dateline, found) ?? null;
	const issued = issuedOf(source, found, dateline, notes);
	if (title === undefined || body === undefined || language === undefined) return err(notes.asked);
	if (kind === undefined || issued === undefined) return err(notes.asked);

	const about = { title, paragraphs: source.paragraphs, language, kind, dateline, found };
	const referenceTold = dateline !== null || given.issued !== undefined;
	const event =
		given.event === undefined
			? eventOf({ ...about, reference: dateline?.date ?? issued, referenceTold }, notes)
			: given.event;
	const summary = given.summary ?? notes.note("summary", readSummary(lead(source, found)));
	const release = { kind, language, title, summary, body, issued, dateline, event };
	return ok({ release, inferred: notes.inferred });
}

function kindOf(
	{ paragraphs, context }: Source,
	title: string | undefined,
	language: Language | undefined,
): Found<Kind> | null {
	// While the language is in doubt, a kind that one of them tells need not be asked for as well.
	const languages = language === undefined ? context.languages : [language];
	const kinds = languages.map((each) => readKind(title ?? "", paragraphs, each));
	return kinds.find((found) => found !== null) ?? null;
}

function datelineOf(
	{ paragraphs, given, context }: Source,
	language: Language,
): PlacedDateline | null {
	const near = { issued: given.issued, today: context.today };
	for (const [index, paragraph] of paragraphs.slice(0, PARAGRAPHS_BEFORE_DATELINE + 1).entries()) {
		const found = readDateline(paragraph, language, near);
		if (found !== null) return { ...found, paragraph: index };
		if (paragraph.length > LONGEST_SUBTITLE) return null;
	}
	return null;
}

function issuedOf(
	{ given, context }: Source,
	found: PlacedDateline | null,
	dateline: Dateline | null,
	notes: Notes,
): string | undefined {
	if (given.issued !== undefined) return given.issued;
	// A dateline that was given says when, but was not read from the text.
	if (found === null || given.dateline !== undefined) return dateline?.date ?? context.today;
	if (dateline === null) return context.today;
	const latest = Temporal.PlainDate.from(context.today).add({ days: DAYS_AHEAD }).toString();
	const confidence = dateline.date > latest ? DATE_AHEAD : Math.min(found.confidence, SURE_OF_DATE);
	return notes.settle("issued", undefined, {
		value: dateline.date,
		from: found.dateFrom,
		confidence,
	});
}

/** The paragraphs from the one with the dateline on, without the dateline. */
function lead({ paragraphs }: Source, found: PlacedDateline | null): readonly string[] {
	if (found === null) return paragraphs;
	const [first = "", ...others] = paragraphs.slice(found.paragraph);
	const left = [first.slice(found.end), ...others].filter((part) => part.trim() !== "");
	return left.length > 0 ? left : paragraphs;
}
