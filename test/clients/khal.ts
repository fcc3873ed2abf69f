import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { run } from "./program.ts";

/** An event that khal lists. */
export interface Listed {
	readonly id: string;
	/** Its first and last day, or times in Tashkent. */
	readonly starts: string;
	readonly ends: string;
	readonly status: string;
	readonly title: string;
}

const SETTINGS = (home: string) => `[calendars]
[[press]]
path = ${home}/press
[sqlite]
path = ${home}/khal.db
[locale]
local_timezone = Asia/Tashkent
default_timezone = Asia/Tashkent
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
`;

/** The characters that stand between fields and after events: no title has them. */
const [FIELD, EVENT] = ["\u001f", "\u001e"];
const FORMAT = ["uid", "start-long", "end-long", "status", "title"]
	.map((name) => `{${name}}`)
	.join(FIELD);

/** Makes khal (https://github.com/pimutils/khal) ready, with an empty calendar. */
export function makeKhal(home: string): void {
	mkdirSync(path.join(home, "press"));
	writeFileSync(path.join(home, "settings"), SETTINGS(home));
}

export async function importCalendar(home: string, text: string): Promise<void> {
	writeFileSync(path.join(home, "press.ics"), text);
	await khal(home, "import", "--batch", "-a", "press", "press.ics");
}

/** Every event from one day to another, each once. */
export async function listEvents(home: string, from: string, to: string): Promise<Listed[]> {
	const format = ["--once", "--day-format", "", "--format", FORMAT + EVENT];
	const printed = await khal(home, "list", ...format, from, to);
	return printed
		.split(EVENT)
		.slice(0, -1)
		.map((line) => {
			const [id = "", starts = "", ends = "", status = "", title = ""] = line.trim().split(FIELD);
			return { id, starts, ends, status: status.trim(), title };
		});
}

function khal(home: string, ...given: string[]): Promise<string> {
	return run("/usr/bin/khal", ["-c", "settings", ...given], { home });
}
