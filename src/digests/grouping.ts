import type { PublicEntry } from "../releases/entry.ts";
import { splitKinds, splitLanguages } from "../subscribers/store.ts";
import type { Candidate, Edition, Run } from "./ledger.ts";
import { selectNew } from "./selection.ts";

/** Recipients of one edition. */
export interface Group {
	readonly edition: Edition;
	readonly recipients: readonly string[];
}

export interface Grouping {
	/** Groups that have something new to hear. */
	readonly groups: readonly Group[];
	/** The last candidate that is in this grouping. */
	readonly through: string;
	/** Whether it took all candidates; where not, the rest is for the next page. */
	readonly isWhole: boolean;
}

/**
 * Groups candidates, in their order, by the edition they share, up to a number of editions: the
 * first candidate who would need one more ends the page, so that a page's work is bounded.
 */
export function groupCandidates(
	run: Pick<Run, "id" | "upperSequence">,
	candidates: readonly Candidate[],
	entries: readonly PublicEntry[],
	mostEditions: number,
): Grouping {
	const groups = new Map<string, { edition: Edition; recipients: string[]; hasNews: boolean }>();
	let through = "";
	for (const candidate of candidates) {
		const edition = editionOf(run.id, candidate);
		let group = groups.get(edition.id);
		if (!group) {
			const withNews = [...groups.values()].filter(({ hasNews }) => hasNews).length;
			const hasNews = listNews(run, edition, entries).length > 0;
			if (hasNews && withNews >= mostEditions) return finish(false);
			group = { edition, recipients: [], hasNews };
			groups.set(edition.id, group);
		}
		group.recipients.push(candidate.id);
		through = candidate.id;
	}
	return finish(true);

	function finish(isWhole: boolean): Grouping {
		const withNews = [...groups.values()].filter(({ hasNews }) => hasNews);
		return { groups: withNews, through, isWhole };
	}
}

/** The releases that an edition tells of. */
export function listNews(
	run: Pick<Run, "upperSequence">,
	edition: Edition,
	entries: readonly PublicEntry[],
): PublicEntry[] {
	const interest = {
		kinds: splitKinds(edition.kinds),
		languages: splitLanguages(edition.languages),
		heardThrough: edition.heardThrough,
	};
	return selectNew(entries, interest, run.upperSequence);
}

function editionOf(run: string, { kinds, languages, heardThrough }: Candidate): Edition {
	const id = `${run}/${languages}/${kinds}/${heardThrough}`;
	return { id, run, kinds, languages, heardThrough };
}
