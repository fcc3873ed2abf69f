import { Temporal } from "temporal-polyfill";
import type { MailIdentity } from "../mail/frame.ts";
import { RenderFault } from "../mail/render.ts";
import type { NewsStore } from "../releases/news-store.ts";
import { log } from "../shared/log.ts";
import { sha256Hex } from "../shared/text.ts";
import { splitLanguages } from "../subscribers/store.ts";
import { type EditionContents, hasNews, nameAll, nameNews } from "./contents.ts";
import { checkEdition } from "./edition-check.ts";
import type { EditionStore } from "./edition-store.ts";
import { findNews, interestOf } from "./grouping.ts";
import { type RenderedEdition, renderEdition } from "./render.ts";
import type { Edition, Run } from "./run.ts";
import { type News, selectComing } from "./selection.ts";

/** What making an edition takes. */
export interface Making {
	readonly identity: MailIdentity;
	readonly news: NewsStore;
	readonly editions: Pick<EditionStore, "find" | "keep">;
	readonly newId: () => string;
}

/** An edition made; or that there is nothing to tell any more; or what is wrong with it. */
export type Made =
	| { readonly kind: "rendered"; readonly rendered: RenderedEdition }
	| { readonly kind: "nothing" }
	| { readonly kind: "faulty"; readonly fault: string };

export type MadeFor = Pick<Run, "frequency" | "day" | "upperSequence">;

/** For how many days ahead a digest reminds of events. */
const REMINDED_DAYS = 7;

/**
 * An edition as it was rendered, if it still tells what stands: where something of it was corrected
 * or withdrawn since, or KV has lost it, it is rendered anew.
 */
export async function readOrMake(making: Making, run: MadeFor, edition: Edition): Promise<Made> {
	const entries = await making.news.listNews(edition.heardThrough, run.upperSequence);
	return makeOf(making, run, edition, findNews(run, edition, entries));
}

/** An edition of news that were read just now; see {@link readOrMake}. */
export async function makeOf(
	making: Making,
	run: MadeFor,
	edition: Edition,
	news: News,
): Promise<Made> {
	if (!hasNews(news)) return { kind: "nothing" };
	const contents = await readContents(making.news, run, edition, news);
	const name = nameContents(run, contents);
	const kept = await making.editions.find(edition.id, name);
	if (kept) return { kind: "rendered", rendered: kept };
	const made = await make(making, run, edition, contents);
	if (made.kind !== "rendered") return made;
	// The edition is at hand; where it cannot be kept, the next batch renders it again.
	await making.editions
		.keep(edition.id, { contents: name, rendered: made.rendered })
		.catch((fault) => {
			log("warn", "edition-not-kept", { edition: edition.id, fault: String(fault) });
		});
	return made;
}

/** SHA-256 of what an edition tells, whatever it reminds of and whenever it is made. */
export function hashNews(edition: Pick<Edition, "languages">, news: News): Promise<string> {
	return sha256Hex(`${chromeOf(edition)} ${nameNews(news)}`);
}

/** News and, but for immediate digests, the reminder of what is on in the next days. */
async function readContents(
	news: NewsStore,
	{ frequency, day }: MadeFor,
	edition: Pick<Edition, "kinds" | "languages" | "heardThrough">,
	told: News,
): Promise<EditionContents> {
	if (frequency === "immediate") return { ...told, coming: [] };
	const events = await news.listEvents(day, lastRemindedDay(day));
	return { ...told, coming: selectComing(events, interestOf(edition), told) };
}

async function make(
	{ identity, newId }: Making,
	{ day }: MadeFor,
	edition: Edition,
	contents: EditionContents,
): Promise<Made> {
	try {
		const language = chromeOf(edition);
		const rendered = await renderEdition({ identity, language, contents, day, newId });
		const [fault] = checkEdition(rendered, contents, identity);
		return fault === undefined ? { kind: "rendered", rendered } : { kind: "faulty", fault };
	} catch (fault) {
		if (fault instanceof RenderFault) return { kind: "faulty", fault: fault.message };
		throw fault;
	}
}

/** The language of everything but the releases. */
function chromeOf({ languages }: Pick<Edition, "languages">) {
	const [language = "en"] = splitLanguages(languages);
	return language;
}

function lastRemindedDay(day: string): string {
	return Temporal.PlainDate.from(day)
		.add({ days: REMINDED_DAYS - 1 })
		.toString();
}

function nameContents({ day }: MadeFor, contents: EditionContents): string {
	return `${day} | ${nameNews(contents)} | ${nameAll(contents.coming)}`;
}
