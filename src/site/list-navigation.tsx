import type { Kind } from "../releases/kinds.ts";
import type { Language } from "../shared/language.ts";
import { archivePath } from "./addresses.ts";
import { type ListPaging, newerOf, olderOf } from "./list-paging.ts";
import { stringsOf } from "./strings/index.ts";

interface ListNavigationProps {
	readonly language: Language;
	readonly kind: Kind | undefined;
	readonly paging: ListPaging;
}

/** To the other pages of a list of releases; nothing where there is one. */
export function ListNavigation({ language, kind, paging }: ListNavigationProps) {
	const { page, numbered } = paging;
	if (numbered === 0) return null;
	const strings = stringsOf(language);
	const older = olderOf(paging);
	const pathOf = (number: number | null) => archivePath(language, kind, number);
	return (
		<nav class="pagination" aria-label={strings.pagination.label}>
			{page !== null && (
				<a class="previous" href={pathOf(newerOf(page, paging))} rel="prev">
					{strings.archive.newer}
				</a>
			)}
			<ul>
				{page !== null && (
					<li>
						<a href={pathOf(null)}>{strings.archive.newest}</a>
					</li>
				)}
				{older !== null && (
					<li>
						<a href={pathOf(1)}>{strings.archive.oldest}</a>
					</li>
				)}
			</ul>
			{older !== null && (
				<a class="next" href={pathOf(older)} rel="next">
					{strings.archive.older}
				</a>
			)}
		</nav>
	);
}
