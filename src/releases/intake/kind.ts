import type { Language } from "../../shared/language.ts";
import { CHARACTERS_SEARCHED, type Found } from "./finding.ts";
import { sentencesOf } from "./sentences.ts";
import { type Mention, mentioned, mentions, type ToldKind } from "./vocabulary.ts";

const IN_TITLE = 0.95;
const TITLE_NAMES_BOTH = 0.65;
const ASIDE_IN_TITLE = 0.6;
const MET_IN_TITLE = 0.7;
const HAPPENS_IN_LEAD = 0.75;
const HAPPENS_LATER = 0.6;
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
 * otherwise the first sentence in which one is said to take place.
 */
export function readKind(
	title: string,
	paragraphs: readonly string[],
	language: Language,
): Found<ToldKind> | null {
	return fromTitle(title, language) ?? fromBody(paragraphs, language);
}

function fromTitle(title: string, language: Language): Found<ToldKind> | null {
	const all = toldBy(title, language);
	const told = all.filter(({ aside }) => !aside);
	const [first, second] = told;
	if (first === undefined) return fromVerb(title, language) ?? fromAside(all);
	if (told.every(({ kind }) => kind === first.kind)) return found(first, IN_TITLE);
	// In "consultation meeting" the second word is what it is.
	const compound = second !== undefined && second.index === first.index + first.text.length + 1;
	return found(language === "en" && compound ? second : first, TITLE_NAMES_BOTH);
}

function fromVerb(title: string, language: Language): Found<ToldKind> | null {
	const text = MET[language].exec(title)?.[0];
	return text === undefined ? null : { value: "meeting", from: text, confidence: MET_IN_TITLE };
}

function fromAside([first, ...others]: readonly ToldBy[]): Found<ToldKind> | null {
	const alone = first !== undefined && others.every(({ kind }) => kind === first.kind);
	return alone ? found(first, ASIDE_IN_TITLE) : null;
}

function fromBody(paragraphs: readonly string[], language: Language): Found<ToldKind> | null {
	let mention: Found<ToldKind> | null = null;
	for (const [index, paragraph] of paragraphs.slice(0, PARAGRAPHS_THAT_TELL).entries()) {
		for (const { text } of sentencesOf(paragraph.slice(0, CHARACTERS_SEARCHED))) {
			const [first, ...others] = toldBy(text, language).filter(({ aside }) => !aside);
			if (first === undefined) continue;
			mention ??= found(first, MERELY_MENTIONED);
			const both = others.some(({ kind }) => kind !== first.kind);
			if (both || !mentioned(text, "happens", language)) continue;
			return found(first, index === 0 ? HAPPENS_IN_LEAD : HAPPENS_LATER);
		}
	}
	return mention;
}

function toldBy(text: string, language: Language): ToldBy[] {
	const of = (kind: ToldKind) =>
		mentions(text, kind, language).map((mention) => ({
			...mention,
			kind,
			aside: isAside(mention, text),
		}));
	return [...of("consultation"), ...of("meeting")].sort((a, b) => a.index - b.index);
}

function isAside({ index, text: { length } }: Mention, text: string): boolean {
	const before = text.slice(Math.max(0, index - 80), index);
	const after = text.slice(index + length, index + length + 40);
	return ASIDE_BEFORE.test(before) || ASIDE_AFTER.test(after);
}

function found({ kind, text }: ToldBy, confidence: number): Found<ToldKind> {
	return { value: kind, from: text, confidence };
}
