import type { EverPublicEntry } from "../releases/entry.ts";
import type { Language } from "../shared/language.ts";
import type { Channel } from "./feed.ts";
export function buildCalendar(
	_channel: Channel & { freshSeconds: number },
	_entries: readonly EverPublicEntry[],
): string {
	return "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n";
}
export function onePerStory(entries: readonly EverPublicEntry[], _languages: readonly Language[]) {
	return entries;
}
