import * as z from "zod";
import { REPORTED } from "../mail/reports/report.ts";
import { KINDS } from "../releases/kinds.ts";
import { LANGUAGES } from "../shared/language.ts";
import { FREQUENCIES } from "./subscriber.ts";

// What the operator's side of the subscribers answers: the routes' types are made of these schemas.

const time = z.iso.datetime().meta({ examples: ["2025-10-01T04:00:00.000Z"] });
const count = z.int().min(0);

export const STATUSES = ["pending", "active", "ended"] as const;

export const subscriberAnswer = z
	.object({
		id: z.uuid(),
		email: z.string(),
		status: z.enum(STATUSES),
		kinds: z.array(z.enum(KINDS)),
		languages: z.array(z.enum(LANGUAGES)).meta({ description: "In order of preference." }),
		frequency: z.enum(FREQUENCIES),
		time_zone: z.string().nullable().meta({ description: "Null for the publication's." }),
		paused_until: z.iso.date().nullable().meta({ description: "When mail comes again." }),
		heard_through: z.int().meta({ description: "The sequence up to which they have heard." }),
		new_email: z.string().nullable().meta({ description: "An address not confirmed yet." }),
		new_email_at: time.nullable(),
		consent: z.object({
			source: z.enum(["form", "api", "import"]).nullable().meta({ description: "How they asked." }),
			evidence: z
				.string()
				.nullable()
				.meta({ description: "The form's language and revision, or what the import said." }),
		}),
		signed_up_at: time,
		confirmed_at: time.nullable(),
		ended_at: time.nullable(),
		ended_reason: z.string().nullable(),
	})
	.meta({ id: "Subscriber", description: "An address, what it asked for, and how it stands." });
export type SubscriberShown = z.infer<typeof subscriberAnswer>;

const exception = z
	.object({
		run: z.string().meta({ description: "The digest.", examples: ["daily-2025-10-01"] }),
		outcome: z.enum(["excluded", "rejected", "unknown"]),
		reason: z.string(),
	})
	.meta({ id: "Exception", description: "A digest that was not submitted to them, and why." });
export type ExceptionShown = z.infer<typeof exception>;

const report = z
	.object({
		transport: z.string().meta({
			description:
				"Who said it: a transport, `submission` where it was rejected at once, or `mail` where a mail came back.",
		}),
		verdict: z.enum(REPORTED).meta({
			description:
				"`permanent`: the address is dead; `temporary`: it took no mail for now; `ours`: a block or a policy, which says nothing of the reader; `none`: no failure.",
		}),
		words: z.string().meta({ description: "As it was said, without addresses." }),
		at: time.meta({ description: "When it came." }),
	})
	.meta({ id: "DeliveryReport", description: "What was said of a message to them." });

const delivery = z
	.object({
		failures: count.meta({ description: "Messages in a row that failed for now." }),
		first_failed_at: time.nullable(),
		last_failed_at: time.nullable(),
		reinstated_at: time.nullable().meta({ description: "Reports of before do not count." }),
		reports: z.array(report).meta({ description: "The last 20, newest first." }),
	})
	.meta({ id: "Delivery", description: "What became of their mail." });
export type DeliveryShown = z.infer<typeof delivery>;

const since = time.meta({ description: "Since when." });
const reason = z
	.enum(["erased", "complaint", "bounced", "operator"])
	.meta({ description: "Why it must not be mailed." });

/** `GET` of one. */
export const findAnswer = z.object({
	subscriber: subscriberAnswer
		.nullable()
		.meta({ description: "Null where only the suppression list has the address." }),
	suppressed: reason.nullable(),
	exceptions: z.array(exception).meta({ description: "The last 100, newest first." }),
	delivery: delivery.nullable().meta({ description: "Null where there is no subscriber." }),
});
export type FindAnswer = z.infer<typeof findAnswer>;

/** `POST …/end`. */
export const endAnswer = z.object({ subscriber: subscriberAnswer });
/** `POST …/reinstate`. */
export const reinstateAnswer = z.object({ subscriber: subscriberAnswer });
/** `DELETE` of one. */
export const eraseAnswer = z.object({ erased: z.uuid() });

const tally = z.record(z.string(), count);
const mails = z.object({
	asked: count.meta({ description: "Confirmation mails that were asked for." }),
	allowed: count,
	refused: count.meta({ description: "Kept back by the limit." }),
});

export const countsAnswer = z
	.object({
		status: z.object({ pending: count, active: count, ended: count }),
		kinds: tally.meta({ description: "Active subscribers who want each kind." }),
		languages: tally.meta({ description: "Active subscribers who take each language." }),
		frequency: tally.meta({ description: "Active subscribers by frequency." }),
		suppressed: count.meta({ description: "Addresses on the suppression list." }),
		confirmation_mails: z
			.object({ today: mails, yesterday: mails })
			.meta({ description: "By days of UTC." }),
	})
	.meta({ id: "Counts", description: "How many subscribers there are." });
export type CountsShown = z.infer<typeof countsAnswer>;

export const exportAnswer = z.object({ subscribers: z.array(subscriberAnswer) });

export const IMPORT_OUTCOMES = [
	"imported",
	"updated",
	"unchanged",
	"refused",
	"suppressed",
	"ended",
] as const;
export type ImportOutcome = (typeof IMPORT_OUTCOMES)[number];

const sum = z
	.object({
		rows: count,
		imported: count.meta({ description: "New, and active now." }),
		updated: count.meta({ description: "Were pending, and are active now." }),
		unchanged: count.meta({ description: "Are active already, or stand twice in the file." }),
		refused: count.meta({ description: "Have to be mended." }),
		suppressed: count.meta({ description: "Are on the suppression list, and stay out." }),
		ended: count.meta({ description: "Have left, and stay out." }),
		dry_run: z.boolean(),
	})
	.meta({ id: "ImportSum", description: "How many rows had each outcome." });
export type ImportSum = z.infer<typeof sum>;

export const importReportLine = z
	.union([
		z.object({
			line: z.int().min(1),
			outcome: z.enum(IMPORT_OUTCOMES),
			reason: z.string().optional(),
		}),
		z.object({ sum }),
		z.object({ stopped: z.string(), sum }),
	])
	.meta({ description: "A line of the report." });
export type ImportReportLine = z.infer<typeof importReportLine>;

const suppression = z
	.object({
		hash: z.string().meta({ description: "The keyed hash of the address: nothing tells it back." }),
		reason,
		since,
	})
	.meta({ id: "Suppression", description: "An address that must not be mailed." });

/** `GET /api/suppressions`. */
export const suppressionsAnswer = z.object({
	suppressions: z.array(suppression),
	next: z.url().nullable().meta({ description: "Where the next page is; null on the last one." }),
});
export type SuppressionsShown = z.infer<typeof suppressionsAnswer>;

/** `PUT` and `DELETE /api/suppressions`. */
export const suppressedAnswer = z.object({ suppressed: reason.nullable() });
