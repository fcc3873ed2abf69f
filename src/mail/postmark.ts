import { encodeBatch } from "./json-batch.ts";
import { formatMailbox, jsonHeadersOf, onOneLine } from "./json-message.ts";
import { readBatchResults } from "./postmark-answer.ts";
import { type Calling, callProvider } from "./provider-call.ts";
import { openProviderLine } from "./provider-line.ts";
import type { Message, Outcome, Transport } from "./transport.ts";

export interface PostmarkSettings {
	/** `https://api.postmarkapp.com`. */
	readonly api: URL;
	readonly token: string;
	/** Id of the message stream for a list's mail; personal mail goes by the transactional one. */
	readonly stream: string;
}

/** Postmark's batches. There is no idempotency key: where an answer is lost, the outcome is unknown. */
export function createPostmarkTransport(settings: PostmarkSettings, calling: Calling): Transport {
	const { api } = settings;
	return {
		// One request takes 500, but as many as are asked about at a time may turn out unknown at a time.
		handover: 100,
		parallel: 5,
		open: () => openProviderLine(api, calling, (messages) => submit(settings, calling, messages)),
	};
}

async function submit(
	{ api, token, stream }: PostmarkSettings,
	calling: Calling,
	messages: readonly Message[],
): Promise<readonly Outcome[]> {
	const request = {
		url: new URL("email/batch", api),
		headers: {
			Accept: "application/json",
			"Content-Type": "application/json",
			"X-Postmark-Server-Token": token,
		},
		body: encodeBatch(messages, { html: "HtmlBody", text: "TextBody" }, (message) =>
			toFields(message, stream),
		),
		secrets: [token],
	};
	return readBatchResults(await callProvider(request, calling), messages);
}

function toFields(message: Message, stream: string) {
	const { from, to, subject, messageId, subscriber, list } = message;
	const headers = {
		...jsonHeadersOf(message),
		"Message-ID": onOneLine(`<${messageId}>`),
		// It makes its own otherwise.
		"X-PM-KeepID": "true",
	};
	return {
		From: formatMailbox(from),
		To: to,
		Subject: onOneLine(subject),
		...(list ? { MessageStream: stream } : {}),
		Headers: Object.entries(headers).map(([Name, Value]) => ({ Name, Value })),
		...(subscriber === undefined ? {} : { Metadata: { subscriber } }),
		TrackOpens: false,
		TrackLinks: "None",
	};
}
