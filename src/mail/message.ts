import type { Message } from "./transport.ts";

/**
 * The message as MIME (RFC 5322, 2045), lines ending in CR LF: `multipart/alternative` with the
 * plain text and the HTML, and the headers of a list (RFC 2369, 2919, 8058) where it is one.
 */
export async function composeMime(message: Message): Promise<Uint8Array> {
	const { default: MailComposer } = await import("nodemailer/lib/mail-composer");
	const composer = new MailComposer({
		from: { ...message.from },
		to: { name: "", address: message.to },
		subject: message.subject,
		text: message.text,
		html: message.html,
		messageId: `<${message.messageId}>`,
		date: new Date(message.date),
		headers: headersOf(message),
		newline: "windows",
		disableFileAccess: true,
		disableUrlAccess: true,
	});
	return composer.compile().build();
}

/** What a message says of itself and of its list, beside what every mail has. */
export function headersOf({ list, language }: Message): Record<string, string> {
	const headers = { "Auto-Submitted": "auto-generated", "Content-Language": language };
	if (!list) return headers;
	const { unsubscribeUrl, unsubscribeMailbox } = list;
	const byMail = unsubscribeMailbox === undefined ? "" : `, <mailto:${unsubscribeMailbox}>`;
	return {
		...headers,
		"List-Id": `<${list.id}>`,
		"List-Unsubscribe": `<${unsubscribeUrl}>${byMail}`,
		"List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
	};
}
