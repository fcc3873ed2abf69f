import type { XmlObject } from "xml";
import { WORDS } from "../shared/words/index.ts";
import { channelTitle, describe } from "./channel.ts";
import type { FeedIdentity } from "./feed.ts";
import { allScopes, feedUrl, type Scope } from "./scope.ts";
import { xmlDocument } from "./xml.ts";

/**
 * All feeds of the publication as a subscription list, OPML 2.0 (https://opml.org/spec2.opml), grouped
 * by language. Each is named once, as RSS: who imports a list wants no release twice.
 */
export function buildOpml(identity: FeedIdentity): string {
	const scopes = allScopes(identity.languages);
	const groups = [...identity.languages, null].map((language) => {
		const text = language ? WORDS[language].name : WORDS[identity.languages[0]].feeds.allLanguages;
		const outlines = scopes
			.filter((scope) => scope.language === language)
			.map((scope) => toOutline(identity, scope));
		return { outline: [{ _attr: { text } }, ...outlines] };
	});
	return xmlDocument({
		opml: [{ _attr: { version: "2.0" } }, { head: [{ title: identity.title }] }, { body: groups }],
	});
}

function toOutline(identity: FeedIdentity, scope: Scope): XmlObject {
	const title = channelTitle(identity, scope);
	const { pageUrl } = describe(identity, scope, "rss.xml", { archive: null, archivesBefore: 0 });
	return {
		outline: {
			_attr: {
				type: "rss",
				text: title,
				title,
				xmlUrl: feedUrl(identity.url, scope, "rss.xml"),
				htmlUrl: pageUrl,
				...(scope.language ? { language: scope.language } : {}),
			},
		},
	};
}
