import { Temporal } from "temporal-polyfill";
import { civilDateAt } from "../shared/dates.ts";

/** What pages say of the day. */
export interface Today {
	/** The civil date in the publication's zone. */
	readonly date: string;
	/** The zone, in words. */
	readonly zone: string;
}

/** The publication's day at `now` (milliseconds since 1970 UTC). */
export function todayOf({ timeZone }: { readonly timeZone: string }, now: number): Today {
	return { date: civilDateAt(now, timeZone), zone: zoneInWords(timeZone, now) };
}

/** A time zone and how far it is from UTC at `now` (ms): `Asia/Tashkent, UTC+5`. */
export function zoneInWords(timeZone: string, now: number): string {
	const { offset } = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone);
	const [, sign = "+", hours = "0", minutes = "00"] = /^([+-])(\d+):(\d+)/.exec(offset) ?? [];
	const words = minutes === "00" ? Number(hours) : `${Number(hours)}:${minutes}`;
	return `${timeZone}, UTC${sign.replace("-", "−")}${words}`;
}
