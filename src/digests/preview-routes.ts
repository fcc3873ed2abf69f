import { Hono } from "hono";
import { readQuery } from "../releases/request.ts";
import type { Fault } from "../shared/fault.ts";
import { err, ok, type Result } from "../shared/result.ts";
import { readJsonBody } from "../subscribers/json-body.ts";
import type { SuppressionStore } from "../subscribers/suppression-store.ts";
import { answerMail, showMail } from "./mail-answer.ts";
import type { MailShown } from "./operator-answers.ts";
import { previewQuery, testing } from "./operator-request.ts";
import { faulty } from "./operator-routes.ts";
import { makePreview, type Previewing, type Supposed } from "./preview.ts";
import { submitTest, type Testing } from "./test-mail.ts";

export interface PreviewRoutes extends Previewing, Testing {
	readonly suppressions: Pick<SuppressionStore, "reasonFor">;
	/** Turns a fault into the answer. */
	readonly refuse: (fault: Fault) => Response;
}

const NOTHING_NEW: Fault = {
	kind: "not-found",
	detail: "These readers have nothing new to hear: no mail would be made.",
};

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
		const body = await readJsonBody(context, testing);
		if (!body.ok) return refuse(body.error);
		const { email, ...supposed } = body.value;
		const reason = await parts.suppressions.reasonFor(email);
		if (reason !== null) return refuse(suppressed(reason));
		const mail = await makeMail(parts, supposed);
		if (!mail.ok) return refuse(mail.error);
		return context.json(await submitTest(parts, email, mail.value));
	});

	return routes;
}

async function makeMail(
	parts: PreviewRoutes,
	supposed: Supposed,
): Promise<Result<MailShown, Fault>> {
	const made = await makePreview(parts, supposed);
	if (made.kind === "nothing") return err(NOTHING_NEW);
	if (made.kind === "faulty") return err(faulty(made.fault));
	return ok(showMail(parts.identity.url, made.rendered));
}

function suppressed(reason: string): Fault {
	return { kind: "conflict", detail: `The address must not be mailed: ${reason}.` };
}
