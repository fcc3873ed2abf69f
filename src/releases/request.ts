import { z } from "zod";
import type { Fault, FieldFault } from "../shared/fault.ts";
import { LANGUAGES } from "../shared/language.ts";
import { err, ok, type Result } from "../shared/result.ts";
import type { GivenFields } from "./reading.ts";
import { civilDate, KINDS, releaseText } from "./release.ts";

/** What the query of `POST /api/releases` may say. */
export const publishQuery = z.strictObject({
	kind: z.enum(KINDS, { error: `must be one of ${KINDS.join(", ")}` }).optional(),
	language: z.enum(LANGUAGES, { error: `must be one of ${LANGUAGES.join(", ")}` }).optional(),
	issued: civilDate.optional(),
	dry_run: z
		.enum(["true", "false"], { error: "must be true or false" })
		.default("false")
		.transform((text) => text === "true"),
});
export type PublishQuery = z.infer<typeof publishQuery>;

/** What a release has that only publishing gives: taken out of a JSON request, so that the answer
 * to a dry run can be mended and posted as it is. */
const GIVEN_BY_US = ["id", "slug", "url", "revision", "sequence", "published_at"];

const jsonFields = releaseText.partial();

/** A body that says what it is. */
export type Submission =
	| { readonly form: "text"; readonly text: string }
	| { readonly form: "fields"; readonly fields: GivenFields };

/**
 * Reads the body of a request to publish.
 *
 * @param contentType the request's `Content-Type`; a `charset` other than UTF-8 is honoured.
 */
export function readSubmission(
	contentType: string | undefined,
	bytes: ArrayBuffer,
): Result<Submission, Fault> {
	const [mediaType = "", ...parameters] = (contentType ?? "").toLowerCase().split(";");
	const type = mediaType.trim();
	if (type !== "text/plain" && type !== "application/json")
		return err({ kind: "unsupported-type", detail: adviceOnType(type) });
	const text = decode(bytes, charsetOf(parameters));
	if (!text.ok) return text;
	return type === "text/plain" ? ok({ form: "text", text: text.value }) : parseFields(text.value);
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

function parseFields(text: string): Result<Submission, Fault> {
	const json = parseJson(text);
	if (!json.ok) return json;
	const isObject =
		typeof json.value === "object" && json.value !== null && !Array.isArray(json.value);
	if (!isObject) return err({ kind: "malformed", detail: "The JSON must be an object." });
	const own = Object.entries(json.value as object).filter(([key]) => !GIVEN_BY_US.includes(key));
	const parsed = jsonFields.safeParse(Object.fromEntries(own));
	if (parsed.success) return ok({ form: "fields", fields: parsed.data });
	const detail = "Mend these fields and post it again.";
	return err({ kind: "invalid", detail, faults: toFieldFaults(parsed.error) });
}

function parseJson(text: string): Result<unknown, Fault> {
	try {
		return ok(JSON.parse(text));
	} catch (fault) {
		const detail = `The body is not JSON: ${fault instanceof Error ? fault.message : fault}`;
		return err({ kind: "malformed", detail });
	}
}

function charsetOf(parameters: readonly string[]): string {
	const charset = parameters.map((one) => /^\s*charset="?([^"\s]+)"?\s*$/.exec(one)?.[1]);
	return charset.find((one) => one !== undefined) ?? "utf-8";
}

function decode(bytes: ArrayBuffer, charset: string): Result<string, Fault> {
	let decoder: TextDecoder;
	try {
		decoder = new TextDecoder(charset, { fatal: true, ignoreBOM: false });
	} catch {
		const detail = `The charset ${charset} is not known; post UTF-8.`;
		return err({ kind: "unsupported-type", detail });
	}
	try {
		return ok(decoder.decode(bytes));
	} catch {
		const detail = `The body is not ${charset}. Post UTF-8, or name the charset in Content-Type.`;
		return err({ kind: "malformed", detail });
	}
}

function adviceOnType(type: string): string {
	const given = type === "" ? "No Content-Type was given." : `${type} is not taken.`;
	return `${given} Post text/plain (with curl: --data-binary @FILE -H 'Content-Type: text/plain') or application/json.`;
}
