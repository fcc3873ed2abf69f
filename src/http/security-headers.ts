import { secureHeaders } from "hono/secure-headers";

/** Headers of every answer: no script, nothing from elsewhere, no frame but our own. */
export function securityHeaders() {
	return secureHeaders({
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
}
