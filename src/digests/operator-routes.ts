import { type Context, Hono } from "hono";
import { readQuery } from "../releases/request.ts";
import { civilDateAt } from "../shared/dates.ts";
import { type Fault, POST_ONLY } from "../shared/fault.ts";
import { readCondition } from "../shared/if-match.ts";
import { log } from "../shared/log.ts";
import { err, ok, type Result } from "../shared/result.ts";
import { answerMail } from "./mail-answer.ts";
import type { ReadRunAnswer, RunsShown } from "./operator-answers.ts";
import type { OperatorLedger, OverseenRun } from "./operator-ledger.ts";
import { encodeCursor, runsQuery } from "./operator-request.ts";
import { etagOfRun, runUrl, showEdition, showRun } from "./operator-view.ts";
import {
	type EditionPreviewing,
	findEdition,
	previewEdition,
	UNKNOWN_RUN,
} from "./preview-edition.ts";
import type { RunLedger } from "./run-ledger.ts";
import { zoneOf } from "./schedule.ts";

export interface RunRoutes extends EditionPreviewing {
	readonly overseen: OperatorLedger;
	readonly runs: Pick<RunLedger, "release">;
	readonly queues: {
		readonly plan: (run: string) => Promise<void>;
		readonly start: (run: string, after: string) => Promise<void>;
	};
	/** Turns a fault into the answer. */
	readonly refuse: (fault: Fault) => Response;
}

/** For the operator: runs, the mails of each, and letting a held one go. */
export function runRoutes(parts: RunRoutes) {
	const { overseen, refuse } = parts;
	const routes = new Hono<{ Variables: { publisher: string } }>();
	routes.get("/", (context) => list(context, parts));
	routes.get("/:id", async (context) => {
		const run = await overseen.read(context.req.param("id"));
		return run ? show(context, parts, run) : refuse(UNKNOWN_RUN);
	});
	routes.get("/:id/editions/:edition", (context) => preview(context, parts));
	routes.post("/:id/release", async (context) => {
		const seen = await findSeen(context, parts);
		return seen.ok
			? release(context, parts, seen.value, context.get("publisher"))
			: refuse(seen.error);
	});
	routes.all("/:id/release", () => refuse(POST_ONLY));
	return routes;
}

async function list(context: Context, { overseen, settings, refuse }: RunRoutes) {
	const query = readQuery(runsQuery, context.req.query());
	if (!query.ok) return refuse(query.error);
	const { limit, after, ...filter } = query.value;
	const found = await overseen.list(filter, after ?? null, limit + 1);
	const page = found.slice(0, limit);
	const last = found.length > limit ? page.at(-1) : undefined;
	const next = new URL(new URL(context.req.url).search, `${settings.url}/api/runs`);
	if (last) next.searchParams.set("after", encodeCursor({ at: last.createdAt, id: last.id }));
	const answer: RunsShown = { runs: page.map(showRun), next: last ? next.href : null };
	return context.json(answer);
}

async function show(context: Context, parts: RunRoutes, run: OverseenRun): Promise<Response> {
	const { overseen, settings } = parts;
	const [batches, editions, etag] = await Promise.all([
		overseen.countBatches(run.id),
		overseen.listEditions(run.id),
		readEtag(parts, run),
	]);
	const shown = await Promise.all(editions.map((one) => showEdition(settings.url, one)));
	const answer: ReadRunAnswer = { run: showRun(run), batches, editions: shown };
	return context.json(answer, 200, { ETag: etag });
}

async function preview(context: Context, parts: RunRoutes): Promise<Response> {
	const { req } = context;
	const found = await findEdition(parts, req.param("id") ?? "", req.param("edition") ?? "");
	if (!found.ok) return parts.refuse(found.error);
	const mail = await previewEdition(parts, found.value);
	return mail.ok ? answerMail(context, mail.value, parts.refuse) : parts.refuse(mail.error);
}

/** The held run of the request, if it is as the caller has seen it (RFC 9110, section 13.1.1). */
async function findSeen({ req }: Context, parts: RunRoutes): Promise<Result<OverseenRun, Fault>> {
	const run = await parts.overseen.read(req.param("id") ?? "");
	if (!run) return err(UNKNOWN_RUN);
	// RFC 9110, section 13.2.1: a condition counts only where it would else be done.
	if (run.state !== "held") return err(notHeld(run));
	const etag = await readEtag(parts, run);
	const condition = readCondition(req.header("If-Match"), etag);
	if (!condition.ok) return condition;
	const needsApproval = run.holds.some(({ kind }) => kind === "approval");
	if (condition.value === "seen" || (condition.value === "any" && !needsApproval)) return ok(run);
	if (condition.value === "none") return err(conditionNeeded(run, etag));
	if (condition.value === "any") return err(approvalNeeded(etag));
	return err({
		kind: "changed",
		detail: `It is ${run.state}, and its ETag is ${etag}. Look at it again and decide anew.`,
		current: { id: run.id, state: run.state, url: runUrl(parts.settings.url, run) },
	});
}

function conditionNeeded({ plannedAt }: OverseenRun, etag: string): Fault {
	const look =
		plannedAt === null
			? "It is not planned yet and has no mails: look at why it is held"
			: "Look at its mails";
	return {
		kind: "condition-needed",
		detail: `${look}, and give the ETag of what you have seen, as the header If-Match: ${etag}`,
	};
}

function approvalNeeded(etag: string): Fault {
	return {
		kind: "condition-needed",
		detail: `It needs approval, and * would approve what nobody has looked at. Look at its mails, and give the ETag of what you have seen: If-Match: ${etag}`,
	};
}

function notHeld({ state }: Pick<OverseenRun, "state">): Fault {
	return { kind: "conflict", detail: `It is ${state}: only a held run can be let go.` };
}

async function release(
	context: Context,
	parts: RunRoutes,
	run: OverseenRun,
	by: string,
): Promise<Response> {
	const { runs, overseen, settings, clock, refuse } = parts;
	const now = clock();
	const day = civilDateAt(now, zoneOf(settings, run));
	const isReleased = await runs.release(run.id, by, day, now);
	const after = await overseen.read(run.id);
	if (!after) return refuse(UNKNOWN_RUN);
	if (!isReleased) return refuse(notHeld(after));
	log("info", "run-released", { run: run.id, by, holds: run.holds });
	await goOn(parts, run);
	return show(context, parts, after);
}

/** A message that is lost here the tick makes up for. */
async function goOn({ queues }: RunRoutes, { id, plannedAt }: OverseenRun): Promise<void> {
	const message = plannedAt === null ? queues.plan(id) : queues.start(id, "");
	await message.catch((fault) => log("warn", "queue-send-failed", { fault: String(fault) }));
}

async function readEtag({ news }: RunRoutes, run: OverseenRun): Promise<string> {
	return etagOfRun(run, await news.lastChange(run.upperSequence));
}
