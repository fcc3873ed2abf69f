import type { Language } from "../../shared/language.ts";
import { CHARACTERS_SEARCHED, type Found } from "./finding.ts";
import { sentencesOf } from "./sentences.ts";
import { type Mention, mentioned, mentions, type ToldKind } from "./vocabulary.ts";

const IN_TITLE = 0.95;
const TITLE_NAMES_BOTH = 0.65;
const ASIDE_IN_TITLE = 0.6;
const MET_IN_TITLE = 0.7;
const TALKS_IN_TITLE = 0.7;
const HAPPENS_IN_LEAD = 0.75;
const TALKS_IN_LEAD = 0.65;
const HAPPENS_LATER = 0.5;
// What is shorter may be a by-line or a subtitle before the lead.
const LONGEST_HEADING = 80;
// What is longer, or has no date, is the first sentence and no dateline before it.
const LONGEST_DATELINE = 60;
// "Registration opens for the forum", "Statement on the meeting".
const ANNOUNCED = 0.5;
// A word that nothing is said to happen with: not enough to go by.
const MERELY_MENTIONED = 0.4;
// Behind these paragraphs stands background.
const PARAGRAPHS_THAT_TELL = 3;

interface ToldBy extends Mention {
	readonly kind: ToldKind;
	/** Whether it is only what the news has to do with: "ahead of the summit". */
	readonly aside: boolean;
}

const MET: Readonly<Record<Language, RegExp>> = {
	en: /(?<!\p{L})(?:met|meets?) (?:with|in|at)(?!\p{L})/iu,
	ru: /(?<!\p{L})встрет(?:ился|илась|ились|ится|ятся) (?:с|со|в)(?!\p{L})/iu,
	uz: /(?<!\p{L})(?:bilan uchrashdi|uchrashdilar)(?!\p{L})/iu,
	"uz-Cyrl": /(?<!\p{L})(?:билан учрашди|учрашдилар)(?!\p{L})/iu,
};

const ASIDE_BEFORE =
	/(?<!\p{L})(?:framework of|as part of|in line with|following|ahead of|after|before|prior to|sidelines of|margins of|results? of|outcomes? of|в рамках|по итогам|по результатам|на полях|в преддверии|накануне|после|перед|в ходе)(?: [^\s,.;]+){0,4} $/iu;
const ASIDE_AFTER =
	/^ (?:doirasida|arafasida|yakunlari|yakuni|natijalari|davomida|доирасида|арафасида|якунлари|якуни|натижалари|давомида)/iu;

/**
 * Whether the text tells of a consultation or of a meeting. The title decides where it names one;
 * otherwise the first sentence in which one is said to take place. It is not sure enough to stand
 * where the title announces something else, or the meetings are a journey's.
 */
export function readKind(
	title: string,
	paragraphs: readonly string[],
	language: Language,
): Found<ToldKind> | null {
	// What else a telephone call touches on is not what the release tells of.
	if (mentioned(title, "call", language)) return null;
	const inTitle = fromTitle(title, language);
	const told = inTitle ?? fromBody(paragraphs, language);
	const titleHas = (sort: "announces" | "calledOff" | "visit") => mentioned(title, sort, language);
	const onJourney = inTitle === null && titleHas("visit");
	const doubtful = onJourney || titleHas("announces") || titleHas("calledOff");
	return told && doubtful ? { ...told, confidence: ANNOUNCED } : told;
}

function fromTitle(title: string, language: Language): Found<ToldKind> | null {
	const all = toldBy(title, language);
	const told = all.filter(({ aside }) => !aside);
	const [first, second] = told;
	if (first === undefined) {
		return (
			fromVerb(title, language) ?? fromTalks(title, language, TALKS_IN_TITLE) ?? fromAside(all)
		);
	}
	if (told.every(({ kind }) => kind === first.kind)) return found(first, IN_TITLE);
	// In "consultation meeting" the second word is what it is.
	const compound = second !== undefined && second.index === first.index + first.text.length + 1;
	return found(language === "en" && compound ? second : first, TITLE_NAMES_BOTH);
}

function fromVerb(title: string, language: Language): Found<ToldKind> | null {
	const text = MET[language].exec(title)?.[0];
	return text === undefined ? null : { value: "meeting", from: text, confidence: MET_IN_TITLE };
}

/** "Talks" are a meeting where they are said to take place. */
function fromTalks(text: string, language: Language, confidence: number): Found<ToldKind> | null {
	const [talks] = mentions(text, "talks", language);
	if (talks === undefined || !mentioned(text, "happens", language)) return null;
	return isAside(talks, text, language) ? null : { value: "meeting", from: talks.text, confidence };
}

function fromAside([first, ...others]: readonly ToldBy[]): Found<ToldKind> | null {
	const alone = first !== undefined && others.every(({ kind }) => kind === first.kind);
	return alone ? found(first, ASIDE_IN_TITLE) : null;
}

function fromBody(paragraphs: readonly string[], language: Language): Found<ToldKind> | null {
	let mention: Found<ToldKind> | null = null;
	const lead = Math.max(
		0,
		paragraphs.findIndex(({ length }) => length > LONGEST_HEADING),
	);
	for (const [index, paragraph] of paragraphs.slice(0, PARAGRAPHS_THAT_TELL).entries()) {
		let opens = index <= lead;
		for (const { text } of sentencesOf(paragraph.slice(0, CHARACTERS_SEARCHED))) {
			if (mentioned(text, "call", language)) return mention;
			const found = fromSentence(text, language, opens);
			opens &&= text.length <= LONGEST_DATELINE && /\d/.test(text);
			mention ??= found;
			if (found !== null && found.confidence > MERELY_MENTIONED) return found;
		}
	}
	return mention;
}

function fromSentence(text: string, language: Language, opens: boolean): Found<ToldKind> | null {
	const [first, ...others] = toldBy(text, language).filter(({ aside }) => !aside);
	if (first === undefined) return opens ? fromTalks(text, language, TALKS_IN_LEAD) : null;
	const both = others.some(({ kind }) => kind !== first.kind);
	const happens = mentioned(text, "happens", language) && !mentioned(text, "habitual", language);
	if (both || !happens) return found(first, MERELY_MENTIONED);
	return found(first, opens ? HAPPENS_IN_LEAD : HAPPENS_LATER);
}

function toldBy(text: string, language: Language): ToldBy[] {
	const of = (kind: ToldKind) =>
		mentions(text, kind, language).map((mention) => ({
			...mention,
			kind,
			aside: isAside(mention, text, language),
		}));
	return [...of("consultation"), ...of("meeting")].sort((a, b) => a.index - b.index);
}

function isAside({ index, text: { length } }: Mention, text: string, language: Language): boolean {
	const before = text.slice(Math.max(0, index - 80), index);
	const after = text.slice(index + length, index + length + 40);
	const aside = ASIDE_BEFORE.exec(before)?.[0];
	// "In the course of the visit took place the talks": the talks are no aside.
	return (aside !== undefined && !mentioned(aside, "happens", language)) || ASIDE_AFTER.test(after);
}

function found({ kind, text }: ToldBy, confidence: number): Found<ToldKind> {
	return { value: kind, from: text, confidence };
}
