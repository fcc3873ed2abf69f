import type { ReturnedMail } from "../mail/reports/bounce-mail.ts";
import type { Clock } from "../shared/clock.ts";
import { log } from "../shared/log.ts";
import type { MailClaims, MailPurpose, MailTokens } from "../shared/mail-tokens.ts";
import { sha256Hex } from "../shared/text.ts";
import type { DeliveryStore } from "./delivery-store.ts";
import { readTokenAddress } from "./token-address.ts";

/** Bytes of a mail that are read: a status stands before the message that it returns. */
const MOST_BYTES = 256 * 1024;

/** What is looked at of a mail that came back. */
export interface ReturningMail {
	/** The envelope's sender, as it says; empty in a bounce. */
	readonly from: string;
	/** The envelope's recipient. */
	readonly to: string;
	readonly raw: ReadableStream<Uint8Array>;
}

export interface ReceivingBounces {
	/** Where messages come back to; null where none are received. */
	readonly bounceAddress: string | null;
	/** Where mail unsubscribes; null where none is received. */
	readonly unsubscribeAddress: string | null;
	readonly mailTokens: MailTokens;
	readonly delivery: Pick<DeliveryStore, "take">;
	/** Whether one more mail about a subscriber is within the limit. */
	readonly withinLimit: (key: string) => Promise<boolean>;
	readonly clock: Clock;
}

/** Whether a mail goes to where messages come back to. */
export function isReturned({ bounceAddress }: ReceivingBounces, recipient: string): boolean {
	return bounceAddress !== null && readTokenAddress(recipient)?.address === bounceAddress;
}

/**
 * Takes a mail that came back as a report about the subscriber whom the token in its recipient's address
 * is of. A feedback loop writes to one address for all: there the tokens in the message that it returns
 * tell whom it is about. Nothing else in the mail is believed, and nothing of it is answered.
 *
 * @throws Error where the report could not be kept, so that the mail is delivered again.
 */
export async function receiveReturned(
	receiving: ReceivingBounces,
	mail: ReturningMail,
): Promise<void> {
	const { mailTokens, withinLimit, delivery, clock } = receiving;
	const token = readTokenAddress(mail.to)?.token ?? "";
	const known = await mailTokens.read("bounce", token);
	if (token !== "" && !known) return log("info", "returned-mail-ignored", { why: "token" });
	if (!(await withinLimit(`returned ${known?.subscriber ?? "feedback"}`)))
		return log("warn", "returned-mail-ignored", { why: "limit" });
	// What reads mail is large, and of no use to a request.
	const { readReturnedMail } = await import("../mail/reports/bounce-mail.ts");
	const returned = await readReturnedMail(await readBeginning(mail.raw), mail.from);
	const claims = known ?? (returned && (await claimsInFeedback(receiving, returned)));
	if (!returned || !claims) return log("info", "returned-mail-ignored", { why: "unreadable" });
	const now = clock();
	const { verdict, words, messageId } = returned;
	const about = `${claims.subscriber}\n${claims.version}\n${messageId ?? words}\n${verdict}`;
	await delivery.take(
		{
			id: `mail:${await sha256Hex(about)}`,
			transport: "mail",
			subscriber: claims.subscriber,
			address: null,
			linkVersion: claims.version,
			verdict,
			words,
			at: now,
		},
		now,
	);
	log("info", "mail-returned", { verdict });
}

async function claimsInFeedback(
	receiving: ReceivingBounces,
	{ isFeedback, original }: ReturnedMail,
): Promise<MailClaims | null> {
	if (!isFeedback) return null;
	const { bounceAddress, unsubscribeAddress, mailTokens } = receiving;
	const named: readonly (readonly [MailPurpose, string | null, RegExp])[] = [
		["bounce", bounceAddress, /^return-path:\s*<([^<>\s]{1,320})>/im],
		["unsubscribe", unsubscribeAddress, /^list-unsubscribe:[^<]*<mailto:([^<>?\s]{1,320})/im],
	];
	const head = original.replaceAll(/\r?\n[ \t]+/g, " ");
	for (const [purpose, address, header] of named) {
		// The order of the addresses in List-Unsubscribe is not ours to rely on.
		const text = purpose === "unsubscribe" ? mailtoFirst(head) : head;
		const found = readTokenAddress(header.exec(text)?.[1] ?? "");
		if (!found || found.address !== address) continue;
		const claims = await mailTokens.read(purpose, found.token);
		if (claims) return claims;
	}
	return null;
}

/** List-Unsubscribe without its addresses of pages. */
function mailtoFirst(head: string): string {
	return head.replaceAll(/<https?:[^<>]{0,2000}>,?/gi, "");
}

/** The beginning of a stream; the rest of it is not waited for. */
async function readBeginning(stream: ReadableStream<Uint8Array>): Promise<Uint8Array> {
	const beginning = new Uint8Array(MOST_BYTES);
	let length = 0;
	for await (const chunk of stream) {
		const taken = chunk.subarray(0, MOST_BYTES - length);
		beginning.set(taken, length);
		length += taken.length;
		if (length === MOST_BYTES) break;
	}
	return beginning.subarray(0, length);
}
