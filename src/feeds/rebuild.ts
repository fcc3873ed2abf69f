import type { HistoryStore } from "../releases/history-store.ts";
import type { ReleaseStore } from "../releases/store.ts";
import type { Clock } from "../shared/clock.ts";
import { log } from "../shared/log.ts";
import type { FeedIdentity } from "./feed.ts";
import { commonThrough, findLagging } from "./lag.ts";
import { makerOf } from "./maker.ts";
import { isEverything, type Scope, scopeName } from "./scope.ts";
import { rebuildScope } from "./scope-rebuild.ts";
import type { FeedStore } from "./store.ts";

/** The numbered pages of the list of a scope: they are made with its archives. */
export interface ListPages {
	/** Makes the page with that number of a scope with so many archives. */
	keep(scope: Scope, page: number, archives: number): Promise<void>;
	/** Takes a page away. */
	drop(scope: Scope, page: number): Promise<void>;
}

export interface Rebuilding {
	readonly identity: FeedIdentity;
	readonly releases: ReleaseStore;
	readonly history: HistoryStore;
	readonly feeds: FeedStore;
	readonly lists: ListPages;
	/** What the pages look like, as a short name. */
	readonly look: () => Promise<string>;
	readonly clock: Clock;
}

/** What rebuilding came to. */
export interface Rebuilt {
	/** The scopes that have everything now. */
	readonly scopes: readonly string[];
	/** Whether there is more to do than one step may. */
	readonly isUnfinished: boolean;
}

/** Documents that one step writes at most, so that it stays within what KV allows an invocation. */
const DOCUMENTS_A_STEP = 100;

/**
 * Brings up the feeds of every scope that lacks something, in a bounded step. Doing it twice changes
 * nothing; it must not run twice at once, which the feeds queue's single consumer sees to.
 *
 * @throws the first fault, after all other scopes are built but the one of everything.
 */
export async function rebuildLagging(parts: Rebuilding): Promise<Rebuilt> {
	const { identity, releases, history, feeds } = parts;
	const madeBy = await makerOf(identity, await parts.look());
	const highest = await releases.highestSequence();
	const progress = await feeds.listProgress();
	const common = commonThrough(identity.languages, madeBy, progress);
	const [changed, moved] = await Promise.all([
		history.listChangedParts(common),
		history.listMovedParts(common),
	]);
	const lagging = findLagging(identity.languages, madeBy, progress, { changed, moved });
	const scopes: string[] = [];
	const faults: unknown[] = [];
	let written = 0;
	for (const lag of lagging) {
		// It says how far all of them have come, so it waits for all of them.
		if (isEverything(lag.scope) && scopes.length < lagging.length - 1) break;
		if (written >= DOCUMENTS_A_STEP) break;
		try {
			const step = await rebuildScope(parts, lag, { madeBy, highest });
			written += step.written;
			if (step.isDone) scopes.push(scopeName(lag.scope));
		} catch (fault) {
			log("warn", "feeds-not-rebuilt", { scope: scopeName(lag.scope), fault: String(fault) });
			faults.push(fault);
		}
	}
	if (faults.length > 0) throw faults[0];
	return { scopes, isUnfinished: scopes.length < lagging.length };
}
