import type { Context } from "hono";
import { parseAccept } from "hono/utils/accept";
import { fillIn } from "../mail/personal.ts";
import type { Fault } from "../shared/fault.ts";
import type { MailShown } from "./operator-answers.ts";
import type { RenderedEdition } from "./render.ts";

/** As what a mail can be answered; the first where the request does not say. */
const TYPES = ["application/json", "text/html", "text/plain"] as const;
type MailType = (typeof TYPES)[number];

const NOT_ACCEPTABLE: Fault = {
	kind: "not-acceptable",
	detail: `A mail is answered as ${TYPES.join(", ")}.`,
};

/**
 * A mail in the representation that the request accepts (RFC 9110, section 12.5.1).
 *
 * @param refuse turns a fault into the answer.
 */
export function answerMail(
	{ req }: Context,
	mail: MailShown,
	refuse: (fault: Fault) => Response,
): Response {
	const type = chooseType(req.header("Accept"));
	if (type === null) return refuse(NOT_ACCEPTABLE);
	const bodies = {
		"application/json": () => JSON.stringify(mail),
		"text/html": () => mail.html,
		"text/plain": () => mail.text,
	};
	const headers = { "Content-Type": `${type}; charset=utf-8`, Vary: "Accept" };
	return new Response(bodies[type](), { headers });
}

/** An edition as its readers get it, with links that do nothing in place of each reader's own. */
export function showMail(
	origin: string,
	{ subject, language, html, text }: RenderedEdition,
): MailShown {
	const inert = `${origin}/#preview`;
	const links = { unsubscribe: inert, manage: inert };
	const filled = fillIn(html, links);
	return {
		subject,
		language: language as MailShown["language"],
		html: filled,
		text: fillIn(text, links),
		bytes: new TextEncoder().encode(filled).length,
	};
}

/** The type that is wanted most; null where none is wanted at all. */
export function chooseType(accept: string | undefined): MailType | null {
	if (accept === undefined || accept.trim() === "") return TYPES[0];
	const ranges = parseAccept(accept).map(({ type, q }) => ({ range: type.toLowerCase(), q }));
	const weigh = (type: MailType): number => {
		const names = [type, `${type.split("/")[0]}/*`, "*/*"];
		// The most exact range that there is decides.
		const [own] = names.flatMap((name) => ranges.find(({ range }) => range === name) ?? []);
		return own?.q ?? 0;
	};
	const [best] = TYPES.filter((type) => weigh(type) > 0).toSorted(
		(one, other) => weigh(other) - weigh(one),
	);
	return best ?? null;
}
