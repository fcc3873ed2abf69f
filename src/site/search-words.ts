/** Most characters and words of a query that count. */
const LONGEST_QUERY = 200;
const MOST_WORDS = 10;

/** From how many characters on a beginning is enough: nearly every word begins with a single letter. */
const SHORTEST_BEGINNING = 3;

/** From how many letters on a word loses its last letter, and its last two. */
const LOSES_ONE = 5;
const LOSES_TWO = 8;

/** What Uzbek is written with for its apostrophe: ASCII, both quotation marks, ʻ, ʼ and grave. */
const APOSTROPHES = /['\u2018\u2019\u02bb\u02bc`]+/g;
const APOSTROPHES_IN_WORD = /(?<=[\p{L}\p{M}])['\u2018\u2019\u02bb\u02bc`]+(?=\p{L})/gu;

/** What a query's phrase may stand in; an open mark without its close parts words. */
const PHRASE = /["“”„«»]([^"“”„«»]*)["“”„«»]/;

/** A word as FTS5's tokenizer unicode61 finds it. */
const WORD = /[\p{L}\p{N}\p{Co}][\p{L}\p{N}\p{M}\p{Co}]*/gu;

/**
 * Text as the full-text index takes it and as it is looked up: one spelling for what readers do not
 * tell apart and unicode61 does. It folds case and the diacritics of Latin letters itself.
 */
export function toIndexText(text: string): string {
	return (
		text
			.toWellFormed()
			.normalize("NFC")
			// Soft hyphens, zero-width characters, marks of direction.
			.replaceAll(/\p{Cf}/gu, "")
			.replaceAll(APOSTROPHES_IN_WORD, "")
			// ʻ and ʼ are letters to unicode61.
			.replaceAll(APOSTROPHES, " ")
			.replaceAll("ё", "е")
			.replaceAll("Ё", "Е")
	);
}

/**
 * What a reader typed as an FTS5 expression that no typing can break: its words stand in quotes, and
 * all of them must occur. Words in quotes stay a phrase; of any other word the beginning is enough,
 * without the letter or two in which most endings of Russian, Uzbek and English differ, but for words
 * of a letter or two.
 *
 * @returns null where no word is in it.
 */
export function toMatch(query: string): string | null {
	const terms: string[] = [];
	let left = MOST_WORDS;
	// Split by an expression with a group, every second part is what the group caught: a phrase.
	for (const [index, part] of toIndexText(query.slice(0, LONGEST_QUERY)).split(PHRASE).entries()) {
		const words = (part.match(WORD) ?? []).slice(0, left);
		left -= words.length;
		if (index % 2 === 0) terms.push(...words.map(termOf));
		else if (words.length > 0) terms.push(`"${words.join(" ")}"`);
	}
	return terms.length === 0 ? null : terms.join(" AND ");
}

function termOf(word: string): string {
	const stem = stemOf(word);
	return [...stem].length < SHORTEST_BEGINNING ? `"${stem}"` : `"${stem}"*`;
}

function stemOf(word: string): string {
	const letters = [...word];
	if (/[^\p{L}\p{M}]/u.test(word) || letters.length < LOSES_ONE) return word;
	return letters.slice(0, letters.length < LOSES_TWO ? -1 : -2).join("");
}
