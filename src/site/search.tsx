import { KINDS } from "../releases/kinds.ts";
import type { Language } from "../shared/language.ts";
import { WORDS } from "../shared/words/index.ts";
import { archivePath, pagePath, type Sought, searchPath } from "./addresses.ts";
import { Layout } from "./layout.tsx";
import { Pagination, pagedTitle } from "./pagination.tsx";
import type { Paging } from "./paging.ts";
import type { Publication } from "./publication.ts";
import { type ReleaseCard, ReleaseList } from "./release-list.tsx";
import { SearchForm } from "./search-form.tsx";
import { fill, fillCounted, stringsOf } from "./strings/index.ts";
import { versionsOf } from "./versions.ts";

/** What a search has found. */
export interface Found {
	readonly total: number;
	readonly paging: Paging;
	/** Those of this page, best first. */
	readonly releases: readonly ReleaseCard[];
}

interface SearchProps {
	readonly publication: Publication;
	readonly language: Language;
	readonly sought: Sought;
	/** Null where nothing was asked for. */
	readonly found: Found | null;
}

/** The form to search with, and what was found. */
export function SearchPage(props: SearchProps) {
	const { publication, language, sought, found } = props;
	const { query } = sought;
	const strings = stringsOf(language);
	const title = found ? fill(strings.search.titleOf, { query }) : strings.search.title;
	return (
		<Layout
			publication={publication}
			language={language}
			title={found ? pagedTitle(title, found.paging, language) : title}
			versions={versionsOf(publication, (other) =>
				query === "" ? pagePath(other, "search") : searchPath(other, sought),
			)}
			section="search"
		>
			<div class="frame">
				<h1>{strings.search.title}</h1>
				<SearchForm language={language} query={query}>
					<p class="fine">{strings.search.hint}</p>
					<KindChoice {...props} />
				</SearchForm>
				{found && <Results {...props} found={found} />}
			</div>
		</Layout>
	);
}

function KindChoice({ language, sought }: SearchProps) {
	const strings = stringsOf(language);
	return (
		<fieldset class="kind-choice">
			<legend>{strings.search.kind}</legend>
			{[undefined, ...KINDS].map((kind) => (
				<label class="choice">
					<input type="radio" name="kind" value={kind ?? ""} checked={kind === sought.kind} />
					<span>{kind ? WORDS[language].kinds[kind].heading : strings.kinds.all}</span>
				</label>
			))}
		</fieldset>
	);
}

function Results({ language, sought, found }: SearchProps & { readonly found: Found }) {
	const { query } = sought;
	const strings = stringsOf(language);
	if (found.total === 0) return <NothingFound language={language} sought={sought} />;
	return (
		<section aria-labelledby="found">
			<h2 id="found" class="total">
				{fillCounted(strings.search.found, found.total, language, { query })}
			</h2>
			<ReleaseList releases={found.releases} heading="h3" />
			<Pagination
				language={language}
				paging={found.paging}
				pathOf={(page) => searchPath(language, sought, page)}
			/>
		</section>
	);
}

function NothingFound({ language, sought }: Pick<SearchProps, "language" | "sought">) {
	const { query, kind } = sought;
	const strings = stringsOf(language);
	return (
		<section class="empty" aria-labelledby="found">
			<h2 id="found">{fill(strings.search.nothing, { query })}</h2>
			<p>{strings.search.help}:</p>
			<ul>
				<li>{strings.search.helpSpelling}</li>
				<li>{strings.search.helpFewer}</li>
				{kind && (
					<li>
						<a href={searchPath(language, { query, kind: undefined })}>
							{strings.search.helpKinds}
						</a>
					</li>
				)}
				<li>{strings.search.helpLanguage}</li>
				<li>
					<a href={archivePath(language, undefined)}>{strings.search.helpBrowse}</a>
				</li>
			</ul>
		</section>
	);
}
