import { type Context, Hono } from "hono";
import type { Clock } from "../shared/clock.ts";
import type { Fault, FieldFault } from "../shared/fault.ts";
import type { Purpose, TokenClaims, Tokens } from "../shared/tokens.ts";
import type { Publication } from "../site/publication.ts";
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
import { readSignUp, type SignUpFields, toFormValues } from "./request.ts";
import type { SubscriberStore } from "./store.ts";
import { signUpSchema } from "./subscriber.ts";

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
		return context.html(
			<ConfirmPage publication={publication} action={context.req.path} {...choices} />,
		);
	});

	routes.post("/:token/confirm", async (context) => {
		const claims = await claimsOf(context, parts, "confirm");
		const status =
			claims &&
			(await subscribers.confirm(claims.subscriber, signUpSecond(claims.expires), clock()));
		if (status !== "active") return linkInvalid(context, parts);
		return context.html(<ConfirmedPage publication={publication} />);
	});

	routes.get("/:token/unsubscribe", async (context) => {
		if (!(await claimsOf(context, parts, "unsubscribe"))) return linkInvalid(context, parts);
		return context.html(<UnsubscribePage publication={publication} action={context.req.path} />);
	});

	// RFC 8058, section 3.2: no cookie, no redirect; the body says nothing that the token does not.
	routes.post("/:token/unsubscribe", async (context) => {
		const claims = await claimsOf(context, parts, "unsubscribe");
		if (!claims) return linkInvalid(context, parts);
		await subscribers.end(claims.subscriber, "unsubscribed", clock());
		return context.html(<UnsubscribedPage publication={publication} />);
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
	const { email, ...preferences } = parsed.data;
	const wanted = { id: parts.newId(), address: email, ...preferences };
	const pending = await parts.subscribers.signUp(wanted, parts.clock());
	// Asked for in any case, so that neither time nor a fault tells who is subscribed; for an id that
	// nobody has, the consumer finds nothing to do.
	await parts.requestConfirmation(pending ?? wanted.id);
	return signUpReceived(context, parts);
}

/** The same for every address, so that nobody learns who is subscribed. */
function signUpReceived(context: Context, { publication }: SubscriberRoutes) {
	if (wantsPage(context))
		return context.html(<SignUpReceivedPage publication={publication} />, 202);
	const detail = "If this address is not subscribed yet, a mail asks it to confirm.";
	return context.json({ detail }, 202);
}

function signUpInvalid(
	context: Context,
	{ publication, refuse }: SubscriberRoutes,
	fields: SignUpFields,
	faults: readonly FieldFault[],
) {
	if (!wantsPage(context))
		return refuse({ kind: "invalid", detail: "Mend these fields and post it again.", faults });
	const page = (
		<SignUpInvalidPage publication={publication} faults={faults} values={toFormValues(fields)} />
	);
	return context.html(page, 422);
}

function linkInvalid(context: Context, { publication }: SubscriberRoutes) {
	return context.html(<LinkInvalidPage publication={publication} />, 404);
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
