import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A request that went through a proxy, and how it was answered. */
export interface Passed {
	readonly path: string;
	/** Whether it asked for the document only where it has changed. */
	readonly isConditional: boolean;
	readonly status: number;
}

export interface RecordingProxy {
	readonly url: string;
	/** What has passed since this was last called, in order. */
	taken(): Passed[];
	stop(): Promise<void>;
}

/** Passes requests to read on to a Worker, and keeps what programs ask it for. */
export async function startRecordingProxy(origin: string): Promise<RecordingProxy> {
	const passed: Passed[] = [];
	const server = createServer((request, response) => {
		pass(origin, request, response).then(
			(status) =>
				passed.push({ path: request.url ?? "", isConditional: hasCondition(request), status }),
			(fault) => response.writeHead(502).end(String(fault)),
		);
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		taken: () => passed.splice(0),
		stop: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
}

async function pass(
	origin: string,
	request: IncomingMessage,
	response: ServerResponse,
): Promise<number> {
	const headers = new Headers();
	for (const name of ["accept", "if-none-match", "if-modified-since", "user-agent"] as const) {
		const value = request.headers[name];
		if (value !== undefined) headers.set(name, value);
	}
	const answer = await fetch(new URL(request.url ?? "", origin), { headers });
	const body = Buffer.from(await answer.arrayBuffer());
	const told = ["content-type", "etag", "last-modified", "cache-control"].flatMap((name) => {
		const value = answer.headers.get(name);
		return value === null ? [] : [[name, value] as const];
	});
	response.writeHead(answer.status, Object.fromEntries(told)).end(body);
	return answer.status;
}

function hasCondition({ headers }: IncomingMessage): boolean {
	return "if-none-match" in headers || "if-modified-since" in headers;
}
