import { expect, inject } from "vitest";
import { createSmtpTransport, type SmtpSettings } from "../../src/mail/smtp.ts";
import { SMTP_LIMITS } from "../../src/mail/smtp-connection.ts";
import type { Message, Outcome } from "../../src/mail/transport.ts";
import type { RudePorts } from "../support/rude-smtp-server.ts";
import type { Heard } from "../support/rude-smtp-session.ts";
import { someMessage } from "./messages.ts";

export type Port = keyof RudePorts;

/** For servers that are waited for in vain. */
export const SHORT = {
	connectMs: 400,
	greetingMs: 200,
	silenceMs: 300,
	exchangeMs: 2000,
	resetMs: 200,
	quitMs: 200,
};

export const serverAt = (port: Port, login = "", protocol = "smtp") =>
	new URL(`${protocol}://${login}localhost:${inject("rudeSmtpPorts")[port]}`);

/** To somebody at the rude server, from somebody of the same press office. */
export function messageTo(local: string, over: Partial<Message> = {}): Message {
	return someMessage({
		to: `${local}@rude.test`,
		text: "News\n.\n..\n",
		messageId: `${local}@press.test`,
		...over,
	});
}

export const messageFrom = (local: string) =>
	messageTo("welcome", { returnPath: `${local}@bounces.press.test` });

export async function submit(
	messages: readonly Message[],
	{ limits = SMTP_LIMITS, ...settings }: Partial<SmtpSettings> & { limits?: typeof SMTP_LIMITS },
): Promise<readonly Outcome[]> {
	const line = createSmtpTransport(
		{ server: serverAt("polite"), requireTls: false, ...settings },
		limits,
	).open();
	const outcomes = await line.submit(messages);
	await line.close();
	return outcomes;
}

/** `submitted`, or the outcome and whom it speaks of. */
export const inShort = (outcome: Outcome) =>
	"scope" in outcome && outcome.scope === "provider" ? `${outcome.kind}, provider` : outcome.kind;

/** How messages go to a server. */
export interface Way {
	readonly port: "polite" | "pipelining";
	/** Of each message. */
	readonly text: string;
}

/** What is made fit for SMTP, which is done by the mail library. */
const DOTS = "News\n.\n..\n";
export const WAYS: readonly [string, Way][] = [
	["step by step", { port: "polite", text: DOTS }],
	["by the library's pipelining", { port: "pipelining", text: DOTS }],
	["pipelined", { port: "pipelining", text: "News\n" }],
];

/** Submits messages that go in some way. */
export function submitBy(
	{ port, text }: Way,
	messages: readonly Message[],
	settings: Partial<SmtpSettings> & { limits?: typeof SMTP_LIMITS } = {},
): Promise<readonly Outcome[]> {
	const worded = messages.map((message) => ({ ...message, text }));
	return submit(worded, { server: serverAt(port), ...settings });
}

/** What became of messages to these local parts. */
export async function outcomesOf(way: Way, ...locals: string[]): Promise<string[]> {
	const messages = locals.map((local) => messageTo(local));
	return (await submitBy(way, messages)).map(inShort);
}

/** What the server has heard at a port so far. */
export async function heardAt(port: Port): Promise<Heard[]> {
	const [ports, heardPort] = [inject("rudeSmtpPorts"), inject("rudeSmtpHeardPort")];
	return (await fetch(`http://127.0.0.1:${heardPort}/${ports[port]}`)).json();
}

/** Every message of two, at a server that cannot be spoken to. */
export async function expectDown(
	settings: Partial<SmtpSettings>,
	limits = SMTP_LIMITS,
): Promise<string> {
	const outcomes = await submit([messageTo("a"), messageTo("b")], { ...settings, limits });
	expect(outcomes.map(inShort)).toEqual(["retry, provider", "retry, provider"]);
	const [first] = outcomes;
	return first && "detail" in first ? first.detail : "";
}
