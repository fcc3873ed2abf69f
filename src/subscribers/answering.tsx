import type { Context } from "hono";
import type { Clock } from "../shared/clock.ts";
import type { Fault } from "../shared/fault.ts";
import type { Language } from "../shared/language.ts";
import { sourceOf } from "../shared/source.ts";
import type { Purpose, TokenClaims, Tokens } from "../shared/tokens.ts";
import { ErrorPage } from "../site/error.tsx";
import { bestLanguage } from "../site/negotiation.ts";
import { frameLanguage, type Publication } from "../site/publication.ts";
import { LinkInvalidPage } from "../site/subscription.tsx";
import type { Subscriber } from "./subscriber.ts";

/** What every answer to a subscriber is made with. */
export interface Answering {
	readonly publication: Publication;
	readonly languages: readonly [Language, ...Language[]];
	readonly tokens: Tokens;
	readonly clock: Clock;
	/** Turns a fault into the answer. */
	readonly refuse: (fault: Fault) => Response;
}

/** The limits of a source are counted by the minute. */
const RETRY_AFTER_SECONDS = 60;

/** A subscriber's first language; for nobody, the one that the browser asks for. */
export function languageFor(
	subscriber: Subscriber | null,
	context: Context,
	parts: Answering,
): Language {
	const first = subscriber?.languages[0];
	return first ? frameLanguage(parts.publication, first) : languageAccepted(context, parts);
}

/** The language that a form says it is in, where the publication has it. */
export function languageSaid(said: unknown, context: Context, parts: Answering): Language {
	const language = parts.languages.find((one) => one === said);
	return language ?? languageAccepted(context, parts);
}

export function languageAccepted({ req }: Context, { languages }: Answering): Language {
	return bestLanguage(req.header("Accept-Language"), languages);
}

/** What the token in the address says, where it is ours and for this purpose. */
export function claimsOf(
	{ req }: Context,
	{ tokens, clock }: Answering,
	purpose: Purpose,
): Promise<TokenClaims | null> {
	return tokens.read(purpose, req.param("token") ?? "", clock());
}

/** What is answered to a link that is forged, void or too old. */
export function linkInvalid(context: Context, parts: Answering): Response | Promise<Response> {
	const language = languageAccepted(context, parts);
	return context.html(<LinkInvalidPage publication={parts.publication} language={language} />, 404);
}

/** Whom a request comes from, to be counted by. */
export function sourceOfRequest({ req }: Context): string {
	return sourceOf(req.header("CF-Connecting-IP") ?? "unknown");
}

/** What is answered to a source over its limit. It says nothing of any address. */
export function tooMany(context: Context, parts: Answering): Response | Promise<Response> {
	const kind = "too-many";
	if (!wantsPage(context)) {
		const detail = "Too many requests from where you are.";
		return parts.refuse({ kind, detail, retryAfterSeconds: RETRY_AFTER_SECONDS });
	}
	context.header("Retry-After", String(RETRY_AFTER_SECONDS));
	const language = languageAccepted(context, parts);
	const shown = { publication: parts.publication, language, status: 429, kind } as const;
	return context.html(<ErrorPage {...shown} />, 429);
}

export function wantsPage({ req }: Context): boolean {
	return (req.header("Accept") ?? "").includes("text/html");
}
