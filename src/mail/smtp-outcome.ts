import type { Outcome } from "./transport.ts";

/** A failed hand-over, as nodemailer reports it. */
export interface HandoverFault extends Error {
	/** The server's reply code (RFC 5321, section 4.2), where it gave one. */
	readonly responseCode?: number;
	/** What was being said: `CONN`, `AUTH PLAIN`, `MAIL FROM`, `RCPT TO`, `DATA`, … */
	readonly command?: string;
}

/** Faults of the whole session, which no change of recipient would mend but time or an operator may. */
const SESSION_COMMAND = /^(CONN|EHLO|HELO|STARTTLS|AUTH|MAIL FROM|API)/;

/**
 * What a failed hand-over means for its message.
 *
 * @param handedOver whether the message's text had begun to flow to the server.
 */
export function classify(
	fault: HandoverFault,
	{ handedOver }: { readonly handedOver: boolean },
): Outcome {
	const detail = fault.message;
	const code = fault.responseCode;
	if (!code) return handedOver ? { kind: "unknown", detail } : { kind: "retry", detail };
	if (code >= 500 && !SESSION_COMMAND.test(fault.command ?? ""))
		return { kind: "rejected", detail };
	return { kind: "retry", detail };
}
