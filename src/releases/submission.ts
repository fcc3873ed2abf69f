import type { z } from "zod";
import type { Fault } from "../shared/fault.ts";
import { err, ok, type Result } from "../shared/result.ts";
import { inZone } from "./event-fields.ts";
import type { Asked, GivenFields, Inferred, IntakeContext, Reading } from "./reading.ts";
import { type ReleaseText, readableText, releaseText } from "./release.ts";
import {
	type ReleaseFields,
	type releaseQuery,
	type Submission,
	toFieldFaults,
} from "./request.ts";

/** Lists and quotations in one another on one line: rendering them takes time out of all proportion. */
const DEEPLY_NESTED = /^(?:[ \t]*(?:[-*+>]|\d{1,9}[.)])){21}/m;

/** What a request asks to be published, whole and checked. */
export interface Submitted {
	readonly text: ReleaseText;
	readonly inferred: Readonly<Record<string, Inferred>>;
	/** Milliseconds since 1970 UTC; null for now, undefined where the request does not say. */
	readonly publishAt: number | null | undefined;
	readonly note: string | null;
}

/** What a request is read by. */
export interface SubmissionContext extends IntakeContext {
	/** IANA name of the zone of an event's times that name none. */
	readonly timeZone: string;
}

/** What is given, in the query before the body, and from the text what is not. */
export async function understand(
	submission: Submission,
	query: z.infer<typeof releaseQuery>,
	context: SubmissionContext,
): Promise<Result<Submitted, Fault>> {
	const fields: ReleaseFields = submission.form === "fields" ? submission.fields : {};
	const all: ReleaseFields = { ...fields, ...withoutUndefined(query) };
	const reading = await read(submission, all, context);
	if (!reading.ok) return reading;
	const { event } = reading.value.release;
	const checked = releaseText.safeParse({
		...reading.value.release,
		event: event && inZone(event, context.timeZone),
		format: all.format ?? (submission.form === "text" ? "plain" : "commonmark"),
		story: all.story ?? null,
		attachments: all.attachments ?? [],
	});
	if (!checked.success) {
		const detail = "Mend these fields and send it again.";
		return err({ kind: "invalid", detail, faults: toFieldFaults(checked.error) });
	}
	if (checked.data.format === "commonmark" && DEEPLY_NESTED.test(checked.data.body)) {
		const faults = [{ field: "body", detail: "has lists or quotations more than 20 deep" }];
		return err({ kind: "invalid", detail: "Mend these fields and send it again.", faults });
	}
	return ok({
		text: checked.data,
		inferred: reading.value.inferred,
		publishAt: all.publish_at,
		note: all.note ?? null,
	});
}

async function read(
	submission: Submission,
	all: ReleaseFields,
	context: IntakeContext,
): Promise<Result<Reading, Fault>> {
	// Loaded where it is used: its language and date libraries cost a cold start that feeds need not pay.
	const { readFields, readText } = await import("./intake.ts");
	const given = readable(all);
	const reading =
		submission.form === "text"
			? readText(submission.text, given, context)
			: await readMarkup(given, all.format ?? "commonmark", (words) => readFields(words, context));
	if (reading.ok) return reading;
	const detail = "This cannot be told from the text. Give it and send it again.";
	return err({ kind: "invalid", detail, faults: reading.error });
}

/** Reads fields whose body has markup by the words of it; the body itself stays as it is. */
async function readMarkup(
	given: GivenFields,
	format: ReleaseText["format"],
	readWords: (given: GivenFields) => Result<Reading, Asked>,
): Promise<Result<Reading, Asked>> {
	const { body } = given;
	if (format === "plain" || body === undefined) return readWords(given);
	const { markdownWords } = await import("./markdown-words.ts");
	const reading = readWords({ ...given, body: markdownWords(body) });
	return reading.ok
		? ok({ ...reading.value, release: { ...reading.value.release, body } })
		: reading;
}

/** Those of the fields that can be read from a text. */
function readable(all: ReleaseFields): GivenFields {
	const names = Object.keys(readableText.shape);
	return Object.fromEntries(Object.entries(all).filter(([name]) => names.includes(name)));
}

function withoutUndefined<Fields extends object>(fields: Fields): Fields {
	const given = Object.entries(fields).filter(([, value]) => value !== undefined);
	return Object.fromEntries(given) as Fields;
}
