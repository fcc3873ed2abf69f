import noticeText from "../../templates/notice.liquid";
import noticeMjml from "../../templates/notice.mjml";
import { renderPair } from "../mail/render.ts";
import { submitOne } from "../mail/submit-one.ts";
import type { Mailbox, Message, Transport } from "../mail/transport.ts";
import type { NewsStore } from "../releases/news-store.ts";
import type { Clock } from "../shared/clock.ts";
import type { OperatorLedger, OverseenRun } from "./operator-ledger.ts";
import { etagOfRun, runUrl } from "./operator-view.ts";
import { imbalanceOf } from "./receipt-ledger.ts";

export interface Noticing {
	readonly identity: { readonly title: string; readonly url: string };
	readonly settings: {
		/** Where the operator is told; null where only the log says it. */
		readonly operatorAddress: string | null;
	};
	readonly overseen: Pick<OperatorLedger, "read" | "markTold">;
	readonly news: Pick<NewsStore, "lastChange">;
	readonly sender: Mailbox;
	readonly transport: Transport;
	readonly clock: Clock;
}

/** What is said of a run that needs somebody. */
interface NoticeWords {
	readonly subject: string;
	readonly heading: string;
	readonly intro: string;
	/** Each a line of its own. */
	readonly reasons: readonly string[];
	readonly after: string;
	/** Each what it does, and the command. */
	readonly commands: readonly { readonly does: string; readonly command: string }[];
}

/** Where the commands' reader finds more. */
const PAGE = "docs/operations.md, “Digests that wait, and what digests came to”";

/**
 * Submits a mail to the operator about a run that is held, or whose receipt is off: once, unless it
 * is held again after it was let go.
 *
 * @throws Error where the provider may take it later, for the queue to try again.
 */
export async function submitNotice(noticing: Noticing, id: string): Promise<void> {
	const { settings, overseen, transport, clock } = noticing;
	const run = await overseen.read(id);
	if (settings.operatorAddress === null || run === null || run.toldAt !== null) return;
	const words = await findWords(noticing, run);
	if (words === null) return;
	await submitOne(transport, await compose(noticing, settings.operatorAddress, run, words));
	await overseen.markTold(run, clock());
}

/** What there is to say of a run; null where nothing is. */
async function findWords(
	{ identity, news }: Noticing,
	run: OverseenRun,
): Promise<NoticeWords | null> {
	if (run.state === "held")
		return sayHeld(identity, run, etagOfRun(run, await news.lastChange(run.upperSequence)));
	const missing = imbalanceOf(run.tally);
	return run.state === "closed" && missing !== 0 ? sayOff(identity, run, missing) : null;
}

function sayHeld(
	{ title, url }: Noticing["identity"],
	run: OverseenRun,
	etag: string,
): NoticeWords {
	const isPlanned = run.plannedAt !== null;
	const size = isPlanned
		? `It has ${inWords(run.tally.candidates, "recipient")}, and nobody was mailed yet.`
		: "It is not planned yet, and nobody was mailed.";
	const address = runUrl(url, run);
	return {
		subject: `${title}: the ${run.frequency} digest of ${run.day} waits for you`,
		heading: "A digest waits for you",
		intro: `The run ${run.id} is held. ${size}`,
		reasons: run.holds.map(({ detail }) => detail),
		after:
			"It goes out when somebody lets it go; until then no later digest of its schedule is made.",
		commands: [
			{ does: "Look at it, and at each of its mails", command: curl(address) },
			{
				does: "Let it go, if nothing of it has changed since this mail",
				command: `${curl(`${address}/release`)} -X POST -H 'If-Match: ${etag}'`,
			},
		],
	};
}

function sayOff(
	{ title, url }: Noticing["identity"],
	run: OverseenRun,
	missing: number,
): NoticeWords {
	const { candidates, submitted, excluded, rejected, unknown } = run.tally;
	return {
		subject: `${title}: the receipt of the ${run.frequency} digest of ${run.day} is off`,
		heading: "A receipt is off",
		intro: `The run ${run.id} is closed, and its outcomes do not add up to its candidates: the sum is off by ${missing}.`,
		reasons: [
			`${candidates} candidates; ${submitted} submitted, ${excluded} excluded, ${rejected} rejected, ${unknown} unknown.`,
		],
		after: "Nobody is mailed twice for it. Keep the store as it is, and find out why.",
		commands: [{ does: "Look at it", command: curl(runUrl(url, run)) }],
	};
}

function curl(address: string): string {
	return `curl '${address}' -H "Authorization: Bearer $KEY"`;
}

function inWords(count: number, noun: string): string {
	return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

async function compose(
	{ identity, sender, clock }: Noticing,
	to: string,
	run: OverseenRun,
	words: NoticeWords,
): Promise<Message> {
	const view = { ...words, language: "en", dir: "ltr", publication: identity, page: PAGE };
	return {
		from: sender,
		to,
		subject: words.subject,
		...(await renderPair({ mjml: noticeMjml, text: noticeText }, view)),
		language: "en",
		messageId: `notice.${run.state}.${run.releasedAt ?? 0}.${run.id}@${sender.address.split("@")[1]}`,
		date: clock(),
	};
}
