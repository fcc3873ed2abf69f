import type { Kind } from "../releases/kinds.ts";
import type { Language } from "../shared/language.ts";
import { WORDS } from "../shared/words/index.ts";
import { archivePath, pagePath } from "./addresses.ts";
import { KindLinks } from "./kind-links.tsx";
import { Layout } from "./layout.tsx";
import { ListNavigation } from "./list-navigation.tsx";
import type { ListPaging } from "./list-paging.ts";
import type { Publication } from "./publication.ts";
import { type ReleaseCard, ReleaseList } from "./release-list.tsx";
import { SearchForm } from "./search-form.tsx";
import { fill, fillCounted, stringsOf } from "./strings/index.ts";
import { versionsOf } from "./versions.ts";

interface ArchiveProps {
	readonly publication: Publication;
	readonly language: Language;
	/** None where releases of every kind are listed. */
	readonly kind: Kind | undefined;
	readonly paging: ListPaging;
	/** How many there are on all pages; null where the page stays as it is, and does not say. */
	readonly total: number | null;
	/** Those of this page, newest first. */
	readonly releases: readonly ReleaseCard[];
}

/** Every public release in a language, or every one of a kind, newest first. */
export function ArchivePage(props: ArchiveProps) {
	const { publication, language, kind, paging, total, releases } = props;
	const { page } = paging;
	const strings = stringsOf(language);
	const title = kind ? WORDS[language].kinds[kind].heading : strings.archive.title;
	const place = page === null ? "" : ` (${fill(strings.archive.page, { page })})`;
	return (
		<Layout
			publication={publication}
			language={language}
			title={title + place}
			path={archivePath(language, kind, page)}
			versions={page === null ? versionsOf(publication, (other) => archivePath(other, kind)) : []}
			section="releases"
			kind={kind}
			description={fill(strings.archive.description, {
				kinds: title,
				publication: publication.title,
			})}
		>
			<div class="frame">
				<h1>{title}</h1>
				<div class="list-tools">
					<KindLinks language={language} shown={kind} />
					<SearchForm language={language} />
				</div>
				{releases.length === 0 ? (
					<NoReleases {...props} />
				) : (
					<>
						{total !== null && (
							<p class="total">{fillCounted(strings.archive.total, total, language)}</p>
						)}
						<ReleaseList releases={releases} heading="h2" />
					</>
				)}
				<ListNavigation language={language} kind={kind} paging={paging} />
			</div>
		</Layout>
	);
}

/** Says so where there is nothing, and where there may be something. */
export function NoReleases({
	publication,
	language,
	kind,
}: Pick<ArchiveProps, "publication" | "language"> & { readonly kind?: Kind | undefined }) {
	const strings = stringsOf(language);
	const others = publication.languages.filter((other) => other !== language);
	return (
		<div class="empty">
			<p>{strings.archive.empty}</p>
			{others.length > 0 && (
				<>
					<p>{strings.archive.otherLanguages}:</p>
					<ul class="inline">
						{others.map((other) => (
							<li>
								<a href={archivePath(other, kind)} lang={other}>
									{WORDS[other].name}
								</a>
							</li>
						))}
					</ul>
				</>
			)}
			<p>
				<a href={pagePath(language, "subscribe")}>{strings.archive.toHear}</a>
			</p>
		</div>
	);
}
