import { type Context, Hono } from "hono";
import type { Clock } from "../shared/clock.ts";
import type { Fault, FieldFault } from "../shared/fault.ts";
import type { Language } from "../shared/language.ts";
import type { Purpose, TokenClaims, Tokens } from "../shared/tokens.ts";
import { bestLanguage } from "../site/negotiation.ts";
import { frameLanguage, type Publication } from "../site/publication.ts";
import {
	ConfirmedPage,
	ConfirmPage,
	LinkInvalidPage,
	SignUpInvalidPage,
	SignUpReceivedPage,
	UnsubscribedPage,
	UnsubscribePage,
} from "../site/subscription.tsx";
import { confirmExpiry, signUpSecond } from "./links.ts";
import { readFormLanguage, readSignUp, type SignUpFields, toFormValues } from "./request.ts";
import type { SubscriberStore } from "./store.ts";
import { type Subscriber, signUpSchema } from "./subscriber.ts";

export interface SubscriberRoutes {
	readonly publication: Publication;
	readonly languages: Parameters<typeof signUpSchema>[0];
	readonly subscribers: SubscriberStore;
	readonly tokens: Tokens;
	readonly clock: Clock;
	readonly newId: () => string;
	/** Has the confirmation mail submitted, later. */
	readonly requestConfirmation: (subscriber: string) => Promise<void>;
	/** Turns a fault into the answer. */
	readonly refuse: (fault: Fault) => Response;
}

/** Sign-up, confirmation and unsubscription: `GET` shows, `POST` acts. */
export function subscriberRoutes(parts: SubscriberRoutes): Hono {
	const { publication, subscribers, clock } = parts;
	const routes = new Hono();

	routes.post("/", (context) => signUp(context, parts));

	routes.get("/:token/confirm", async (context) => {
		const claims = await claimsOf(context, parts, "confirm");
		const subscriber = claims && (await subscribers.read(claims.subscriber));
		const isOfThisSignUp = subscriber && confirmExpiry(subscriber.signedUpAt) === claims.expires;
		if (!isOfThisSignUp || subscriber.status === "ended") return linkInvalid(context, parts);
		const { kinds, languages, frequency } = subscriber;
		const choices = { kinds, languages, frequency };
		const page = { publication, language: languageFor(subscriber, context, parts) };
		return context.html(<ConfirmPage {...page} action={context.req.path} {...choices} />);
	});

	routes.post("/:token/confirm", async (context) => {
		const claims = await claimsOf(context, parts, "confirm");
		const status =
			claims &&
			(await subscribers.confirm(claims.subscriber, signUpSecond(claims.expires), clock()));
		if (status !== "active") return linkInvalid(context, parts);
		const language = languageSaid(await readFormLanguage(context), context, parts);
		return context.html(<ConfirmedPage publication={publication} language={language} />);
	});

	routes.get("/:token/unsubscribe", async (context) => {
		const claims = await claimsOf(context, parts, "unsubscribe");
		if (!claims) return linkInvalid(context, parts);
		const subscriber = await subscribers.read(claims.subscriber);
		const page = { publication, language: languageFor(subscriber, context, parts) };
		return context.html(<UnsubscribePage {...page} action={context.req.path} />);
	});

	// RFC 8058, section 3.2: no cookie, no redirect; whom it is about, the token alone says.
	routes.post("/:token/unsubscribe", async (context) => {
		const claims = await claimsOf(context, parts, "unsubscribe");
		if (!claims) return linkInvalid(context, parts);
		await subscribers.end(claims.subscriber, "unsubscribed", clock());
		const language = languageSaid(await readFormLanguage(context), context, parts);
		return context.html(<UnsubscribedPage publication={publication} language={language} />);
	});

	return routes;
}

async function signUp(context: Context, parts: SubscriberRoutes): Promise<Response> {
	const fields = await readSignUp(context);
	if (!fields.ok) return parts.refuse(fields.error);
	const parsed = signUpSchema(parts.languages).safeParse(fields.value);
	if (!parsed.success) {
		const faults = parsed.error.issues.map(({ path, message }) => {
			const field = String(path[0] ?? "form");
			return { field, detail: `${field} ${message}` };
		});
		return signUpInvalid(context, parts, fields.value, faults);
	}
	const { email, form_language: formLanguage, ...preferences } = parsed.data;
	const wanted = { id: parts.newId(), address: email, ...preferences };
	const pending = await parts.subscribers.signUp(wanted, parts.clock());
	// Asked for in any case, so that neither time nor a fault tells who is subscribed; for an id that
	// nobody has, the consumer finds nothing to do.
	await parts.requestConfirmation(pending ?? wanted.id);
	return signUpReceived(context, parts, formLanguage);
}

/** The same for every address, so that nobody learns who is subscribed. */
function signUpReceived(
	context: Context,
	parts: SubscriberRoutes,
	formLanguage: Language | undefined,
) {
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
	parts: SubscriberRoutes,
	fields: SignUpFields,
	faults: readonly FieldFault[],
) {
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

function linkInvalid(context: Context, parts: SubscriberRoutes) {
	const language = languageAccepted(context, parts);
	return context.html(<LinkInvalidPage publication={parts.publication} language={language} />, 404);
}

/** A subscriber's first language; for nobody, the one that the browser asks for. */
function languageFor(
	subscriber: Subscriber | null,
	context: Context,
	parts: SubscriberRoutes,
): Language {
	const first = subscriber?.languages[0];
	return first ? frameLanguage(parts.publication, first) : languageAccepted(context, parts);
}

/** The language that a form says it is in, where the publication has it. */
function languageSaid(said: unknown, context: Context, parts: SubscriberRoutes): Language {
	const language = parts.languages.find((one) => one === said);
	return language ?? languageAccepted(context, parts);
}

function languageAccepted({ req }: Context, { languages }: SubscriberRoutes): Language {
	return bestLanguage(req.header("Accept-Language"), languages);
}

function claimsOf(
	{ req }: Context,
	{ tokens, clock }: SubscriberRoutes,
	purpose: Purpose,
): Promise<TokenClaims | null> {
	return tokens.read(purpose, req.param("token") ?? "", clock());
}

function wantsPage({ req }: Context): boolean {
	return (req.header("Accept") ?? "").includes("text/html");
}
