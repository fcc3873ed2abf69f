import type { Socket } from "node:net";
import type SMTPConnection from "nodemailer/lib/smtp-connection";
import { joinBytes } from "./bytes.ts";
import { isPlainAddress } from "./plain-mime.ts";
import type { Mime } from "./ready-mime.ts";
import type { Attempt, Envelope } from "./smtp-hand-over.ts";
import { classify, type HandoverFault } from "./smtp-outcome.ts";
import { Replies } from "./smtp-replies.ts";

/** What is used of the mail library's connection that it does not document; its version is pinned. */
interface Inside {
	readonly _socket: Socket;
	readonly _supportedExtensions: readonly string[];
	/** Takes what the server says; a method of the prototype but for the time of an exchange. */
	_onData?: (bytes: Uint8Array) => void;
}

const [CR, LF, DOT] = [0x0d, 0x0a, 0x2e];
const END_OF_MESSAGE = new TextEncoder().encode(".\r\n");
/** The server is about to close the connection, whatever it was told (RFC 5321, section 4.2.3). */
const GOING_AWAY = 421;
const ASKS_FOR_TEXT = 354;

const transparent = new WeakMap<Uint8Array, boolean>();

/**
 * Whether a message can be handed over by {@link handOverPipelined}: the server lets commands follow each
 * other (RFC 2920), and nothing in the message has to be made fit for SMTP.
 */
export function canPipeline(
	connection: SMTPConnection,
	{ from, to }: Envelope,
	mime: Mime,
): boolean {
	const { _supportedExtensions: extensions } = connection as unknown as Inside;
	return (
		extensions.includes("PIPELINING") &&
		isPlainAddress(from) &&
		isPlainAddress(to) &&
		mime.every(isTransparent) &&
		mime.at(-1)?.at(-1) === LF
	);
}

/** Looked for once in what a message has in common with others. */
function isTransparent(piece: Uint8Array): boolean {
	const known = transparent.get(piece);
	if (known !== undefined) return known;
	const is = findTransparent(piece);
	transparent.set(piece, is);
	return is;
}

/**
 * Whether bytes mean the same between any others in an SMTP session (RFC 5321, section 4.5.2): they begin
 * no line with a dot, and each line end is CR LF and not shared with their neighbours.
 */
function findTransparent(bytes: Uint8Array): boolean {
	if (bytes[0] === DOT || bytes[0] === LF || bytes.at(-1) === CR) return false;
	for (let at = bytes.indexOf(LF); at >= 0; at = bytes.indexOf(LF, at + 1))
		if (bytes[at - 1] !== CR || bytes[at + 1] === DOT) return false;
	for (let at = bytes.indexOf(CR); at >= 0; at = bytes.indexOf(CR, at + 1))
		if (bytes[at + 1] !== LF) return false;
	return true;
}

/**
 * Hands one message over in two steps: its envelope, and once the server has asked for it (354 after
 * DATA) its text. The library does the same in more steps and through several streams, which takes
 * several times as long.
 */
export async function handOverPipelined(
	connection: SMTPConnection,
	envelope: Envelope,
	mime: Mime,
	limitMs: number,
): Promise<Attempt> {
	const inside = connection as unknown as Inside;
	const { _socket: socket } = inside;
	if (socket.destroyed || !socket.writable) return CLOSED;
	const replies = new Replies();
	const end = () => replies.fail(new Error("the server closed the connection"));
	const timer = setTimeout(() => replies.fail(new Error("the server took too long")), limitMs);
	inside._onData = (bytes) => replies.take(bytes);
	socket.once("close", end);
	try {
		const attempt = await converse({ socket, replies }, envelope, mime);
		// An answer that nobody asked for would be taken for that to the next message.
		if (replies.hasMore()) connection.close();
		return attempt;
	} finally {
		clearTimeout(timer);
		delete inside._onData;
		socket.off("close", end);
	}
}

const CLOSED: Attempt = {
	outcome: { kind: "retry", detail: "the connection was closed", scope: "provider" },
	isIdleClose: true,
	isInStep: false,
};
const TAKEN: Attempt = { outcome: { kind: "submitted" }, isIdleClose: false, isInStep: true };

interface Session {
	readonly socket: Socket;
	readonly replies: Replies;
}

async function converse(session: Session, envelope: Envelope, mime: Mime): Promise<Attempt> {
	const refused = await sayEnvelope(session, envelope);
	if (refused) return refused;
	try {
		session.socket.write(joinBytes([...mime, END_OF_MESSAGE]));
		const reply = await session.replies.next();
		const code = codeOf(reply);
		if (isPositive(code)) return TAKEN;
		return failed(faultOf("DATA", reply), { handedOver: true, isInStep: code >= 400 });
	} catch (fault) {
		return failed(fault as Error, { handedOver: true, isInStep: false });
	}
}

/** Returns null where the server asks for the text. */
async function sayEnvelope(
	{ socket, replies }: Session,
	{ from, to }: Envelope,
): Promise<Attempt | null> {
	let refusal: HandoverFault | undefined;
	try {
		socket.write(`MAIL FROM:<${from}>\r\nRCPT TO:<${to}>\r\nDATA\r\n`);
		for (const command of ["MAIL FROM", "RCPT TO"]) {
			const reply = await replies.next();
			if (!isPositive(codeOf(reply))) refusal ??= faultOf(command, reply);
		}
		const reply = await replies.next();
		const code = codeOf(reply);
		if (code === ASKS_FOR_TEXT && !refusal && !replies.hasMore()) return null;
		refusal ??= faultOf("DATA", reply);
		// Whoever asks for a text although there is nobody to get it will be told nothing.
		const isInStep = code >= 400 && code !== GOING_AWAY && refusal.responseCode !== GOING_AWAY;
		return failed(refusal, { handedOver: false, isInStep });
	} catch (fault) {
		return failed(refusal ?? (fault as Error), { handedOver: false, isInStep: false });
	}
}

function failed(
	fault: HandoverFault,
	{ handedOver, isInStep }: { readonly handedOver: boolean; readonly isInStep: boolean },
): Attempt {
	return { outcome: classify(fault, { handedOver }), isIdleClose: false, isInStep };
}

function faultOf(command: string, response: string): HandoverFault {
	const fault = new Error(`${command} was answered ${JSON.stringify(response)}`);
	return Object.assign(fault, { command, response, responseCode: codeOf(response) });
}

/** 0 where it is no reply. */
function codeOf(reply: string): number {
	return Number(/^(\d{3})(?:[ -]|$)/.exec(reply)?.[1] ?? 0);
}

function isPositive(code: number): boolean {
	return code >= 200 && code < 300;
}
