import { Readable } from "node:stream";
import type SMTPConnection from "nodemailer/lib/smtp-connection";
import type { Mime } from "./ready-mime.ts";
import { classify, type HandoverFault, isUnsayable } from "./smtp-outcome.ts";
import type { Outcome } from "./transport.ts";

/** From whom and to whom a message goes (RFC 5321, section 2.3.1), whatever its headers say. */
export interface Envelope {
	readonly from: string;
	readonly to: string;
}

export interface Attempt {
	readonly outcome: Outcome;
	/** Whether the connection was found closed before the server was told of the message. */
	readonly isIdleClose: boolean;
	/** Whether what the server says next will be an answer to what it is told next. */
	readonly isInStep: boolean;
}

/**
 * Hands one message over. Its text is read only once the server has asked for it (354 after DATA),
 * so whether it was read tells whether a lost connection leaves the outcome unknown.
 */
export function handOver(
	connection: SMTPConnection,
	{ from, to }: Envelope,
	mime: Mime,
	limitMs: number,
): Promise<Attempt> {
	let handedOver = false;
	const text = new Readable({
		read() {
			// An earlier reply taken for this one would have later ones speak of the wrong message.
			if (!/^354/.test(String(connection.lastServerResponse))) {
				this.destroy(new Error("the server did not ask for the message"));
				return;
			}
			handedOver = true;
			for (const piece of mime) this.push(piece);
			this.push(null);
		},
	});
	return new Promise((resolve) => {
		const settle = (fault: HandoverFault | null | undefined) => {
			clearTimeout(timer);
			connection.off("error", settle);
			resolve(fault ? attemptOf(fault, handedOver) : TAKEN);
		};
		const timer = setTimeout(() => {
			settle(new Error("the server took too long"));
			connection.close();
		}, limitMs);
		connection.once("error", settle);
		connection.send({ from, to: [to] }, text, (fault) => settle(fault as HandoverFault | null));
	});
}

const TAKEN: Attempt = { outcome: { kind: "submitted" }, isIdleClose: false, isInStep: true };

function attemptOf(fault: HandoverFault, handedOver: boolean): Attempt {
	return {
		outcome: classify(fault, { handedOver }),
		isIdleClose: fault.command === "API" && fault.code === "ECONNECTION",
		isInStep: (fault.responseCode ?? 0) >= 400 || isUnsayable(fault),
	};
}
