import { Temporal } from "temporal-polyfill";
import { timeZoneNamed } from "../shared/civil-time.ts";
import { civilDateAt } from "../shared/dates.ts";
import type { RunState, Schedule } from "./run.ts";

export interface ScheduleSettings {
	/** IANA time zone of the publication. */
	readonly timeZone: string;
	/** Hour of the day at which digests are due, 0 to 23. */
	readonly digestHour: number;
	/** ISO weekday of weekly digests, 1 (Monday) to 7. */
	readonly digestWeekday: number;
}

/** The newest run of a schedule. */
export interface NewestRun {
	readonly period: string;
	readonly state: RunState;
}

/** What exists already, as far as it bears on what is due. */
export interface ScheduleFacts {
	/** Every schedule that has readers, and the publication's own. */
	readonly schedules: readonly (Schedule & { readonly newest: NewestRun | null })[];
	readonly highestSequence: number;
	/** When the clock struck before (milliseconds since 1970 UTC); null where it never did. */
	readonly lastTick: number | null;
}

/** A run that should exist. */
export interface DueRun extends Schedule {
	readonly period: string;
	/** The civil date in its zone. */
	readonly day: string;
	/** In words, where it is so late that a person must say whether it is to be made. */
	readonly stale: string | null;
	/** Whether it came due before there was anybody to get it: it is noted, and not made. */
	readonly isPast: boolean;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * The runs that are due at `now` (milliseconds since 1970 UTC) and do not exist yet.
 *
 * Daily and weekly periods are civil dates in the schedule's zone: the last one whose hour has come,
 * as its clocks show it (where they skip the hour, when they have skipped it; where they show it
 * twice, the first time). A tick missed for hours is thus caught up, once, and a clock that goes back
 * fires nothing. An immediate period is the highest sequence that the run tells of, and that day:
 * besides the run for each release there is one a day, for those whom the others could not tell.
 *
 * Of a reader's own zone that is new since the clock struck last, a period that was due before is past:
 * nobody is mailed in their night because they have just subscribed.
 *
 * A schedule whose newest run is held waits for it. One that is late by more than a day, the clock
 * having stood still as long, is stale: the store may be a copy of days ago, whose cursors would have
 * readers told again.
 */
export function findDueRuns(
	settings: ScheduleSettings,
	facts: ScheduleFacts,
	now: number,
): DueRun[] {
	return facts.schedules.flatMap(({ newest, ...schedule }) => {
		const zone = zoneOf(settings, schedule);
		const period = periodAt(settings, schedule, facts.highestSequence, now);
		const isDone = newest !== null && period !== null && period <= newest.period;
		if (period === null || isDone || newest?.state === "held") return [];
		const stale = explainStale(settings, schedule, newest, facts.lastTick, now);
		const isPast = newest === null && wasDueBefore(settings, schedule, period, facts.lastTick);
		return [{ ...schedule, period, day: civilDateAt(now, zone), stale, isPast }];
	});
}

/** The last period that has come due; null where there is none. */
function periodAt(
	settings: ScheduleSettings,
	schedule: Schedule,
	highestSequence: number,
	now: number,
): string | null {
	const day = lastDueDay(settings, zoneOf(settings, schedule), now);
	if (schedule.frequency === "daily") return day.toString();
	if (schedule.frequency === "weekly") return toWeekday(day, settings.digestWeekday, -1).toString();
	// The sequence padded, so that periods sort as text.
	return highestSequence > 0 ? `${String(highestSequence).padStart(12, "0")}+${day}` : null;
}

/** The time zone of a schedule; the publication's where the runtime knows it no more. */
export function zoneOf(
	settings: Pick<ScheduleSettings, "timeZone">,
	{ timeZone }: Schedule,
): string {
	return timeZoneNamed(timeZone) ?? settings.timeZone;
}

function wasDueBefore(
	settings: ScheduleSettings,
	schedule: Schedule,
	period: string,
	lastTick: number | null,
): boolean {
	if (schedule.timeZone === "" || lastTick === null) return false;
	const day = Temporal.PlainDate.from(period);
	return dueAt(settings, zoneOf(settings, schedule), day) <= lastTick;
}

function explainStale(
	settings: ScheduleSettings,
	schedule: Schedule,
	newest: NewestRun | null,
	lastTick: number | null,
	now: number,
): string | null {
	if (newest === null || lastTick === null || now - lastTick <= DAY_MS) return null;
	const missed = dueAfter(settings, schedule, newest.period);
	if (missed !== null && now - missed <= DAY_MS) return null;
	const since = new Date(lastTick).toISOString();
	return `the clock has not struck since ${since}`;
}

/** When the first period after another was due; null for immediate ones, which have no hour. */
function dueAfter(settings: ScheduleSettings, schedule: Schedule, period: string): number | null {
	if (schedule.frequency === "immediate") return null;
	const next = Temporal.PlainDate.from(period).add({ days: 1 });
	const day = schedule.frequency === "weekly" ? toWeekday(next, settings.digestWeekday, 1) : next;
	return dueAt(settings, zoneOf(settings, schedule), day);
}

function lastDueDay(settings: ScheduleSettings, timeZone: string, now: number): Temporal.PlainDate {
	const instant = Temporal.Instant.fromEpochMilliseconds(now);
	const today = instant.toZonedDateTimeISO(timeZone).toPlainDate();
	return dueAt(settings, timeZone, today) <= now ? today : today.subtract({ days: 1 });
}

function dueAt(
	{ digestHour }: ScheduleSettings,
	timeZone: string,
	day: Temporal.PlainDate,
): number {
	const plainTime = new Temporal.PlainTime(digestHour);
	return day.toZonedDateTime({ timeZone, plainTime }).epochMilliseconds;
}

/** The nearest such weekday on or before a day (-1), or on or after it (1). */
function toWeekday(day: Temporal.PlainDate, weekday: number, direction: 1 | -1) {
	const days = (direction * (weekday - day.dayOfWeek) + 7) % 7;
	return day.add({ days: direction * days });
}
