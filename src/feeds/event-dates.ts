import type { XmlObject } from "xml";
import type { Event } from "../releases/release.ts";

/**
 * When and where an event takes place, in the elements of the RSS 1.0 event module: civil dates as
 * dates, the last included; times with their offset (W3CDTF).
 */
export function eventElements({ starts, ends, place }: Event): XmlObject[] {
	return [
		{ "ev:startdate": starts },
		{ "ev:enddate": ends },
		...(place === null ? [] : [{ "ev:location": place }]),
	];
}
