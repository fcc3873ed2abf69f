import type { MailIdentity } from "../mail/frame.ts";
import { type Mailing, submitOne } from "../mail/submit-one.ts";
import { renderMail } from "../mail/templates.ts";
import type { Mailbox, Message } from "../mail/transport.ts";
import type { NewsStore } from "../releases/news-store.ts";
import { type Command, type NoticeWords, viewNotice } from "./notice-view.ts";
import type { EditionShown } from "./operator-answers.ts";
import type { OperatorLedger, OverseenRun } from "./operator-ledger.ts";
import { etagOfRun, runUrl, showEdition } from "./operator-view.ts";
import { imbalanceOf } from "./receipt-ledger.ts";

export interface Noticing extends Mailing {
	readonly identity: MailIdentity;
	readonly settings: {
		/** Where the operator is told; null where only the log says it. */
		readonly operatorAddress: string | null;
	};
	readonly overseen: Pick<OperatorLedger, "read" | "listEditions" | "markTold">;
	readonly news: Pick<NewsStore, "lastChange">;
	readonly sender: Mailbox;
}

/** Where the commands' reader finds more. */
const PAGE = "docs/operations.md, “Digests that wait, and what digests came to”";

/** For how many editions the notice has a command each: those with most recipients. */
const MOST_MAILS = 10;

/**
 * Submits a mail to the operator about a run that is held, or whose receipt is off: once, unless it
 * is held again after it was let go.
 *
 * @throws Error where the provider may take it later, for the queue to try again.
 */
export async function submitNotice(noticing: Noticing, id: string): Promise<void> {
	const { settings, overseen, clock } = noticing;
	const run = await overseen.read(id);
	if (settings.operatorAddress === null || run === null || run.toldAt !== null) return;
	const words = await findWords(noticing, run);
	if (words === null) return;
	await submitOne(noticing, await compose(noticing, settings.operatorAddress, run, words));
	await overseen.markTold(run, clock());
}

/** What there is to say of a run; null where nothing is. */
async function findWords(
	{ identity, overseen, news }: Noticing,
	run: OverseenRun,
): Promise<NoticeWords | null> {
	if (run.state === "held" && run.plannedAt === null)
		return sayStale(identity, run, etagOfRun(run, await news.lastChange(run.upperSequence)));
	if (run.state === "held") {
		const editions = (await overseen.listEditions(run.id)).slice(0, MOST_MAILS);
		const shown = await Promise.all(editions.map((one) => showEdition(identity.url, one)));
		return sayHeld(identity, run, shown.map(sayMail));
	}
	const missing = imbalanceOf(run.tally);
	return run.state === "closed" && missing !== 0 ? sayOff(identity, run, missing) : null;
}

/** A run that was planned: whoever lets it go has to look at it first, so its ETag is not given. */
function sayHeld(
	{ title, url }: Noticing["identity"],
	run: OverseenRun,
	mails: readonly Command[],
): NoticeWords {
	const address = runUrl(url, run);
	return {
		subject: `${title}: the run ${run.id} waits for you`,
		heading: "A digest waits for you",
		intro: `${sayWhich(run)} It has ${inWords(run.tally.candidates, "recipient")}, and nobody was mailed yet.`,
		reasons: run.holds.map(({ detail }) => detail),
		after:
			"It goes out when somebody lets it go; until then no later digest of its schedule is made. Look at it first: the ETag of what you have seen is the header ETag of the answer to the first command.",
		commands: [
			{ does: "Look at it, and at which mails it has", command: curl(address, "-i ") },
			...mails,
			{
				does: `Let it go as you have seen it, with the ETag and its quotation marks in ETAG, such as ETAG='"held-12"'`,
				command: `${curl(`${address}/release`)} -X POST -H "If-Match: $ETAG"`,
			},
		],
		page: PAGE,
	};
}

/** A run that was held before it was planned: there is no mail to look at. */
function sayStale(
	{ title, url }: Noticing["identity"],
	run: OverseenRun,
	etag: string,
): NoticeWords {
	const address = runUrl(url, run);
	return {
		subject: `${title}: the run ${run.id} waits for you`,
		heading: "A digest waits for you",
		intro: `${sayWhich(run)} It is not planned yet and has no mails, and nobody was mailed.`,
		reasons: run.holds.map(({ detail }) => detail),
		after:
			"Let it go to have it planned, if the clock or the Worker just stood still; then it goes out, or waits for another reason. If the store is a copy of days ago, do not: readers would be told again what they have heard since. The page below says what to do first.",
		commands: [
			{ does: "Look at it", command: curl(address) },
			{
				does: "Let it go to have it planned",
				command: `${curl(`${address}/release`)} -X POST -H 'If-Match: ${etag}'`,
			},
		],
		page: PAGE,
	};
}

function sayMail({ languages, kinds, recipients, preview }: EditionShown): Command {
	return {
		does: `Read the mail for readers of ${kinds.join(", ")} in ${languages.join(", ")} (${inWords(recipients, "recipient")})`,
		command: `${curl(preview)} -H 'Accept: text/plain'`,
	};
}

function sayWhich({ id, frequency, timeZone, period }: OverseenRun): string {
	const zone = timeZone === "" ? "" : ` in the time zone ${timeZone}`;
	return `The run ${id} is held: the ${frequency} digest${zone} of the period ${period}.`;
}

function sayOff(
	{ title, url }: Noticing["identity"],
	run: OverseenRun,
	missing: number,
): NoticeWords {
	const { candidates, submitted, excluded, rejected, unknown } = run.tally;
	return {
		subject: `${title}: the receipt of the run ${run.id} is off`,
		heading: "A receipt is off",
		intro: `The run ${run.id} is closed, and its outcomes do not add up to its candidates: the sum is off by ${missing}.`,
		reasons: [
			`${candidates} candidates; ${submitted} submitted, ${excluded} excluded, ${rejected} rejected, ${unknown} unknown.`,
		],
		after: "Nobody is mailed twice for it. Keep the store as it is, and find out why.",
		commands: [{ does: "Look at it", command: curl(runUrl(url, run)) }],
		page: PAGE,
	};
}

function curl(address: string, options = ""): string {
	return `curl ${options}'${address}' -H "Authorization: Bearer $KEY"`;
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
	return {
		from: sender,
		to,
		subject: words.subject,
		...(await renderMail("notice", viewNotice(identity, words))),
		language: "en",
		messageId: `notice.${run.state}.${run.releasedAt ?? 0}.${run.id}@${sender.address.split("@")[1]}`,
		date: clock(),
	};
}
