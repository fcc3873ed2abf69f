import { Temporal } from "temporal-polyfill";
import * as z from "zod";
import { timeZoneNamed } from "../shared/civil-time.ts";
import type { FieldFault } from "../shared/fault.ts";
import type { Language } from "../shared/language.ts";
import { err, ok, type Result } from "../shared/result.ts";
import { emailAddress, type Preferences, signUpSchema } from "./subscriber.ts";

/** What a subscriber changes with one press of a button. */
export type Change =
	| { readonly kind: "preferences"; readonly preferences: Preferences }
	| { readonly kind: "pause"; readonly until: string }
	| { readonly kind: "resume" }
	| { readonly kind: "address"; readonly address: string };

/** What a form may say. */
export interface FormLimits {
	readonly languages: readonly [Language, ...Language[]];
	/** The civil date of the publication's day. */
	readonly today: string;
}

/** The days on which a pause may end: from tomorrow, for a year. */
export function pauseDays(today: string): { readonly first: string; readonly last: string } {
	const day = Temporal.PlainDate.from(today);
	return { first: day.add({ days: 1 }).toString(), last: day.add({ years: 1 }).toString() };
}

/** Reads one of the forms of the page of preferences, or says what to mend in it. */
export function readChange(
	form: URLSearchParams,
	limits: FormLimits,
): Result<Change, readonly FieldFault[]> {
	switch (form.get("change")) {
		case "preferences":
			return toResult(preferencesSchema(limits).safeParse(preferenceFields(form)));
		case "pause":
			return toResult(pauseSchema(limits).safeParse({ until: form.get("until") ?? "" }));
		case "resume":
			return ok({ kind: "resume" });
		case "address":
			return toResult(addressSchema.safeParse({ email: form.get("email") ?? "" }));
		default:
			return err([{ field: "form", detail: "change must say what to change" }]);
	}
}

/** What the form of preferences has in it, right or wrong. Languages are in the order of their fields. */
export function preferenceFields(form: URLSearchParams) {
	const list = (name: string) => form.getAll(name).filter((value) => value !== "");
	return {
		kinds: list("kinds"),
		languages: list("languages"),
		frequency: form.get("frequency") ?? "",
		time_zone: form.get("time_zone") ?? "",
	};
}

function preferencesSchema({ languages }: FormLimits) {
	const { kinds, languages: ordered, frequency } = signUpSchema(languages).shape;
	return z
		.object({ kinds, languages: ordered, frequency, time_zone: timeZone })
		.transform(({ time_zone, ...wanted }): Change => {
			return { kind: "preferences", preferences: { ...wanted, timeZone: time_zone } };
		});
}

/** An IANA name; left empty it is the publication's own. */
const timeZone = z.string().transform((name, context) => {
	const named = name === "" ? null : timeZoneNamed(name);
	if (name === "" || named !== null) return named;
	context.addIssue("must be a time zone, such as Asia/Tashkent");
	return z.NEVER;
});

function pauseSchema({ today }: FormLimits) {
	const { first, last } = pauseDays(today);
	const error = `must be a day from ${first} to ${last}`;
	return z
		.object({
			until: z.iso.date({ error }).refine((day) => day >= first && day <= last, { error }),
		})
		.transform(({ until }): Change => ({ kind: "pause", until }));
}

const addressSchema = z
	.object({ email: emailAddress })
	.transform(({ email }): Change => ({ kind: "address", address: email }));

function toResult(parsed: z.ZodSafeParseResult<Change>): Result<Change, readonly FieldFault[]> {
	if (parsed.success) return ok(parsed.data);
	return err(
		parsed.error.issues.map(({ path, message }) => {
			const field = String(path[0] ?? "form");
			return { field, detail: `${field} ${message}` };
		}),
	);
}
