import path from "node:path";
import type { Attachment } from "./press-office.ts";
import { run } from "./program.ts";

/** What feedparser (https://pypi.org/project/feedparser) says of a feed. Times are seconds. */
export interface ParsedFeed {
	readonly address: string;
	readonly status: number;
	/** What is wrong with it ("bozo"); null for a well-formed feed with the right media type. */
	readonly fault: string | null;
	readonly version: string;
	readonly title: string;
	readonly url: string;
	readonly language: string | null;
	/** By relation. */
	readonly links: Readonly<Record<string, string>>;
	readonly items: readonly ParsedItem[];
	/** The statuses of conditional requests, by what they carried. */
	readonly again: Readonly<Record<string, number>>;
}

export interface ParsedItem {
	readonly id: string;
	readonly title: string;
	readonly titleType: "text/plain" | "text/html";
	readonly url: string;
	readonly summary: string;
	/** After its sanitizer. */
	readonly html: string | null;
	readonly language: string;
	readonly kind: readonly string[];
	readonly published: number;
	readonly updated: number;
	readonly attachments: readonly Attachment[];
	/** First day, last day, place; null where it has none. */
	readonly event: readonly (string | null)[];
}

/** Reads feeds over HTTP, as every program does that is built on feedparser. */
export async function parseFeeds(
	addresses: readonly string[],
	home: string,
): Promise<ParsedFeed[]> {
	const script = path.join(import.meta.dirname, "read_feeds.py");
	const input = JSON.stringify(addresses);
	return JSON.parse(await run("/usr/bin/python3", [script], { input, home }));
}

/**
 * A title as it reads it in RSS, which does not say whether a title is HTML: it takes one with entities
 * for HTML, and gives it back as such.
 */
export function titleInRss(title: string): string {
	const entity = /&(?:#\d+|\w+);/;
	return entity.test(title) ? title.replaceAll(/&(?!#\d+;|\w+;)/g, "&amp;") : title;
}
