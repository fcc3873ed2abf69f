/** What a token allows. A token made for one purpose is worth nothing for another. */
export type Purpose = "confirm" | "unsubscribe" | "manage" | "move";

/** What a genuine token says. */
export interface TokenClaims {
	/** The subscriber's id, a UUID. */
	readonly subscriber: string;
	/** When it stops being good, in seconds since 1970 UTC; 0 where it never does. */
	readonly expires: number;
	/** The version of the subscriber's links that it was made for. */
	readonly version: number;
}

/** The first signs, each verifies: a new secret is put before the one that it replaces. */
export type Secrets = readonly [string, ...string[]];

const ID_BYTES = 16;
const NUMBER_BYTES = 4;
const PAYLOAD_BYTES = ID_BYTES + 2 * NUMBER_BYTES;

export interface Tokens {
	/** An opaque, URL-safe token; `expires` in seconds since 1970 UTC, 0 for never. */
	make(purpose: Purpose, claims: TokenClaims): Promise<string>;
	/** What a token says, or null where it is not ours for this purpose or `now` (ms) is past it. */
	read(purpose: Purpose, token: string, now: number): Promise<TokenClaims | null>;
}

/**
 * Tokens signed with HMAC-SHA-256 (RFC 2104) over the purpose, the subscriber, the expiry and the
 * version. The signature is compared in constant time by Web Crypto.
 */
export function createTokens(secrets: Secrets): Tokens {
	const keys = createKeys(secrets);
	const prefixes = new Map<Purpose, Uint8Array>();
	const prefixOf = (purpose: Purpose): Uint8Array => {
		const prefix = prefixes.get(purpose) ?? new TextEncoder().encode(`${purpose}\0`);
		prefixes.set(purpose, prefix);
		return prefix;
	};
	const signed = (purpose: Purpose, payload: Uint8Array) => concatenate(prefixOf(purpose), payload);

	return {
		async make(purpose, claims) {
			const payload = encodeClaims(claims);
			const mac = await sign(await keys[0](), signed(purpose, payload));
			return concatenate(payload, mac).toBase64({ alphabet: "base64url", omitPadding: true });
		},

		async read(purpose, token, now) {
			const bytes = decodeToken(token);
			if (!bytes) return null;
			const payload = bytes.slice(0, PAYLOAD_BYTES);
			const mac = bytes.slice(PAYLOAD_BYTES);
			const message = signed(purpose, payload);
			for (const key of keys)
				if (await crypto.subtle.verify("HMAC", await key(), mac, message))
					return unlessExpired(decodeClaims(payload), now);
			return null;
		},
	};
}

/** Keys of HMAC-SHA-256, each imported when it is first needed. */
export function createKeys([first, ...others]: Secrets): [LazyKey, ...LazyKey[]] {
	return [lazyKey(first), ...others.map(lazyKey)];
}
type LazyKey = () => Promise<CryptoKey>;

function lazyKey(secret: string): LazyKey {
	let key: Promise<CryptoKey> | undefined;
	return () => {
		key ??= crypto.subtle.importKey(
			"raw",
			new TextEncoder().encode(secret),
			{ name: "HMAC", hash: "SHA-256" },
			false,
			["sign", "verify"],
		);
		return key;
	};
}

export async function sign(key: CryptoKey, message: BufferSource): Promise<Uint8Array> {
	return new Uint8Array(await crypto.subtle.sign("HMAC", key, message));
}

export function concatenate(first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> {
	const joined = new Uint8Array(first.length + second.length);
	joined.set(first);
	joined.set(second, first.length);
	return joined;
}

/** The 16 bytes of a UUID. */
export function bytesOfId(id: string): Uint8Array {
	return Uint8Array.fromHex(id.replaceAll("-", ""));
}

/** The UUID of 16 bytes. */
export function idOfBytes(bytes: Uint8Array): string {
	return bytes.toHex().replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

function encodeClaims({ subscriber, expires, version }: TokenClaims): Uint8Array {
	const payload = new Uint8Array(PAYLOAD_BYTES);
	payload.set(bytesOfId(subscriber));
	const numbers = new DataView(payload.buffer, ID_BYTES);
	numbers.setUint32(0, expires);
	numbers.setUint32(NUMBER_BYTES, version);
	return payload;
}

function decodeClaims(payload: Uint8Array<ArrayBuffer>): TokenClaims {
	const numbers = new DataView(payload.buffer, ID_BYTES);
	return {
		subscriber: idOfBytes(payload.slice(0, ID_BYTES)),
		expires: numbers.getUint32(0),
		version: numbers.getUint32(NUMBER_BYTES),
	};
}

function unlessExpired(claims: TokenClaims, now: number): TokenClaims | null {
	return claims.expires === 0 || now < claims.expires * 1000 ? claims : null;
}

function decodeToken(token: string): Uint8Array<ArrayBuffer> | null {
	try {
		const bytes = Uint8Array.fromBase64(token, { alphabet: "base64url" });
		return bytes.length > PAYLOAD_BYTES ? bytes : null;
	} catch {
		return null;
	}
}
