// A sender as bare as can be, to compare with: a Worker without a database. For each recipient it makes an
// HMAC token and joins it into a mail; a hundred of them it posts as JSON, as Resend takes them.
import { convertV4MiniflareOptions, Miniflare } from "miniflare";
import { childrenNamed, cpuSecondsOf } from "./processes.ts";

/** A mail, cut where a recipient's token stands. */
export interface BareMail {
	readonly subject: string;
	readonly html: readonly string[];
	readonly text: readonly string[];
}

export interface BareSender {
	/** Processor time that its workerd has used so far, in seconds. */
	cpuSeconds(): number;
	/** Posts the mail to so many recipients, a multiple of 100 times {@link AT_ONCE}. */
	send(recipients: number): Promise<void>;
	dispose(): Promise<void>;
}

/** Requests that it works on at a time, so that none waits for the provider alone. */
export const AT_ONCE = 4;
const POSTED = 100;

const SCRIPT = `
const encoder = new TextEncoder();
const hmac = { name: "HMAC", hash: "SHA-256" };
const key = crypto.subtle.importKey("raw", encoder.encode("a secret of the bare sender"), hmac, false, ["sign"]);

export default {
	async fetch(request, { PROVIDER, MAIL: { subject, html, text } }) {
		const { from, to } = await request.json();
		for (let at = from; at < to; at += ${POSTED}) {
			const mails = [];
			for (let number = at; number < at + ${POSTED}; number += 1) {
				const mac = await crypto.subtle.sign("HMAC", await key, encoder.encode("reader-" + number));
				const token = new Uint8Array(mac).toBase64({ alphabet: "base64url" });
				mails.push({
					from: "Press Office <digest@press.test>",
					to: ["reader-" + number + "@journal.example.org"],
					subject,
					html: html.join(token),
					text: text.join(token),
				});
			}
			const headers = { "Content-Type": "application/json" };
			const sent = { method: "POST", headers, body: JSON.stringify(mails) };
			const answer = await fetch(PROVIDER + "/emails/batch", sent);
			await answer.text();
		}
		return new Response("sent");
	},
};`;

/** Opens one that sends a mail to a provider (an address of `startProvider`). */
export async function openBareSender(
	provider: string,
	{ subject, html, text }: BareMail,
): Promise<BareSender> {
	const before = childrenNamed("workerd");
	const options = {
		modules: true,
		script: SCRIPT,
		compatibilityDate: "2026-11-01",
		bindings: { PROVIDER: provider, MAIL: { subject, html: [...html], text: [...text] } },
	};
	const miniflare = new Miniflare(convertV4MiniflareOptions(options));
	const origin = await miniflare.ready;
	const pid = childrenNamed("workerd").find((one) => !before.includes(one)) ?? Number.NaN;
	const sendSome = async (from: number, to: number) => {
		const answer = await fetch(origin, { method: "POST", body: JSON.stringify({ from, to }) });
		if (!answer.ok) throw new Error(`The bare sender answered ${await answer.text()}.`);
	};
	return {
		cpuSeconds: () => cpuSecondsOf(pid),
		async send(recipients) {
			const each = recipients / AT_ONCE;
			await Promise.all(
				Array.from({ length: AT_ONCE }, (_, at) => sendSome(at * each, (at + 1) * each)),
			);
		},
		dispose: () => miniflare.dispose(),
	};
}
