import { Temporal } from "temporal-polyfill";

/** A time zone and how far it is from UTC at `now` (ms): `Asia/Tashkent, UTC+5`. */
export function zoneInWords(timeZone: string, now: number): string {
	const { offset } = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone);
	const [, sign = "+", hours = "0", minutes = "00"] = /^([+-])(\d+):(\d+)/.exec(offset) ?? [];
	const words = minutes === "00" ? Number(hours) : `${Number(hours)}:${minutes}`;
	return `${timeZone}, UTC${sign.replace("-", "−")}${words}`;
}
