import { confidence, type Found } from "./finding.ts";
import type { PlaceText } from "./place.ts";

const NAME = "\\p{Lu}\\p{L}*(?:-\\p{L}+)*(?: \\p{Lu}\\p{L}*)?";
const HOST = new RegExp(`^(${NAME}) (?:примет|принимает|принял[аои]?)(?!\\p{L})`, "u");

/**
 * The places that a Russian text may give for its event. "в Ташкенте" is inflected; the basic form
 * is never made up, but taken from the dateline, or from "Ташкент примет …" in the title.
 */
export function* russianPlaces({
	days,
	title,
	places,
	opening,
}: PlaceText): Generator<Found<string>> {
	for (const place of places) {
		const from = mentionOf(place, days.sentence) ?? mentionOf(place, title);
		if (from !== null) yield { value: place, from, confidence: confidence(0.85) };
	}
	const [from, host = ""] = HOST.exec(title) ?? [];
	if (from !== undefined && (places.includes(host) || mentionOf(host, opening) !== null)) {
		yield { value: host, from, confidence: confidence(0.8) };
	}
}

/** The words by which a text says that something is in a place: "в Ташкенте", "в городе Баку". */
function mentionOf(place: string, text: string): string | null {
	const forms = prepositional(place).map(escaped).join("|");
	const mention = new RegExp(`(?<!\\p{L})[Вв]о? (?:г\\. ?|городе )?(?:${forms})(?![\\p{L}-])`, "u");
	return mention.exec(text)?.[0] ?? null;
}

/** The forms that a name may have after "в"; of those that do not inflect, the name itself. */
function prepositional(place: string): string[] {
	if (/ия$/u.test(place)) return [place.replace(/я$/u, "и")];
	if (/[ая]$/u.test(place)) return [place.replace(/.$/u, "е")];
	if (/[ьй]$/u.test(place)) return [place.replace(/.$/u, "и"), place.replace(/.$/u, "е")];
	if (/[бвгджзклмнпрстфхцчшщ]$/u.test(place)) return [`${place}е`, place];
	return [place];
}

function escaped(text: string): string {
	return text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}
