import { type Context, Hono } from "hono";
import { readQuery } from "../releases/request.ts";
import type { Clock } from "../shared/clock.ts";
import type { Fault } from "../shared/fault.ts";
import { readJsonBody } from "./json-body.ts";
import type { SuppressionsShown } from "./operator-answers.ts";
import { suppressing, suppressionsQuery } from "./operator-request.ts";
import type { SubscriberStore } from "./store.ts";
import type { SuppressionStore } from "./suppression-store.ts";

export interface SuppressionRoutes {
	/** Origin of the publication, without a slash at its end. */
	readonly origin: string;
	readonly suppressions: SuppressionStore;
	readonly subscribers: Pick<SubscriberStore, "readByAddress" | "end">;
	readonly clock: Clock;
	/** Turns a fault into the answer. */
	readonly refuse: (fault: Fault) => Response;
}

/** For the operator: the addresses that must not be mailed. */
export function suppressionRoutes(parts: SuppressionRoutes): Hono {
	const { suppressions, subscribers, clock, refuse } = parts;
	const routes = new Hono();
	routes.get("/", (context) => list(context, parts));

	routes.put("/", async (context) => {
		const body = await readJsonBody(context, suppressing);
		if (!body.ok) return refuse(body.error);
		const { email } = body.value;
		await suppressions.suppress(email, "operator", clock());
		const subscriber = await subscribers.readByAddress(email);
		if (subscriber) await subscribers.end(subscriber.id, "suppressed", clock());
		return context.json({ suppressed: await suppressions.reasonFor(email) });
	});

	routes.delete("/", async (context) => {
		const body = await readJsonBody(context, suppressing);
		if (!body.ok) return refuse(body.error);
		const { email } = body.value;
		if ((await suppressions.reasonFor(email)) === null)
			return refuse({ kind: "not-found", detail: "The address is not on the list." });
		await suppressions.lift(email);
		return context.json({ suppressed: null });
	});

	return routes;
}

async function list(context: Context, parts: SuppressionRoutes): Promise<Response> {
	const query = readQuery(suppressionsQuery, context.req.query());
	if (!query.ok) return parts.refuse(query.error);
	const { limit, after = "" } = query.value;
	const found = await parts.suppressions.list({ limit: limit + 1, after });
	const page = found.slice(0, limit);
	const last = found.length > limit ? page.at(-1) : undefined;
	const next = `${parts.origin}/api/suppressions?limit=${limit}&after=${last?.hash}`;
	const answer: SuppressionsShown = {
		suppressions: page.map((one) => ({ ...one, since: new Date(one.since).toISOString() })),
		next: last ? next : null,
	};
	return context.json(answer);
}
