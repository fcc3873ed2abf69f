import type { Mailbox, Transport } from "../mail/transport.ts";
import type { Clock } from "../shared/clock.ts";
import { submitAndSay } from "./one-address.ts";
import type { MailShown, TestMailAnswer } from "./operator-answers.ts";

export interface Testing {
	readonly transport: Transport;
	readonly sender: Mailbox;
	readonly clock: Clock;
	readonly newId: () => string;
}

/** Submits a mail to one address, marked as a test. It is no list's: nobody can unsubscribe by it. */
export async function submitTest(
	{ transport, sender, clock, newId }: Testing,
	to: string,
	{ subject, html, text, language }: MailShown,
): Promise<TestMailAnswer> {
	const message = {
		from: sender,
		to,
		subject: `[Test] ${subject}`,
		html,
		text,
		language,
		messageId: `test.${newId()}@${sender.address.split("@")[1]}`,
		date: clock(),
	};
	return submitAndSay(transport, message, "test-mail");
}
