import { Temporal } from "temporal-polyfill";
import type { Language } from "./language.ts";

// Workers' ICU has no Uzbek.
const UZBEK: Readonly<Partial<Record<Language, { near: readonly string[]; later: string }>>> = {
	uz: { near: ["bugun", "ertaga"], later: "kundan keyin" },
	"uz-Cyrl": { near: ["бугун", "эртага"], later: "кундан кейин" },
};

/**
 * How far off a civil date is on another, both `YYYY-MM-DD`: `today`, `tomorrow`, `in 3 days`. Null
 * where it is past, or more than a year off, when days say nothing.
 */
export function inDays(today: string, date: string, language: Language): string | null {
	const now = Temporal.PlainDate.from(today);
	const then = Temporal.PlainDate.from(date);
	const { days } = now.until(then);
	if (days < 0 || Temporal.PlainDate.compare(then, now.add({ years: 1 })) > 0) return null;
	const uzbek = UZBEK[language];
	if (uzbek) return uzbek.near[days] ?? `${days} ${uzbek.later}`;
	return new Intl.RelativeTimeFormat(language, { numeric: "auto" }).format(days, "day");
}
