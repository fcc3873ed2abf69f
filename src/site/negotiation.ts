import { parseAccept } from "hono/utils/accept";
import type { Language } from "../shared/language.ts";

/**
 * The language to answer in: RFC 9110, section 12.5.4, by the lookup of RFC 4647, section 3.4. A range
 * that none of the languages is matched by is shortened from its end, so that `ru-RU` finds `ru`.
 *
 * @param header `Accept-Language`.
 * @param languages the first is the answer where the header wants none of them.
 */
export function bestLanguage(
	header: string | undefined,
	languages: readonly [Language, ...Language[]],
): Language {
	const ranges = parseAccept(header ?? "").map(({ type, q }) => ({ range: type.toLowerCase(), q }));
	const named = new Map(ranges.map(({ range, q }) => [range, q]));
	const wanted = languages.filter((language) => named.get(language.toLowerCase()) !== 0);
	for (const { range, q } of ranges) {
		if (q === 0) continue;
		// The asterisk stands for every language that has no range of its own.
		const found =
			range === "*"
				? wanted.find((language) => !named.has(language.toLowerCase()))
				: lookUp(range, wanted);
		if (found) return found;
	}
	return wanted[0] ?? languages[0];
}

/** The longest tag that the range is, or that it begins with as a whole number of subtags. */
function lookUp(range: string, languages: readonly Language[]): Language | undefined {
	return languages
		.filter((language) => `${range}-`.startsWith(`${language.toLowerCase()}-`))
		.toSorted((one, other) => other.length - one.length)[0];
}
