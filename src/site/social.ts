import { type PublishedRelease, releaseUrl } from "../releases/release.ts";
import type { Language } from "../shared/language.ts";
import type { Publication } from "./publication.ts";

/** One `meta` element: RDFa's `property`, and its content. */
export interface SocialTag {
	readonly property: string;
	readonly content: string;
}

/** Open Graph writes a language with a territory and knows no script. */
const LOCALES: Readonly<Record<Language, string>> = {
	en: "en_GB",
	ru: "ru_RU",
	uz: "uz_UZ",
	"uz-Cyrl": "uz_UZ",
};

/** What previews of links to a release show: the Open Graph protocol (ogp.me), type `article`. */
export function socialTags(publication: Publication, release: PublishedRelease): SocialTag[] {
	const changedAt = Math.max(release.changedAt, release.publishedAt);
	return [
		{ property: "og:type", content: "article" },
		{ property: "og:title", content: release.title },
		{ property: "og:description", content: release.summary },
		{ property: "og:url", content: releaseUrl(publication.url, release) },
		{ property: "og:site_name", content: publication.title },
		{ property: "og:locale", content: LOCALES[release.language] },
		{ property: "article:published_time", content: new Date(release.publishedAt).toISOString() },
		{ property: "article:modified_time", content: new Date(changedAt).toISOString() },
		...(publication.logo === null ? [] : [{ property: "og:image", content: publication.logo }]),
	];
}
