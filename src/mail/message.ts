import type { Message } from "./transport.ts";

/** A part of a message: the text, or the text and how it is to be encoded (RFC 2045, section 6). */
export type Part = string | { content: string; contentTransferEncoding: "quoted-printable" };

/**
 * The message as MIME (RFC 5322, 2045), lines ending in CR LF: `multipart/alternative` with the
 * plain text and the HTML, and the headers of a list (RFC 2369, 2919, 8058) where it is one.
 */
export function composeMime(message: Message): Promise<Uint8Array> {
	const { text, html } = message;
	return composeOf(message, { text: withLineFeeds(text), html: withLineFeeds(html) });
}

/** A message as MIME, with its parts given; see {@link composeMime}. */
export async function composeOf(
	message: Omit<Message, "text" | "html">,
	parts: { readonly text: Part; readonly html: Part },
): Promise<Uint8Array> {
	const { default: MailComposer } = await import("nodemailer/lib/mail-composer");
	const composer = new MailComposer({
		...parts,
		from: { ...message.from },
		to: { name: "", address: message.to },
		subject: message.subject,
		messageId: `<${message.messageId}>`,
		date: new Date(message.date),
		headers: headersOf(message),
		newline: "windows",
		disableFileAccess: true,
		disableUrlAccess: true,
	});
	return composer.compile().build();
}

/**
 * The headers of a message but for its addresses, subject, id and date: what every transport hands
 * over with it, each value in one line.
 */
export function headersOf({
	list,
	language,
}: Pick<Message, "list" | "language">): Record<string, string> {
	const headers = { "Auto-Submitted": "auto-generated", "Content-Language": inOneLine(language) };
	if (!list) return headers;
	const { feedbackId } = list;
	return {
		...headers,
		"List-Id": inOneLine(`<${list.id}>`),
		"List-Unsubscribe": unsubscribeHeader(list),
		"List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
		...(feedbackId === undefined ? {} : { "Feedback-ID": inOneLine(feedbackId) }),
	};
}

/** The value of `List-Unsubscribe` (RFC 2369, section 3.2). */
export function unsubscribeHeader(list: NonNullable<Message["list"]>): string {
	const { unsubscribeUrl, unsubscribeMailbox } = list;
	const byMail = unsubscribeMailbox === undefined ? "" : `, <mailto:${unsubscribeMailbox}>`;
	return inOneLine(`<${unsubscribeUrl}>${byMail}`);
}

/** Every line end as a line feed, which is made CR LF later: a CR alone ends a line for some. */
export function withLineFeeds(text: string): string {
	return text.replaceAll(/\r\n?/g, "\n");
}

/** Without what could end a header's line and begin another. */
function inOneLine(value: string): string {
	// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
	return value.replaceAll(/[\u0000-\u001f\u007f]+/g, " ");
}
