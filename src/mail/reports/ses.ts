import * as z from "zod";
import { err, ok } from "../../shared/result.ts";
import type { Verdict } from "../diagnosis.ts";
import type { Fetching, ReadPosted } from "./door.ts";
import { longText, parseJson, shortText, subscriberId } from "./json.ts";
import type { Report, Reported } from "./report.ts";
import { amazonUrl, createSnsReader, type SnsMessage } from "./sns.ts";
import { momentOf, verdictOf } from "./verdict.ts";

const recipient = z.object({
	diagnosticCode: longText.optional().catch(undefined),
	status: z.string().optional().catch(undefined),
});

/** A notification (`notificationType`), or an event of a configuration set (`eventType`). */
const notification = z.object({
	notificationType: z.string().optional(),
	eventType: z.string().optional(),
	mail: z.object({
		messageId: shortText,
		destination: z.array(shortText).min(1),
		tags: z.record(z.string(), z.array(z.string())).optional().catch(undefined),
	}),
	bounce: z
		.object({
			bounceType: z.string(),
			bounceSubType: z.string().optional(),
			bouncedRecipients: z.array(recipient).default([]),
			timestamp: z.string().optional(),
		})
		.optional(),
	complaint: z
		.object({
			complaintFeedbackType: z.string().nullish(),
			timestamp: z.string().optional(),
		})
		.optional(),
	delivery: z.object({ timestamp: z.string().optional() }).optional(),
	deliveryDelay: z
		.object({ timestamp: z.string().optional(), delayType: z.string().optional() })
		.optional(),
	reject: z.object({ reason: longText.optional() }).optional(),
	failure: z.object({ errorMessage: longText.optional() }).optional(),
});
type Notification = z.infer<typeof notification>;

/**
 * Reports that SES publishes to our topic of SNS, in either of its forms. The request to confirm the
 * subscription of this address to the topic is answered at once.
 *
 * @param topic the topic's ARN.
 */
export function sesDoor(topic: string, fetching: Fetching): ReadPosted {
	const readSns = createSnsReader(topic, fetching);
	return async ({ body }, now) => {
		const json = parseJson(body);
		if (json === undefined) return err("unreadable");
		const read = await readSns(json, now);
		if (!read.ok) return read;
		const message = read.value;
		if (message.Type === "SubscriptionConfirmation") return confirm(message, topic, fetching);
		if (message.Type !== "Notification") return ok([]);
		const parsed = notification.safeParse(parseJson(message.Message));
		const report = parsed.success ? toReport(parsed.data, message) : null;
		return ok(report ? [report] : []);
	};
}

async function confirm({ SubscribeURL }: SnsMessage, topic: string, fetching: Fetching) {
	const url = amazonUrl(SubscribeURL, topic);
	if (!url) return err("forged" as const);
	const isConfirmed = await fetching(url.href).then(
		({ ok: isOk }) => isOk,
		() => false,
	);
	return isConfirmed ? ok([]) : err("unreachable" as const);
}

function toReport(said: Notification, { Timestamp }: SnsMessage): Report | null {
	const { mail, bounce, complaint, delivery, deliveryDelay } = said;
	const what = said.eventType ?? said.notificationType ?? "";
	const verdict = verdictIn(what, said);
	// Each of our messages has one recipient.
	const [address = null] = mail.destination;
	if (verdict === null || mail.destination.length > 1) return null;
	const happened = bounce ?? complaint ?? delivery ?? deliveryDelay;
	return {
		id: `ses:${mail.messageId}:${what}:${verdict}`,
		transport: "ses",
		subscriber: subscriberId.safeParse(mail.tags?.subscriber?.[0]).data ?? null,
		address,
		linkVersion: null,
		verdict,
		words: wordsIn(said) || what,
		at: momentOf(happened?.timestamp ?? Timestamp),
	};
}

function verdictIn(what: string, { bounce, complaint }: Notification): Reported | null {
	switch (what) {
		case "Bounce":
			return bounce ? verdictOfBounce(bounce) : null;
		case "Complaint":
			return complaint?.complaintFeedbackType === "not-spam" ? "none" : "complaint";
		case "Delivery":
			return "delivered";
		case "DeliveryDelay":
			return "none";
		case "Reject":
		case "Rendering Failure":
			return "ours";
		default:
			return null;
	}
}

type Bounce = NonNullable<Notification["bounce"]>;

function verdictOfBounce(bounce: Bounce): Verdict {
	const [first] = bounce.bouncedRecipients;
	return verdictOf(classOf(bounce), first?.diagnosticCode ?? "", {
		enhanced: first?.status || undefined,
	});
}

/** By SES's types of bounces; what is refused for its content or its size is ours. */
function classOf({ bounceType, bounceSubType = "" }: Bounce): Verdict {
	if (/content|attachment|large/i.test(bounceSubType)) return "ours";
	return bounceType === "Permanent" ? "permanent" : "temporary";
}

function wordsIn({ bounce, complaint, deliveryDelay, reject, failure }: Notification): string {
	if (bounce) {
		const kind = [bounce.bounceType, bounce.bounceSubType].filter(Boolean).join(", ");
		return [kind, bounce.bouncedRecipients[0]?.diagnosticCode].filter(Boolean).join(": ");
	}
	return (
		complaint?.complaintFeedbackType ??
		deliveryDelay?.delayType ??
		reject?.reason ??
		failure?.errorMessage ??
		""
	);
}
