import PostalMime, { type Email } from "postal-mime";
import { diagnose, milder, type Verdict } from "../diagnosis.ts";
import type { Reported } from "./report.ts";
import { type Fields, readFields } from "./status-fields.ts";

/** What a mail that came back says. */
export interface ReturnedMail {
	readonly verdict: Reported;
	/** The words that say it. */
	readonly words: string;
	/** What it is about, or else the mail itself: its Message-ID; null where it has none. */
	readonly messageId: string | null;
	/** The head of the message that it is about; empty where it has none. */
	readonly original: string;
	/** Whether it is a report by a feedback loop (RFC 5965), which need not go to a subscriber's address. */
	readonly isFeedback: boolean;
}

/** Parts within parts, and bytes of heads, beyond which a mail is not read. */
const LIMITS = { maxNestingDepth: 20, maxHeadersSize: 128 * 1024 };
/** Characters of a part's text that are looked at. */
const LONGEST_PART = 32 * 1024;

/**
 * Reads a mail that came back: a delivery status (RFC 3464), a report by a feedback loop (RFC 5965), a
 * bounce in plain words, an answer of a program (RFC 3834) or a question whether we are a person.
 * Nobody's name in it is believed; a bounce in plain words never says that an address is dead.
 *
 * @param envelopeSender empty, or `<>`, in a bounce (RFC 5321, section 4.5.5).
 * @returns null where it cannot be read at all.
 */
export async function readReturnedMail(
	source: Uint8Array,
	envelopeSender: string,
): Promise<ReturnedMail | null> {
	const mail = await parse(source);
	if (!mail) return null;
	const original = partOf(
		mail,
		/^(?:message\/rfc822|text\/rfc822-headers|message\/global(?:-headers)?)$/,
	);
	const found = readFeedback(mail) ?? readStatus(mail) ?? readPlain(mail, envelopeSender);
	const [head = ""] = original.trimStart().split(/\r?\n\r?\n/);
	return {
		...found,
		messageId: messageIdIn(head) ?? mail.messageId ?? null,
		original: head,
	};
}

async function parse(source: Uint8Array): Promise<Email | null> {
	try {
		return await PostalMime.parse(source, { ...LIMITS, forceRfc822Attachments: true });
	} catch {
		return null;
	}
}

/** The text of the first part of a type; empty where there is none. */
function partOf({ attachments }: Email, type: RegExp): string {
	const part = attachments.find(({ mimeType }) => type.test(mimeType));
	if (!part || typeof part.content === "string") return part ? String(part.content) : "";
	return new TextDecoder().decode(new Uint8Array(part.content).subarray(0, LONGEST_PART));
}

type Found = Pick<ReturnedMail, "verdict" | "words" | "isFeedback">;

function readFeedback(mail: Email): Found | null {
	const [fields] = readFields(partOf(mail, /^message\/feedback-report$/));
	const type = fields?.get("feedback-type")?.toLowerCase();
	if (type === undefined) return null;
	// Other types: fraud, virus, other; and not-spam, which takes a complaint back.
	const verdict = type === "abuse" ? "complaint" : "none";
	return { verdict, words: `Feedback-Type: ${type}`, isFeedback: true };
}

function readStatus(mail: Email): Found | null {
	const groups = readFields(partOf(mail, /^message\/(?:global-)?delivery-status$/));
	const recipients = groups.filter((group) => group.has("action") || group.has("status"));
	const verdicts = recipients.map(verdictOfRecipient);
	if (verdicts.length === 0) return null;
	// Several are what an alias stands for: it is alive while one of them is.
	const verdict = verdicts.reduce(milder);
	const words = recipients[verdicts.indexOf(verdict)];
	return { verdict, words: words ? wordsOf(words) : "", isFeedback: false };
}

function verdictOfRecipient(fields: Fields): Verdict {
	return diagnose({
		words: fields.get("diagnostic-code") ?? "",
		enhanced: /\b[245]\.\d{1,3}\.\d{1,3}\b/.exec(fields.get("status") ?? "")?.[0],
		action: /^[a-z]+/.exec(fields.get("action")?.toLowerCase() ?? "")?.[0],
	});
}

function wordsOf(fields: Fields): string {
	const names = ["action", "status", "diagnostic-code"];
	return names.flatMap((name) => fields.get(name) ?? []).join("; ");
}

const BOUNCE_SUBJECT =
	/undeliver|non[- ]?deliver|not be delivered|delivery (?:status|fail|has failed|problem)|returned (?:mail|to sender)|mail delivery|failure notice|mail system error|недоставленн|не доставлено/i;
const BOUNCER = /^(?:mailer-daemon|postmaster|mail-daemon|mdaemon)@/i;
const CHALLENGE =
	/challenge|verify your (?:e-?mail|message|address)|confirm (?:that )?you (?:sent|are)|not a robot|spam ?arrest|boxbe/i;

/** A mail that no machine can read for sure. */
function readPlain(mail: Email, envelopeSender: string): Found {
	const subject = mail.subject ?? "";
	const text = (mail.text ?? mail.html ?? "").slice(0, LONGEST_PART);
	const from = mail.from && "address" in mail.from ? (mail.from.address ?? "") : "";
	const comesFromServer = ["", "<>"].includes(envelopeSender.trim()) || BOUNCER.test(from);
	const isBounce = comesFromServer && (BOUNCE_SUBJECT.test(subject) || saysCode(text));
	if (!isBounce || isAutoReply(mail) || CHALLENGE.test(subject))
		return { verdict: "none", words: subject, isFeedback: false };
	const words = refusalIn(text);
	const verdict = milder("temporary", diagnose({ words }));
	return { verdict, words: words || subject, isFeedback: false };
}

/** RFC 3834, section 5; and what programs said before it. Bounces are `auto-replied` too. */
function isAutoReply({ headers, subject = "" }: Email): boolean {
	const has = (name: string, value: RegExp) =>
		headers.some((header) => header.key === name && value.test(header.value));
	return (
		has("x-autoreply", /./) ||
		has("x-autorespond", /./) ||
		has("precedence", /auto_reply/i) ||
		/out of (?:the )?office|automatic reply|auto(?:matic)?[- ]?(?:reply|response)|on vacation|автоответ|отсутств/i.test(
			subject,
		)
	);
}

const REPLY = /(?:^|[\s:(])[45]\d\d[ -]\S|#?\b[45]\.\d{1,3}\.\d{1,3}\b/;

function saysCode(text: string): boolean {
	return REPLY.test(text);
}

/** The lines from the first with a code of SMTP on; without one, the beginning. */
function refusalIn(text: string): string {
	const lines = text.split(/\r?\n/).map((line) => line.trim());
	const first = lines.findIndex((line) => REPLY.test(line));
	return lines
		.slice(Math.max(first, 0), Math.max(first, 0) + (first < 0 ? 20 : 3))
		.join(" ")
		.trim();
}

function messageIdIn(head: string): string | null {
	return /^message-id:\s*(<[^<>\s]{1,300}>)/im.exec(head)?.[1] ?? null;
}
