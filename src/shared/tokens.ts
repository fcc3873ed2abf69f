/** What a token allows. A token made for one purpose is worth nothing for another. */
export type Purpose = "confirm" | "unsubscribe";

/** What a genuine token says. */
export interface TokenClaims {
	/** The subscriber's id, a UUID. */
	readonly subscriber: string;
	/** When it stops being good, in seconds since 1970 UTC; 0 where it never does. */
	readonly expires: number;
}

const ID_BYTES = 16;
const EXPIRY_BYTES = 4;
const PAYLOAD_BYTES = ID_BYTES + EXPIRY_BYTES;

export interface Tokens {
	/** An opaque, URL-safe token; `expires` in seconds since 1970 UTC, 0 for never. */
	make(purpose: Purpose, claims: TokenClaims): Promise<string>;
	/** What a token says, or null where it is not ours for this purpose or `now` (ms) is past it. */
	read(purpose: Purpose, token: string, now: number): Promise<TokenClaims | null>;
}

/**
 * Tokens signed with HMAC-SHA-256 (RFC 2104) over the purpose, the subscriber and the expiry.
 * The signature is compared in constant time by Web Crypto.
 */
export function createTokens(secret: string): Tokens {
	const encoder = new TextEncoder();
	let key: Promise<CryptoKey> | undefined;
	const getKey = () => {
		key ??= crypto.subtle.importKey(
			"raw",
			encoder.encode(secret),
			{ name: "HMAC", hash: "SHA-256" },
			false,
			["sign", "verify"],
		);
		return key;
	};
	const signed = (purpose: Purpose, payload: Uint8Array) =>
		concatenate(encoder.encode(`${purpose}\0`), payload);

	return {
		async make(purpose, claims) {
			const payload = encodeClaims(claims);
			const mac = await crypto.subtle.sign("HMAC", await getKey(), signed(purpose, payload));
			return concatenate(payload, new Uint8Array(mac)).toBase64({
				alphabet: "base64url",
				omitPadding: true,
			});
		},

		async read(purpose, token, now) {
			const bytes = decodeToken(token);
			if (!bytes) return null;
			const payload = bytes.slice(0, PAYLOAD_BYTES);
			const mac = bytes.slice(PAYLOAD_BYTES);
			const message = signed(purpose, payload);
			if (!(await crypto.subtle.verify("HMAC", await getKey(), mac, message))) return null;
			const claims = decodeClaims(payload);
			return claims.expires === 0 || now < claims.expires * 1000 ? claims : null;
		},
	};
}

function encodeClaims({ subscriber, expires }: TokenClaims): Uint8Array {
	const payload = new Uint8Array(PAYLOAD_BYTES);
	payload.setFromHex(subscriber.replaceAll("-", ""));
	new DataView(payload.buffer).setUint32(ID_BYTES, expires);
	return payload;
}

function decodeClaims(payload: Uint8Array): TokenClaims {
	const hex = payload.slice(0, ID_BYTES).toHex();
	const subscriber = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
	return { subscriber, expires: new DataView(payload.buffer).getUint32(ID_BYTES) };
}

function decodeToken(token: string): Uint8Array | null {
	try {
		const bytes = Uint8Array.fromBase64(token, { alphabet: "base64url" });
		return bytes.length > PAYLOAD_BYTES ? bytes : null;
	} catch {
		return null;
	}
}

function concatenate(first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> {
	const joined = new Uint8Array(first.length + second.length);
	joined.set(first);
	joined.set(second, first.length);
	return joined;
}
