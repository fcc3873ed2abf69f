import { Temporal } from "temporal-polyfill";
import type { Language } from "../../shared/language.ts";
import { plainMarks } from "./characters.ts";
import type { FoundDate } from "./dates.ts";
import { mentioned, mentions, type ToldKind } from "./vocabulary.ts";

const HAPPENS = 0.45;
const NAMES_KIND = 0.2;
const NAMES_OTHER_KIND = 0.1;
const YEAR_TOLD = 0.05;
const IS_RANGE = 0.05;
const NEAR_VERB = 0.05;
// Something takes place, but the sentence does not say what.
const NAMES_NOTHING = -0.3;
const BACKGROUND = -0.5;
const OTHER_EVENT = -0.5;
const ONE_OF_SEVERAL_DAYS = -0.5;
const CALLED_OFF = -0.6;
const MONTHS_AWAY = -0.15;
const YEARS_AWAY = -0.45;
// Old texts are posted, too: how far back the event lies from the day of posting says little.
const FROM_POSTING = 0.3;

const UNTIL_BEFORE = /(?<!\p{L})(?:by|until|till|before|after|since|до|к|после)\s$/iu;
const UNTIL_AFTER =
	/(?:gacha|гача)(?!\p{L})|(?<!\p{L})(?:qadar|қадар|boshlab|бошлаб|keyin|кейин|so'ng|сўнг)(?!\p{L})/iu;

/** Where a date stands in its sentence. */
interface At {
	readonly index: number;
	readonly end: number;
	/** Whether it stands in the first sentence of the lead, or in the title. */
	readonly opensText: boolean;
}

/** What is known of the text: its title, its kind, and the day from which it counts. */
interface About {
	readonly title: string;
	readonly language: Language;
	readonly kind: ToldKind;
	readonly reference: string;
	readonly referenceTold: boolean;
}

/** How much in a sentence speaks for a date in it to be the event's; it may be less than nothing. */
export function evidenceFor(date: FoundDate, sentence: string, at: At, about: About): number {
	const { language, reference, referenceTold } = about;
	const verbs = mentions(sentence, "happens", language);
	const isNear = verbs.some(({ index }) => Math.abs(index - at.index) < 100);
	return (
		(date.yearTold ? YEAR_TOLD : 0) +
		(date.starts === date.ends ? 0 : IS_RANGE) +
		(verbs.length > 0 ? HAPPENS : 0) +
		(isNear ? NEAR_VERB : 0) +
		naming(sentence, at, about) +
		otherwise(date, sentence, at, about) +
		remoteness(date, reference) * (referenceTold ? 1 : FROM_POSTING)
	);
}

/** What the sentence calls that which has the date. */
function naming(sentence: string, { opensText }: At, { kind, language }: About): number {
	if (mentioned(sentence, kind, language)) return NAMES_KIND;
	if (kind === "meeting" && mentioned(sentence, "talks", language)) return NAMES_KIND;
	const otherKind = kind === "meeting" ? "consultation" : "meeting";
	if (mentioned(sentence, otherKind, language)) return NAMES_OTHER_KIND;
	return opensText || mentioned(sentence, "event", language) ? 0 : NAMES_NOTHING;
}

/** What says that the date is another thing's, or another event's, or no more. */
function otherwise(date: FoundDate, sentence: string, at: At, { title, language }: About): number {
	const before = sinceLastVerb(sentence.slice(Math.max(0, at.index - 60), at.index), language);
	const has = (sort: "background" | "past" | "next") => mentioned(before, sort, language);
	return (
		(has("background") || isDeadline(date, sentence, at) ? BACKGROUND : 0) +
		(has("past") ? OTHER_EVENT : 0) +
		(has("next") && !at.opensText ? OTHER_EVENT : 0) +
		(isOneOfSeveral(date, sentence, language) ? ONE_OF_SEVERAL_DAYS : 0) +
		(mentioned(`${title}\n${sentence}`, "calledOff", language) ? CALLED_OFF : 0)
	);
}

/** The words before a date; where another date and a verb stand there, those after that date. */
function sinceLastVerb(before: string, language: Language): string {
	const rest = /\D*$/.exec(before)?.[0] ?? before;
	return mentioned(rest, "happens", language) ? rest : before;
}

/** Whether a single day is only the last, or only one, of the event's days. */
function isOneOfSeveral(
	{ starts, ends }: FoundDate,
	sentence: string,
	language: Language,
): boolean {
	if (starts !== ends) return false;
	const endings = mentions(sentence, "ends", language).length;
	const isOver = endings > 0 && endings >= mentions(sentence, "happens", language).length;
	return isOver || mentioned(sentence, "lasts", language);
}

/** "by 28 February", "до 15 июля", "15-iyulgacha". */
function isDeadline({ starts, ends }: FoundDate, sentence: string, { index, end }: At): boolean {
	if (starts !== ends) return false;
	const before = sentence.slice(Math.max(0, index - 30), index);
	return (
		UNTIL_BEFORE.test(before) || UNTIL_AFTER.test(plainMarks(sentence.slice(end - 4, end + 20)))
	);
}

function remoteness(date: FoundDate, reference: string): number {
	const days = Math.abs(daysBetween(reference, date.starts));
	if (days > 400) return YEARS_AWAY;
	return days > 120 ? MONTHS_AWAY : 0;
}

/** From one civil date to another. */
export function daysBetween(from: string, to: string): number {
	return Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to)).days;
}
