import type { ReleaseStore } from "../releases/store.ts";
import { log } from "../shared/log.ts";
import { splitLanguages } from "../subscribers/store.ts";
import { type EditionIdentity, viewEdition } from "./edition.ts";
import type { EditionStore } from "./edition-store.ts";
import { type Group, groupCandidates, listNews } from "./grouping.ts";
import type { Batch, Edition, PlannedPage, Run, RunLedger } from "./ledger.ts";
import { type RenderedEdition, renderEdition } from "./render.ts";

/** Subscribers that one step walks past at most. */
const PAGE_SIZE = 1000;
/** Editions that one step renders at most. */
const EDITIONS_A_PAGE = 20;
/** Recipients of a batch at most. */
const BATCH_SIZE = 100;

export interface Planning {
	readonly identity: EditionIdentity;
	readonly releases: ReleaseStore;
	readonly runs: RunLedger;
	readonly editions: EditionStore;
	readonly newId: () => string;
}

/** What one step of planning left to be done. */
export interface PlannedStep {
	/** Batches to submit. */
	readonly batches: readonly string[];
	/** Whether there are more subscribers to walk past. */
	readonly isUnfinished: boolean;
}

/**
 * Plans one page of a run's subscribers: groups them by edition, renders each edition that has not
 * been, and commits editions and batches. A repeated or late call finds the page committed and does
 * nothing.
 */
export async function planPage(planning: Planning, id: string, now: number): Promise<PlannedStep> {
	const run = await planning.runs.read(id);
	if (run?.state !== "planning") return { batches: [], isUnfinished: false };
	const page = await findPage(planning, run);
	if (!(await planning.runs.commitPage(run, page, now)))
		return { batches: [], isUnfinished: false };
	return { batches: page.batches.map((batch) => batch.id), isUnfinished: !page.isLast };
}

async function findPage(planning: Planning, run: Run): Promise<PlannedPage> {
	const candidates = await planning.runs.listCandidates(run, PAGE_SIZE);
	const lowest = Math.min(run.upperSequence, ...candidates.map((one) => one.heardThrough));
	const entries = await planning.releases.listFirstPublished(lowest, run.upperSequence);
	const { groups, through, isWhole } = groupCandidates(run, candidates, entries, EDITIONS_A_PAGE);
	const rendered = await keepRenderable(planning, run, groups);
	return {
		from: run.plannedThrough,
		through: through || run.plannedThrough,
		isLast: isWhole && candidates.length < PAGE_SIZE,
		editions: rendered.map(({ edition }) => edition),
		batches: rendered.flatMap((group) => toBatches(planning, group)),
	};
}

/** One edition that cannot be rendered must not keep the others back; the next run tries it again. */
async function keepRenderable(
	planning: Planning,
	run: Run,
	groups: readonly Group[],
): Promise<Group[]> {
	const kept: Group[] = [];
	for (const group of groups) {
		try {
			await readOrRender(planning, run, group.edition);
			kept.push(group);
		} catch (fault) {
			log("error", "edition-failed", { edition: group.edition.id, fault: String(fault) });
		}
	}
	return kept;
}

/**
 * An edition as it was rendered, if it still tells what stands: where a release of it was corrected
 * or withdrawn since, or KV has lost it, it is rendered anew.
 *
 * @returns null where nothing is left to tell.
 */
export async function readOrRender(
	{ identity, releases, editions, newId }: Omit<Planning, "runs">,
	run: Pick<Run, "upperSequence">,
	edition: Edition,
): Promise<RenderedEdition | null> {
	const entries = await releases.listFirstPublished(edition.heardThrough, run.upperSequence);
	const news = listNews(run, edition, entries);
	if (news.length === 0) return null;
	const contents = news.map(({ id, revision }) => `${id}/${revision}`).join(" ");
	const kept = await editions.read(edition.id);
	if (kept?.contents === contents) return kept.rendered;
	const [language = "en"] = splitLanguages(edition.languages);
	// Nothing in a release can know the markers, so nothing in it can stand where a token goes.
	const marker = () => `https://${newId()}.invalid/`;
	const markers = { unsubscribe: marker(), manage: marker() };
	const rendered = await renderEdition(viewEdition(identity, language, news, markers));
	// The edition is at hand; where it cannot be kept, the next batch renders it again.
	await editions.keep(edition.id, { contents, rendered }).catch((fault) => {
		log("warn", "edition-not-kept", { edition: edition.id, fault: String(fault) });
	});
	return rendered;
}

function toBatches({ newId }: Planning, { edition, recipients }: Group): Batch[] {
	const batches: Batch[] = [];
	for (let from = 0; from < recipients.length; from += BATCH_SIZE)
		batches.push({
			id: newId(),
			run: edition.run,
			edition: edition.id,
			recipients: recipients.slice(from, from + BATCH_SIZE),
			attempt: 1,
		});
	return batches;
}
