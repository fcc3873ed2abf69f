import { inject } from "vitest";
import { createPostmarkTransport } from "../../../src/mail/postmark.ts";
import type { CallLimits } from "../../../src/mail/provider-call.ts";
import { createResendTransport } from "../../../src/mail/resend.ts";
import { createSesTransport } from "../../../src/mail/ses.ts";
import type { Message, Outcome, Transport } from "../../../src/mail/transport.ts";
import { PROVIDER_KEYS } from "../../support/provider-keys.ts";
import type { ProviderCertificate, ProviderRecord } from "../../support/provider-server.ts";
import { someMessage } from "../messages.ts";

/** The time of the tests. */
export const NOW = Date.parse("2026-11-23T04:00:00Z");

/** Enough for a busy machine to answer in. */
const PATIENT: CallLimits = { reachMs: 10_000, answerMs: 10_000, pauseMs: 1 };
/** For a server that does not answer anyhow. */
export const IMPATIENT: CallLimits = { reachMs: 150, answerMs: 150, pauseMs: 1 };

export type Provider = "resend" | "postmark" | "ses";
export const PROVIDERS = ["resend", "postmark", "ses"] as const satisfies readonly Provider[];

export function transportTo(provider: Provider, api: URL, limits = PATIENT): Transport {
	const calling = { clock: () => NOW, limits };
	const { resend, postmark, sesId, ses } = PROVIDER_KEYS;
	if (provider === "resend") return createResendTransport({ api, key: resend }, calling);
	if (provider === "postmark")
		return createPostmarkTransport({ api, token: postmark, stream: "broadcast" }, calling);
	const keys = { accessKeyId: sesId, secretAccessKey: ses };
	const settings = { api, region: "eu-central-1", configurationSet: "press", ...keys };
	return createSesTransport(settings, calling);
}

let addresses = 0;

/** An address of its own at the providers of this machine, where one request after the other meets a step. */
export function addressOf(provider: Provider | "elsewhere", ...steps: string[]): URL {
	addresses += 1;
	const name = `${addresses}-${crypto.randomUUID()}`;
	return new URL(
		`http://127.0.0.1:${inject("providerPort")}/${provider}/${steps.join(".")}/${name}/`,
	);
}

/** The same address over TLS, by the name that the certificates are for, and one that is shown. */
export function withTls(address: URL, certificate: ProviderCertificate): URL {
	return new URL(address.pathname, `https://localhost:${inject("providerTlsPorts")[certificate]}`);
}

/** What came to an address. */
export async function recordOf(address: URL): Promise<ProviderRecord> {
	return await (await fetch(address)).json();
}

export function messageTo(to: string, over: Partial<Message> = {}): Message {
	const name = to.split("@")[0];
	const messageId = `daily-2026-11-23.${name}@press.test`;
	return someMessage({ to, messageId, subscriber: `subscriber-${name}`, ...over });
}

export async function submitTo(
	transport: Transport,
	messages: readonly Message[],
): Promise<readonly Outcome[]> {
	const line = transport.open();
	const outcomes: Outcome[] = [];
	for (let from = 0; from < messages.length; from += transport.handover) {
		await line.ready();
		outcomes.push(...(await line.submit(messages.slice(from, from + transport.handover))));
	}
	await line.close();
	return outcomes;
}

/** An outcome in short: its kind, and where there is one its scope. */
export function inShort(outcome: Outcome | undefined): string {
	if (!outcome) return "none";
	return "scope" in outcome ? `${outcome.kind} ${outcome.scope}` : outcome.kind;
}
