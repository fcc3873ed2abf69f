import * as z from "zod";
import { err, ok } from "../../shared/result.ts";
import type { Verdict } from "../diagnosis.ts";
import type { ReadPosted } from "./door.ts";
import { longText, parseJson, shortText, subscriberId } from "./json.ts";
import type { Report, Reported } from "./report.ts";
import { momentOf, verdictOf } from "./verdict.ts";

const event = z.object({
	RecordType: shortText,
	MessageID: shortText,
	Type: shortText.optional().catch(undefined),
	Email: shortText.optional().catch(undefined),
	Recipient: shortText.optional().catch(undefined),
	Description: longText.optional().catch(undefined),
	Details: longText.optional().catch(undefined),
	BouncedAt: z.string().optional().catch(undefined),
	DeliveredAt: z.string().optional().catch(undefined),
	Metadata: z.record(z.string(), z.unknown()).optional().catch(undefined),
});
type Event = z.infer<typeof event>;

/** Postmark's types of bounces; any other is a failure for now. */
const BOUNCES: Readonly<Record<string, Reported>> = {
	HardBounce: "permanent",
	BadEmailAddress: "permanent",
	SpamComplaint: "complaint",
	Blocked: "ours",
	DMARCPolicy: "ours",
	InboundError: "ours",
	ManuallyDeactivated: "ours",
	OpenRelayTest: "ours",
	SMTPApiError: "ours",
	SpamNotification: "ours",
	TemplateRenderingFailed: "ours",
	VirusNotification: "ours",
	AddressChange: "none",
	AutoResponder: "none",
	ChallengeVerification: "none",
	Subscribe: "none",
	// "Delayed": a bounce follows where it fails.
	Transient: "none",
	Unconfirmed: "none",
	Unsubscribe: "none",
};

/**
 * Reports that Postmark posts: they are not signed, but have the login that we gave Postmark (RFC 7617).
 *
 * @param login `user:password`.
 */
export function postmarkDoor(login: string): ReadPosted {
	return async ({ headers, body }) => {
		if (!(await hasLogin(headers.get("Authorization"), login))) return err("forged");
		const json = parseJson(body);
		if (json === undefined) return err("unreadable");
		const parsed = event.safeParse(json);
		const report = parsed.success ? toReport(parsed.data) : null;
		return ok(report ? [report] : []);
	};
}

/** Compares digests, which have the same length whatever is given, in constant time. */
async function hasLogin(header: string | null, login: string): Promise<boolean> {
	const given = /^basic ([a-z0-9+/]+={0,2})$/i.exec(header?.trim() ?? "")?.[1] ?? "";
	const expected = new TextEncoder().encode(login).toBase64();
	const digest = (text: string) =>
		crypto.subtle.digest("SHA-256", new TextEncoder().encode(text.replace(/=+$/, "")));
	const [one, other] = await Promise.all([digest(given), digest(expected)]);
	return crypto.subtle.timingSafeEqual(one, other);
}

function toReport(said: Event): Report | null {
	const verdict = verdictIn(said);
	if (verdict === null) return null;
	return {
		id: `postmark:${said.MessageID}:${said.RecordType}:${verdict}`,
		transport: "postmark",
		subscriber: subscriberId.safeParse(said.Metadata?.subscriber).data ?? null,
		address: said.Email ?? said.Recipient ?? null,
		linkVersion: null,
		verdict,
		words: [said.Type, said.Details || said.Description].filter(Boolean).join(": "),
		at: momentOf(said.BouncedAt ?? said.DeliveredAt),
	};
}

function verdictIn({ RecordType, Type = "", Details = "" }: Event): Reported | null {
	if (RecordType === "Delivery") return "delivered";
	if (RecordType === "SpamComplaint") return "complaint";
	if (RecordType !== "Bounce") return null;
	const provider = Object.hasOwn(BOUNCES, Type) ? BOUNCES[Type] : undefined;
	if (provider === "complaint") return "complaint";
	return verdictOf((provider as Verdict | undefined) ?? "temporary", Details);
}
