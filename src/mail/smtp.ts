import { connect, type Socket } from "node:net";
import { Readable } from "node:stream";
import { connect as connectTls } from "node:tls";
import type SMTPConnection from "nodemailer/lib/smtp-connection";
import { composeMime } from "./message.ts";
import { classify, type HandoverFault } from "./smtp-outcome.ts";
import type { Line, Message, Outcome, Transport } from "./transport.ts";

const CONNECT_MS = 15_000;
const GREETING_MS = 15_000;
/** Longest silence of a server in the middle of a session. */
const SILENCE_MS = 60_000;
const RESET_MS = 5_000;
const QUIT_MS = 1_000;

export interface SmtpSettings {
	/** `smtp://user:password@host:587` (STARTTLS) or `smtps://…:465`. */
	readonly server: URL;
	/** Whether to refuse a connection that cannot be encrypted. */
	readonly requireTls: boolean;
}

/** SMTP (RFC 5321) over one connection for an invocation, messages one after the other. */
export function createSmtpTransport(settings: SmtpSettings): Transport {
	return { handover: 1, open: () => openLine(settings) };
}

const UNREACHABLE: Outcome = { kind: "retry", detail: "the server could not be reached" };

function openLine(settings: SmtpSettings): Line {
	let connection: SMTPConnection | undefined;
	// A server that could not be reached is not dialled again for each message.
	let down: Outcome | undefined;

	const connect = async (): Promise<void> => {
		if (connection || down) return;
		try {
			connection = await openConnection(settings);
		} catch (fault) {
			down = classify(fault as HandoverFault, { handedOver: false });
		}
	};

	const tryOnce = async (message: Message, mime: Uint8Array): Promise<Attempt> => {
		const isReused = connection !== undefined;
		await connect();
		if (!connection) return { outcome: down ?? UNREACHABLE, isIdleClose: false };
		const attempt = await send(connection, message, mime);
		if (attempt.outcome.kind !== "submitted" && !(await reset(connection))) {
			connection.close();
			connection = undefined;
		}
		return { ...attempt, isIdleClose: isReused && attempt.isIdleClose };
	};

	const submitOne = async (message: Message): Promise<Outcome> => {
		if (down) return down;
		const mime = await composeMime(message).catch((fault: unknown) => String(fault));
		if (typeof mime === "string") return { kind: "retry", detail: mime };
		const first = await tryOnce(message, mime);
		// The server ended an idle session: the message was not even begun.
		return first.isIdleClose ? (await tryOnce(message, mime)).outcome : first.outcome;
	};

	return {
		ready: connect,
		async submit(messages) {
			const outcomes: Outcome[] = [];
			for (const message of messages) outcomes.push(await submitOne(message));
			return outcomes;
		},
		async close() {
			if (connection) await quit(connection);
			connection = undefined;
		},
	};
}

interface Attempt {
	readonly outcome: Outcome;
	/** Whether the connection was found closed before the server was told of the message. */
	readonly isIdleClose: boolean;
}

/** A connection past its greeting, encryption and login. */
async function openConnection({ server, requireTls }: SmtpSettings): Promise<SMTPConnection> {
	const { default: Connection } = await import("nodemailer/lib/smtp-connection");
	const secure = server.protocol === "smtps:";
	const host = server.hostname;
	const socket = await openSocket(host, Number(server.port) || (secure ? 465 : 587), secure);
	const connection = new Connection({
		// Dialling ourselves keeps the host's name for the certificate check: workerd would be
		// given an address otherwise.
		connection: socket,
		secured: secure,
		secure,
		host,
		requireTLS: requireTls && !secure,
		tls: { servername: host },
		greetingTimeout: GREETING_MS,
		socketTimeout: SILENCE_MS,
		connectionTimeout: CONNECT_MS,
	});
	await new Promise<void>((resolve, reject) => {
		connection.once("error", reject);
		connection.connect((fault?: Error | null) => (fault ? reject(fault) : resolve()));
	});
	// A fault between two messages must not go unheard: the next one finds the connection closed.
	connection.on("error", () => {});
	if (server.username)
		await login(connection, server).catch((fault) => {
			connection.close();
			throw fault;
		});
	return connection;
}

function openSocket(host: string, port: number, secure: boolean): Promise<Socket> {
	return new Promise((resolve, reject) => {
		const socket = secure ? connectTls({ host, port, servername: host }) : connect({ host, port });
		const timer = setTimeout(() => fail(new Error("connection timed out")), CONNECT_MS);
		const fail = (fault: Error) => {
			clearTimeout(timer);
			socket.destroy();
			reject(fault);
		};
		socket.once("error", fail);
		socket.once(secure ? "secureConnect" : "connect", () => {
			clearTimeout(timer);
			socket.off("error", fail);
			resolve(socket);
		});
	});
}

function login(connection: SMTPConnection, server: URL): Promise<void> {
	const user = decodeURIComponent(server.username);
	const pass = decodeURIComponent(server.password);
	return new Promise((resolve, reject) => {
		connection.login({ credentials: { user, pass } }, (fault) =>
			fault ? reject(fault) : resolve(),
		);
	});
}

/** Whether the server is ready for another message after one that it did not take. */
function reset(connection: SMTPConnection): Promise<boolean> {
	return new Promise((resolve) => {
		const timer = setTimeout(() => resolve(false), RESET_MS);
		connection.reset((fault) => {
			clearTimeout(timer);
			resolve(!fault);
		});
	});
}

/** Says goodbye (RFC 5321, section 4.1.1.10), and does not wait long for the answer. */
function quit(connection: SMTPConnection): Promise<void> {
	return new Promise((resolve) => {
		const end = () => {
			clearTimeout(timer);
			connection.close();
			resolve();
		};
		const timer = setTimeout(end, QUIT_MS);
		connection.once("end", end);
		connection.quit();
	});
}

/**
 * Hands one message over. Its text is read only once the server has asked for it (354 after DATA),
 * so whether it was read tells whether a lost connection leaves the outcome unknown.
 */
function send(connection: SMTPConnection, message: Message, mime: Uint8Array): Promise<Attempt> {
	let handedOver = false;
	const text = new Readable({
		read() {
			handedOver = true;
			this.push(mime);
			this.push(null);
		},
	});
	return new Promise((resolve) => {
		const settle = (fault: HandoverFault | null | undefined) =>
			resolve(
				fault
					? { outcome: classify(fault, { handedOver }), isIdleClose: fault.command === "API" }
					: { outcome: { kind: "submitted" }, isIdleClose: false },
			);
		const onFault = (fault: HandoverFault) => settle(fault);
		connection.once("error", onFault);
		connection.send({ from: message.from.address, to: [message.to] }, text, (fault) => {
			connection.off("error", onFault);
			settle(fault as HandoverFault | null);
		});
	});
}
