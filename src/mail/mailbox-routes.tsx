import { type Context, Hono } from "hono";
import type { Email } from "postal-mime";
import { MailboxMessagePage, MailboxPage } from "../site/mailbox.tsx";
import type { Publication } from "../site/publication.ts";
import type { MailboxStore } from "./mailbox.ts";

export interface MailboxRoutes {
	readonly publication: Publication;
	readonly mailbox: MailboxStore;
}

/** For development only: the mail that was submitted, to be read, with its headers and source. */
export function mailboxRoutes({ publication, mailbox }: MailboxRoutes): Hono {
	const routes = new Hono();

	routes.get("/", async (context) => {
		const messages = await mailbox.list();
		if (context.req.header("Accept")?.includes("application/json"))
			return context.json({ messages });
		return context.html(<MailboxPage publication={publication} messages={messages} />);
	});

	routes.get("/:id", async (context) => {
		const id = context.req.param("id");
		const source = await mailbox.read(id);
		if (!source) return context.notFound();
		const email = await parse(source);
		const message = { ...toMessage(email), id, source: new TextDecoder().decode(source) };
		return context.html(<MailboxMessagePage publication={publication} message={message} />);
	});

	routes.get("/:id/html", async (context) => {
		const source = await mailbox.read(context.req.param("id"));
		if (!source) return context.notFound();
		return htmlPart(context, (await parse(source)).html ?? "");
	});

	routes.get("/:id/source", async (context) => {
		const source = await mailbox.read(context.req.param("id"));
		if (!source) return context.notFound();
		return context.body(new Uint8Array(source), 200, { "Content-Type": "message/rfc822" });
	});

	return routes;
}

/**
 * A mail's own styles are inline; scripts, forms and anything remote are shut out. Its links open
 * in windows of their own, where its pages work as they would for its reader.
 */
function htmlPart(context: Context, html: string) {
	return context.body(`<base target="_blank">${html}`, 200, {
		"Content-Type": "text/html; charset=utf-8",
		"Content-Security-Policy":
			"sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'",
	});
}

async function parse(source: Uint8Array): Promise<Email> {
	const { default: PostalMime } = await import("postal-mime");
	return PostalMime.parse(source);
}

function toMessage(email: Email) {
	const headers = email.headers.map(({ originalKey, value }) => ({ name: originalKey, value }));
	const headerValue = (name: string) =>
		headers.find((header) => header.name.toLowerCase() === name)?.value ?? "";
	return {
		to: headerValue("to"),
		from: email.from ? `${email.from.name} <${email.from.address}>` : headerValue("from"),
		subject: email.subject ?? "",
		date: email.date ?? "",
		headers,
		text: email.text ?? "",
	};
}
