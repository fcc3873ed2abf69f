import { type Context, Hono } from "hono";
import type { Door, Refused } from "../mail/reports/door.ts";
import type { Clock } from "../shared/clock.ts";
import { type Fault, POST_ONLY } from "../shared/fault.ts";
import { log } from "../shared/log.ts";
import type { DeliveryStore } from "./delivery-store.ts";

export interface WebhookRoutes {
	/** Where the transport's reports are posted; null where it posts none. */
	readonly door: Door | null;
	readonly delivery: Pick<DeliveryStore, "take">;
	readonly clock: Clock;
	/** Turns a fault into the answer. */
	readonly refuse: (fault: Fault) => Response;
}

const REFUSALS: Readonly<Record<Refused, Fault>> = {
	forged: {
		kind: "not-signed",
		detail: "This is not signed by whom it should be from, or too old.",
	},
	unreadable: { kind: "malformed", detail: "The body must be JSON." },
	unreachable: { kind: "unavailable", detail: "What proves it is out of reach. Try again." },
};

/**
 * What the transport's provider reports of messages: kept before it is answered, so that a fault has the
 * provider try again. What is the provider's, but of another kind or of nobody, is answered alike.
 */
export function webhookRoutes(parts: WebhookRoutes): Hono {
	const { door, refuse } = parts;
	const routes = new Hono();
	if (!door) return routes;
	routes.post(`/${door.transport}`, (context) => take(context, parts, door));
	routes.all(`/${door.transport}`, () => refuse(POST_ONLY));
	return routes;
}

async function take(
	{ req, body }: Context,
	{ delivery, clock, refuse }: WebhookRoutes,
	{ read, transport }: Door,
): Promise<Response> {
	const now = clock();
	const found = await read({ headers: req.raw.headers, body: await req.text() }, now);
	if (!found.ok) {
		log("warn", "report-refused", { transport, why: found.error });
		return refuse(REFUSALS[found.error]);
	}
	if (found.value.length === 0) log("info", "report-not-counted", { transport });
	for (const report of found.value) {
		await delivery.take(report, now);
		log("info", "report-taken", { transport, verdict: report.verdict });
	}
	return body(null, 204);
}
