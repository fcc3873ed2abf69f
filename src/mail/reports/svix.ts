import type { Posted } from "./door.ts";

/** A post is good for five minutes before and after it was made. */
const TOLERANCE_MS = 5 * 60 * 1000;

/**
 * Whether a post was signed with the secret, by the scheme of Svix (Standard Webhooks): HMAC-SHA-256 over
 * its id, its time and its body. It may have several signatures, while the secret is being changed.
 *
 * @param secret base64, with `whsec_` before it.
 */
export async function isSigned(
	{ headers, body }: Posted,
	secret: string,
	now: number,
): Promise<boolean> {
	const id = headers.get("svix-id") ?? "";
	const timestamp = headers.get("svix-timestamp") ?? "";
	if (id === "" || !/^\d{1,12}$/.test(timestamp)) return false;
	if (Math.abs(now - Number(timestamp) * 1000) > TOLERANCE_MS) return false;
	const key = await importKey(secret);
	const signed = new TextEncoder().encode(`${id}.${timestamp}.${body}`);
	// Web Crypto compares in constant time.
	for (const signature of signaturesIn(headers.get("svix-signature") ?? ""))
		if (await crypto.subtle.verify("HMAC", key, signature, signed)) return true;
	return false;
}

/** More signatures than a change of the secret has need of are not looked at. */
const MOST_SIGNATURES = 5;

function signaturesIn(header: string): Uint8Array<ArrayBuffer>[] {
	const parts = header.split(" ").slice(0, MOST_SIGNATURES);
	return parts.flatMap((part) => {
		const [version, text = ""] = part.split(",");
		const bytes = version === "v1" ? fromBase64(text) : null;
		return bytes ? [bytes] : [];
	});
}

function importKey(secret: string): Promise<CryptoKey> {
	const bytes = fromBase64(secret.replace(/^whsec_/, "")) ?? new TextEncoder().encode(secret);
	const algorithm = { name: "HMAC", hash: "SHA-256" };
	return crypto.subtle.importKey("raw", bytes, algorithm, false, ["verify"]);
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> | null {
	try {
		return Uint8Array.fromBase64(text);
	} catch {
		return null;
	}
}
