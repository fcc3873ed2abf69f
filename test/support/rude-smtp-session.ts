import type { Socket } from "node:net";

/** What a session does before it hears of a message. */
export type Greeting =
	| "polite"
	| "pipelining"
	| "mute"
	| "busy"
	| "refusing"
	| "garbage"
	| "endless"
	| "hanging up"
	| "deaf"
	| "dripping"
	| "refusing STARTTLS"
	| "mute at STARTTLS"
	| "injecting at STARTTLS";

/** A line that came in. */
export interface Heard {
	readonly line: string;
	readonly isEncrypted: boolean;
}

interface Session {
	readonly greeting: Greeting;
	readonly hear: (heard: Heard) => void;
	readonly isEncrypted?: boolean;
	/** Makes the connection an encrypted one; absent where STARTTLS is not offered. */
	readonly encrypt?: () => Socket;
}

/** The one that may log in: `press`, `secret`. */
const GOOD_LOGIN = Buffer.from("\0press\0secret").toString("base64");
const SLOWNESS_MS = 20;
const DRIP_MS = 10;
const VERY_LONG = "x".repeat(300_000);

/** What the server does when it is to say something. */
type Act = string | "cut" | "mute" | "drip" | { readonly last: string };

const GREETINGS: Readonly<Partial<Record<Greeting, Act>>> = {
	mute: "mute",
	busy: { last: "421 4.3.2 too busy" },
	refusing: "554 5.3.2 go away",
	garbage: "SSH-2.0-rude",
	endless: `220-${VERY_LONG}`,
	"hanging up": "cut",
	dripping: "drip",
};

/** What becomes of a message by the local part of its sender or recipient, without its digits. */
const AT_MAIL: Readonly<Record<string, Act>> = {
	"busy-sender": { last: "421 4.3.2 going down" },
	"refused-sender": "550 5.7.1 not you",
	"login-sender": "530 5.7.0 who are you?",
	"late-sender": "451 4.3.0 come again",
	"mute-sender": "mute",
	"garbage-sender": "what is this",
	"cut-sender": "cut",
};
const AT_RECIPIENT: Readonly<Record<string, Act>> = {
	reject: "550 no such user",
	"reject-but-ask": "550 no such user",
	"reject-in-lines": "550-5.1.1 there is\r\n550-5.1.1 no such\r\n550 5.1.1 user",
	later: "451 come again",
	"busy-recipient": { last: "421 4.7.0 too much" },
	"mute-recipient": "mute",
	"garbage-recipient": "\u0000\u00ff\u0001 ???",
	"endless-recipient": `250-${VERY_LONG}`,
	"three-answers": "250 yes\r\n250 yes\r\n250 yes",
};
const AT_DATA: Readonly<Record<string, Act>> = {
	"cut-before": "cut",
	"busy-before": { last: "421 4.3.2 going down" },
	"refuse-before": "554 5.5.1 no",
	"mute-before": "mute",
};
const AT_END: Readonly<Record<string, Act>> = {
	"refuse-data": "554 not today",
	"later-data": "452 4.3.1 disk full",
	"busy-data": { last: "421 4.3.2 going down" },
	"cut-after": "cut",
	silent: "mute",
	"dripping-data": "drip",
	"garbage-data": "taken, thank you",
	"endless-data": `250-${VERY_LONG}`,
	"in-lines": "250-taken\r\n250-as\r\n250 42",
	"long-data": `250 taken ${"x".repeat(5000)}`,
};

/**
 * One session of the rude server. It answers `EHLO`, `RSET`, `NOOP` and `QUIT` like any other, and
 * insists, as a server may, that one transaction ends before the next begins.
 */
export function converse(from: Socket, session: Session): void {
	const { greeting, hear } = session;
	let socket = from;
	let isEncrypted = session.isEncrypted ?? false;
	let recipient = "";
	let isData = false;
	let isOpen = false;
	let isRefused = false;
	let isThinking = false;
	let buffer = "";

	act(GREETINGS[greeting] ?? "220 rude.test");
	socket.on("data", take);

	function act(what: Act): void {
		if (what === "cut") socket.destroy();
		else if (what === "drip") drip();
		else if (typeof what === "object") socket.end(`${what.last}\r\n`);
		else if (what !== "mute") socket.write(`${what}\r\n`, "latin1");
	}

	/** A reply whose end never comes, and that is never silent either. */
	function drip(): void {
		const timer = setInterval(() => socket.write("250-more\r\n"), DRIP_MS);
		socket.on("close", () => clearInterval(timer));
		socket.on("error", () => clearInterval(timer));
	}

	function take(chunk: Buffer): void {
		buffer += chunk.toString("latin1");
		for (;;) {
			const end = buffer.indexOf("\r\n");
			if (end < 0 || isThinking) return;
			const line = buffer.slice(0, end);
			buffer = buffer.slice(end + 2);
			hear({ line, isEncrypted });
			if (isData) takeData(line);
			else obey(line);
		}
	}

	function takeData(line: string): void {
		if (recipient === "cut-in") return void socket.destroy();
		if (line !== ".") return;
		isData = false;
		isOpen = false;
		if (recipient === "slow") setTimeout(() => act("250 taken"), SLOWNESS_MS);
		else act(AT_END[recipient] ?? "250 taken");
	}

	function obey(line: string): void {
		const verb = line.slice(0, 4).toUpperCase();
		if (greeting === "deaf") return;
		if (verb === "EHLO") greet();
		else if (verb === "STAR") startTls();
		else if (verb === "AUTH") act(line.endsWith(GOOD_LOGIN) ? "235 welcome" : "535 5.7.8 no");
		else if (verb === "MAIL") {
			act(isOpen ? "503 nested MAIL command" : (AT_MAIL[localIn(line)] ?? "250 go on"));
			isOpen = true;
		} else if (verb === "RCPT") {
			recipient = localIn(line);
			const answer = AT_RECIPIENT[recipient] ?? "250 go on";
			isRefused = /^[45]/.test(String(answer)) && recipient !== "reject-but-ask";
			if (recipient === "slow") think(answer);
			else act(answer);
		} else if (verb === "DATA") {
			// Only who does not wait for the answer to RCPT asks then.
			const answer = isRefused ? "503 5.5.1 to whom?" : (AT_DATA[recipient] ?? "354 speak");
			isData = answer === "354 speak";
			act(answer);
		} else if (verb === "RSET") {
			isOpen = false;
			act("250 forgotten");
		} else if (verb === "QUIT") act({ last: "221 bye" });
		else act("502 what?");
	}

	/** What is said meanwhile is answered later, and in its turn. */
	function think(answer: Act): void {
		isThinking = true;
		setTimeout(() => {
			isThinking = false;
			act(answer);
			take(Buffer.alloc(0));
		}, SLOWNESS_MS);
	}

	function greet(): void {
		const offers = session.encrypt || greeting.includes("STARTTLS");
		if (offers && !isEncrypted) act("250-rude.test\r\n250 STARTTLS");
		else if (greeting === "pipelining") act("250-rude.test\r\n250-PIPELINING\r\n250 AUTH PLAIN");
		else act("250-rude.test\r\n250 AUTH PLAIN");
	}

	function startTls(): void {
		if (greeting === "refusing STARTTLS") act("454 4.7.0 not now");
		else if (greeting === "mute at STARTTLS") act("220 go on");
		else if (session.encrypt) encrypt(session.encrypt);
		else act("502 what?");
	}

	function encrypt(begin: () => Socket): void {
		// What comes in the clear from here on is a stranger's (RFC 3207, section 6).
		act(
			greeting === "injecting at STARTTLS"
				? "220 go\r\n250-x\r\n250 AUTH PLAIN\r\n235 in"
				: "220 go",
		);
		socket.off("data", take);
		socket = begin();
		isEncrypted = true;
		buffer = "";
		socket.on("data", take);
	}
}

/** The local part of the address of MAIL or RCPT, without digits, which make addresses different. */
function localIn(line: string): string {
	return /<([a-z-]+)\d*@/.exec(line)?.[1] ?? "";
}
