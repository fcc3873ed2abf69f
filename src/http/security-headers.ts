import { createMiddleware } from "hono/factory";
import { secureHeaders } from "hono/secure-headers";

const POLICY = "Content-Security-Policy";

const strict = secureHeaders({
	contentSecurityPolicy: {
		defaultSrc: ["'none'"],
		styleSrc: ["'self'"],
		imgSrc: ["'self'"],
		frameSrc: ["'self'"],
		formAction: ["'self'"],
		baseUri: ["'none'"],
		frameAncestors: ["'none'"],
	},
	referrerPolicy: "no-referrer",
	crossOriginResourcePolicy: false,
	xFrameOptions: "DENY",
});

/**
 * Headers of every answer: no script, nothing from elsewhere, in nobody's frame. A route that sets
 * a policy of its own, as a mail's HTML needs one, keeps it.
 */
export function securityHeaders() {
	return createMiddleware(async (context, next) => {
		let own: string | null = null;
		await strict(context, async () => {
			await next();
			own = context.res.headers.get(POLICY);
		});
		if (own === null) return;
		context.res.headers.set(POLICY, own);
		context.res.headers.delete("X-Frame-Options");
	});
}
