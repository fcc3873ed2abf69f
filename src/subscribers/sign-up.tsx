import type { Context } from "hono";
import { timeZoneNamed } from "../shared/civil-time.ts";
import type { FieldFault } from "../shared/fault.ts";
import type { Language } from "../shared/language.ts";
import { SIGN_UP_FORM_REVISION } from "../site/sign-up-form.tsx";
import { SignUpInvalidPage, SignUpReceivedPage } from "../site/subscription.tsx";
import { type Answering, languageSaid, sourceOfRequest, tooMany, wantsPage } from "./answering.tsx";
import { readSignUp, type SignUpFields, type SignUpRequest, toFormValues } from "./request.ts";
import type { SubscriberStore } from "./store.ts";
import { signUpSchema } from "./subscriber.ts";

export interface SigningUp extends Answering {
	readonly subscribers: SubscriberStore;
	readonly newId: () => string;
	/** Whether one more sign-up of a source is within the limit. */
	readonly withinLimit: (source: string) => Promise<boolean>;
	/** Has the confirmation mail submitted, later. */
	readonly requestConfirmation: (subscriber: string) => Promise<void>;
}

/** Takes a sign-up, by form or as JSON. */
export async function signUp(context: Context, parts: SigningUp): Promise<Response> {
	// Before anything of the request is read.
	if (!(await parts.withinLimit(sourceOfRequest(context)))) return tooMany(context, parts);
	const read = await readSignUp(context);
	if (!read.ok) return parts.refuse(read.error);
	const { fields } = read.value;
	const parsed = signUpSchema(parts.languages).safeParse(fields);
	if (!parsed.success) {
		const faults = parsed.error.issues.map(({ path, message }) => {
			const field = String(path[0] ?? "form");
			return { field, detail: `${field} ${message}` };
		});
		return signUpInvalid(context, parts, fields, faults);
	}
	const { email, form_language: formLanguage, time_zone, ...choices } = parsed.data;
	const timeZone = time_zone ?? guessTimeZone(context);
	const consent = consentOf(read.value.by, formLanguage);
	const wanted = { id: parts.newId(), address: email, ...choices, timeZone, ...consent };
	const pending = await parts.subscribers.signUp(wanted, parts.clock());
	// Asked for in any case, so that neither time nor a fault tells who is subscribed; for an id that
	// nobody has, the consumer finds nothing to do.
	await parts.requestConfirmation(pending ?? wanted.id);
	return signUpReceived(context, parts, formLanguage);
}

/** Where Cloudflare thinks that the request comes from, if the runtime knows the zone. */
function guessTimeZone({ req }: Context): string | null {
	const guess = req.raw.cf?.timezone;
	return typeof guess === "string" ? timeZoneNamed(guess) : null;
}

/** What shows later that they asked: how, and of a form which words it had. Not from where. */
function consentOf(by: SignUpRequest["by"], formLanguage: Language | undefined) {
	const isOurs = by === "form" && formLanguage !== undefined;
	return {
		consentSource: by,
		consentEvidence: isOurs ? `${formLanguage}/${SIGN_UP_FORM_REVISION}` : null,
	};
}

/** The same for every address, so that nobody learns who is subscribed. */
function signUpReceived(
	context: Context,
	parts: SigningUp,
	formLanguage: Language | undefined,
): Response | Promise<Response> {
	if (wantsPage(context)) {
		const language = languageSaid(formLanguage, context, parts);
		const page = <SignUpReceivedPage publication={parts.publication} language={language} />;
		return context.html(page, 202);
	}
	const detail = "If this address is not subscribed yet, a mail asks it to confirm.";
	return context.json({ detail }, 202);
}

function signUpInvalid(
	context: Context,
	parts: SigningUp,
	fields: SignUpFields,
	faults: readonly FieldFault[],
): Response | Promise<Response> {
	if (!wantsPage(context))
		return parts.refuse({
			kind: "invalid",
			detail: "Mend these fields and post it again.",
			faults,
		});
	const shown = {
		publication: parts.publication,
		language: languageSaid(fields.form_language, context, parts),
		faults,
		values: toFormValues(fields),
	};
	return context.html(<SignUpInvalidPage {...shown} />, 422);
}
