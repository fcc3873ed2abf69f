import { createMiddleware } from "hono/factory";
import { setHeaders } from "../shared/headers.ts";
import { POLICY } from "./strict-headers.ts";

/** In what is shown in a frame of ours they make no sense, and in a sandbox browsers complain of them. */
const NOT_IN_FRAMES = ["X-Frame-Options", "Origin-Agent-Cluster"];

/**
 * Puts the headers of every answer onto what a route answers. One that sets a policy of its own,
 * as a mail's HTML needs one, keeps it.
 */
export function securityHeaders(strict: Readonly<Record<string, string>>) {
	return createMiddleware(async (context, next) => {
		await next();
		const { headers } = context.res;
		const own = headers.get(POLICY);
		setHeaders(context.res, strict);
		if (own === null) return;
		headers.set(POLICY, own);
		for (const name of NOT_IN_FRAMES) headers.delete(name);
	});
}
