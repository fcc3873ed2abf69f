import { type Context, Hono } from "hono";
import { readQuery } from "../releases/request.ts";
import type { Clock } from "../shared/clock.ts";
import { civilDateAt } from "../shared/dates.ts";
import type { Fault } from "../shared/fault.ts";
import { toBody } from "../shared/streaming.ts";
import { countUp, mailsOf } from "./counts.ts";
import type { DeliveryStore } from "./delivery-store.ts";
import { exportCsv, exportJson } from "./export.ts";
import { readJsonBody } from "./json-body.ts";
import type { CountsShown, FindAnswer } from "./operator-answers.ts";
import { ending, exportQuery, findQuery } from "./operator-request.ts";
import type { OperatorStore } from "./operator-store.ts";
import { showDelivery, showSubscriber } from "./operator-view.ts";
import type { PreferencesStore } from "./preferences-store.ts";
import { whyNotReinstated } from "./reinstating.ts";
import type { SubscriberStore } from "./store.ts";
import type { SuppressionStore } from "./suppression-store.ts";

export interface SubscriberOperatorRoutes {
	readonly operators: OperatorStore;
	readonly subscribers: Pick<SubscriberStore, "end">;
	readonly delivery: Pick<DeliveryStore, "listReports" | "reinstate">;
	readonly preferences: Pick<PreferencesStore, "erase">;
	readonly suppressions: Pick<SuppressionStore, "reasonFor">;
	readonly clock: Clock;
	/** Turns a fault into the answer. */
	readonly refuse: (fault: Fault) => Response;
}

/** An id as an address has it; what else stands there is another route's. */
const ID = ":id{[0-9a-f]{8}-[0-9a-f-]{27}}";
const EXCEPTIONS = 100;
const REPORTS = 20;
const DAY_MS = 24 * 60 * 60 * 1000;
const NOBODY: Fault = { kind: "not-found", detail: "Nobody has this id or this address." };

/** For the operator: find, count, take out, end, reinstate and erase. */
export function subscriberOperatorRoutes(parts: SubscriberOperatorRoutes): Hono {
	const { operators, subscribers, preferences, clock, refuse } = parts;
	const routes = new Hono();
	routes.get("/", (context) => find(context, parts));
	routes.get("/export", (context) => download(context, parts));
	routes.get("/counts", async (context) => context.json(await counts(operators, clock())));

	routes.post(`/${ID}/end`, async (context) => {
		const body = await readJsonBody(context, ending);
		if (!body.ok) return refuse(body.error);
		const id = context.req.param("id");
		await subscribers.end(id, body.value.reason, clock());
		const subscriber = await operators.read(id);
		return subscriber ? context.json({ subscriber: showSubscriber(subscriber) }) : refuse(NOBODY);
	});

	routes.post(`/${ID}/reinstate`, (context) => reinstate(context, parts, context.req.param("id")));

	routes.delete(`/${ID}`, async (context) => {
		const id = context.req.param("id");
		const isErased = await preferences.erase(id, clock());
		return isErased ? context.json({ erased: id }) : refuse(NOBODY);
	});

	return routes;
}

async function find(context: Context, parts: SubscriberOperatorRoutes): Promise<Response> {
	const query = readQuery(findQuery, context.req.query());
	if (!query.ok) return parts.refuse(query.error);
	const [subscriber, suppressed] = await Promise.all([
		parts.operators.readByAddress(query.value.email),
		parts.suppressions.reasonFor(query.value.email),
	]);
	if (!subscriber && !suppressed) return parts.refuse(NOBODY);
	if (!subscriber)
		return context.json({
			subscriber,
			suppressed,
			exceptions: [],
			delivery: null,
		} satisfies FindAnswer);
	const [exceptions, reports] = await Promise.all([
		parts.operators.listExceptions(subscriber.id, EXCEPTIONS),
		parts.delivery.listReports(subscriber.id, REPORTS),
	]);
	return context.json({
		subscriber: showSubscriber(subscriber),
		suppressed,
		exceptions,
		delivery: showDelivery(subscriber, reports),
	} satisfies FindAnswer);
}

async function reinstate(
	context: Context,
	{ operators, delivery, suppressions, clock, refuse }: SubscriberOperatorRoutes,
	id: string,
): Promise<Response> {
	const isReinstated = await delivery.reinstate(id, clock());
	const subscriber = await operators.read(id);
	if (!subscriber) return refuse(NOBODY);
	if (isReinstated) return context.json({ subscriber: showSubscriber(subscriber) });
	const suppressed = await suppressions.reasonFor(subscriber.address);
	return refuse({ kind: "conflict", detail: whyNotReinstated(subscriber, suppressed) });
}

function download(context: Context, { operators, refuse }: SubscriberOperatorRoutes): Response {
	const query = readQuery(exportQuery, context.req.query());
	if (!query.ok) return refuse(query.error);
	const isCsv = query.value.format === "csv";
	return new Response(toBody(isCsv ? exportCsv(operators) : exportJson(operators)), {
		headers: {
			"Content-Type": isCsv ? "text/csv; charset=utf-8; header=present" : "application/json",
			"Content-Disposition": `attachment; filename="subscribers.${query.value.format}"`,
		},
	});
}

async function counts(operators: OperatorStore, now: number): Promise<CountsShown> {
	const [today, yesterday] = [civilDateAt(now, "UTC"), civilDateAt(now - DAY_MS, "UTC")];
	const [preferences, suppressed, mails] = await Promise.all([
		operators.countPreferences(),
		operators.countSuppressed(),
		operators.countMails([today, yesterday]),
	]);
	return {
		...countUp(preferences),
		suppressed,
		confirmation_mails: { today: mailsOf(today, mails), yesterday: mailsOf(yesterday, mails) },
	};
}
