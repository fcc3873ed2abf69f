import * as z from "zod";
import { atClock, hasTimeOfDay, timeZoneNamed, toCivilTime } from "../shared/civil-time.ts";
import { civilDateOrTime, type Event, isInOrder, line, OUT_OF_ORDER } from "./release.ts";

/**
 * An event as a request gives it: civil dates, or civil times with their zone. `timeZone` of what
 * comes out is null also for times that came without a zone; {@link inZone} puts them into one.
 */
export const eventFields = z
	.strictObject({
		starts: civilDateOrTime.meta({
			description: "The first day, `YYYY-MM-DD`, or the time it starts, `YYYY-MM-DDTHH:MM`.",
		}),
		ends: civilDateOrTime.nullish().meta({
			description:
				"The last day, which is included, or the time it ends, in the form that `starts` has. Left out where it is the same day, or where the end is not known.",
		}),
		time_zone: z
			.string()
			.transform(toTimeZone)
			.nullish()
			.meta({
				description:
					"The zone of its times, an IANA name; left out where it is the publication's own. Days have none.",
				examples: ["Asia/Tashkent"],
			}),
		place: line(200).nullish().meta({ description: "Where it takes place." }),
	})
	.superRefine(({ starts, ends, time_zone }, context) => {
		if (ends && hasTimeOfDay(ends) !== hasTimeOfDay(starts))
			context.addIssue({
				code: "custom",
				path: ["ends"],
				message: "must have the form of event.starts: days both, or times both",
			});
		if (time_zone && !hasTimeOfDay(starts))
			context.addIssue({
				code: "custom",
				path: ["time_zone"],
				message: "is for times: leave it out, or give event.starts a time, YYYY-MM-DDTHH:MM",
			});
	})
	.transform(
		({ starts, ends, time_zone, place }): Event => ({
			starts,
			ends: ends ?? starts,
			timeZone: time_zone ?? null,
			place: place ?? null,
		}),
	)
	.refine(isInOrder, OUT_OF_ORDER)
	.meta({ description: "When and where the consultation or meeting takes place." });

/**
 * The event with its times in the zone that it names, or else in this one (IANA name), each as the
 * clocks there show it. Civil dates stay as they are.
 */
export function inZone(event: Event, timeZone: string): Event {
	if (!hasTimeOfDay(event.starts)) return event;
	const zone = event.timeZone ?? timeZone;
	const [starts, ends] = [atClock(event.starts, zone), atClock(event.ends, zone)];
	return {
		...event,
		starts: toCivilTime(starts),
		ends: toCivilTime(ends),
		timeZone: starts.timeZoneId,
	};
}

function toTimeZone(name: string, context: z.RefinementCtx): string {
	const zone = timeZoneNamed(name);
	if (zone !== null) return zone;
	context.addIssue("must be the IANA name of a time zone, as Asia/Tashkent");
	return z.NEVER;
}
