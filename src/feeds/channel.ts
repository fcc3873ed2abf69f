import { WORDS } from "../shared/words/index.ts";
import type { Channel, FeedFile, FeedIdentity } from "./feed.ts";
import { feedUrl, KIND_PATHS, type Scope } from "./scope.ts";

/** What a scope's feeds are called, in its language: `Press Office: Meetings (English)`. */
export function channelTitle({ title, languages }: FeedIdentity, scope: Scope): string {
	const { language, kind } = scope;
	const words = WORDS[language ?? languages[0]];
	const ofKind = kind ? `: ${words.kinds[kind].heading}` : "";
	const ofLanguage = language && languages.length > 1 ? ` (${words.name})` : "";
	return title + ofKind + ofLanguage;
}

/**
 * What a document of a scope says of itself.
 *
 * @param document the number of an archive, or null for the feed with the newest releases, and how
 *   many archives there are before it.
 */
export function describe(
	identity: FeedIdentity,
	scope: Scope,
	file: FeedFile,
	document: { readonly archive: number | null; readonly archivesBefore: number },
): Channel {
	const { url: origin, title, description, logo, hub } = identity;
	const { archive, archivesBefore } = document;
	return {
		title: channelTitle(identity, scope),
		publisher: title,
		description: description ?? title,
		logo,
		origin,
		pageUrl: pageUrl(identity, scope),
		language: scope.language,
		selfUrl: feedUrl(origin, scope, file, archive ?? undefined),
		currentUrl: feedUrl(origin, scope, file),
		previousUrl: archivesBefore > 0 ? feedUrl(origin, scope, file, archivesBefore) : null,
		hub,
	};
}

function pageUrl({ url, languages }: FeedIdentity, { language, kind }: Scope): string {
	if (language === null && kind === null) return `${url}/`;
	return `${url}/${language ?? languages[0]}/${kind ? KIND_PATHS[kind] : ""}`;
}
