import { KINDS } from "../releases/kinds.ts";
import type { HeaderKeeper } from "../shared/kept-headers.ts";
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
	readonly headersOf: HeaderKeeper;
}

const RELEASE = /^\/releases\/([^/]+?)(\.ics)?$/;

/** The ready pages, and the calendar files of events: one read of KV, and no query. */
export function createPageDoor({ pages, languages, headers, headersOf }: PageDoor): ReadyDoor {
	const fronts = new Set(
		languages.flatMap((language) => [homePath(language), pagePath(language, "coming")]),
	);
	const lists = new Set(
		languages.flatMap((language) =>
			[undefined, ...KINDS].map((kind) => archivePath(language, kind)),
		),
	);
	const answer = async (request: Request, path: string, own: Readonly<Record<string, string>>) => {
		const page = await pages.read(path);
		if (!page) return null;
		const document = { ...page, modifiedAt: null };
		const kept = headersOf(path, document, 0, () => ({ ...headers, ...own }));
		return answerReady(request, document, kept);
	};
	return (request, path, query) => {
		if (!isReading(request)) return null;
		if (fronts.has(path)) return answer(request, path, HTML);
		if (lists.has(path)) {
			const asked = listPath(path, query);
			return asked === null ? null : answer(request, asked, HTML);
		}
		const [, slug, ics] = RELEASE.exec(path) ?? [];
		if (slug === undefined) return null;
		return answer(request, path, ics === undefined ? HTML : eventFileHeaders(slug));
	};
}

/** The path of a page of a list; null where what is asked for is no number of one. */
function listPath(path: string, query: string): string | null {
	const asked = new URLSearchParams(query).get("page");
	if (asked === null) return path;
	return readPage(asked) === null ? null : `${path}?page=${asked}`;
}
