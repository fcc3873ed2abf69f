import type { PublicEntry } from "../releases/entry.ts";
import {
	type Event,
	knownEnd,
	type PublishedRelease,
	permanentId,
	releaseUrl,
} from "../releases/release.ts";
import type { RevisionEntry } from "../releases/store.ts";
import { toIsoTime } from "../shared/civil-time.ts";
import type { Publication } from "./publication.ts";

/**
 * What a release says, for search engines: schema.org as JSON-LD 1.1, a `NewsArticle` and, where it
 * has one, its `Event`.
 *
 * @param translations the same story in other languages, public.
 * @param corrections oldest first.
 */
export function structuredData(
	publication: Publication,
	release: PublishedRelease,
	translations: readonly PublicEntry[],
	corrections: readonly RevisionEntry[],
): object {
	const article = articleOf(publication, release, translations, corrections);
	if (release.event === null) return { "@context": "https://schema.org", "@graph": [article] };
	const event = eventOf(publication, release, release.event);
	return {
		"@context": "https://schema.org",
		"@graph": [{ ...article, about: { "@id": event["@id"] } }, event],
	};
}

/** JSON-LD that may stand in a `script` element: nothing in it ends the element. */
export function toJsonLd(data: object): string {
	return JSON.stringify(data).replaceAll(
		/[<>&\u2028\u2029]/g,
		(character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
	);
}

function articleOf(
	publication: Publication,
	release: PublishedRelease,
	translations: readonly PublicEntry[],
	corrections: readonly RevisionEntry[],
) {
	const url = releaseUrl(publication.url, release);
	const changedAt = Math.max(release.changedAt, release.publishedAt);
	return {
		"@type": "NewsArticle",
		"@id": `${url}#release`,
		headline: release.title,
		description: release.summary,
		inLanguage: release.language,
		datePublished: toTime(release.publishedAt),
		dateModified: toTime(changedAt),
		url,
		mainEntityOfPage: url,
		identifier: permanentId(release),
		publisher: organizationOf(publication),
		...(translations.length > 0 && {
			workTranslation: translations.map((one) => translationOf(publication, one)),
		}),
		...(corrections.length > 0 && { correction: corrections.map(correctionOf) }),
	};
}

function organizationOf({ title, url, logo }: Publication) {
	return {
		"@type": "Organization",
		"@id": `${url}/#publisher`,
		name: title,
		url: `${url}/`,
		...(logo !== null && { logo: { "@type": "ImageObject", url: logo } }),
	};
}

// Which language a story was written in first is not known, so none is called the original.
function translationOf(publication: Publication, entry: PublicEntry) {
	const url = releaseUrl(publication.url, entry);
	return {
		"@type": "NewsArticle",
		"@id": `${url}#release`,
		headline: entry.title,
		inLanguage: entry.language,
		url,
	};
}

function correctionOf({ note, madeAt }: RevisionEntry) {
	return {
		"@type": "CorrectionComment",
		...(note !== null && { text: note }),
		datePublished: toTime(madeAt),
	};
}

function eventOf(publication: Publication, release: PublishedRelease, event: Event) {
	const url = releaseUrl(publication.url, release);
	const end = knownEnd(event);
	return {
		"@type": "Event",
		"@id": `${url}#event`,
		name: release.title,
		description: release.summary,
		startDate: toIsoTime(event.starts, event.timeZone),
		...(end !== null && { endDate: toIsoTime(end, event.timeZone) }),
		eventStatus: "https://schema.org/EventScheduled",
		...(event.place !== null && {
			location: { "@type": "Place", name: event.place, address: event.place },
		}),
		organizer: organizationOf(publication),
		url,
	};
}

function toTime(at: number): string {
	return new Date(at).toISOString();
}
