// A provider that takes mail as Resend does, and answers at once; in a process of its own, so that its
// work is not taken for anybody else's. It is started by `startProvider` and tells its port.
import { fork } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface Provider {
	readonly url: string;
	/** How many messages it has taken so far. */
	taken(): Promise<number>;
	stop(): void;
}

/** What each message has once. */
const MARK = Buffer.from('"to":');

/** Starts a provider. */
export async function startProvider(): Promise<Provider> {
	const child = fork(import.meta.filename, ["serve"]);
	const next = () => new Promise<number>((resolve) => child.once("message", resolve as () => void));
	const port = await next();
	return {
		url: `http://127.0.0.1:${port}`,
		async taken() {
			const answer = next();
			child.send("taken?");
			return answer;
		},
		stop: () => child.kill(),
	};
}

function serve(): void {
	let taken = 0;
	process.on("message", () => process.send?.(taken));
	const server = createServer((request, response) => {
		let messages = 0;
		let end = Buffer.alloc(0);
		request.on("data", (chunk: Buffer) => {
			// A mark may stand in two chunks.
			const seam = Buffer.concat([end, chunk.subarray(0, MARK.length - 1)]);
			messages += countMarks(seam) + countMarks(chunk);
			end = seam.subarray(1 - MARK.length);
			if (chunk.length >= MARK.length) end = chunk.subarray(1 - MARK.length);
		});
		request.on("end", () => {
			taken += messages;
			const data = Array.from({ length: messages }, (_, at) => ({ id: `m-${at}` }));
			response.setHeader("Content-Type", "application/json").end(JSON.stringify({ data }));
		});
	});
	server.listen(0, "127.0.0.1", () => process.send?.((server.address() as AddressInfo).port));
}

function countMarks(chunk: Buffer): number {
	let count = 0;
	for (let at = chunk.indexOf(MARK); at >= 0; at = chunk.indexOf(MARK, at + MARK.length))
		count += 1;
	return count;
}

if (process.argv[2] === "serve") serve();
