/** The header that says what a page may load. */
export const POLICY = "Content-Security-Policy";

/**
 * Headers of every answer: no script, nothing from elsewhere but the publication's logo, in nobody's
 * frame.
 *
 * @param logo where the logo is, absolute; null for none.
 */
export function strictHeaders(logo: string | null): Readonly<Record<string, string>> {
	const images = logo === null ? "" : ` ${new URL(logo).origin}`;
	return {
		[POLICY]: `default-src 'none'; style-src 'self'; img-src 'self'${images}; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
		"Cross-Origin-Opener-Policy": "same-origin",
		"Origin-Agent-Cluster": "?1",
		"Referrer-Policy": "no-referrer",
		"Strict-Transport-Security": "max-age=15552000; includeSubDomains",
		"X-Content-Type-Options": "nosniff",
		"X-DNS-Prefetch-Control": "off",
		"X-Frame-Options": "DENY",
	};
}
