import type { Language } from "../shared/language.ts";
import { FEED_FILES, FEED_FORMS, feedPath, OPML_PATH, pagePath } from "./addresses.ts";
import { stringsOf } from "./strings/index.ts";

/** How to follow, and what the site does not do. */
export function Footer({ language }: { readonly language: Language }) {
	const strings = stringsOf(language);
	return (
		<footer class="site-footer">
			<div class="frame">
				<h2>{strings.frame.feeds}</h2>
				<ul>
					{FEED_FORMS.map((form) => (
						<li>
							<a href={feedPath(language, undefined, form)} type={FEED_FILES[form].type}>
								{strings.feeds[form]}
							</a>
						</li>
					))}
					<li>
						<a href={OPML_PATH} type="text/x-opml">
							{strings.feeds.opml}
						</a>
					</li>
					<li>
						<a href={pagePath(language, "about")}>{strings.frame.about}</a>
					</li>
				</ul>
				<p>{strings.frame.noTracking}</p>
			</div>
		</footer>
	);
}
