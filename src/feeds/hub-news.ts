import type { Clock } from "../shared/clock.ts";
import { log } from "../shared/log.ts";
import type { FeedIdentity } from "./feed.ts";
import { HubRefused, tellHub } from "./hub.ts";
import { allScopes, scopeName } from "./scope.ts";
import type { FeedStore } from "./store.ts";

/**
 * A hub fetches what it is told of at once, and KV may show it the feed of a minute ago: it is told
 * when that minute is over.
 */
const KV_DELAY_MS = 60_000;

export interface HubNews {
	readonly identity: FeedIdentity;
	readonly feeds: FeedStore;
	readonly clock: Clock;
}

/** Whether there is a hub, and feeds that it is to be told of now. */
export async function isHubWaiting({ identity, feeds, clock }: HubNews): Promise<boolean> {
	if (identity.hub === null) return false;
	return (await feeds.listUntold(clock() - KV_DELAY_MS)).length > 0;
}

/**
 * Tells the hub of every feed that has changed. What it does not take is told again with the next
 * tick, until it does.
 */
export async function tellHubNews({ identity, feeds, clock }: HubNews): Promise<void> {
	const { hub, url, languages } = identity;
	if (hub === null) return;
	const scopes = new Map(allScopes(languages).map((scope) => [scopeName(scope), scope]));
	for (const { name, through } of await feeds.listUntold(clock() - KV_DELAY_MS)) {
		const scope = scopes.get(name);
		try {
			// A language that the publication no longer has is nobody's news.
			if (scope) await tellHub(hub, url, scope);
			await feeds.markTold(name, through);
		} catch (fault) {
			log("warn", "hub-not-told", { scope: name, fault: String(fault) });
			if (!(fault instanceof HubRefused) || fault.isAway) return;
		}
	}
}
