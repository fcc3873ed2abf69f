import { diagnose, type Verdict } from "./diagnosis.ts";
import type { Outcome } from "./transport.ts";

/** A failed hand-over, as nodemailer reports it. */
export interface HandoverFault extends Error {
	/** The server's reply code (RFC 5321, section 4.2), where it gave one. */
	readonly responseCode?: number;
	/** The server's whole reply. */
	readonly response?: string;
	/** What was being said: `CONN`, `AUTH PLAIN`, `MAIL FROM`, `RCPT TO`, `DATA`, … */
	readonly command?: string;
	/** What kind of fault it is: `ECONNECTION`, `EENVELOPE`, … */
	readonly code?: string;
}

/**
 * Where a reply is about the message or its recipient, if anywhere. At MAIL FROM the server knows of
 * neither: any other message of the same sender would fare alike.
 */
const MESSAGE_COMMANDS: readonly (string | undefined)[] = ["RCPT TO", "DATA"];
/** Codes of a server that goes away, and of one that wants another login (RFC 4954, section 6). */
const PROVIDER_CODES = [421, 454, 530, 534, 535, 538];

/**
 * What a failed hand-over means for its message. Only a word about the address itself is final:
 * quotas, policies and refused content come and go.
 *
 * @param handedOver whether the message's text had begun to flow to the server.
 */
export function classify(
	fault: HandoverFault,
	{ handedOver }: { readonly handedOver: boolean },
): Outcome {
	const detail = fault.message;
	const code = fault.responseCode ?? 0;
	if (isUnsayable(fault)) return { kind: "retry", detail };
	// Below 400 nothing is refused: replies have got out of step with what was said, or there are none.
	if (code < 400) return { kind: handedOver ? "unknown" : "retry", detail, scope: "provider" };
	if (PROVIDER_CODES.includes(code) || !MESSAGE_COMMANDS.includes(fault.command))
		return { kind: "retry", detail, scope: "provider" };
	const isFinal = fault.command === "RCPT TO" && verdictOf(code, fault.response) === "permanent";
	return { kind: isFinal ? "rejected" : "retry", detail };
}

/** Whether the server was told nothing, because an address cannot be said in SMTP. */
export function isUnsayable({ command, code }: HandoverFault): boolean {
	return command === "API" && code === "EENVELOPE";
}

function verdictOf(code: number, words = ""): Verdict {
	return diagnose({ code, words });
}
