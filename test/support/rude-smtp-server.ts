import { createServer, type Socket } from "node:net";

/** Recipients at this server, and what becomes of a message to each. */
export type Rudeness =
	| "welcome"
	| "reject"
	| "later"
	| "refuse-data"
	| "cut-before"
	| "cut-after"
	| "silent";

export interface RudeSmtpServer {
	readonly port: number;
	stop(): Promise<void>;
}

/**
 * An SMTP server, spoken byte by byte, that does to a message what the local part of its recipient
 * says. It answers `NOOP` sessions and resets like any other.
 */
export async function startRudeSmtpServer(): Promise<RudeSmtpServer> {
	const sockets = new Set<Socket>();
	const server = createServer((socket) => {
		sockets.add(socket);
		socket.on("close", () => sockets.delete(socket));
		socket.on("error", () => socket.destroy());
		converse(socket);
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const address = server.address();
	return {
		port: typeof address === "object" && address ? address.port : 0,
		stop: async () => {
			for (const socket of sockets) socket.destroy();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

function converse(socket: Socket): void {
	let rudeness: Rudeness = "welcome";
	let isData = false;
	let isOpen = false;
	let buffer = "";
	const say = (line: string) => socket.write(`${line}\r\n`);
	say("220 rude.test");
	socket.on("data", (chunk: Buffer) => {
		buffer += chunk.toString("latin1");
		for (let end = buffer.indexOf("\r\n"); end >= 0; end = buffer.indexOf("\r\n")) {
			const line = buffer.slice(0, end);
			buffer = buffer.slice(end + 2);
			if (isData) takeData(line);
			else obey(line);
		}
	});

	function takeData(line: string): void {
		if (line !== ".") return;
		isData = false;
		isOpen = false;
		if (rudeness === "cut-after") socket.destroy();
		else if (rudeness === "refuse-data") say("554 not today");
		else if (rudeness !== "silent") say("250 taken");
	}

	function obey(line: string): void {
		const verb = line.slice(0, 4).toUpperCase();
		if (verb === "EHLO") return void say("250 rude.test");
		if (verb === "MAIL") {
			// A server may insist that one transaction ends before the next begins.
			say(isOpen ? "503 nested MAIL command" : "250 go on");
			isOpen = true;
		} else if (verb === "RCPT") {
			rudeness = (/<([a-z-]+)\d*@/.exec(line)?.[1] ?? "welcome") as Rudeness;
			if (rudeness === "reject") say("550 no such user");
			else if (rudeness === "later") say("451 come again");
			else say("250 go on");
		} else if (verb === "DATA") {
			if (rudeness === "cut-before") return void socket.destroy();
			isData = true;
			say("354 speak");
		} else if (verb === "RSET") {
			isOpen = false;
			say("250 forgotten");
		} else if (verb === "QUIT") {
			say("221 bye");
			socket.end();
		} else say("502 what?");
	}
}
