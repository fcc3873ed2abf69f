import * as z from "zod";
import { headersFor } from "./cloudflare-headers.ts";
import { onOneLine } from "./json-message.ts";
import { isProvidersFault } from "./provider-line.ts";
import type { Line, Message, Outcome, Transport } from "./transport.ts";

export interface CloudflareSettings {
	/** The `send_email` binding. */
	readonly email: SendEmail;
	/** Milliseconds for one mail; absent but in tests. */
	readonly answerMs?: number;
}

const ANSWER_MS = 30_000;

/** Cloudflare's Email Service, by a binding: one call a message, and no key to keep. */
export function createCloudflareTransport(settings: CloudflareSettings): Transport {
	return {
		// A call a message, some at once: whoever leaves meanwhile is found before the next few.
		handover: 6,
		open: () => openLine(settings),
	};
}

function openLine(settings: CloudflareSettings): Line {
	let away: Outcome | undefined;
	return {
		ready: async () => {},
		async submit(messages) {
			const whatIsWrong = away;
			if (whatIsWrong) return messages.map(() => whatIsWrong);
			const outcomes = await Promise.all(messages.map((one) => submitOne(settings, one)));
			away = outcomes.find(isProvidersFault);
			return outcomes;
		},
		close: async () => {},
	};
}

async function submitOne(
	{ email, answerMs = ANSWER_MS }: CloudflareSettings,
	message: Message,
): Promise<Outcome> {
	let timer: ReturnType<typeof setTimeout> | undefined;
	const late = new Promise<Outcome>((resolve) => {
		const outcome: Outcome = { kind: "unknown", detail: "no answer in time", scope: "provider" };
		timer = setTimeout(() => resolve(outcome), answerMs);
	});
	const done = Promise.try(() => email.send(toMail(message))).then(toOutcome, toFailure);
	return await Promise.race([done, late]).finally(() => clearTimeout(timer));
}

function toMail(message: Message): EmailMessageBuilder {
	const { from, to, subject, html, text } = message;
	const name = onOneLine(from.name);
	return {
		from: name === "" ? from.address : { name, email: from.address },
		to,
		subject: onOneLine(subject),
		html,
		text,
		headers: headersFor(message),
	};
}

const ACCEPTED = z.object({ messageId: z.string().min(1) });
const FAULT = z.object({ code: z.string(), message: z.string() });

function toOutcome(result: unknown): Outcome {
	return ACCEPTED.safeParse(result).success
		? { kind: "submitted" }
		: { kind: "unknown", detail: "the answer has no message id", scope: "provider" };
}

/** The address has bounced, or called a mail spam. */
const SUPPRESSED = "E_RECIPIENT_SUPPRESSED";
/** Codes of what any other message would meet. */
const PROVIDERS_FAULT = [
	"E_SENDER_NOT_VERIFIED",
	"E_SENDER_DOMAIN_NOT_AVAILABLE",
	"E_RATE_LIMIT_EXCEEDED",
	"E_DAILY_LIMIT_EXCEEDED",
];
/** Codes of what was refused, or could not be delivered, for this message. */
const THIS_MESSAGES_FAULT =
	/^E_(VALIDATION_ERROR|FIELD_MISSING|TOO_MANY_\w+|RECIPIENT_NOT_ALLOWED|CONTENT_TOO_LARGE|DELIVERY_FAILED|HEADERS?_\w+)$/;

/** What a fault of the binding means; without a code that is documented, nobody knows what happened. */
function toFailure(fault: unknown): Outcome {
	const { data } = FAULT.safeParse(fault);
	if (!data) return { kind: "unknown", detail: String(fault), scope: "provider" };
	const { code } = data;
	const detail = `${code} ${data.message}`;
	if (code === SUPPRESSED) return { kind: "rejected", detail };
	if (PROVIDERS_FAULT.includes(code)) return { kind: "retry", detail, scope: "provider" };
	if (THIS_MESSAGES_FAULT.test(code)) return { kind: "retry", detail, scope: "recipient" };
	return { kind: "unknown", detail, scope: "provider" };
}
