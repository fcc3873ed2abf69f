import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo, Server } from "node:net";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { PROVIDER_KEYS } from "./provider-keys.ts";
import {
	type Handled,
	handlePostmark,
	handleResend,
	handleSes,
	type Posted,
} from "./provider-protocols.ts";

export interface ProviderServer {
	readonly port: number;
	/** Where TLS is spoken, by the certificate that is shown. */
	readonly tlsPorts: Readonly<Record<ProviderCertificate, number>>;
	stop(): Promise<void>;
}

/** The files in `certificates`. */
const CERTIFICATES = ["good", "wrong-name", "expired", "self-signed"] as const;
export type ProviderCertificate = (typeof CERTIFICATES)[number];

/** What came to an address of the server. */
export interface ProviderRecord {
	readonly requests: Posted[];
	/** Recipients of accepted mails, each as often as one was accepted. */
	readonly accepted: string[];
	/** Answers by idempotency key, and what was asked. */
	readonly byKey: Record<string, { body: string; handled: Handled }>;
}

/**
 * Mail providers on this machine. A test has an address of its own,
 * `/<provider>/<script>/<name>/`, below which a provider's API is. The script says what becomes of one
 * request after the other, joined by dots; its last word goes on. With `GET`, the address tells what
 * came to it.
 */
export async function startProviders(): Promise<ProviderServer> {
	const records = new Map<string, ProviderRecord>();
	const answer = (request: IncomingMessage, response: ServerResponse) => {
		response.on("error", () => {});
		serve(records, request, response).catch(() => response.destroy());
	};
	const servers = [
		createServer(answer),
		...CERTIFICATES.map((name) => createTlsServer(readCertificate(name), answer)),
	];
	const [port = 0, ...tlsPorts] = await Promise.all(servers.map(listen));
	const byCertificate = CERTIFICATES.map((name, index) => [name, tlsPorts[index]]);
	return {
		port,
		tlsPorts: Object.fromEntries(byCertificate),
		stop: async () => {
			for (const server of servers) {
				server.closeAllConnections();
				await new Promise<void>((resolve) => server.close(() => resolve()));
			}
		},
	};
}

function readCertificate(name: ProviderCertificate) {
	const pem = readFileSync(path.join(import.meta.dirname, "certificates", `${name}.pem`));
	return { cert: pem, key: pem };
}

async function listen(server: Server): Promise<number> {
	// Who does not trust its certificate hangs up.
	server.on("tlsClientError", () => {});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	return (server.address() as AddressInfo).port;
}

async function serve(
	records: Map<string, ProviderRecord>,
	request: IncomingMessage,
	response: ServerResponse,
): Promise<void> {
	const target = request.url ?? "/";
	const [, provider = "", script = "", name = ""] = target.split("/");
	const address = `/${provider}/${script}/${name}/`;
	const record = records.get(address) ?? { requests: [], accepted: [], byKey: {} };
	records.set(address, record);
	if (request.method === "GET") return void response.end(JSON.stringify(record));
	const steps = script.split(".");
	const step = steps[Math.min(record.requests.length, steps.length - 1)] ?? "";
	if (step === "unreachable") return void request.destroy();
	if (request.method === "HEAD")
		return void response.writeHead(step === "edge-alone" ? 522 : 404).end();
	const headers = request.headers as Record<string, string>;
	const posted = { path: target, headers, body: "" };
	if (step === "cut-early") {
		record.requests.push(posted);
		return void request.destroy();
	}
	for await (const chunk of request.setEncoding("utf8")) posted.body += chunk;
	record.requests.push(posted);
	const refusal = REFUSALS[step];
	if (refusal) return void response.writeHead(...refusal).end(WORDS);
	const handled = handleOnce(record, provider, posted, step === "strict");
	await answer(step, handled, response);
}

/** What is said with every refusal: all that must not get into a log. */
const WORDS = JSON.stringify({
	name: "rate_limit_exceeded",
	message: `words ${Object.values(PROVIDER_KEYS).join(" ")}`,
});

const REFUSALS: Record<string, [number, Record<string, string>]> = {
	busy: [429, { "Retry-After": "120" }],
	"busy-until": [429, { "Retry-After": "Mon, 23 Nov 2026 04:01:30 GMT" }],
	throttled: [429, { "x-amzn-ErrorType": "TooManyRequestsException" }],
	broken: [500, {}],
	away: [503, { "Retry-After": "60" }],
	gateway: [502, {}],
	unconnected: [523, {}],
	denied: [401, {}],
	forbidden: [403, {}],
	missing: [404, {}],
	"another-success": [202, {}],
	moved: [302, { Location: "/elsewhere/good/all/" }],
	"moved-for-good": [308, { Location: "/elsewhere/good/all/" }],
	"see-other": [303, { Location: "/elsewhere/good/all/" }],
};

/** With an idempotency key, a request is handled once, and its answer repeated. */
function handleOnce(
	{ accepted, byKey }: ProviderRecord,
	provider: string,
	posted: Posted,
	isStrict: boolean,
): Handled {
	const key = posted.headers["idempotency-key"] ?? "";
	const before = byKey[key];
	if (before && before.body !== posted.body)
		return { status: 409, json: { name: "invalid_idempotent_request", message: "" }, accepted: [] };
	if (before) return before.handled;
	const handled = handle(provider, posted, isStrict);
	accepted.push(...handled.accepted);
	if (key !== "" && handled.status === 200) byKey[key] = { body: posted.body, handled };
	return handled;
}

function handle(provider: string, posted: Posted, isStrict: boolean): Handled {
	if (provider === "resend") return handleResend(posted, isStrict);
	return provider === "postmark" ? handlePostmark(posted) : handleSes(posted);
}

/** Answers what was handled, in the way that the step says. */
async function answer(step: string, handled: Handled, response: ServerResponse): Promise<void> {
	const body = JSON.stringify(step === "fewer" ? withoutLast(handled.json) : handled.json);
	if (step === "silent") return;
	if (step === "cut-late") return void response.destroy();
	// It broke down, or an edge lost it, after it took the request.
	if (step === "broken-late") return void response.writeHead(500).end("{}");
	if (step === "edge-late") return void response.writeHead(522).end("{}");
	if (step === "slow") await sleep(50);
	response.writeHead(handled.status, {
		"Content-Type": "application/json",
		...handled.headers,
		...(step === "cut-answer" ? { "Content-Length": body.length } : {}),
	});
	if (step === "cut-answer") response.write(body.slice(0, -2), () => response.destroy());
	else if (step === "drip") response.write(body.slice(0, -2));
	else if (step === "not-json") response.end("<!doctype html><p>All is well");
	else if (step === "wrong-shape") response.end('{"success":true,"data":{"0":"id"}}');
	else if (step === "huge")
		response.end(`${body.slice(0, -1)}${" ".repeat(1_000_000)}${body.at(-1)}`);
	else response.end(body);
}

function withoutLast(json: unknown): unknown {
	if (Array.isArray(json)) return json.slice(0, -1);
	const { data } = json as { data?: unknown[] };
	return data ? { data: data.slice(0, -1) } : {};
}
