import { diagnose, milder, type Verdict } from "../diagnosis.ts";

/**
 * What a failure says of the recipient, by the provider's own class and by the words of the server, where
 * it passes them on: the milder of both, since providers call blocks hard bounces too.
 *
 * @param said the server's words; empty where the provider does not pass them on.
 */
export function verdictOf(
	provider: Verdict,
	said: string,
	codes: { readonly code?: number | undefined; readonly enhanced?: string | undefined } = {},
): Verdict {
	const hasSaid = said.trim() !== "" || codes.code !== undefined || codes.enhanced !== undefined;
	return hasSaid ? milder(provider, diagnose({ words: said, ...codes })) : provider;
}

/** A moment as a provider writes it (RFC 3339), in milliseconds since 1970 UTC; NaN where it is none. */
export function momentOf(text: string | undefined): number {
	return Date.parse(text ?? "");
}
