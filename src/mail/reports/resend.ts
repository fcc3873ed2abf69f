import * as z from "zod";
import { err, ok } from "../../shared/result.ts";
import type { Verdict } from "../diagnosis.ts";
import type { ReadPosted } from "./door.ts";
import { longText, parseJson, shortText, subscriberId } from "./json.ts";
import type { Report, Reported } from "./report.ts";
import { isSigned } from "./svix.ts";
import { momentOf, verdictOf } from "./verdict.ts";

/** Tags are an object by name, or a list of names and values. */
const tags = z
	.union([
		z.record(z.string(), z.unknown()),
		z
			.array(z.object({ name: z.string(), value: z.unknown() }))
			.transform((list) => Object.fromEntries(list.map(({ name, value }) => [name, value]))),
	])
	.optional()
	.catch(undefined);

const event = z.object({
	type: shortText,
	created_at: z.string().optional().catch(undefined),
	data: z.object({
		email_id: shortText,
		to: z.array(shortText).min(1),
		tags,
		bounce: z
			.object({
				type: z.string().optional(),
				subType: z.string().optional(),
				message: longText.optional(),
				diagnosticCode: z.union([longText, z.array(longText)]).optional(),
			})
			.optional()
			.catch(undefined),
		failed: z.object({ reason: longText }).optional().catch(undefined),
		suppressed: z.object({ message: longText }).optional().catch(undefined),
	}),
});
type Event = z.infer<typeof event>;

/** Reports that Resend posts, signed with the secret of our webhook. */
export function resendDoor(secret: string): ReadPosted {
	return async (posted, now) => {
		if (!(await isSigned(posted, secret, now))) return err("forged");
		const json = parseJson(posted.body);
		if (json === undefined) return err("unreadable");
		const parsed = event.safeParse(json);
		const report = parsed.success ? toReport(parsed.data) : null;
		return ok(report ? [report] : []);
	};
}

function toReport(said: Event): Report | null {
	const { data, type } = said;
	const verdict = verdictIn(said);
	const [address = null] = data.to;
	if (verdict === null) return null;
	return {
		id: `resend:${data.email_id}:${type}:${verdict}`,
		transport: "resend",
		subscriber: subscriberId.safeParse(data.tags?.subscriber).data ?? null,
		address,
		linkVersion: null,
		verdict,
		words: wordsIn(said),
		at: momentOf(said.created_at),
	};
}

function verdictIn({ type, data }: Event): Reported | null {
	switch (type) {
		case "email.bounced":
			return verdictOf(classOf(data.bounce), serverWords(data.bounce));
		case "email.suppressed":
			return "permanent";
		case "email.complained":
			return "complaint";
		case "email.delivered":
			return "delivered";
		case "email.delivery_delayed":
			return "none";
		case "email.failed":
			return "ours";
		default:
			return null;
	}
}

/** By Resend's types of bounces; what is refused for its content is ours. */
function classOf(bounce: Event["data"]["bounce"]): Verdict {
	if (/content|attachment|large/i.test(bounce?.subType ?? "")) return "ours";
	return bounce?.type === "Permanent" ? "permanent" : "temporary";
}

/** What the server said; the `message` is Resend's own, and the same for all of a type. */
function serverWords(bounce: Event["data"]["bounce"]): string {
	return [bounce?.diagnosticCode ?? []].flat().join(" ");
}

function wordsIn({ type, data: { bounce, failed, suppressed } }: Event): string {
	const kind = [bounce?.type, bounce?.subType].filter(Boolean).join(", ");
	const said = serverWords(bounce) || bounce?.message || failed?.reason || suppressed?.message;
	return [kind, said].filter(Boolean).join(": ") || type;
}
