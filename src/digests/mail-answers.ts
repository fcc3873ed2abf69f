import * as z from "zod";
import { TRANSPORTS } from "../mail/settings.ts";
import { emailAddress } from "../subscribers/subscriber.ts";

// What the operator asks about mail itself, and what is answered.

const time = z.iso.datetime().meta({ examples: ["2025-10-01T04:00:00.000Z"] });

/** `GET /api/mail`. */
export const mailAnswer = z
	.object({
		transport: z.enum(TRANSPORTS),
		rate: z.int().nullable().meta({
			description: "Messages a second that it is given at most; null for as many as can be.",
		}),
		state: z.enum(["open", "shut"]).meta({
			description: "`shut`: the provider failed, and is left alone until `shut_until`.",
		}),
		failures: z.int().meta({ description: "How often in a row the provider itself has failed." }),
		failing_since: time.nullable(),
		shut_until: time.nullable(),
		said: z.string().nullable().meta({ description: "What it said last, without addresses." }),
		sender: z.string().meta({ description: "The address that mail comes from." }),
		envelope_domain: z.string().nullable().meta({
			description: "Domain of the envelope's sender; null where the provider puts its own.",
		}),
		dkim: z
			.array(z.object({ domain: z.string(), selector: z.string() }))
			.nullable()
			.meta({ description: "The keys that mail is signed with; null where the provider signs." }),
		reports: z.string().nullable().meta({
			description: "How failures and complaints come back; null where nobody hears of them.",
		}),
		reports_advice: z.string().meta({ description: "How to have them come back." }),
		unsubscribe_url: z.string().meta({ description: "What links to unsubscribe begin with." }),
		unsubscribe_address: z.string().nullable(),
	})
	.meta({ id: "MailState", description: "How mail is submitted, and how it stands with that." });
export type MailStateShown = z.infer<typeof mailAnswer>;

/** `POST /api/mail/check`. */
export const mailCheck = z.strictObject({
	email: emailAddress.meta({ description: "Where the test message goes." }),
});

export const mailCheckAnswer = z.object({
	outcome: z.enum(["submitted", "retry", "rejected", "unknown"]).meta({
		description: "What the transport made of it.",
	}),
	said: z.string().optional().meta({ description: "Its words, where it did not take it." }),
	message_id: z
		.string()
		.meta({ description: "The Message-ID, to find it by in the provider's log." }),
});
export type MailCheckShown = z.infer<typeof mailCheckAnswer>;
