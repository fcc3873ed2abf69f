import { createMiddleware } from "hono/factory";
import { secureHeaders } from "hono/secure-headers";

const POLICY = "Content-Security-Policy";

/**
 * Headers of every answer: no script, nothing from elsewhere but the publication's logo, in nobody's
 * frame. A route that sets a policy of its own, as a mail's HTML needs one, keeps it.
 *
 * @param logo where the logo is, absolute; null for none.
 */
export function securityHeaders(logo: string | null) {
	const strict = strictHeaders(logo === null ? [] : [new URL(logo).origin]);
	return createMiddleware(async (context, next) => {
		let own: string | null = null;
		await strict(context, async () => {
			await next();
			own = context.res.headers.get(POLICY);
		});
		if (own === null) return;
		context.res.headers.set(POLICY, own);
		context.res.headers.delete("X-Frame-Options");
		// What stands in a sandbox has no origin of its own to be keyed by, and browsers complain.
		context.res.headers.delete("Origin-Agent-Cluster");
	});
}

function strictHeaders(imageOrigins: readonly string[]) {
	return secureHeaders({
		contentSecurityPolicy: {
			defaultSrc: ["'none'"],
			styleSrc: ["'self'"],
			imgSrc: ["'self'", ...imageOrigins],
			frameSrc: ["'self'"],
			formAction: ["'self'"],
			baseUri: ["'none'"],
			frameAncestors: ["'none'"],
		},
		referrerPolicy: "no-referrer",
		crossOriginResourcePolicy: false,
		xFrameOptions: "DENY",
	});
}
