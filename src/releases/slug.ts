import slugify from "slugify";

const LONGEST = 80;

// Uzbek letters that the library drops or writes otherwise than Uzbek does in Latin script.
slugify.extend({ Ў: "O", ў: "o", Қ: "Q", қ: "q", Ғ: "G", ғ: "g", Ҳ: "H", ҳ: "h" });

/**
 * The words of a title as they stand in a URL: Latin, lower case, joined by hyphens, cut at a word.
 * Empty where the title has no letter that can be transliterated.
 */
export function titleSlug(title: string): string {
	const words = slugify(title, { lower: true, strict: true });
	if (words.length <= LONGEST) return words;
	return words
		.slice(0, LONGEST + 1)
		.replace(/-[^-]*$/, "")
		.slice(0, LONGEST);
}
