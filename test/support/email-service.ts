/** What the service does with a mail, by the local part of its recipient. */
export type EmailService = SendEmail & {
	/** Recipients of accepted mails. */
	readonly accepted: string[];
};

/** Headers that a sender may set; every other, but for `X-…`, is refused. */
const ALLOWED = new Set(
	`in-reply-to references list-unsubscribe list-unsubscribe-post list-id list-archive list-help
	list-owner list-post list-subscribe precedence auto-submitted content-language keywords comments
	importance priority sensitivity organization require-recipient-valid-since expires reply-by
	archived-at`.split(/\s+/),
);

class EmailFault extends Error {
	readonly code: string;
	constructor(code: string, message: string) {
		super(message);
		this.code = code;
	}
}

/**
 * Cloudflare's Email Service by the rules of its documentation, which the local simulator does not
 * know: headers, faults with codes. A mail to `fault.E_SOME_CODE@…` meets that fault, one to
 * `silent@…` no answer.
 */
export function startEmailService(): EmailService {
	const accepted: string[] = [];
	return {
		accepted,
		async send(mail: EmailMessage | EmailMessageBuilder): Promise<EmailSendResult> {
			if (!("subject" in mail)) throw new EmailFault("E_FIELD_MISSING", "subject");
			const to = String(mail.to);
			const [, code] = /^fault\.(\w+)@/.exec(to) ?? [];
			if (code === "E_NONE") throw new Error(`the call was lost on its way to ${to}`);
			if (code) throw new EmailFault(code, `a fault with ${to}`);
			checkHeaders(mail.headers ?? {});
			const from = typeof mail.from === "string" ? mail.from : mail.from.name;
			if (/[\r\n\0]/.test(mail.subject + from))
				throw new EmailFault("E_VALIDATION_ERROR", "a line end");
			if (to.startsWith("silent@")) return await new Promise(() => {});
			if (to.startsWith("wrong-shape@")) return {} as EmailSendResult;
			accepted.push(to);
			return { messageId: `id-of-${to}` };
		},
	};
}

/** @throws EmailFault as the documentation's page on headers says. */
export function checkHeaders(headers: Readonly<Record<string, string>>): void {
	const bytes = (text: string) => new TextEncoder().encode(text).length;
	const names = Object.keys(headers).map((name) => name.toLowerCase());
	let total = 0;
	for (const [name, value] of Object.entries(headers)) {
		if (!/^[A-Za-z0-9-]{1,100}$/.test(name)) throw new EmailFault("E_HEADER_NAME_INVALID", name);
		const isOwn = name.toLowerCase().startsWith("x-");
		if (!isOwn && !ALLOWED.has(name.toLowerCase()))
			throw new EmailFault("E_HEADER_NOT_ALLOWED", name);
		if (value === "" || /[\r\n]/.test(value)) throw new EmailFault("E_HEADER_VALUE_INVALID", name);
		if (bytes(value) > 2048) throw new EmailFault("E_HEADER_VALUE_TOO_LONG", name);
		total += bytes(name) + 2 + bytes(value) + 2;
	}
	if (total > 16 * 1024) throw new EmailFault("E_HEADERS_TOO_LARGE", String(total));
	if (names.filter((name) => !name.startsWith("x-")).length > 20)
		throw new EmailFault("E_HEADERS_TOO_MANY", String(names.length));
	const unsubscribe = headers["List-Unsubscribe"];
	if (
		unsubscribe !== undefined &&
		!/^<(https:|mailto:)[^<>]+>(, <(https:|mailto:)[^<>]+>)*$/.test(unsubscribe)
	)
		throw new EmailFault("E_HEADER_VALUE_INVALID", "List-Unsubscribe");
	const post = headers["List-Unsubscribe-Post"];
	const isOneClick = post === "List-Unsubscribe=One-Click" && unsubscribe?.includes("<https:");
	if (post !== undefined && !isOneClick)
		throw new EmailFault("E_HEADER_VALUE_INVALID", "List-Unsubscribe-Post");
}
