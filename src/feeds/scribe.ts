import { type EverPublicEntry, isPublic } from "../releases/entry.ts";
import { selectForFeed } from "./archives.ts";
import {
	ARCHIVE_LENGTH,
	CALENDAR,
	CALENDAR_LENGTH,
	FEED_LENGTH,
	type FeedFile,
	FORMATS,
	type Format,
} from "./feed.ts";
import { type FeedItem, toItem } from "./item.ts";
import { makeCalendar, makeFeed, validatorsOf } from "./making.ts";
import type { Rebuilding } from "./rebuild.ts";
import type { Scope } from "./scope.ts";

/**
 * Most characters of texts, as HTML, that one document holds: with what XML escapes once more it stays
 * under the 25 MiB of a value of KV.
 */
const HTML_CHARACTERS = 4_000_000;

/** Writes the documents of one scope. */
export class Scribe {
	written = 0;
	readonly #parts: Rebuilding;
	readonly #scope: Scope;
	readonly #modifiedAt: number;

	constructor(parts: Rebuilding, scope: Scope, modifiedAt: number) {
		this.#parts = parts;
		this.#scope = scope;
		this.#modifiedAt = modifiedAt;
	}

	async archive(number: number, entries: readonly EverPublicEntry[]): Promise<void> {
		await this.#write(number, number - 1, await this.#itemsOf(entries.toReversed()));
	}

	async archiveAnew(number: number): Promise<void> {
		const offset = (number - 1) * ARCHIVE_LENGTH;
		const entries = await this.#parts.history.listFrom(this.#scope, offset, ARCHIVE_LENGTH);
		await this.archive(number, entries);
	}

	/** The feed and the calendar. */
	async newest(rest: readonly EverPublicEntry[], archives: number): Promise<void> {
		const { history, identity } = this.#parts;
		const lastChanged = await history.listLastChanged(this.#scope, FEED_LENGTH);
		const items = await this.#itemsOf(selectForFeed(rest, lastChanged));
		const isWhole = rest.length + archives * ARCHIVE_LENGTH <= FEED_LENGTH;
		await this.#write(null, isWhole ? 0 : archives, items);
		const events = await history.listEvents(this.#scope, CALENDAR_LENGTH);
		await this.#keep(CALENDAR, makeCalendar(identity, this.#scope, events));
	}

	/** The page of the list with that number, where there are so many archives. */
	async list(page: number, archives: number): Promise<void> {
		await this.#parts.lists.keep(this.#scope, page, archives);
		this.written += 1;
	}

	async #write(
		archive: number | null,
		archivesBefore: number,
		items: readonly FeedItem[],
	): Promise<void> {
		const making = {
			identity: this.#parts.identity,
			scope: this.#scope,
			archive,
			archivesBefore,
		};
		for (const format of Object.keys(FORMATS) as Format[])
			await this.#keep(format, makeFeed(making, format, items), archive ?? undefined);
	}

	async #keep(file: FeedFile, text: string, archive?: number): Promise<void> {
		const document = { scope: this.#scope, file, ...(archive === undefined ? {} : { archive }) };
		const validators = await validatorsOf(text, this.#modifiedAt);
		await this.#parts.feeds.keep(document, text, validators);
		this.written += 1;
	}

	async #itemsOf(entries: readonly EverPublicEntry[]): Promise<FeedItem[]> {
		const { releases, identity } = this.#parts;
		const whole = await releases.readAll(entries.filter(isPublic));
		const byId = new Map(whole.map((release) => [release.id, release]));
		return withinLimit(
			entries.map((entry) => toItem(identity.url, entry, byId.get(entry.id) ?? null)),
		);
	}
}

/** The items, those with their summaries alone whose texts, from the first on, do not fit; the first does. */
function withinLimit(items: readonly FeedItem[]): FeedItem[] {
	let characters = 0;
	return items.map((item, index) => {
		characters += item.content?.html.length ?? 0;
		return index === 0 || characters <= HTML_CHARACTERS ? item : { ...item, content: null };
	});
}
