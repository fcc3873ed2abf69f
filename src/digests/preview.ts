import type { MailIdentity } from "../mail/frame.ts";
import type { Kind } from "../releases/kinds.ts";
import type { NewsStore } from "../releases/news-store.ts";
import type { ReleaseStore } from "../releases/store.ts";
import type { Clock } from "../shared/clock.ts";
import { civilDateAt } from "../shared/dates.ts";
import type { Language } from "../shared/language.ts";
import type { Frequency } from "../subscribers/subscriber.ts";
import { groupCandidates } from "./grouping.ts";
import { type Made, type Making, makeOf } from "./making.ts";
import type { OperatorLedger } from "./operator-ledger.ts";
import type { Schedule } from "./run.ts";
import { zoneOf } from "./schedule.ts";

/** The readers of a digest who are supposed. */
export interface Supposed {
	readonly frequency: Frequency;
	readonly language: Language;
	readonly kinds: readonly Kind[];
	/** IANA name; undefined for the publication's. */
	readonly time_zone?: string | undefined;
}

export interface Previewing {
	readonly identity: MailIdentity;
	readonly settings: { readonly timeZone: string };
	readonly news: NewsStore;
	readonly releases: Pick<ReleaseStore, "highestSequence">;
	readonly overseen: Pick<OperatorLedger, "readNewest">;
	readonly clock: Clock;
	readonly newId: () => string;
}

/** Nobody is mailed what is made for a preview: it is not kept. */
const KEPT_NOWHERE: Making["editions"] = { find: async () => null, keep: async () => {} };

/**
 * The mail that readers of a language and some kinds would get now, who have heard all of it that
 * the last digest of their schedule could tell.
 */
export async function makePreview(previewing: Previewing, supposed: Supposed): Promise<Made> {
	const { news, releases, overseen, settings, clock } = previewing;
	const schedule = scheduleOf(supposed);
	const [newest, upperSequence] = await Promise.all([
		overseen.readNewest(schedule),
		releases.highestSequence(),
	]);
	const heardThrough = newest?.upperSequence ?? 0;
	const run = { id: "preview", upperSequence };
	const reader = {
		ids: ["preview"],
		kinds: supposed.kinds.join(","),
		languages: supposed.language,
		heardThrough,
		earlier: "[]",
		batch: null,
	};
	const entries = await news.listNews(heardThrough, upperSequence);
	const [group] = groupCandidates(run, [reader], entries, new Map(), {
		planned: new Set(),
		mostEditions: 1,
	}).groups;
	if (!group) return { kind: "nothing" };
	const day = civilDateAt(clock(), zoneOf(settings, schedule));
	const making = { ...previewing, editions: KEPT_NOWHERE };
	const madeFor = { frequency: schedule.frequency, day, upperSequence };
	return makeOf(making, madeFor, group.edition, group.news);
}

/** The schedule of supposed readers. Immediate digests have one, whatever the zone. */
export function scheduleOf({ frequency, time_zone }: Supposed): Schedule {
	return { frequency, timeZone: frequency === "immediate" ? "" : (time_zone ?? "") };
}
