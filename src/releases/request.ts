import * as z from "zod";
import type { Fault, FieldFault } from "../shared/fault.ts";
import { err, ok, type Result } from "../shared/result.ts";
import { foldSpace } from "../shared/text.ts";
import { decodeBody, mediaTypeOf } from "./decoding.ts";
import { eventFields } from "./event-fields.ts";
import { moment, readableText, releaseText, toXmlText } from "./release.ts";

const note = z
	.string()
	.overwrite(toXmlText)
	.overwrite(foldSpace)
	.min(1, "must not be empty")
	.max(1000)
	.meta({ description: "What was wrong: needed to correct what is public. Readers see it." });

const publishAt = moment.meta({
	description:
		"When it goes public; it is under embargo until then. A moment that is past means now.",
});

/** What a request may say of a release in JSON or in front matter; what is left out is inferred. */
export const releaseFields = z.strictObject({
	...readableText.partial().shape,
	event: eventFields.nullable().optional(),
	format: releaseText.shape.format.optional(),
	story: releaseText.shape.story.optional(),
	attachments: releaseText.shape.attachments.optional(),
	publish_at: publishAt.nullable().optional(),
	note: note.nullable().optional(),
});
export type ReleaseFields = z.infer<typeof releaseFields>;

/** What the query of a request with a text may say. */
export const releaseQuery = z.strictObject({
	kind: releaseText.shape.kind.optional(),
	language: releaseText.shape.language.optional(),
	issued: releaseText.shape.issued.optional(),
	story: releaseText.shape.story.unwrap().optional(),
	publish_at: publishAt.optional(),
	note: note.optional(),
	dry_run: z
		.enum(["true", "false"], { error: "must be true or false" })
		.default("false")
		.transform((text) => text === "true")
		.meta({ description: "`true` answers as publishing would, and publishes nothing." }),
});

/** What a release has that only publishing gives: taken out of a JSON request, so that an answer can
 * be mended and sent back as it is. */
const GIVEN_BY_US = [
	"id",
	"slug",
	"url",
	"revision",
	"sequence",
	"status",
	"reason",
	"published_at",
	"changed_at",
	"translations",
];

/** A body that says what it is. */
export type Submission =
	| { readonly form: "text"; readonly text: string }
	| { readonly form: "fields"; readonly fields: ReleaseFields };

const MEND = "Mend these fields and send it again.";

/**
 * Reads the body of a request: `text/plain`, `text/markdown` with YAML front matter, or JSON.
 *
 * @param contentType the request's `Content-Type`; a `charset` other than UTF-8 is honoured.
 */
export async function readSubmission(
	contentType: string | undefined,
	bytes: ArrayBuffer,
): Promise<Result<Submission, Fault>> {
	const type = mediaTypeOf(contentType);
	if (!["text/plain", "text/markdown", "application/json"].includes(type))
		return err({ kind: "unsupported-type", detail: adviceOnType(type) });
	const text = decodeBody(contentType, bytes);
	if (!text.ok) return text;
	if (type === "text/plain") return ok({ form: "text", text: text.value });
	const fields =
		type === "text/markdown"
			? (await import("./markdown.ts")).splitMarkdown(text.value)
			: parseJson(text.value);
	return fields.ok ? checkFields(fields.value) : fields;
}

/** Reads a query by a schema. */
export function readQuery<Schema extends z.ZodType>(
	schema: Schema,
	query: Readonly<Record<string, string>>,
): Result<z.infer<Schema>, Fault> {
	const parsed = schema.safeParse(query);
	if (parsed.success) return ok(parsed.data);
	const detail = "Mend these query parameters and send it again.";
	return err({ kind: "invalid", detail, faults: toFieldFaults(parsed.error) });
}

/** The faults that a schema found, by the path of the field. */
export function toFieldFaults(error: z.ZodError): FieldFault[] {
	return error.issues.flatMap((issue) => {
		const path = issue.path.map(String);
		if (issue.code === "unrecognized_keys")
			return issue.keys.map((key) => ({
				field: [...path, key].join("."),
				detail: "is not a field that this request has; check its spelling",
			}));
		return [{ field: path.join("."), detail: issue.message }];
	});
}

function checkFields(value: unknown): Result<Submission, Fault> {
	const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
	if (!isObject) return err({ kind: "malformed", detail: "The fields must be an object." });
	const own = Object.entries(value).filter(([key]) => !GIVEN_BY_US.includes(key));
	const parsed = releaseFields.safeParse(Object.fromEntries(own));
	if (parsed.success) return ok({ form: "fields", fields: parsed.data });
	return err({ kind: "invalid", detail: MEND, faults: toFieldFaults(parsed.error) });
}

function parseJson(text: string): Result<unknown, Fault> {
	try {
		return ok(JSON.parse(text));
	} catch (fault) {
		const detail = `The body is not JSON: ${fault instanceof Error ? fault.message : fault}`;
		return err({ kind: "malformed", detail });
	}
}

function adviceOnType(type: string): string {
	const given = type === "" ? "No Content-Type was given." : `${type} is not taken.`;
	return `${given} Send text/plain (with curl: --data-binary @FILE -H 'Content-Type: text/plain'), text/markdown or application/json.`;
}
