import type { MailIdentity } from "../mail/frame.ts";
import { type Mailing, submitOne } from "../mail/submit-one.ts";
import { renderMail } from "../mail/templates.ts";
import type { Mailbox, Message } from "../mail/transport.ts";
import type { ArchiveStore } from "../releases/archive-store.ts";
import type { PublicEntry } from "../releases/entry.ts";
import type { Language } from "../shared/language.ts";
import { type NotingRejections, noteRejected } from "./delivery-rejections.ts";
import { manageUrl } from "./links.ts";
import { type Listing, listOf, returnPathOf } from "./list.ts";
import type { SubscriberStore } from "./store.ts";
import type { Subscriber } from "./subscriber.ts";
import { viewWelcome } from "./welcome-view.ts";

/** Releases from before the confirmation that the mail shows. */
const RELEASES = 5;

export interface Welcoming extends Listing, Mailing, NotingRejections {
	readonly identity: MailIdentity;
	readonly sender: Mailbox;
	readonly subscribers: SubscriberStore;
	readonly archive: ArchiveStore;
}

/**
 * Submits the mail that follows a confirmation, once: whoever takes it up first in D1 submits it.
 * Where the outcome is unknown it is not repeated.
 *
 * @throws Error where the provider may take it later, for the queue to try again.
 */
export async function submitWelcome(welcoming: Welcoming, id: string): Promise<void> {
	const takenAt = welcoming.clock();
	const subscriber = await welcoming.subscribers.takeWelcome(id, takenAt);
	if (!subscriber) return;
	try {
		const outcome = await submitOne(welcoming, await compose(welcoming, subscriber));
		if (outcome.kind !== "rejected") return;
		const { address, confirmedAt } = subscriber;
		const message = `welcome.${confirmedAt}.${id}`;
		await noteRejected(welcoming, { message, subscriber: id, address, detail: outcome.detail });
	} catch (fault) {
		await welcoming.subscribers.giveBackWelcome(id, takenAt);
		throw fault;
	}
}

async function compose(welcoming: Welcoming, subscriber: Subscriber): Promise<Message> {
	const { identity, sender, tokens, archive, clock } = welcoming;
	const { kinds, languages } = subscriber;
	// A story has at most one release a language, so these tell of enough stories.
	const newest = await archive.listNewest({ kinds, languages }, RELEASES * languages.length);
	const list = await listOf(welcoming, subscriber);
	const view = viewWelcome(identity, subscriber, newestStories(newest, languages, RELEASES), {
		manage: await manageUrl(identity.url, tokens, subscriber),
		unsubscribe: list.unsubscribeUrl,
	});
	return {
		from: sender,
		to: subscriber.address,
		subject: view.subject,
		...(await renderMail("welcome", view)),
		language: view.language,
		messageId: `welcome.${subscriber.confirmedAt}.${subscriber.id}@${sender.address.split("@")[1]}`,
		date: clock(),
		subscriber: subscriber.id,
		...(await returnPathOf(welcoming, subscriber)),
		list,
	};
}

/**
 * The newest stories, each by its release in the best of the languages.
 *
 * @param entries newest first, all in one of the languages.
 * @param languages in order of preference.
 */
export function newestStories(
	entries: readonly PublicEntry[],
	languages: readonly Language[],
	limit: number,
): PublicEntry[] {
	const stories = new Map<string, PublicEntry>();
	for (const entry of entries) {
		const known = stories.get(entry.story);
		const isBetter =
			!known || languages.indexOf(entry.language) < languages.indexOf(known.language);
		if (isBetter) stories.set(entry.story, entry);
	}
	return [...stories.values()].slice(0, limit);
}
