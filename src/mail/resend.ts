import { encodeBatch } from "./json-batch.ts";
import { formatMailbox, jsonHeadersOf, onOneLine } from "./json-message.ts";
import {
	type Calling,
	callProvider,
	limitsOf,
	type ProviderRequest,
	pause,
} from "./provider-call.ts";
import { isProvidersFault, openProviderLine } from "./provider-line.ts";
import { type BatchReading, readBatchAnswer } from "./resend-answer.ts";
import type { Message, Outcome, Transport } from "./transport.ts";

export interface ResendSettings {
	/** `https://api.resend.com`. */
	readonly api: URL;
	readonly key: string;
}

/** How often the very same request is made before its outcome is called unknown. */
const MOST_TRIES = 3;
/** Batches that one hand-over may fall apart into. One bad message among a hundred is found in fifteen. */
const MOST_BATCHES = 20;

/**
 * Resend's batches. A batch has an idempotency key, which Resend keeps for a day: where the answer is
 * lost, the same request made again tells what came of it.
 */
export function createResendTransport(settings: ResendSettings, calling: Calling): Transport {
	const { api } = settings;
	return {
		// One request takes a hundred, and Resend takes few requests a second.
		handover: 100,
		parallel: 5,
		open: () =>
			openProviderLine(api, calling, (messages) => submitter(settings, calling)(messages)),
	};
}

const TOO_MANY_FAULTS: Outcome = { kind: "retry", detail: "too many messages were refused" };
const ANSWER_LOST: Outcome = { kind: "retry", detail: "an answer was lost", scope: "provider" };

/**
 * Submits messages as one batch, and where it is refused for some message's fault, as ever smaller
 * ones, until each at fault is by itself.
 */
function submitter(settings: ResendSettings, calling: Calling) {
	let batches = 0;
	let postponed: Outcome | undefined;
	return async function submit(messages: readonly Message[]): Promise<readonly Outcome[]> {
		if (batches === MOST_BATCHES) postponed ??= TOO_MANY_FAULTS;
		const outcome = postponed;
		if (outcome) return messages.map(() => outcome);
		batches += 1;
		const reading = await submitBatch(settings, calling, messages);
		if (reading.kind === "mixed") {
			const middle = Math.ceil(messages.length / 2);
			const first = await submit(messages.slice(0, middle));
			return [...first, ...(await submit(messages.slice(middle)))];
		}
		const isLost = reading.outcomes.some(({ kind }) => kind === "unknown");
		postponed = isLost ? ANSWER_LOST : reading.outcomes.find(isProvidersFault);
		return reading.outcomes;
	};
}

type Settled = Exclude<BatchReading, { kind: "open" }>;

/** Makes one request, and makes it again where that is safe and may help. */
async function submitBatch(
	settings: ResendSettings,
	calling: Calling,
	batch: readonly Message[],
): Promise<Settled> {
	const request = await toRequest(settings, batch);
	let detail: string | undefined;
	for (let tries = 1; ; tries += 1) {
		const answer = await callProvider(request, calling);
		const reading = readBatchAnswer(answer, batch);
		if (reading.kind === "accepted") return reading;
		if (reading.kind === "open")
			detail ??= answer.kind === "answered" ? `${answer.status} and no result` : answer.detail;
		const isWorthRepeating = reading.kind === "open" || reading.kind === "busy";
		if (isWorthRepeating && tries < MOST_TRIES) {
			await pause(limitsOf(calling).pauseMs * tries);
			continue;
		}
		// What the last try was refused, an earlier one may have been granted.
		if (detail !== undefined || reading.kind === "open") return allUnknown(batch, detail ?? "");
		return reading;
	}
}

function allUnknown(batch: readonly Message[], detail: string): Settled {
	const outcome: Outcome = { kind: "unknown", detail, scope: "provider" };
	return { kind: "refused", outcomes: batch.map(() => outcome) };
}

async function toRequest(
	{ api, key }: ResendSettings,
	batch: readonly Message[],
): Promise<ProviderRequest> {
	return {
		url: new URL("emails/batch", api),
		headers: {
			Authorization: `Bearer ${key}`,
			"Content-Type": "application/json",
			"Idempotency-Key": await idempotencyKeyOf(batch),
			"User-Agent": "communique",
			// What is valid is accepted, and what is not is named.
			"x-batch-validation": "permissive",
		},
		body: encodeBatch(batch, { html: "html", text: "text" }, toFields),
		secrets: [key],
	};
}

/** The same for the same messages in the same order, however often they are tried. */
async function idempotencyKeyOf(batch: readonly Message[]): Promise<string> {
	const ids = batch.map(({ messageId }) => messageId).join("\n");
	const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(ids));
	return `communique-${new Uint8Array(hash).toHex()}`;
}

/** Without `Message-ID`: Resend gives each mail its own, and does not say what it does with another. */
function toFields(message: Message) {
	const { from, to, subject, subscriber } = message;
	return {
		from: formatMailbox(from),
		to: [to],
		subject: onOneLine(subject),
		headers: jsonHeadersOf(message),
		...(isTagValue(subscriber) ? { tags: [{ name: "subscriber", value: subscriber }] } : {}),
	};
}

function isTagValue(value: string | undefined): value is string {
	return value !== undefined && /^[\w-]{1,256}$/.test(value);
}
