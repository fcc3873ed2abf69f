import type { Context } from "hono";
import type { Clock } from "../shared/clock.ts";
import type { Language } from "../shared/language.ts";
import type { Purpose, TokenClaims, Tokens } from "../shared/tokens.ts";
import { bestLanguage } from "../site/negotiation.ts";
import { frameLanguage, type Publication } from "../site/publication.ts";
import type { Subscriber } from "./subscriber.ts";

/** What every answer to a subscriber is made with. */
export interface Answering {
	readonly publication: Publication;
	readonly languages: readonly [Language, ...Language[]];
	readonly tokens: Tokens;
	readonly clock: Clock;
}

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

export function wantsPage({ req }: Context): boolean {
	return (req.header("Accept") ?? "").includes("text/html");
}
