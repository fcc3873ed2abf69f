import type { Settings } from "./config.ts";
import type { FeedIdentity } from "./feeds/feed.ts";
import { createFeedStore } from "./feeds/store.ts";
import type { MailIdentity } from "./mail/frame.ts";
import type { Bindings } from "./rooms.ts";
import { systemClock } from "./shared/clock.ts";
import { createPageStore } from "./site/page-store.ts";
import type { Publication } from "./site/publication.ts";

/** What answering with ready documents takes; all else is the rooms. */
export type ReadingRoom = ReturnType<typeof furnishReading>;

export function furnishReading({ LEDGER, DOCUMENTS }: Bindings, settings: Settings) {
	return {
		feeds: createFeedStore(LEDGER, DOCUMENTS),
		pages: createPageStore(LEDGER, DOCUMENTS),
		identity: identityOf(settings),
		publication: publicationOf(settings),
		clock: systemClock,
	};
}

/** What feeds and mails say of the publication: nothing that is secret. */
export function identityOf(settings: Settings): FeedIdentity & MailIdentity {
	const { title, description, colour, logo, url, languages, hub } = settings;
	return { title, description, colour, logo, url, languages, hub };
}

/** What pages say of the publication. */
export function publicationOf(settings: Settings): Publication {
	const { title, description, colour, logo, url, timeZone, languages } = settings;
	return { title, description, colour, logo, url, timeZone, languages };
}
