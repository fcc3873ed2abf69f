import type { Language } from "../../shared/language.ts";
import type { FoundDays } from "./event-days.ts";
import type { Found } from "./finding.ts";
import { englishPlaces } from "./place-english.ts";
import { russianPlaces } from "./place-russian.ts";
import { uzbekPlaces } from "./place-uzbek.ts";

/** What the place of an event is read from. */
export interface PlaceText {
	/** The event's days and the sentence that told them. */
	readonly days: FoundDays;
	readonly title: string;
	/** The dateline's places, in their basic form. */
	readonly places: readonly string[];
	/** The title and the opening paragraphs, to see what else is said of a place. */
	readonly opening: string;
	readonly language: Language;
}

/** Where the event takes place, by the sentence that says when, or by the title. */
export function readPlace(text: PlaceText): Found<string> | null {
	let best: Found<string> | null = null;
	for (const found of placesIn(text)) {
		if (best === null || found.confidence > best.confidence) best = found;
	}
	return best;
}

function placesIn(text: PlaceText): Iterable<Found<string>> {
	if (text.language === "en") return englishPlaces(text);
	return text.language === "ru" ? russianPlaces(text) : uzbekPlaces(text);
}
