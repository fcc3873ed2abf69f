import type { Language } from "../shared/language.ts";
import { fill, type Strings, stringsOf } from "./strings/index.ts";

type MonthNumber = keyof Strings["months"]["long"];

/** The month that a civil date or time is in, as a heading: `May 2024`. */
export function monthHeading(date: string, language: Language): string {
	const strings = stringsOf(language);
	const month = strings.months.long[monthOf(date)];
	return fill(strings.months.heading, { month, year: date.slice(0, 4) });
}

/** The month that a civil date or time is in, as short as it can be told: `Oct`. */
export function shortMonth(date: string, language: Language): string {
	return stringsOf(language).months.short[monthOf(date)];
}

/** Entries by the month that they start in, in their order. */
export function byMonth<Entry extends { readonly event: { readonly starts: string } | null }>(
	entries: readonly Entry[],
): [string, Entry[]][] {
	const months = Map.groupBy(entries, ({ event }) => event?.starts.slice(0, 7) ?? "");
	return [...months].filter(([month]) => month !== "");
}

function monthOf(date: string): MonthNumber {
	return String(Number(date.slice(5, 7))) as MonthNumber;
}
