import { isPublic, type PublicEntry } from "../releases/entry.ts";
import { markdownWords } from "../releases/markdown-words.ts";
import type { PublishedRelease } from "../releases/release.ts";
import type { ReleaseStore } from "../releases/store.ts";
import type { SearchRow, SearchStore } from "./search-store.ts";
import { toIndexText } from "./search-words.ts";

/** Releases indexed at a time. */
const STEP = 20;

/**
 * Brings the search index a step nearer to the catalogue: the next releases that changed are indexed
 * as they are now, or taken out. Doing it twice changes nothing; it must not run twice at once.
 *
 * @returns whether more is left.
 * @throws {DocumentMissing} where one has not reached this place yet; then nothing is recorded.
 */
export async function indexBehind(releases: ReleaseStore, search: SearchStore): Promise<boolean> {
	const changed = await releases.listChangedAfter(await search.progress(), STEP);
	const through = changed.at(-1)?.sequence ?? null;
	if (through === null) return false;
	const shown = changed.filter(isPublic);
	const gone = changed.filter((entry) => !isPublic(entry));
	const texts = await releases.readAll(shown);
	await search.keep(
		texts.map((text, index) => toRow((shown[index] as PublicEntry).firstSequence, text)),
		gone.flatMap(({ firstSequence }) => firstSequence ?? []),
		through,
	);
	return search.behind();
}

function toRow(firstSequence: number, text: PublishedRelease): SearchRow {
	const { title, summary, event, body, format } = text;
	return {
		firstSequence,
		title: toIndexText(title),
		summary: toIndexText(summary),
		place: toIndexText(event?.place ?? ""),
		body: toIndexText(format === "commonmark" ? markdownWords(body) : body),
	};
}
