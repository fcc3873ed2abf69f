import { KINDS } from "../releases/kinds.ts";
import type { Language } from "../shared/language.ts";
import { WORDS } from "../shared/words/index.ts";
import { FEED_FILES, FEED_FORMS, feedPath } from "./addresses.ts";
import type { Publication } from "./publication.ts";
import { fill, stringsOf } from "./strings/index.ts";

interface FeedTableProps {
	readonly publication: Publication;
	/** The page's. */
	readonly language: Language;
}

/** Every feed and calendar: by language, the page's first, and by kind. */
export function FeedTable({ publication, language }: FeedTableProps) {
	const strings = stringsOf(language);
	const others = publication.languages.filter((other) => other !== language);
	const scopes = others.length === 0 ? [language] : [language, ...others, "all" as const];
	return (
		<div class="wide">
			<table class="feed-table">
				<caption>{strings.about.table.title}</caption>
				<thead>
					<tr>
						<th scope="col">{strings.about.table.kind}</th>
						{FEED_FORMS.map((form) => (
							<th scope="col">{strings.feeds[form]}</th>
						))}
					</tr>
				</thead>
				{scopes.map((scope) => (
					<tbody>
						<tr>
							<th
								scope="rowgroup"
								colspan={FEED_FORMS.length + 1}
								lang={scope === "all" || scope === language ? undefined : scope}
							>
								{scope === "all" ? strings.about.table.everyLanguage : WORDS[scope].name}
							</th>
						</tr>
						<FeedRows scope={scope} language={language} />
					</tbody>
				))}
			</table>
		</div>
	);
}

function FeedRows({ scope, language }: { scope: Language | "all"; language: Language }) {
	const strings = stringsOf(language);
	const scopeName = scope === "all" ? strings.about.table.everyLanguage : WORDS[scope].name;
	return [undefined, ...KINDS].map((kind) => {
		const kinds = kind ? WORDS[language].kinds[kind].heading : strings.kinds.all;
		return (
			<tr>
				<th scope="row">{kinds}</th>
				{FEED_FORMS.map((form) => {
					const format = strings.feeds[form];
					const label = fill(strings.about.table.label, { format, kinds, language: scopeName });
					return (
						<td>
							<a href={feedPath(scope, kind, form)} type={FEED_FILES[form].type} aria-label={label}>
								{format}
							</a>
						</td>
					);
				})}
			</tr>
		);
	});
}
