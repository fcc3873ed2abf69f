import path from "node:path";
import { run } from "./program.ts";

/** What icalendar (https://pypi.org/project/icalendar) reads in a calendar. */
export interface ReadCalendar {
	readonly address: string;
	readonly mediaType: string;
	readonly title: string;
	readonly faults: readonly string[];
	/** The names of the zones that it defines. */
	readonly zones: readonly string[];
	readonly events: readonly ReadEvent[];
}

export interface ReadEvent {
	readonly id: string;
	readonly sequence: number;
	readonly status: string;
	/** RFC 3339 date, or time with its offset. */
	readonly starts: string;
	/** The first day or the moment that is not part of it; null where that is not known. */
	readonly ends: string | null;
	/** Those of DTSTART. */
	readonly parameters: Readonly<Record<string, string>>;
	readonly title: string;
	readonly place: string;
	readonly description: string;
	readonly url: string;
}

export async function readCalendars(
	addresses: readonly string[],
	home: string,
): Promise<ReadCalendar[]> {
	const script = path.join(import.meta.dirname, "read_calendars.py");
	const input = JSON.stringify(addresses);
	return JSON.parse(await run("/usr/bin/python3", [script], { input, home }));
}

/** A text as it reads it: a backslash before an n, which RFC 5545 writes `\\n`, is a line end to it. */
export function textIn(text: string): string {
	return text.replaceAll("\\n", "\n");
}
