import { KINDS } from "../releases/kinds.ts";
import type { Language } from "../shared/language.ts";
import { answerReady, isReading, type ReadyDoor } from "../shared/ready.ts";
import { archivePath, homePath, pagePath } from "./addresses.ts";
import { eventFileHeaders, HTML } from "./page-headers.ts";
import type { PageStore } from "./page-store.ts";
import { readPage } from "./paging.ts";

export interface PageDoor {
	readonly pages: Pick<PageStore, "read">;
	readonly languages: readonly Language[];
	/** Of every answer, whatever it is. */
	readonly headers: Readonly<Record<string, string>>;
}

const RELEASE = /^\/releases\/([^/]+?)(\.ics)?$/;

/** The ready pages, and the calendar files of events: one read of KV, and no query. */
export function createPageDoor({ pages, languages, headers }: PageDoor): ReadyDoor {
	const html = new Headers({ ...headers, ...HTML });
	const fronts = new Set(
		languages.flatMap((language) => [homePath(language), pagePath(language, "coming")]),
	);
	const lists = new Set(
		languages.flatMap((language) =>
			[undefined, ...KINDS].map((kind) => archivePath(language, kind)),
		),
	);
	const answer = async (request: Request, path: string, how: HeadersInit) => {
		const page = await pages.read(path);
		return page && answerReady(request, { ...page, modifiedAt: null }, how);
	};
	return (request, { pathname, searchParams }) => {
		if (!isReading(request)) return null;
		if (fronts.has(pathname)) return answer(request, pathname, html);
		if (lists.has(pathname)) {
			const path = listPath(pathname, searchParams.get("page"));
			return path === null ? null : answer(request, path, html);
		}
		const [, slug, ics] = RELEASE.exec(pathname) ?? [];
		if (slug === undefined) return null;
		const how = ics === undefined ? html : { ...headers, ...eventFileHeaders(slug) };
		return answer(request, pathname, how);
	};
}

/** The path of a page of a list; null where what is asked for is no number of one. */
function listPath(path: string, asked: string | null): string | null {
	if (asked === null) return path;
	return readPage(asked) === null ? null : `${path}?page=${asked}`;
}
