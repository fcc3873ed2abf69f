import * as z from "zod";
import { LANGUAGES } from "../shared/language.ts";
import { STATUSES } from "./entry.ts";
import { civilDateOrTime, releaseText } from "./release.ts";

// What the API answers. The answers are not checked against these schemas as they go out: the types of
// representation.ts are made of them, and a test parses real answers with them.

const time = z.iso.datetime().meta({ examples: ["2025-10-01T04:00:00.000Z"] });
const { kind, language, title, summary, body, format, issued, dateline, attachments } =
	releaseText.shape;

const common = {
	slug: z.string().meta({ description: "Its name in the address of its page; never changes." }),
	url: z.url().meta({ description: "Its public page." }),
	kind,
	language,
	title,
	summary,
	issued,
	event: z
		.object({
			starts: civilDateOrTime.meta({
				description: "The first day, `YYYY-MM-DD`, or the time it starts, `YYYY-MM-DDTHH:MM`.",
			}),
			ends: civilDateOrTime.meta({
				description: "The same as `starts` for one day, or where the end is not known.",
			}),
			time_zone: z
				.string()
				.nullable()
				.meta({ description: "IANA name of the zone of its times; null for days." }),
			place: z.string().nullable(),
		})
		.nullable()
		.meta({ description: "Days, the last one included, or times." }),
	revision: z.int().min(1).meta({ description: "1, 2, 3 …: one for each state it has been in." }),
	publish_at: time.nullable().meta({ description: "When its embargo ends; null without one." }),
};

/** What only publishing gives. */
const given = {
	id: z.uuid(),
	story: z
		.string()
		.meta({ description: "The same for its translations. Its own `id` where none was given." }),
	status: z.enum(STATUSES).meta({
		description:
			"`scheduled`: under embargo. `published`: public. `withdrawn`: taken back after it was public. `cancelled`: taken back before.",
	}),
	sequence: z.int().nullable().meta({
		description: "Counts every publication, correction and withdrawal; null before it is public.",
	}),
	published_at: time.nullable().meta({ description: "When it first went public." }),
	changed_at: time.meta({ description: "When its text last changed, or it was taken back." }),
	reason: z.string().nullable().meta({ description: "Why it was taken back." }),
};

const text = { body, format, dateline, attachments };

const translation = z
	.object({ language: z.enum(LANGUAGES), title: z.string(), url: z.url() })
	.meta({ id: "Translation", description: "The same story in another language." });
export type Translation = z.infer<typeof translation>;

export const release = z
	.object({
		...given,
		...common,
		...text,
		translations: z.array(translation).meta({ description: "Those that are public." }),
	})
	.meta({ id: "Release", description: "A release, whole." });
export type ReleaseShown = z.infer<typeof release>;

export const draft = z
	.object({
		id: z.null(),
		story: z.string().nullable(),
		status: z.null(),
		sequence: z.null(),
		published_at: z.null(),
		changed_at: z.null(),
		reason: z.null(),
		...common,
		...text,
		translations: z.array(translation),
	})
	.meta({
		id: "Draft",
		description: "What would be published: null stands where only publishing gives a value.",
	});
export type DraftShown = z.infer<typeof draft>;

export const entry = z
	.object({ ...given, ...common })
	.meta({ id: "Entry", description: "A release as a list has it: without its body." });
export type EntryShown = z.infer<typeof entry>;

export const revisionEntry = z
	.object({
		revision: z.int().min(1),
		change: z.enum(["first", "edit", "correction", "withdrawal"]),
		note: z.string().nullable().meta({ description: "What was wrong, or why it was taken back." }),
		made_by: z.string().meta({ description: "The name of the key that made it." }),
		made_at: time,
	})
	.meta({ id: "Revision", description: "One state that a release has been in." });
export type RevisionShown = z.infer<typeof revisionEntry>;

const inferred = z
	.record(
		z.string(),
		z.object({
			value: z.unknown(),
			from: z.string().meta({ description: "The words it was read from." }),
			confidence: z.number().min(0).max(1),
		}),
	)
	.meta({ id: "Inferred", description: "What was read from the text and not given, by field." });

/** `POST` and `PUT`. */
export const changeAnswer = z.object({ release, inferred });
/** `POST` and `PUT` with `dry_run=true`. */
export const dryRunAnswer = z.object({ release: draft, inferred });
/** `GET` of one. */
export const readAnswer = z.object({
	release,
	revisions: z.array(revisionEntry).meta({ description: "Oldest first." }),
});
/** `DELETE`. */
export const withdrawAnswer = z.object({ release });
/** `GET` of the list. */
export const listAnswer = z.object({
	releases: z.array(entry).meta({ description: "Newest posted first." }),
	next: z.url().nullable().meta({ description: "Where the next page is; null on the last one." }),
});
export type ListAnswer = z.infer<typeof listAnswer>;
