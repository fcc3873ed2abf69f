import { tail } from "./characters.ts";

/** A sentence and where it stands in its paragraph. */
export interface Sentence {
	readonly text: string;
	readonly index: number;
}

const CLOSERS = `["'”’»)\\]]*$`;
const SENTENCE_END = new RegExp(`[.!?…]${CLOSERS}`, "u");
const PAUSE = new RegExp(`[.!?…:;]${CLOSERS}`, "u");

// What a full stop belongs to when it does not end the sentence.
const ABBREVIATION = new RegExp(
	'(?:^|[\\s(“"«/-])(?:' +
		"Mr|Mrs|Ms|Dr|Prof|Gen|Sen|Rep|Gov|Lt|Col|Capt|Hon|St|No|Nos|Vol|Art|vs|approx|e\\.g|i\\.e|" +
		"Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|" +
		"им|ул|тов|проф|акад|др|см|ст|стр|тыс|млн|млрд|т|гг?|" +
		"Sh|Ch|Yu|Ya|Kh|Zh|Ts|\\p{Lu}|(?:\\p{Lu}\\.)+\\p{Lu}" +
		")\\.$",
	"u",
);
// "in 2025 г." may well end a sentence; "г. Ташкент" does not.
const YEAR_ABBREVIATION = /\d\s?гг?\.$/u;

const FUNCTION_WORDS = new Set(
	[
		"of the and for in to with within by at on a an or from as that which under between",
		"и в на с по для о об от к из за со во при между под над",
		"va bilan uchun hamda ва билан учун ҳамда",
	]
		.join(" ")
		.split(" "),
);

/** Whether the line ends a sentence: with a full stop that is not an abbreviation's, `!`, `?`, `…`. */
export function endsSentence(line: string): boolean {
	const end = tail(line);
	return SENTENCE_END.test(end) && !endsInAbbreviation(end);
}

/** Whether the line ends with a mark after which a paragraph may end: as above, or a colon. */
export function endsWithPause(line: string): boolean {
	const end = tail(line);
	return PAUSE.test(end) && !endsInAbbreviation(end);
}

/** Whether the line ends in a comma, a hyphen or a word that needs another after it. */
export function endsOpen(line: string): boolean {
	const end = tail(line);
	if (/[,\-–—‐\u00ad]$/u.test(end)) return true;
	const last = /(?:^|[^\p{L}\p{N}])(\p{L}+)$/u.exec(end)?.[1];
	return last !== undefined && FUNCTION_WORDS.has(last);
}

/** Whether the line begins with a small letter. */
export function startsSmall(line: string): boolean {
	return /^[("“«‘'„]{0,2}\p{Ll}/u.test(line);
}

const segmenter = new Intl.Segmenter("en", { granularity: "sentence" });

/** The sentences of a paragraph (keep it bounded), not parted after abbreviations such as "Mr.". */
export function sentencesOf(text: string): Sentence[] {
	const sentences: { text: string; index: number }[] = [];
	let whole = true;
	for (const { segment, index } of segmenter.segment(text)) {
		const last = sentences.at(-1);
		if (last !== undefined && !whole) last.text += segment;
		else sentences.push({ text: segment, index });
		// Without white space behind it a mark is no end: it stands in an address, or in a number.
		whole = /\s$/u.test(segment) && !endsInAbbreviation(tail(segment.trimEnd()));
	}
	return sentences.map(({ text: sentence, index }) => ({ text: sentence.trimEnd(), index }));
}

function endsInAbbreviation(end: string): boolean {
	return ABBREVIATION.test(end) && !YEAR_ABBREVIATION.test(end);
}
