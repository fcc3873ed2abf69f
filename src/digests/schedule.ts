import { Temporal } from "temporal-polyfill";
import type { Frequency } from "../subscribers/subscriber.ts";

export interface ScheduleSettings {
	/** IANA time zone of the publication. */
	readonly timeZone: string;
	/** Hour of the day at which digests are due, 0 to 23. */
	readonly digestHour: number;
	/** ISO weekday of weekly digests, 1 (Monday) to 7. */
	readonly digestWeekday: number;
}

/** What exists already, as far as it bears on what is due. */
export interface ScheduleFacts {
	/** The newest period of each frequency that has had a run. */
	readonly newestPeriods: Readonly<Partial<Record<Frequency, string>>>;
	readonly highestSequence: number;
}

/** A run that should exist. */
export interface DueRun {
	readonly frequency: Frequency;
	readonly period: string;
}

/**
 * The runs that are due at `now` (milliseconds since 1970 UTC) and do not exist yet.
 *
 * Daily and weekly periods are civil dates in the publication's zone: the last one whose hour has
 * come. A tick missed for hours is thus caught up, once, and a clock that goes back fires nothing.
 * An immediate period is the highest sequence that the run tells of, and that day: besides the run
 * for each release there is one a day, for those whom the others could not tell.
 */
export function findDueRuns(
	settings: ScheduleSettings,
	facts: ScheduleFacts,
	now: number,
): DueRun[] {
	const day = lastDueDay(settings, now);
	const immediate = { period: immediatePeriod(facts.highestSequence, day) };
	const candidates: DueRun[] = [
		...(facts.highestSequence > 0 ? [{ frequency: "immediate" as const, ...immediate }] : []),
		{ frequency: "daily", period: day.toString() },
		{ frequency: "weekly", period: lastWeekday(day, settings.digestWeekday).toString() },
	];
	return candidates.filter(({ frequency, period }) => {
		const newest = facts.newestPeriods[frequency];
		return newest === undefined || period > newest;
	});
}

/** The civil date, in the publication's zone, of the run of a period: who is paused then is left out. */
export function runDay(period: string): string {
	return period.slice(-"YYYY-MM-DD".length);
}

/** The sequence padded, so that periods sort as text, and the day. */
function immediatePeriod(sequence: number, day: Temporal.PlainDate): string {
	return `${String(sequence).padStart(12, "0")}+${day}`;
}

function lastDueDay(settings: ScheduleSettings, now: number): Temporal.PlainDate {
	const instant = Temporal.Instant.fromEpochMilliseconds(now);
	const today = instant.toZonedDateTimeISO(settings.timeZone).toPlainDate();
	const plainTime = new Temporal.PlainTime(settings.digestHour);
	const due = today.toZonedDateTime({ timeZone: settings.timeZone, plainTime });
	return Temporal.Instant.compare(due.toInstant(), instant) <= 0
		? today
		: today.subtract({ days: 1 });
}

function lastWeekday(day: Temporal.PlainDate, weekday: number): Temporal.PlainDate {
	return day.subtract({ days: (day.dayOfWeek - weekday + 7) % 7 });
}
