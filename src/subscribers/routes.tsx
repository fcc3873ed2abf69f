import { type Context, Hono } from "hono";
import {
	ConfirmedPage,
	ConfirmPage,
	FormerAddressPage,
	UnsubscribedPage,
	UnsubscribePage,
} from "../site/subscription.tsx";
import { claimsOf, languageFor, languageSaid, linkInvalid } from "./answering.tsx";
import { confirmExpiry } from "./links.ts";
import { readFormLanguage } from "./request.ts";
import { type SigningUp, signUp } from "./sign-up.tsx";
import type { Subscriber } from "./subscriber.ts";

export interface SubscriberRoutes extends SigningUp {
	/** Has the mail submitted that follows a confirmation, later and once. */
	readonly requestWelcome: (subscriber: string) => Promise<void>;
}

/** Sign-up, confirmation and unsubscription: `GET` shows, `POST` acts. */
export function subscriberRoutes(parts: SubscriberRoutes): Hono {
	const { publication, subscribers, clock } = parts;
	const routes = new Hono();

	routes.post("/", (context) => signUp(context, parts));

	routes.get("/:token/confirm", async (context) => {
		const subscriber = await findSignUp(context, parts);
		if (!subscriber || subscriber.status === "ended") return linkInvalid(context, parts);
		const { kinds, languages, frequency } = subscriber;
		const choices = { kinds, languages, frequency };
		const page = { publication, language: languageFor(subscriber, context, parts) };
		return context.html(<ConfirmPage {...page} action={context.req.path} {...choices} />);
	});

	routes.post("/:token/confirm", async (context) => {
		const subscriber = await findSignUp(context, parts);
		if (!subscriber) return linkInvalid(context, parts);
		const { id, signedUpAt } = subscriber;
		const status = await subscribers.confirm(id, Math.floor(signedUpAt / 1000), clock());
		if (status !== "active") return linkInvalid(context, parts);
		// Each time: one that was lost is made up for, and one that was submitted is not repeated.
		await parts.requestWelcome(id);
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
		await subscribers.unsubscribe(claims.subscriber, claims.version, clock());
		const language = languageSaid(await readFormLanguage(context), context, parts);
		const subscriber = await subscribers.read(claims.subscriber);
		const hasMoved = subscriber !== null && subscriber.linkVersion !== claims.version;
		const Answer = hasMoved ? FormerAddressPage : UnsubscribedPage;
		return context.html(<Answer publication={publication} language={language} />);
	});

	return routes;
}

/** The subscriber whose sign-up a confirmation link is of; null where it is of none, or of an older. */
async function findSignUp(context: Context, parts: SubscriberRoutes): Promise<Subscriber | null> {
	const claims = await claimsOf(context, parts, "confirm");
	const subscriber = claims && (await parts.subscribers.read(claims.subscriber));
	if (!claims || !subscriber) return null;
	const isOfThisSignUp = confirmExpiry(subscriber.signedUpAt) === claims.expires;
	return isOfThisSignUp && subscriber.linkVersion === claims.version ? subscriber : null;
}
