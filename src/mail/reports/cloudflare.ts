import * as z from "zod";
import type { Verdict } from "../diagnosis.ts";
import { longText, shortText } from "./json.ts";
import type { Report, Reported } from "./report.ts";
import { momentOf, verdictOf } from "./verdict.ts";

const event = z.object({
	type: shortText,
	source: z.object({ type: z.literal("email.sending") }),
	payload: z.object({
		messageId: shortText,
		recipient: shortText,
		delivery: z
			.object({
				smtpStatusCode: z.union([z.string(), z.number()]).optional(),
				smtpEnhancedStatusCode: z.string().optional(),
				smtpResponse: longText.optional(),
			})
			.optional()
			.catch(undefined),
		bounce: z
			.object({ type: z.string().optional(), reason: longText.optional() })
			.optional()
			.catch(undefined),
		failure: z.object({ reason: longText.optional() }).optional().catch(undefined),
		rejection: z
			.object({ reason: z.string().optional(), detail: longText.optional() })
			.optional()
			.catch(undefined),
		complaint: z.object({ type: z.string().optional() }).optional().catch(undefined),
	}),
	metadata: z.object({ eventTimestamp: z.string() }).optional().catch(undefined),
});
type Event = z.infer<typeof event>;

const PREFIX = "cf.email.sending.message.";

/**
 * What an event of Cloudflare's Email Sending reports, as its subscription puts it into a queue; null
 * where it is of something else. The queue is ours alone, so nothing is signed.
 */
export function readCloudflareEvent(body: unknown): Report | null {
	const parsed = event.safeParse(body);
	if (!parsed.success || !parsed.data.type.startsWith(PREFIX)) return null;
	const { payload, type, metadata } = parsed.data;
	const what = type.slice(PREFIX.length);
	const verdict = verdictIn(what, payload);
	if (verdict === null) return null;
	return {
		id: `cloudflare:${payload.messageId}:${what}:${verdict}`,
		transport: "cloudflare",
		subscriber: null,
		address: payload.recipient,
		linkVersion: null,
		verdict,
		words: wordsIn(payload) || what,
		at: momentOf(metadata?.eventTimestamp),
	};
}

function verdictIn(what: string, payload: Event["payload"]): Reported | null {
	switch (what) {
		case "delivered":
			return "delivered";
		case "deferred":
			return "none";
		case "bounced":
			return verdictOfBounce(payload);
		case "rejected":
			// Their list has it because it bounced, or complained, before.
			return payload.rejection?.reason === "suppressed" ? "permanent" : "ours";
		case "failed":
			return "ours";
		case "complained":
			return "complaint";
		default:
			return null;
	}
}

function verdictOfBounce({ bounce, delivery }: Event["payload"]): Verdict {
	const provider = bounce?.type === "hard" ? "permanent" : "temporary";
	const code = Number(delivery?.smtpStatusCode);
	return verdictOf(provider, delivery?.smtpResponse ?? bounce?.reason ?? "", {
		code: code >= 200 && code < 600 ? code : undefined,
		enhanced: delivery?.smtpEnhancedStatusCode || undefined,
	});
}

function wordsIn({ delivery, bounce, failure, rejection, complaint }: Event["payload"]): string {
	return (
		delivery?.smtpResponse ||
		bounce?.reason ||
		failure?.reason ||
		[rejection?.reason, rejection?.detail].filter(Boolean).join(": ") ||
		complaint?.type ||
		""
	);
}
