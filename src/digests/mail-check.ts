import type { MailIdentity } from "../mail/frame.ts";
import { renderMail } from "../mail/templates.ts";
import type { Mailbox, Message } from "../mail/transport.ts";
import type { Clock } from "../shared/clock.ts";
import { viewNotice } from "./notice-view.ts";

export interface Checking {
	readonly identity: MailIdentity;
	readonly sender: Mailbox;
	readonly clock: Clock;
	readonly newId: () => string;
}

/** A message that an operator has submitted to see whether mail goes out and arrives. It is no list's. */
export async function composeCheck(
	{ identity, sender, clock, newId }: Checking,
	to: string,
): Promise<Message> {
	const { title, url } = identity;
	const view = viewNotice(identity, {
		subject: `${title}: a test of mail`,
		heading: "This message is a test",
		intro: `It was submitted by ${title} at ${url}, because an operator asked for it, as digests are: by the same provider, from the same sender.`,
		reasons: [
			"If you read it among your mail, mail arrives.",
			"If it lay among spam, look at its header Authentication-Results: spf, dkim and dmarc should each say pass.",
		],
		after: "Nobody else got it, and no subscription has changed.",
		commands: [
			{
				does: "See how mail stands",
				command: `curl '${url}/api/mail' -H "Authorization: Bearer $KEY"`,
			},
		],
		page: "docs/operations.md, “Mail that arrives”",
	});
	return {
		from: sender,
		to,
		subject: view.subject,
		...(await renderMail("notice", view)),
		language: view.language,
		messageId: `check.${newId()}@${sender.address.split("@")[1]}`,
		date: clock(),
	};
}
