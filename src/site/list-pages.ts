import { ARCHIVE_LENGTH } from "../feeds/feed.ts";
import type { ListPages } from "../feeds/rebuild.ts";
import type { Scope } from "../feeds/scope.ts";
import { archivePath } from "./addresses.ts";
import { makeList, type PageMaking } from "./page-maker.tsx";
import type { PageStore } from "./page-store.ts";

/** The ready numbered pages of lists. There are none of all languages together. */
export function createListPages(making: PageMaking, pages: PageStore): ListPages {
	return {
		async keep({ language, kind }: Scope, page: number, archives: number): Promise<void> {
			if (language === null) return;
			const filter = { language, kind: kind ?? undefined };
			const made = await makeList(making, filter, page, archives * ARCHIVE_LENGTH);
			const path = archivePath(language, filter.kind, page);
			await (made === null ? pages.drop(path) : pages.keep(path, made));
		},

		async drop({ language, kind }: Scope, page: number): Promise<void> {
			if (language !== null) await pages.drop(archivePath(language, kind ?? undefined, page));
		},
	};
}
