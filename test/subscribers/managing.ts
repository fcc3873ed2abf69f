import { env } from "cloudflare:workers";
import type { Language } from "../../src/shared/language.ts";
import { manageUrl } from "../../src/subscribers/links.ts";
import { type Desk, openDesk } from "../support/desk.ts";
import { addSubscriber } from "../support/house.ts";
import { ADDRESS } from "./visiting.ts";

/** A press office with one active subscriber and the address of their page of preferences. */
export async function deskWithReader(languages: readonly Language[] = ["en"], address = ADDRESS) {
	const desk = openDesk();
	const id = await addSubscriber(desk.rooms, address, { languages: [...languages] });
	return { desk, id, path: await pathFor(desk, id) };
}

/** Where a subscriber's page of preferences stands now. */
export async function pathFor({ rooms }: Desk, id: string): Promise<string> {
	const subscriber = await rooms.subscribers.read(id);
	return manageUrl("", rooms.tokens, { id, linkVersion: subscriber?.linkVersion ?? 0 });
}

/** Posts one of the page's forms. */
export function send({ app }: Desk, path: string, fields: [string, string][] = []) {
	return app.request(path, { method: "POST", body: new URLSearchParams(fields) });
}

/** Asks for another address by the page's form. */
export function askToMove(desk: Desk, path: string, address: string) {
	return send(desk, path, [
		["change", "address"],
		["email", address],
	]);
}

/** The path of each link to confirm a new address at, in what was mailed. */
export function moveLinks({ rooms }: Desk): string[] {
	const links = rooms.transport.messages.flatMap(
		({ text }) => /https?:\/\/[^/]+(\/subscriptions\/[^/\s]+\/move)\b/.exec(text)?.[1] ?? [],
	);
	return links;
}

/** A subscriber's row, every column of it. */
export function wholeRow(id: string) {
	return env.LEDGER.prepare("SELECT * FROM subscribers WHERE id = ?")
		.bind(id)
		.first<Record<string, string | number | null>>();
}
