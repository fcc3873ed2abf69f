import type SMTPConnection from "nodemailer/lib/smtp-connection";
import { signMime } from "./dkim.ts";
import type { DkimKey } from "./dkim-keys.ts";
import { type Mime, mimeOf } from "./ready-mime.ts";
import {
	openConnection,
	quit,
	reset,
	SMTP_LIMITS,
	type SmtpLimits,
	type SmtpServer,
} from "./smtp-connection.ts";
import { type Attempt, handOver } from "./smtp-hand-over.ts";
import { canPipeline, handOverPipelined } from "./smtp-pipelining.ts";
import type { Line, Message, Outcome, Transport } from "./transport.ts";

export interface SmtpSettings extends SmtpServer {
	/** What messages are signed with; where there are none, the provider signs. */
	readonly dkimKeys?: readonly DkimKey[];
}

/** SMTP (RFC 5321) over one connection for an invocation, messages one after the other. */
export function createSmtpTransport(
	settings: SmtpSettings,
	limits: SmtpLimits = SMTP_LIMITS,
): Transport {
	return { handover: 1, open: () => openLine(settings, limits) };
}

const UNREACHABLE: Outcome = {
	kind: "retry",
	detail: "the server could not be reached",
	scope: "provider",
};

function openLine(settings: SmtpSettings, limits: SmtpLimits): Line {
	let connection: SMTPConnection | undefined;
	// A server that could not be reached is not dialled again for each message.
	let down: Outcome | undefined;

	const connect = async (): Promise<void> => {
		if (connection || down) return;
		try {
			connection = await openConnection(settings, limits);
		} catch (fault) {
			down = { kind: "retry", detail: (fault as Error).message, scope: "provider" };
		}
	};

	const tryOnce = async (message: Message, mime: Mime): Promise<Attempt> => {
		const isReused = connection !== undefined;
		await connect();
		if (!connection) return { outcome: down ?? UNREACHABLE, isIdleClose: false, isInStep: false };
		const envelope = { from: message.returnPath ?? message.from.address, to: message.to };
		const handing = canPipeline(connection, envelope, mime) ? handOverPipelined : handOver;
		const attempt = await handing(connection, envelope, mime, limits.exchangeMs);
		const isTaken = attempt.outcome.kind === "submitted";
		if (!isTaken && !(attempt.isInStep && (await reset(connection, limits)))) {
			connection.close();
			connection = undefined;
		}
		return { ...attempt, isIdleClose: isReused && attempt.isIdleClose };
	};

	const submitOne = async (message: Message): Promise<Outcome> => {
		if (down) return down;
		const mime = await makeMime(message, settings).catch((fault: unknown) => String(fault));
		if (typeof mime === "string") return { kind: "retry", detail: mime };
		const first = await tryOnce(message, mime);
		// The server ended an idle session: the message was not even begun.
		return first.isIdleClose ? (await tryOnce(message, mime)).outcome : first.outcome;
	};

	return {
		ready: connect,
		async submit(messages) {
			const outcomes: Outcome[] = [];
			for (const message of messages) outcomes.push(await submitOne(message));
			return outcomes;
		},
		async close() {
			if (connection) await quit(connection, limits);
			connection = undefined;
		},
	};
}

async function makeMime(message: Message, { dkimKeys = [] }: SmtpSettings): Promise<Mime> {
	return signMime(await mimeOf(message), dkimKeys);
}
