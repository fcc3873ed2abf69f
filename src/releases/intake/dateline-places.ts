import { plainMarks } from "./characters.ts";
import { isLongPlaceName } from "./place-names.ts";

/** An agency or office in a dateline: "(UN Information Service)", "/Trend/". */
export const AGENCY = "(?:\\([^()]{1,60}\\)|/[^/]{1,40}/)";

const MOST_PLACES = 10;
const LONGEST_PLACE = 60;

const AGENCY_LAST = new RegExp(`\\s?${AGENCY}$`, "u");
const AGENCY_ANYWHERE = new RegExp(AGENCY, "u");
const WEEKDAY_LAST =
	/[\s,]+(?:mon|tues?|wednes|wed|thurs?|fri|satur|sat|sun)(?:day)?\.?$|[\s,]+(?:понедельник|вторник|среда|четверг|пятница|суббота|воскресенье)$/iu;
const SEPARATOR = /\s?[/,]\s?|\s-\s/gu;

const WORD = "(?:(?:\\p{Lu}\\.)+|(?:St|Ft|Mt)\\.|\\p{Lu}[\\p{L}']*(?:-[\\p{L}']+)*)";
const PARTICLE = "(?:de|del|da|do|la|le|el|al|an|am|der|upon|of|на)";
const PLACE = new RegExp(`^${WORD}(?:\\s(?:${PARTICLE}\\s)?${WORD}){0,3}$`, "u");

// Words that begin a sentence, or a line about the text, and no place.
const NO_PLACE =
	/^(?:in|on|at|the(?! hague)|by|from|since|until|as|this|today|yesterday|tomorrow|published|posted|updated|issued|released|dated?|press|release|mr|mrs|ms|dr|в|во|на|с|со|до|от|по|к|сегодня|вчера|завтра|дата|опубликовано|обновлено|bugun|kecha|sana|бугун|кеча|сана)(?!\p{L})/iu;

const ACRONYMS = new Set(["USA", "UK", "UAE", "EU", "UN", "США", "ОАЭ", "АҚШ", "AQSH", "ООН"]);

/**
 * The places in what stands before a dateline's date, or `null` where anything else is there. `told`
 * is whether a dash or an agency after the date tells that it is a dateline.
 */
export function readPlaces(head: string, told: boolean): string[] | null {
	const marks = plainMarks(head);
	let end = trimmedLength(marks);
	for (const ending of [WEEKDAY_LAST, AGENCY_LAST, WEEKDAY_LAST]) {
		end = trimmedLength(marks.slice(0, end).replace(ending, ""));
	}
	// Without a mark between place and date only capitals tell a place from a sentence's first word.
	if (marks.slice(end).trim() === "" && !isLoud(head)) return null;
	const places = split(head.slice(0, end), marks.slice(0, end));
	const sure = told || isLoud(head) || AGENCY_ANYWHERE.test(marks);
	const all = places.length <= MOST_PLACES && places.every((place) => isPlace(place, sure));
	return all ? places.map(withoutTown).map(inTitleCase) : null;
}

/** Whether the first word is in capitals, as places in datelines often are. */
export function isLoud(text: string): boolean {
	return /^\p{Lu}[\p{Lu}h]{2,}(?!\p{Ll})/u.test(text);
}

// Without the marks that part place and date, but with an initial's full stop.
function trimmedLength(marks: string): number {
	return marks.replace(/(?:[\s,(-]|(?<!\p{Lu})\.)+$/u, "").length;
}

function split(text: string, marks: string): string[] {
	const places: string[] = [];
	let from = 0;
	for (const { index, 0: separator } of marks.matchAll(SEPARATOR)) {
		places.push(text.slice(from, index).trim());
		from = index + separator.length;
	}
	return [...places, text.slice(from).trim()];
}

/** Whether this may be a place. Where nothing else makes sure, "Name Surname" is a by-line. */
function isPlace(text: string, sure: boolean): boolean {
	const plain = withoutTown(plainMarks(text));
	const isNamed = text.length <= LONGEST_PLACE && PLACE.test(plain) && !NO_PLACE.test(text);
	return isNamed && (sure || !plain.includes(" ") || isLongPlaceName(plain));
}

/** "г. Ташкент" and "Toshkent shahri" without the word for town. */
function withoutTown(place: string): string {
	return place.replace(/^(?:г\.|гор\.|город)\s?(?=\p{Lu})|\s(?:shahri|шаҳри|sh\.|ш\.)$/gu, "");
}

/** "NEW YORK" as "New York"; what is not all in capitals stays as it is. */
function inTitleCase(place: string): string {
	// "TOShKENT" is in capitals, too: Uzbek writes some letters with two signs.
	const loud = place.replace(/(?<=[SC])h/g, "H");
	if (loud !== place.toUpperCase() || place.includes(".")) return place;
	const capitalised = (word: string) =>
		ACRONYMS.has(word) ? word : word.slice(0, 1) + word.slice(1).toLowerCase();
	return place
		.replace(/[\p{L}'’‘ʻ]+/gu, capitalised)
		.replace(/(?<=[- ])(?:De|La|Au|Of|On|На)(?=[- ])/gu, (word) => word.toLowerCase());
}
