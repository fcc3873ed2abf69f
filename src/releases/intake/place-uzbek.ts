import { plainMarks } from "./characters.ts";
import type { Found } from "./finding.ts";
import type { PlaceText } from "./place.ts";
import { mentioned } from "./vocabulary.ts";

const NAME = "\\p{Lu}[\\p{L}']*(?:-\\p{L}+)*";
// "Toshkentda", "Toshkent shahrida", in both alphabets.
const LOCATIVE = new RegExp(
	`(?<![\\p{L}'-])(?:(${NAME}?)(?:da|да)(gi|ги)?|(${NAME}) (?:shahrida|шаҳрида)(?:gi|ги)?)(?![\\p{L}'-])`,
	"dgu",
);
const BETWEEN_DATE_AND_PLACE = /^,? ?(?:(?:kuni|kunlari|куни|кунлари),? ?)?$/u;

// What has the same ending, may begin a sentence and is no place.
const NO_PLACE =
	/^(?:tadbir|marosim|suhbat|muzokara|muloqot|un|bun|shun|kun|yil|davr|holat|hujjat|nutq|bayonot|so'z|ish|kengash|asos|dastur|favqulod|тадбир|маросим|суҳбат|музокара|мулоқот|ун|бун|шун|кун|йил|давр|ҳолат|ҳужжат|нутқ|баёнот|сўз|иш|кенгаш|асос|дастур|фавқулод)(?:lar|лар)?$/iu;

/** The places that an Uzbek text may give for its event: names in the locative, without its ending. */
export function* uzbekPlaces(text: PlaceText): Generator<Found<string>> {
	const { sentence, date } = text.days;
	const isBesideDate = (start: number, end: number) =>
		BETWEEN_DATE_AND_PLACE.test(
			start < date.index ? sentence.slice(end, date.index) : sentence.slice(date.end, start),
		);
	yield* locatives(sentence, isBesideDate, text);
	// "Toshkentda … bo‘lib o‘tdi", as titles go.
	const happens = mentioned(text.title, "happens", text.language);
	yield* locatives(text.title, (start) => start === 0 && happens, text);
}

function* locatives(
	sentence: string,
	isTold: (start: number, end: number) => boolean,
	text: PlaceText,
): Generator<Found<string>> {
	for (const match of plainMarks(sentence).matchAll(LOCATIVE)) {
		const name = match.indices?.[1] ?? match.indices?.[3];
		if (name === undefined) continue;
		const end = match.index + match[0].length;
		const value = sentence.slice(...name);
		const from = sentence.slice(match.index, end);
		const confidence = match[3] === undefined ? sureness(value, text) : 0.85;
		// "Samarqanddagi zavod": of the event only where the text was given out there.
		if (match[2] !== undefined && !text.places.includes(value)) continue;
		const told = confidence > 0.8 || isTold(match.index, end) || isNamed(value, text);
		yield { value, from, confidence: told ? confidence : 0 };
	}
}

function sureness(name: string, { places, language }: PlaceText): number {
	if (places.includes(name)) return 0.9;
	const plain = plainMarks(name);
	const isThing =
		mentioned(plain, "meeting", language) || mentioned(plain, "consultation", language);
	// "Senatida", "Mahkamasida": with a possessive, of an office rather than of a town.
	const isOffice = /(?:i|и|lar|лар)$/u.test(plain) || plain === plain.toUpperCase();
	return isThing || isOffice || plain.length < 3 || NO_PLACE.test(plain) ? 0 : 0.65;
}

/** Whether the text has the name in another form as well: "Toshkent", "Toshkentga". */
function isNamed(name: string, { opening }: PlaceText): boolean {
	return [" ", ",", "ga", "dan", "га", "дан"].some((ending) =>
		opening.includes(`${name}${ending}`),
	);
}
