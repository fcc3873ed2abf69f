import type { Language } from "../shared/language.ts";
import { offeredPages, type Paging } from "./paging.ts";
import { fill, formatNumber, stringsOf } from "./strings/index.ts";

interface PaginationProps {
	readonly language: Language;
	readonly paging: Paging;
	readonly pathOf: (page: number) => string;
}

/** To the other pages of a list; nothing where there is one. */
export function Pagination(props: PaginationProps) {
	const { language, paging, pathOf } = props;
	const { page, pages } = paging;
	if (pages === 1) return null;
	const strings = stringsOf(language);
	return (
		<nav class="pagination" aria-label={strings.pagination.label}>
			{page > 1 && (
				<a class="previous" href={pathOf(page - 1)} rel="prev">
					{strings.pagination.previous}
				</a>
			)}
			<ul>
				{offeredPages(paging).map((offered) => (
					<li>{offered === null ? "…" : <PageLink {...props} offered={offered} />}</li>
				))}
			</ul>
			{page < pages && (
				<a class="next" href={pathOf(page + 1)} rel="next">
					{strings.pagination.next}
				</a>
			)}
		</nav>
	);
}

function PageLink(props: PaginationProps & { readonly offered: number }) {
	const { language, paging, pathOf, offered } = props;
	return (
		<a
			href={pathOf(offered)}
			aria-label={fill(stringsOf(language).pagination.page, { page: offered })}
			aria-current={offered === paging.page ? "page" : undefined}
		>
			{formatNumber(offered, language)}
		</a>
	);
}

/** A title, and on every page but the first which page of it this is. */
export function pagedTitle(title: string, { page, pages }: Paging, language: Language): string {
	if (page === 1) return title;
	return `${title} (${fill(stringsOf(language).pagination.position, { page, pages })})`;
}
