import { connect, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import type SMTPConnection from "nodemailer/lib/smtp-connection";
import { LONGEST_REPLY } from "./smtp-replies.ts";

/** How long a server may take, in milliseconds. */
export interface SmtpLimits {
	/** Until the connection is there; its encryption too, where it begins with that. */
	readonly connectMs: number;
	readonly greetingMs: number;
	/** Longest silence in the middle of a session. */
	readonly silenceMs: number;
	/** To open a session, or to take a message, in all: replies may come, and be without end. */
	readonly exchangeMs: number;
	readonly resetMs: number;
	readonly quitMs: number;
}

export const SMTP_LIMITS: SmtpLimits = {
	connectMs: 15_000,
	greetingMs: 15_000,
	silenceMs: 60_000,
	exchangeMs: 240_000,
	resetMs: 5_000,
	quitMs: 1_000,
};

export interface SmtpServer {
	/** `smtp://user:password@host:587` (STARTTLS) or `smtps://…:465`. */
	readonly server: URL;
	/** Whether to refuse a connection that cannot be encrypted. */
	readonly requireTls: boolean;
}

/**
 * A connection past its greeting, encryption and login.
 *
 * @throws Error where it could not be opened; nothing is left open then.
 */
export async function openConnection(
	{ server, requireTls }: SmtpServer,
	limits: SmtpLimits,
): Promise<SMTPConnection> {
	const { default: Connection } = await import("nodemailer/lib/smtp-connection");
	const secure = server.protocol === "smtps:";
	const host = server.hostname;
	const port = Number(server.port) || (secure ? 465 : 587);
	const socket = await openSocket({ host, port, secure }, limits.connectMs);
	const connection = new Connection({
		// Dialling ourselves keeps the host's name for the certificate check: workerd would be
		// given an address otherwise.
		connection: socket,
		secured: secure,
		secure,
		host,
		requireTLS: requireTls && !secure,
		tls: { servername: host },
		greetingTimeout: limits.greetingMs,
		socketTimeout: limits.silenceMs,
		connectionTimeout: limits.connectMs,
		// Who is hung up on has nothing more to say.
		socketCloseTimeout: 0,
		maxResponseSize: LONGEST_REPLY,
	});
	// A fault between two messages must not go unheard: the next one finds the connection closed.
	connection.on("error", () => {});
	try {
		await within(limits.exchangeMs, Promise.race([greet(connection, server), closing(socket)]));
	} catch (fault) {
		connection.close();
		throw fault;
	}
	return connection;
}

function openSocket(
	{ host, port, secure }: { host: string; port: number; secure: boolean },
	connectMs: number,
): Promise<Socket> {
	return new Promise((resolve, reject) => {
		const socket = secure ? connectTls({ host, port, servername: host }) : connect({ host, port });
		const timer = setTimeout(() => fail(new Error("connection timed out")), connectMs);
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

/** Fails when the connection is gone, which the library does not notice until it listens. */
function closing(socket: Socket): Promise<never> {
	return new Promise((_, reject) => {
		const fail = () => reject(new Error("the server closed the connection"));
		if (socket.destroyed) fail();
		else socket.once("close", fail);
	});
}

async function greet(connection: SMTPConnection, server: URL): Promise<void> {
	await new Promise<void>((resolve, reject) => {
		connection.once("error", reject);
		connection.once("end", () => reject(new Error("the server ended the connection")));
		connection.connect((fault?: Error | null) => (fault ? reject(fault) : resolve()));
	});
	if (server.username) await login(connection, server);
}

function login(connection: SMTPConnection, server: URL): Promise<void> {
	const user = decodeURIComponent(server.username);
	const pass = decodeURIComponent(server.password);
	return new Promise((resolve, reject) => {
		connection.once("error", reject);
		connection.once("end", () => reject(new Error("the server ended the connection")));
		connection.login({ credentials: { user, pass } }, (fault) =>
			fault ? reject(fault) : resolve(),
		);
	});
}

/** Whether the server is ready for another message after one that it did not take. */
export function reset(connection: SMTPConnection, { resetMs }: SmtpLimits): Promise<boolean> {
	let onEnd = () => {};
	const answered = new Promise<boolean>((resolve) => {
		onEnd = () => resolve(false);
		connection.once("end", onEnd);
		connection.reset((fault) => resolve(!fault));
	});
	return within(resetMs, answered)
		.catch(() => false)
		.finally(() => connection.off("end", onEnd));
}

/** Says goodbye (RFC 5321, section 4.1.1.10), and does not wait long for the answer. */
export async function quit(connection: SMTPConnection, { quitMs }: SmtpLimits): Promise<void> {
	const answered = new Promise<void>((resolve) => {
		connection.once("end", () => resolve());
		connection.quit();
	});
	await within(quitMs, answered).catch(() => {});
	connection.close();
}

/** @throws Error where it takes longer. */
async function within<Value>(limitMs: number, work: Promise<Value>): Promise<Value> {
	let timer: ReturnType<typeof setTimeout> | undefined;
	const late = new Promise<never>((_, reject) => {
		timer = setTimeout(() => reject(new Error("the server took too long")), limitMs);
	});
	return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
