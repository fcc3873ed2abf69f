import { env } from "cloudflare:workers";
import type { Message } from "../../src/mail/transport.ts";
import type { Desk } from "../support/desk.ts";

/** A sign-up by the form of a page in a language, as a browser posts it. */
export function postForm(desk: Desk, fields: readonly (readonly [string, string])[]) {
	const body = new URLSearchParams(fields.map(([name, value]) => [name, value]));
	const headers = { Accept: "text/html" };
	return desk.ask("POST", "/subscriptions", { body, headers });
}

/** A sign-up as JSON. */
export function postJson(desk: Desk, fields: object) {
	return desk.ask("POST", "/subscriptions", { body: { ...fields } });
}

/** What was mailed since it was last asked. */
export function takeMails(desk: Desk): Message[] {
	return desk.rooms.transport.messages.splice(0);
}

/** Every address that a mail leads to, in its HTML and in its text, each once. */
export function linksOf({ html, text }: Message): string[] {
	const hrefs = [...html.matchAll(/href="([^"]+)"/g)].map(([, href = ""]) =>
		href.replaceAll("&amp;", "&"),
	);
	return [...new Set([...hrefs, ...(text.match(/https?:\/\/[^\s<>"]+/g) ?? [])])];
}

/** The one link of a mail that ends so, as a path. */
export function linkTo(mail: Message | undefined, ending: string): string {
	const links = mail ? linksOf(mail).filter((link) => link.endsWith(ending)) : [];
	if (links.length !== 1) throw new Error(`${links.length} links end in ${ending}`);
	return new URL(links[0] as string).pathname;
}

/** Presses the one button of the page behind a link. */
export function press(desk: Desk, path: string, fields: Record<string, string> = {}) {
	return desk.ask("POST", path, {
		body: new URLSearchParams(fields),
		headers: { Accept: "text/html" },
	});
}

/** Signs up, confirms, and returns the welcome mail. */
export async function subscribe(desk: Desk, address: string, fields: object = {}) {
	await postJson(desk, { email: address, languages: ["en"], ...fields });
	await desk.settle();
	await press(desk, linkTo(takeMails(desk)[0], "/confirm"));
	await desk.settle();
	return takeMails(desk)[0];
}

/** Every row of every table in D1. */
export async function everyRow(): Promise<Record<string, unknown[]>> {
	const { results } = await env.LEDGER.prepare(
		`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '\\_cf%' ESCAPE '\\'
			AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'search\\_words%' ESCAPE '\\'`,
	).all<{ name: string }>();
	const tables: Record<string, unknown[]> = {};
	for (const { name } of results)
		tables[name] = (await env.LEDGER.prepare(`SELECT * FROM "${name}"`).all()).results;
	return tables;
}
