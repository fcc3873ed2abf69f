import type { Context } from "hono";
import { mediaTypeOf } from "../releases/decoding.ts";
import { err, ok, type Result } from "../shared/result.ts";

/** A sign-up as it was sent, unchecked: names as in the form, choices as lists. */
export type SignUpFields = Readonly<Record<string, unknown>>;

/** A sign-up that was read, and what it came as. */
export interface SignUpRequest {
	readonly by: "form" | "api";
	readonly fields: SignUpFields;
}

/** Why a body could not be read as fields. */
export type UnreadableBody =
	| { readonly kind: "malformed"; readonly detail: string }
	| { readonly kind: "unsupported-type"; readonly detail: string };

const LISTS = ["kinds", "languages"];

/** Reads a sign-up from a form or from JSON, which use the same names. */
export async function readSignUp({ req }: Context): Promise<Result<SignUpRequest, UnreadableBody>> {
	const type = mediaTypeOf(req.header("Content-Type"));
	if (type === "application/json") return readJson(await req.text());
	if (type === "application/x-www-form-urlencoded")
		return ok({
			by: "form",
			fields: withLists(fromForm(new URLSearchParams(await req.text()))),
		});
	return err({
		kind: "unsupported-type",
		detail: "Post application/x-www-form-urlencoded or application/json.",
	});
}

/**
 * The language that a form was in, as it says itself, or undefined. A provider that unsubscribes
 * somebody (RFC 8058) sends a form of its own, which says nothing of it.
 */
export async function readFormLanguage({ req }: Context): Promise<string | undefined> {
	const type = mediaTypeOf(req.header("Content-Type"));
	if (type !== "application/x-www-form-urlencoded") return undefined;
	return new URLSearchParams(await req.text()).get("form_language") ?? undefined;
}

/** The fields of a form that are filled in; one that is left empty is as good as not there. */
function fromForm(form: URLSearchParams): Record<string, unknown> {
	const filled = [...new Set(form.keys())].map((name): [string, unknown] => {
		const values = form.getAll(name).filter((value) => value !== "");
		return [name, LISTS.includes(name) ? values : values[0]];
	});
	return Object.fromEntries(filled.filter(([, value]) => value !== undefined));
}

function readJson(text: string): Result<SignUpRequest, UnreadableBody> {
	try {
		const json: unknown = JSON.parse(text);
		if (typeof json === "object" && json !== null && !Array.isArray(json))
			return ok({ by: "api", fields: withLists(json as Record<string, unknown>) });
		return err({ kind: "malformed", detail: "The JSON must be an object." });
	} catch (fault) {
		return err({ kind: "malformed", detail: `The body is not JSON: ${String(fault)}` });
	}
}

/** One choice may be given without a list around it. */
function withLists(fields: Record<string, unknown>): SignUpFields {
	const listed = LISTS.filter((name) => typeof fields[name] === "string").map((name) => [
		name,
		[fields[name]],
	]);
	return { ...fields, ...Object.fromEntries(listed) };
}

/** What somebody sent, as far as it can be shown in the form again. */
export function toFormValues(fields: SignUpFields) {
	const text = (value: unknown) => (typeof value === "string" ? value : "");
	const list = (value: unknown) =>
		Array.isArray(value) ? value.filter((one): one is string => typeof one === "string") : [];
	return {
		email: text(fields.email),
		kinds: list(fields.kinds),
		languages: list(fields.languages),
		frequency: text(fields.frequency),
	};
}
