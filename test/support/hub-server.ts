import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface TestHub {
	readonly port: number;
	stop(): Promise<void>;
}

/**
 * A WebSub hub on this machine. A test has a path of its own, `/<behaviour>/<name>`: what was posted
 * there is read with `GET`, as a JSON array of bodies.
 */
export async function startHub(): Promise<TestHub> {
	const taken = new Map<string, string[]>();
	const server = createServer(async (request, response) => {
		const path = request.url ?? "/";
		const bodies = taken.get(path) ?? [];
		if (request.method === "GET") return void response.end(JSON.stringify(bodies));
		let body = "";
		for await (const chunk of request) body += chunk;
		taken.set(path, [...bodies, body]);
		behave(path.split("/")[1], response);
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	return {
		port: (server.address() as AddressInfo).port,
		stop: () => new Promise((resolve) => server.close(() => resolve())),
	};
}

function behave(behaviour: string | undefined, response: ServerResponse): void {
	if (behaviour === "good") response.writeHead(204).end();
	else if (behaviour === "away") response.writeHead(503).end("later");
	else if (behaviour === "moved") response.writeHead(302, { Location: "/good/elsewhere" }).end();
	else response.destroy();
}
