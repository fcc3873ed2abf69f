import { type Context, Hono } from "hono";
import * as z from "zod";
import { readQuery } from "../releases/request.ts";
import { type Fault, POST_ONLY } from "../shared/fault.ts";
import { err, type Result } from "../shared/result.ts";
import { readJsonBody } from "../subscribers/json-body.ts";
import type { SuppressionStore } from "../subscribers/suppression-store.ts";
import { answerMail } from "./mail-answer.ts";
import { findSuppressed } from "./one-address.ts";
import type { MailShown } from "./operator-answers.ts";
import type { OperatorLedger, OverseenRun } from "./operator-ledger.ts";
import { previewQuery, testOfEdition, testOfSupposed } from "./operator-request.ts";
import { makePreview, type Previewing, type Supposed, scheduleOf } from "./preview.ts";
import {
	type EditionPreviewing,
	findEdition,
	previewEdition,
	showMade,
} from "./preview-edition.ts";
import { submitTest, type Testing } from "./test-mail.ts";

export interface PreviewRoutes extends Previewing, EditionPreviewing, Testing {
	readonly overseen: OperatorLedger;
	readonly settings: EditionPreviewing["settings"];
	readonly suppressions: Pick<SuppressionStore, "reasonFor">;
	/** Turns a fault into the answer. */
	readonly refuse: (fault: Fault) => Response;
}

/** For the operator: a digest as it would be made now, shown or submitted to one address. */
export function previewRoutes(parts: PreviewRoutes): Hono {
	const { refuse } = parts;
	const routes = new Hono();

	routes.get("/preview", async (context) => {
		const query = readQuery(previewQuery, context.req.query());
		if (!query.ok) return refuse(query.error);
		const mail = await makeMail(parts, query.value);
		return mail.ok ? answerMail(context, mail.value, refuse) : refuse(mail.error);
	});

	routes.post("/test", async (context) => {
		const body = await readTest(context);
		if (!body.ok) return refuse(body.error);
		const { email } = body.value;
		const suppressed = await findSuppressed(parts.suppressions, email);
		if (suppressed) return refuse(suppressed);
		const mail = await ("run" in body.value
			? makeHeld(parts, body.value)
			: makeMail(parts, body.value));
		if (!mail.ok) return refuse(mail.error);
		return context.json(await submitTest(parts, email, mail.value));
	});
	routes.all("/test", () => refuse(POST_ONLY));

	return routes;
}

/** Which digest is to be submitted to whom: where a run is named, an edition of it. */
async function readTest(context: Context) {
	const body = await readJsonBody(context, z.looseObject({}));
	if (!body.ok) return body;
	return "run" in body.value || "edition" in body.value
		? readJsonBody(context, testOfEdition)
		: readJsonBody(context, testOfSupposed);
}

async function makeMail(
	parts: PreviewRoutes,
	supposed: Supposed,
): Promise<Result<MailShown, Fault>> {
	const made = await makePreview(parts, supposed);
	if (made.kind !== "nothing") return showMade(parts, made);
	return err(nothingNew(await parts.overseen.readNewest(scheduleOf(supposed))));
}

/** The mail of an edition of a held run. */
async function makeHeld(
	parts: PreviewRoutes,
	{ run, edition }: z.infer<typeof testOfEdition>,
): Promise<Result<MailShown, Fault>> {
	const found = await findEdition(parts, run, edition);
	if (!found.ok) return found;
	if (found.value.run.state !== "held") return err(notHeld(found.value.run));
	return previewEdition(parts, found.value);
}

function nothingNew(newest: OverseenRun | null): Fault {
	const detail =
		newest?.state === "held"
			? `What is new to these readers, if anything, is in the run ${newest.id}, which waits: look at it there.`
			: "These readers have nothing new to hear: no mail would be made.";
	return { kind: "not-found", detail };
}

function notHeld({ state }: OverseenRun): Fault {
	const detail = `The run is ${state}: only mails of a held one are submitted for a test.`;
	return { kind: "conflict", detail };
}
