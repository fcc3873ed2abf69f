import type { XmlObject } from "xml";
import { type Event, knownEnd } from "../releases/release.ts";
import { toIsoTime } from "../shared/civil-time.ts";

/**
 * When and where an event takes place, in the elements of the RSS 1.0 event module: civil dates as
 * dates, the last included; times with their offset (W3CDTF).
 */
export function eventElements(event: Event): XmlObject[] {
	const { starts, place, timeZone } = event;
	const end = knownEnd(event);
	return [
		{ "ev:startdate": toIsoTime(starts, timeZone) },
		...(end === null ? [] : [{ "ev:enddate": toIsoTime(end, timeZone) }]),
		...(place === null ? [] : [{ "ev:location": place }]),
	];
}
