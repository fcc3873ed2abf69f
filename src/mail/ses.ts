import { onOneLine } from "./json-message.ts";
import { composeMime } from "./message.ts";
import { type Calling, callProvider, limitsOf, pause } from "./provider-call.ts";
import { openProviderLine } from "./provider-line.ts";
import { isTooFast, readMailAnswer } from "./ses-answer.ts";
import type { Message, Outcome, Transport } from "./transport.ts";

export interface SesSettings {
	/** `https://email.<region>.amazonaws.com`. */
	readonly api: URL;
	readonly region: string;
	readonly accessKeyId: string;
	readonly secretAccessKey: string;
	/** Name of the configuration set whose events are reported; absent without one. */
	readonly configurationSet?: string;
}

/** How often a message is tried that comes too fast after others. */
const MOST_TRIES = 4;

/** Amazon SES, version 2: one request a message, with its MIME, signed by Signature Version 4. */
export function createSesTransport(settings: SesSettings, calling: Calling): Transport {
	const { api } = settings;
	return {
		// So many connections an invocation may have open at a time.
		handover: 6,
		open: () =>
			openProviderLine(api, calling, (messages) =>
				Promise.all(messages.map((message) => submitOne(settings, calling, message))),
			),
	};
}

async function submitOne(
	settings: SesSettings,
	calling: Calling,
	message: Message,
): Promise<Outcome> {
	const mime = await composeMime(message).catch((fault: unknown) => String(fault));
	if (typeof mime === "string") return { kind: "retry", detail: mime };
	const { api, accessKeyId, secretAccessKey } = settings;
	const url = new URL("v2/email/outbound-emails", api);
	const body = JSON.stringify(toBody(settings, message, mime));
	const secrets = [secretAccessKey, accessKeyId];
	for (let tries = 1; ; tries += 1) {
		const headers = await sign(settings, { url, body, now: calling.clock() }).catch(() => null);
		// The fault may name the keys.
		if (!headers) return { kind: "retry", detail: "the request could not be signed" };
		const answer = await callProvider({ url, headers, body, secrets }, calling);
		if (!isTooFast(answer) || tries === MOST_TRIES) return readMailAnswer(answer, message);
		await pause(limitsOf(calling).pauseMs * tries);
	}
}

function toBody({ configurationSet }: SesSettings, message: Message, mime: Uint8Array) {
	const { from, to, subscriber } = message;
	return {
		FromEmailAddress: from.address,
		Destination: { ToAddresses: [onOneLine(to)] },
		Content: { Raw: { Data: mime.toBase64() } },
		...(configurationSet === undefined ? {} : { ConfigurationSetName: configurationSet }),
		...(isTagValue(subscriber) ? { EmailTags: [{ Name: "subscriber", Value: subscriber }] } : {}),
	};
}

function isTagValue(value: string | undefined): value is string {
	return value !== undefined && /^[\w.@-]{1,256}$/.test(value);
}

/** The headers of a request that is signed as of now. */
async function sign(
	{ region, accessKeyId, secretAccessKey }: SesSettings,
	{ url, body, now }: { url: URL; body: string; now: number },
): Promise<Record<string, string>> {
	const { AwsV4Signer } = await import("aws4fetch");
	const signer = new AwsV4Signer({
		method: "POST",
		url: url.href,
		headers: { "Content-Type": "application/json" },
		body,
		accessKeyId,
		secretAccessKey,
		service: "ses",
		region,
		datetime: new Date(now).toISOString().replaceAll(/[:-]|\.\d{3}/g, ""),
	});
	return Object.fromEntries((await signer.sign()).headers);
}
