import * as z from "zod";
import { KINDS } from "../releases/kinds.ts";
import { LANGUAGES } from "../shared/language.ts";
import { FREQUENCIES } from "../subscribers/subscriber.ts";
import type { Hold, RunState } from "./run.ts";

// What the operator's side of the digests answers: the routes' types are made of these schemas.

export const RUN_STATES = [
	"planning",
	"held",
	"submitting",
	"closed",
] as const satisfies readonly RunState[];
const HOLD_KINDS = [
	"stale",
	"approval",
	"too-many",
	"repeats",
	"faulty",
	"larger",
] as const satisfies readonly Hold["kind"][];

const time = z.iso.datetime().meta({ examples: ["2025-10-01T04:00:00.000Z"] });
const count = z.int().min(0);
const seconds = z.number().min(0).nullable();

const tally = z.object({
	candidates: count.meta({ description: "Who had something to hear when it was planned." }),
	submitted: count,
	excluded: count,
	excluded_by: z
		.record(z.string(), count)
		.nullable()
		.meta({ description: "How many for each reason; null where that was not kept yet." }),
	rejected: count,
	unknown: count,
	open: count.meta({ description: "Candidates that have no outcome yet, while it is not closed." }),
	balance: z.int().meta({
		description: "0; or by how many candidates the sum of the outcomes is off in a closed one.",
	}),
});

/** A run as lists and answers have it. */
export const runAnswer = z
	.object({
		id: z.string().meta({ examples: ["daily-2025-10-01"] }),
		frequency: z.enum(FREQUENCIES),
		time_zone: z.string().nullable().meta({ description: "Null for the publication's." }),
		period: z.string().meta({
			description:
				"The civil date it was due on; for an immediate one, before it the sequence it tells up to.",
		}),
		day: z.iso.date().meta({ description: "The civil date, in its zone, on which it is made." }),
		state: z.enum(RUN_STATES),
		upper_sequence: count.meta({ description: "It tells nothing that was published above this." }),
		holds: z
			.array(z.object({ kind: z.enum(HOLD_KINDS), detail: z.string() }))
			.meta({ description: "Why it waits, or waited, for somebody." }),
		created_at: time,
		planned_at: time.nullable().meta({ description: "When all its candidates were found." }),
		released_at: time.nullable().meta({ description: "When it was last let go." }),
		released_by: z.string().nullable().meta({ description: "The name of the key that did it." }),
		closed_at: time.nullable(),
		seconds: z
			.object({ planning: seconds, held: seconds, submitting: seconds })
			.meta({ description: "How long each took; null for what is not over, or never was." }),
		tally: tally.meta({ description: "What became of its candidates." }),
		cost: z
			.object({
				rows_read: count,
				rows_written: count,
				kv_operations: count,
				queue_operations: count,
			})
			.meta({ description: "What its steps have used, as the platform bills it." }),
	})
	.meta({ id: "Run", description: "The making of one digest for one period." });

export type RunShown = z.infer<typeof runAnswer>;

const edition = z
	.object({
		id: z.string().meta({ examples: ["0f1e2d3c4b5a6978"] }),
		languages: z.array(z.enum(LANGUAGES)).meta({ description: "In order of preference." }),
		kinds: z.array(z.enum(KINDS)),
		heard_through: count.meta({ description: "Its readers have heard up to this sequence." }),
		recipients: count,
		fault: z.string().nullable().meta({ description: "Why it must not be mailed." }),
		preview: z.url().meta({ description: "Where the mail can be read." }),
	})
	.meta({ id: "Edition", description: "One mail of a run, and for whom it is." });
export type EditionShown = z.infer<typeof edition>;

const next = z
	.url()
	.nullable()
	.meta({ description: "Where the next page is; null on the last one." });

/** `GET /api/runs`. */
export const runsAnswer = z.object({ runs: z.array(runAnswer), next });
export type RunsShown = z.infer<typeof runsAnswer>;

/** `GET` and `POST …/release` of one. */
export const readRunAnswer = z.object({
	run: runAnswer,
	batches: z
		.object({ planned: count, claimed: count, settled: count })
		.meta({ description: "How many stand so, of up to 100 recipients each." }),
	editions: z.array(edition).meta({ description: "Those with most recipients first." }),
});
export type ReadRunAnswer = z.infer<typeof readRunAnswer>;

/** A mail as its reader would get it. */
export const mailAnswer = z
	.object({
		subject: z.string(),
		language: z.enum(LANGUAGES),
		html: z.string().meta({ description: "Its personal links lead nowhere." }),
		text: z.string(),
		bytes: count.meta({ description: "Of the HTML, as UTF-8: Gmail clips at about 102,000." }),
	})
	.meta({ id: "Mail", description: "A digest as its readers get it, but for their own links." });
export type MailShown = z.infer<typeof mailAnswer>;

/** `POST /api/digests/test`. */
export const testMailAnswer = z.object({
	outcome: z.enum(["submitted", "retry", "rejected", "unknown"]).meta({
		description:
			"What the provider made of it: `retry`, it may take it later; `unknown`, the line broke.",
	}),
	said: z
		.string()
		.optional()
		.meta({ description: "Its words, without addresses, where it did not take it." }),
});
export type TestMailAnswer = z.infer<typeof testMailAnswer>;

const deadLetter = z
	.object({
		id: z.string(),
		message: z
			.unknown()
			.refine((value) => value !== undefined)
			.meta({ description: "What it asked for: a type, and of what." }),
		since: time,
	})
	.meta({ id: "DeadLetter", description: "A queue message that was given up." });

/** `GET /api/dead-letters`. */
export const deadLettersAnswer = z.object({ dead_letters: z.array(deadLetter), next });
export type DeadLettersShown = z.infer<typeof deadLettersAnswer>;

/** `POST /api/dead-letters/{id}/retry`. */
export const retriedAnswer = z.object({ retried: z.string() });
