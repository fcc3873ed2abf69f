// An SMTP server that takes whatever it is handed over and keeps nothing; in a process of its own, so that
// its work is not taken for anybody else's. It is started by `startSink` and tells its port.
import { fork } from "node:child_process";
import type { AddressInfo } from "node:net";
import { createServer, type Socket } from "node:net";

export interface Sink {
	readonly port: number;
	/** How many messages it has taken so far. */
	taken(): Promise<number>;
	stop(): void;
}

const END_OF_MESSAGE = "\r\n.\r\n";
/** By the first four letters of what is said (RFC 5321, section 4.1.1); anything else is taken with 250. */
const REPLIES: Readonly<Record<string, string>> = {
	EHLO: "250-sink.test\r\n250-PIPELINING\r\n250 8BITMIME\r\n",
	DATA: "354 go on\r\n",
	QUIT: "221 bye\r\n",
};

/** Starts a server. */
export async function startSink(): Promise<Sink> {
	const child = fork(import.meta.filename, ["serve"]);
	const next = () => new Promise<number>((resolve) => child.once("message", resolve as () => void));
	return {
		port: await next(),
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
	const server = createServer((socket) => converse(socket, () => (taken += 1)));
	server.listen(0, "127.0.0.1", () => process.send?.((server.address() as AddressInfo).port));
}

/** Looks at no more of a message than its end, behind which nothing comes before it is answered. */
function converse(socket: Socket, take: () => void): void {
	let said = "";
	let isInMessage = false;
	socket.setNoDelay(true);
	socket.on("error", () => {});
	socket.on("data", (chunk: Buffer) => {
		said += chunk.toString(
			"latin1",
			isInMessage ? Math.max(chunk.length - END_OF_MESSAGE.length, 0) : 0,
		);
		if (isInMessage) {
			said = said.slice(-END_OF_MESSAGE.length);
			if (said !== END_OF_MESSAGE) return;
			take();
			socket.write("250 taken\r\n");
			isInMessage = false;
			said = "";
			return;
		}
		const lines = said.split("\r\n");
		said = lines.pop() ?? "";
		const commands = lines.map((line) => line.slice(0, 4).toUpperCase());
		isInMessage = commands.at(-1) === "DATA";
		socket.write(commands.map((command) => REPLIES[command] ?? "250 ok\r\n").join(""));
	});
	socket.write("220 sink.test\r\n");
}

if (process.argv[2] === "serve") serve();
