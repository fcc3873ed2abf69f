import { Temporal } from "temporal-polyfill";

/** Whether a civil date or time, `YYYY-MM-DD` or `YYYY-MM-DDTHH:MM`, has a time of the day. */
export function hasTimeOfDay(civil: string): boolean {
	return civil.includes("T");
}

/**
 * The moment at which the clocks of a time zone (IANA name) show a civil time, `YYYY-MM-DDTHH:MM`.
 * Of a time that they show twice it is the first; one that they skip is moved on as they are. That is
 * how RFC 5545, section 3.3.5, reads such times, and what Temporal calls "compatible".
 */
export function atClock(time: string, timeZone: string): Temporal.ZonedDateTime {
	return Temporal.PlainDateTime.from(time).toZonedDateTime(timeZone, {
		disambiguation: "compatible",
	});
}

/** What the clocks show then: `YYYY-MM-DDTHH:MM`. */
export function toCivilTime(moment: Temporal.ZonedDateTime): string {
	return moment.toPlainDateTime().toString({ smallestUnit: "minute" });
}

/**
 * A time zone as the IANA database writes its name: `Asia/Tashkent` for `asia/tashkent`. Null where
 * the runtime knows no zone of that name; an offset such as `+05:00` is no name.
 */
export function timeZoneNamed(name: string): string | null {
	if (!/^[A-Za-z]/.test(name)) return null;
	try {
		return Temporal.PlainDate.from("2000-01-01").toZonedDateTime(name).timeZoneId;
	} catch {
		return null;
	}
}

/**
 * A civil date as it is; a civil time with the offset from UTC that its zone has then: ISO 8601, of the
 * profile that W3CDTF and schema.org take.
 */
export function toIsoTime(civil: string, timeZone: string | null): string {
	if (timeZone === null) return civil;
	return atClock(civil, timeZone).toString({ timeZoneName: "never", smallestUnit: "minute" });
}
