import { type Context, Hono } from "hono";
import { readQuery } from "../releases/request.ts";
import { type Fault, POST_ONLY } from "../shared/fault.ts";
import { log } from "../shared/log.ts";
import type { DeadLetterLedger } from "./dead-letter-ledger.ts";
import type { DeadLettersShown } from "./operator-answers.ts";
import { deadLettersQuery, encodeCursor } from "./operator-request.ts";

export interface DeadLetterRoutes {
	readonly settings: {
		/** Origin of the publication, without a slash at its end. */
		readonly url: string;
	};
	readonly deadLetters: DeadLetterLedger;
	readonly queues: {
		/** Puts a message back into its queue; returns whether it is one of ours. */
		readonly putBack: (message: unknown) => Promise<boolean>;
	};
	/** Turns a fault into the answer. */
	readonly refuse: (fault: Fault) => Response;
}

const UNKNOWN: Fault = { kind: "not-found", detail: "There is no dead letter with this id." };
const NOT_OURS: Fault = {
	kind: "conflict",
	detail:
		"Nobody knows what it asks for, so no queue takes it. It stays, and is forgotten in time.",
};

/** For the operator: queue messages that were given up. */
export function deadLetterRoutes(parts: DeadLetterRoutes): Hono {
	const { deadLetters, queues, refuse } = parts;
	const routes = new Hono();
	routes.get("/", (context) => list(context, parts));

	routes.post("/:id/retry", async (context) => {
		const letter = await deadLetters.read(context.req.param("id"));
		if (!letter) return refuse(UNKNOWN);
		if (!(await queues.putBack(JSON.parse(letter.message)))) return refuse(NOT_OURS);
		// Last: a message that comes twice changes nothing, and one that is lost is never made up for.
		await deadLetters.remove(letter.id);
		log("info", "dead-letter-retried", { id: letter.id, message: letter.message });
		return context.json({ retried: letter.id });
	});
	routes.all("/:id/retry", () => refuse(POST_ONLY));

	return routes;
}

async function list(context: Context, { deadLetters, settings, refuse }: DeadLetterRoutes) {
	const query = readQuery(deadLettersQuery, context.req.query());
	if (!query.ok) return refuse(query.error);
	const { limit, after } = query.value;
	const found = await deadLetters.list(after ?? null, limit + 1);
	const page = found.slice(0, limit);
	const last = found.length > limit ? page.at(-1) : undefined;
	const next = new URL(`${settings.url}/api/dead-letters`);
	next.searchParams.set("limit", String(limit));
	if (last) next.searchParams.set("after", encodeCursor({ at: last.since, id: last.id }));
	const answer: DeadLettersShown = {
		dead_letters: page.map(({ id, message, since }) => ({
			id,
			message: JSON.parse(message),
			since: new Date(since).toISOString(),
		})),
		next: last ? next.href : null,
	};
	return context.json(answer);
}
