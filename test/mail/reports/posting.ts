import { expect } from "vitest";
import type { ReadPosted } from "../../../src/mail/reports/door.ts";
import type { Report } from "../../../src/mail/reports/report.ts";

export const NOW = Date.parse("2026-11-22T07:00:00Z");
export const ANNA = "3f2b8c1e-9d4a-4e6f-8a7b-1c2d3e4f5a6b";
export const ADDRESS = "anna@journal.test";

/** The secret of a webhook at Resend, of 32 bytes. */
export const SECRET = `whsec_${new Uint8Array(32).fill(7).toBase64()}`;

/** Headers of a post signed as Svix signs it. */
export async function signSvix(
	body: string,
	{ secret = SECRET, id = "msg_1", at = NOW, before = "" } = {},
): Promise<Headers> {
	const bytes = Uint8Array.fromBase64(secret.replace("whsec_", ""));
	const algorithm = { name: "HMAC", hash: "SHA-256" };
	const key = await crypto.subtle.importKey("raw", bytes, algorithm, false, ["sign"]);
	const seconds = Math.floor(at / 1000);
	const signed = new TextEncoder().encode(`${id}.${seconds}.${body}`);
	const mac = new Uint8Array(await crypto.subtle.sign("HMAC", key, signed)).toBase64();
	return new Headers({
		"svix-id": id,
		"svix-timestamp": String(seconds),
		"svix-signature": `${before}v1,${mac}`,
	});
}

/** The login of Postmark's webhook. */
export const LOGIN = "postmark:a-password-of-the-tests";
export const basic = (login: string) =>
	new Headers({ Authorization: `Basic ${new TextEncoder().encode(login).toBase64()}` });

/** The one report in what was posted. */
export async function reportIn(
	read: ReadPosted,
	body: object,
	headers = new Headers(),
): Promise<Report | undefined> {
	const found = await read({ headers, body: JSON.stringify(body) }, NOW);
	if (!found.ok) throw new Error(found.error);
	expect(found.value.length).toBeLessThanOrEqual(1);
	return found.value[0];
}
