import { Hono } from "hono";
import { factsOf, type ReportSettings } from "../mail/facts.ts";
import type { GateState } from "../mail/gate.ts";
import type { MailSettings } from "../mail/settings.ts";
import type { Transport } from "../mail/transport.ts";
import type { Clock } from "../shared/clock.ts";
import { type Fault, POST_ONLY } from "../shared/fault.ts";
import { readJsonBody } from "../subscribers/json-body.ts";
import type { SuppressionStore } from "../subscribers/suppression-store.ts";
import { type MailCheckShown, type MailStateShown, mailCheck } from "./mail-answers.ts";
import { type Checking, composeCheck } from "./mail-check.ts";
import { findSuppressed, submitAndSay } from "./one-address.ts";

export interface MailRoutes extends Checking {
	readonly settings: { readonly mail: MailSettings; readonly reports: ReportSettings };
	readonly unsubscribeAddress: string | null;
	readonly gate: { readonly readState: () => Promise<GateState> };
	readonly transport: Transport;
	readonly suppressions: Pick<SuppressionStore, "reasonFor">;
	readonly clock: Clock;
	/** Turns a fault into the answer. */
	readonly refuse: (fault: Fault) => Response;
}

/** For the operator: how mail is submitted, and a message to see whether it is. */
export function mailRoutes(parts: MailRoutes): Hono {
	const { suppressions, transport, refuse } = parts;
	const routes = new Hono();
	routes.get("/", async (context) => context.json(await showState(parts)));

	routes.post("/check", async (context) => {
		const body = await readJsonBody(context, mailCheck);
		if (!body.ok) return refuse(body.error);
		const { email } = body.value;
		const suppressed = await findSuppressed(suppressions, email);
		if (suppressed) return refuse(suppressed);
		const message = await composeCheck(parts, email);
		const came = await submitAndSay(transport, message, "mail-check");
		const answer: MailCheckShown = { ...came, message_id: message.messageId };
		return context.json(answer);
	});
	routes.all("/check", () => refuse(POST_ONLY));

	return routes;
}

async function showState(parts: MailRoutes): Promise<MailStateShown> {
	const { settings, sender, identity, gate, clock, unsubscribeAddress } = parts;
	const { transport, rate } = settings.mail;
	const { failures, failingSince, shutUntil, said } = await gate.readState();
	const isShut = shutUntil > clock();
	return {
		transport,
		rate,
		state: isShut ? "shut" : "open",
		failures,
		failing_since: failingSince === null ? null : new Date(failingSince).toISOString(),
		shut_until: isShut ? new Date(shutUntil).toISOString() : null,
		said,
		sender: sender.address,
		...factsOf(settings.mail, settings.reports, sender.address),
		unsubscribe_url: identity.url,
		unsubscribe_address: unsubscribeAddress,
	};
}
