/** Words beside a date that say which year it is of. */
export interface YearWords {
	/** Of how many years later than the current one: -1, 0 or 1. */
	readonly later: number;
	/** How many characters they take before and after the date. */
	readonly before: number;
	readonly after: number;
}

const AFTER: readonly (readonly [number, RegExp])[] = [
	[
		0,
		/^,?\s?(?:(?:of )?(?:this|the current) year|[тс]\.\s?г\.?|(?:текущего|этого|нынешнего|сего) года)(?!\p{L})/iu,
	],
	[-1, /^,?\s?(?:(?:of )?last year|(?:прошлого|минувшего) года)(?!\p{L})/iu],
	[1, /^,?\s?(?:(?:of )?next year|(?:следующего|будущего) года)(?!\p{L})/iu],
];

const BEFORE: readonly (readonly [number, RegExp])[] = [
	[0, /(?<!\p{L})(?:joriy|shu|жорий|шу)\s(?:yil|йил)\p{L}{0,5},?\s$/iu],
	[-1, /(?<!\p{L})(?:o'tgan|ўтган)\s(?:yil|йил)\p{L}{0,5},?\s$/iu],
	[1, /(?<!\p{L})(?:kelgusi|kelasi|keyingi|келгуси|келаси|кейинги)\s(?:yil|йил)\p{L}{0,5},?\s$/iu],
];

/** The words about the year right before and right after a date; `null` where there are none. */
export function yearWordsBeside(before: string, after: string): YearWords | null {
	for (const [later, pattern] of AFTER) {
		const words = pattern.exec(after)?.[0];
		if (words !== undefined) return { later, before: 0, after: words.length };
	}
	for (const [later, pattern] of BEFORE) {
		const words = pattern.exec(before)?.[0];
		if (words !== undefined) return { later, before: words.length, after: 0 };
	}
	return null;
}
