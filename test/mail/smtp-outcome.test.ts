import { describe, expect, it } from "vitest";
import { classify, type HandoverFault } from "../../src/mail/smtp-outcome.ts";

function fault(command?: string, responseCode?: number): HandoverFault {
	const known = {
		...(command === undefined ? {} : { command }),
		...(responseCode === undefined ? {} : { responseCode }),
	};
	return Object.assign(new Error(`${responseCode ?? "lost"} at ${command}`), known);
}

const kindOf = (handedOver: boolean, command?: string, code?: number) =>
	classify(fault(command, code), { handedOver }).kind;

describe("a server that refuses", () => {
	it.each([550, 551, 553])("an address for ever: at RCPT with %d", (code) => {
		expect(kindOf(false, "RCPT TO", code)).toBe("rejected");
	});

	it.each([
		["550 5.1.1 no such user", "rejected"],
		["554 5.2.1 mailbox disabled", "rejected"],
		["550-5.1.1 no such user", "rejected"],
		["550 5.4.5 Daily user sending limit exceeded", "retry"],
		["550 5.7.1 blocked", "retry"],
		["554 refused", "retry"],
		["552 mailbox full", "retry"],
	])("at RCPT by what its code says: %s", (response, kind) => {
		const refused = { ...fault("RCPT TO", Number(response.slice(0, 3))), response };
		expect(classify(refused as HandoverFault, { handedOver: false }).kind).toBe(kind);
	});

	it.each([552, 554, 550])("what was said and not the address: at DATA with %d", (code) => {
		expect(kindOf(true, "DATA", code)).toBe("retry");
	});

	it.each([250, 354])("nothing, out of step, after the text flowed: with %d", (code) => {
		expect(kindOf(true, "DATA", code)).toBe("unknown");
	});

	it.each([
		["RCPT TO", 421],
		["RCPT TO", 450],
		["RCPT TO", 451],
		["DATA", 452],
		["MAIL FROM", 451],
		["CONN", 421],
	])("for now: at %s with %d", (command, code) => {
		expect(kindOf(false, command, code)).toBe("retry");
		expect(kindOf(true, command, code)).toBe("retry");
	});

	it.each([
		["CONN", 554],
		["EHLO", 550],
		["HELO", 504],
		["STARTTLS", 502],
		["AUTH", 535],
		["AUTH PLAIN", 535],
		["AUTH LOGIN", 534],
		["MAIL FROM", 550],
		["MAIL FROM", 530],
		["API", 500],
	])("the session and not the recipient: at %s with %d", (command, code) => {
		expect(kindOf(false, command, code)).toBe("retry");
	});
});

describe("a connection that is lost", () => {
	it.each([undefined, "CONN", "RCPT TO", "DATA"])(
		"before the text flowed has not taken the message: at %s",
		(command) => {
			expect(kindOf(false, command)).toBe("retry");
		},
	);

	it.each([undefined, "CONN", "DATA"])(
		"once the text flowed may have taken it, and nobody knows: at %s",
		(command) => {
			expect(kindOf(true, command)).toBe("unknown");
		},
	);
});

describe("a refusal that any other message would meet", () => {
	it.each([
		["MAIL FROM", 451],
		["MAIL FROM", 452],
		["MAIL FROM", 550],
		["RCPT TO", 421],
		["RCPT TO", 454],
		["DATA", 421],
		["DATA", 454],
	])("is the provider's own: at %s with %d", (command, code) => {
		expect(classify(fault(command, code), { handedOver: false })).toMatchObject({
			kind: "retry",
			scope: "provider",
		});
	});

	it.each([
		["RCPT TO", 452],
		["RCPT TO", 550],
		["DATA", 451],
		["DATA", 554],
	])("may be another's: at %s with %d", (command, code) => {
		expect(classify(fault(command, code), { handedOver: false })).not.toHaveProperty("scope");
	});
});

it("says why in the words of the fault", () => {
	expect(classify(fault("RCPT TO", 550), { handedOver: false })).toEqual({
		kind: "rejected",
		detail: "550 at RCPT TO",
	});
	expect(classify(fault("DATA"), { handedOver: true })).toEqual({
		kind: "unknown",
		detail: "lost at DATA",
		scope: "provider",
	});
});
