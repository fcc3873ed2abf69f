import slugify from "slugify";

const LONGEST = 80;

/**
 * The words of a title as they stand in a URL: Latin, lower case, joined by hyphens, cut at a word.
 * Empty where the title has no letter that can be transliterated.
 */
export function titleSlug(title: string): string {
	const words = slugify(title, { lower: true, strict: true });
	if (words.length <= LONGEST) return words;
	return words.slice(0, LONGEST + 1).replace(/-[^-]*$/, "");
}
