import { env } from "cloudflare:workers";
import PostalMime, { type Email } from "postal-mime";
import { ask } from "../support/door.ts";
import { until } from "../support/house.ts";

export const ADDRESS = "anna@journal.test";

/** A subscriber's row, with what tests look at. */
export interface SubscriberRow {
	readonly id: string;
	readonly address: string;
	readonly status: string;
	readonly ended_reason: string | null;
	readonly kinds: string;
	readonly languages: string;
	readonly frequency: string;
	readonly heard_through: number;
	readonly confirmed_at: number | null;
	readonly ended_at: number | null;
	readonly time_zone: string | null;
	readonly link_version: number;
	readonly consent_source: string | null;
	readonly consent_evidence: string | null;
	readonly signed_up_at: number;
	readonly welcomed_at: number | null;
}

export function rowOf(address = ADDRESS): Promise<SubscriberRow | null> {
	return env.LEDGER.prepare("SELECT * FROM subscribers WHERE address_key = ?")
		.bind(address.toLowerCase())
		.first<SubscriberRow>();
}

/** Each comes from another place, so that none is over the limit of one. */
function elsewhere() {
	const [one, two] = crypto.getRandomValues(new Uint16Array(2));
	return { "CF-Connecting-IP": `2001:db8:${one?.toString(16)}:${two?.toString(16)}::1` };
}

export function signUpByForm(fields: [string, string][], accept = "*/*") {
	const body = new URLSearchParams(fields);
	return ask("/subscriptions", {
		method: "POST",
		body,
		headers: { Accept: accept, ...elsewhere() },
	});
}

export function signUpByJson(fields: object, accept = "application/json") {
	const headers = { Accept: accept, "Content-Type": "application/json", ...elsewhere() };
	return ask("/subscriptions", { method: "POST", body: JSON.stringify(fields), headers });
}

interface MailboxList {
	readonly messages: readonly { id: string; to: string; subject: string; date: string }[];
}

export async function mailbox(): Promise<MailboxList["messages"]> {
	const response = await ask("/mailbox", { headers: { Accept: "application/json" } });
	return ((await response.json()) as MailboxList).messages;
}

export async function readMail(id: string): Promise<Email> {
	return PostalMime.parse(await (await ask(`/mailbox/${id}/source`)).arrayBuffer());
}

/** The newest mail to an address, once there are so many. */
export async function mailTo(address = ADDRESS, count = 1): Promise<Email> {
	const id = await until(`${count} mails to ${address}`, async () => {
		const messages = (await mailbox()).filter(({ to }) => to === address);
		return messages.length === count && messages[0]?.id;
	});
	return readMail(id);
}

/** Every address to confirm at in a mail, from both its parts. */
export function confirmLinks({ text = "", html = "" }: Email): string[] {
	const links = /https?:\/\/[^\s"<>]+\/confirm\b/g;
	return [...(text.match(links) ?? []), ...(html.match(links) ?? [])];
}

/**
 * Signs up and reads the address to confirm at from the mail. A welcome of the test before may still come in
 * between: it has no such address.
 */
export async function askForConfirmation(address = ADDRESS): Promise<string> {
	await signUpByJson({ email: address, languages: ["en"] });
	return until(`a mail to confirm ${address} by`, async () => {
		for (const { id, to } of await mailbox()) {
			const [link] = to === address ? confirmLinks(await readMail(id)) : [];
			if (link) return link;
		}
		return undefined;
	});
}

export function press(link: string, init: RequestInit = {}): Promise<Response> {
	return ask(link, { method: "POST", redirect: "manual", ...init });
}
