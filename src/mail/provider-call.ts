import type { Clock } from "../shared/clock.ts";

/** How long a provider may take, in milliseconds. */
export interface CallLimits {
	/** For any answer at all, before a message is handed over. */
	readonly reachMs: number;
	/** For the whole answer to one request. */
	readonly answerMs: number;
	/** Between a request and its repetition. */
	readonly pauseMs: number;
}

const LIMITS: CallLimits = { reachMs: 10_000, answerMs: 30_000, pauseMs: 1_000 };

/** What every call needs beside the provider's own settings. */
export interface Calling {
	readonly clock: Clock;
	/** Absent but in tests. */
	readonly limits?: CallLimits;
}

export function limitsOf({ limits }: Calling): CallLimits {
	return limits ?? LIMITS;
}

/** One request to a provider. */
export interface ProviderRequest {
	readonly url: URL;
	readonly headers: Readonly<Record<string, string>>;
	readonly body: string | Uint8Array<ArrayBuffer>;
	/** What must not come back in the provider's words. */
	readonly secrets: readonly string[];
}

/**
 * What came of a request.
 * - `answered`: with a status, and as much of the body as came in time and was not too long.
 * - `lost`: no answer came; whether the provider had the request, nobody knows.
 * - `not-made`: there was no request to make of it.
 */
export type Answer =
	| {
			readonly kind: "answered";
			readonly status: number;
			readonly headers: Headers;
			readonly text: string;
			readonly retryAfterSeconds?: number;
	  }
	| { readonly kind: "lost"; readonly detail: string }
	| { readonly kind: "not-made"; readonly detail: string };

/** More is not read of an answer; a hundred results have a third of it at most. */
const MOST_BYTES = 64 * 1024;
const LONGEST_WAIT_SECONDS = 60 * 60;

/**
 * Statuses of Cloudflare's for a server that it had no connection to, so that nothing was said to it.
 * 522 is none of them: it comes too where the connection was there, and the request was not answered.
 */
const NOT_CONNECTED = [521, 523, 525, 526, 530];
const EDGE_TIMED_OUT = 522;

/**
 * Whether a provider answers at all, and over TLS that can be trusted. `fetch` fails with the same
 * words whether nobody was there or the answer was lost, so this is asked before anything is handed
 * over that must not be handed over twice. It carries no credentials.
 *
 * @returns what is wrong, or null.
 */
export async function findUnreachable(url: URL, calling: Calling): Promise<string | null> {
	const signal = AbortSignal.timeout(limitsOf(calling).reachMs);
	try {
		const answer = await fetch(url, { method: "HEAD", redirect: "manual", signal });
		await answer.body?.cancel();
		const isAway = isNotConnected(answer.status) || answer.status === EDGE_TIMED_OUT;
		return isAway ? `no connection: ${answer.status}` : null;
	} catch (fault) {
		return `out of reach: ${String(fault)}`;
	}
}

/** Whether a status says that nobody was there to be told anything. */
export function isNotConnected(status: number): boolean {
	return NOT_CONNECTED.includes(status);
}

/** Posts a request once. Does not throw, and follows no redirect: it would take the key elsewhere. */
export async function callProvider(request: ProviderRequest, calling: Calling): Promise<Answer> {
	const { answerMs } = limitsOf(calling);
	const made = makeRequest(request, AbortSignal.timeout(answerMs));
	// What a header cannot have may be the key; the fault would name it.
	if (!made) return { kind: "not-made", detail: "the request could not be made" };
	return await fetch(made).then(
		(response) => toAnswer(response, request.secrets, calling.clock()),
		(fault): Answer => ({ kind: "lost", detail: `the answer was lost: ${String(fault)}` }),
	);
}

function makeRequest({ url, headers, body }: ProviderRequest, signal: AbortSignal): Request | null {
	try {
		return new Request(url, { method: "POST", headers, body, redirect: "manual", signal });
	} catch {
		return null;
	}
}

async function toAnswer(
	response: Response,
	secrets: readonly string[],
	now: number,
): Promise<Answer> {
	const { status, headers } = response;
	const text = await readSome(response);
	const retryAfterSeconds = parseRetryAfter(headers.get("Retry-After"), now);
	return {
		kind: "answered",
		status,
		headers,
		text: secrets.reduce((words, secret) => words.replaceAll(secret, "(secret)"), text),
		...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
	};
}

/** As much of the body as comes; its end may be missing. */
async function readSome({ body }: Response): Promise<string> {
	const decoder = new TextDecoder();
	const reader = body?.getReader();
	let text = "";
	let bytes = 0;
	try {
		while (reader && bytes < MOST_BYTES) {
			const { done, value } = await reader.read();
			if (done) return text;
			bytes += value.length;
			text += decoder.decode(value, { stream: true });
		}
		await reader?.cancel();
	} catch {
		// It broke off. What is missing shows in what is there.
	}
	return text;
}

/**
 * `Retry-After` (RFC 9110, section 10.2.3) in seconds from now, an hour at most; undefined where it
 * says nothing.
 */
export function parseRetryAfter(value: string | null, now: number): number | undefined {
	const words = value?.trim() ?? "";
	const seconds = /^\d+$/.test(words) ? Number(words) : secondsUntil(words, now);
	return Number.isNaN(seconds) ? undefined : Math.min(Math.max(seconds, 0), LONGEST_WAIT_SECONDS);
}

/** Any of the forms of an HTTP date (RFC 9110, section 5.6.7) begins with a day of the week. */
function secondsUntil(date: string, now: number): number {
	return /^[A-Z][a-z]{2,8},? /.test(date) ? Math.ceil((Date.parse(date) - now) / 1000) : Number.NaN;
}

/** The JSON of an answer; undefined where it is none. */
export function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

export function pause(milliseconds: number): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
