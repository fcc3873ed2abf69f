import { createMiddleware } from "hono/factory";

const POLICY = "Content-Security-Policy";
/** In what is shown in a frame of ours they make no sense, and in a sandbox browsers complain of them. */
const NOT_IN_FRAMES = ["X-Frame-Options", "Origin-Agent-Cluster"];

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

/** Puts them onto what a route answers. One that sets a policy of its own, as a mail's HTML needs one, keeps it. */
export function securityHeaders(strict: Readonly<Record<string, string>>) {
	return createMiddleware(async (context, next) => {
		await next();
		const { headers } = context.res;
		const own = headers.get(POLICY);
		for (const [name, value] of Object.entries(strict)) headers.set(name, value);
		if (own === null) return;
		headers.set(POLICY, own);
		for (const name of NOT_IN_FRAMES) headers.delete(name);
	});
}
