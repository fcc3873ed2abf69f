import { bytesOfId, concatenate, createKeys, idOfBytes, type Secrets, sign } from "./tokens.ts";

/** What a token in a mail address is for. One made for one purpose is worth nothing for another. */
export type MailPurpose = "unsubscribe" | "bounce";

/** What a token in a mail address says: whose it is. */
export interface MailClaims {
	/** The subscriber's id, a UUID. */
	readonly subscriber: string;
	/** The version of the subscriber's links that it was made for. */
	readonly version: number;
}

const ID_BYTES = 16;
const PAYLOAD_BYTES = ID_BYTES + 2;
/** A forger has to try 2^96 of them, each with a mail. */
const MAC_BYTES = 12;
const BITS_A_DIGIT = 5;

/** Characters of a token. */
export const MAIL_TOKEN_LENGTH = ((PAYLOAD_BYTES + MAC_BYTES) * 8) / BITS_A_DIGIT;
const MAIL_TOKEN = new RegExp(`^[0-9a-v]{${MAIL_TOKEN_LENGTH}}$`);

export interface MailTokens {
	make(purpose: MailPurpose, claims: MailClaims): Promise<string>;
	/** What a token says, in whatever case it comes, or null where it is not ours for this purpose. */
	read(purpose: MailPurpose, token: string): Promise<MailClaims | null>;
}

/**
 * Tokens that stand in the local part of an address, which has 64 characters (RFC 5321, section
 * 4.5.3.1.1) and which mailers may put in lower case: base32hex digits (RFC 4648) of the subscriber,
 * the version and a truncated HMAC-SHA-256 (RFC 2104, section 5). They allow to unsubscribe, or say whose
 * mail came back, and nothing else.
 */
export function createMailTokens(secrets: Secrets): MailTokens {
	const keys = createKeys(secrets);
	const macOf = async (key: CryptoKey, purpose: MailPurpose, payload: Uint8Array) => {
		const prefix = new TextEncoder().encode(`${purpose} by mail\0`);
		return (await sign(key, concatenate(prefix, payload))).slice(0, MAC_BYTES);
	};

	return {
		async make(purpose, claims) {
			const payload = encodeClaims(claims);
			return toDigits(concatenate(payload, await macOf(await keys[0](), purpose, payload)));
		},

		async read(purpose, token) {
			const digits = token.toLowerCase();
			if (!MAIL_TOKEN.test(digits)) return null;
			const bytes = fromDigits(digits);
			const payload = bytes.slice(0, PAYLOAD_BYTES);
			const mac = bytes.slice(PAYLOAD_BYTES);
			for (const key of keys)
				if (crypto.subtle.timingSafeEqual(mac, await macOf(await key(), purpose, payload)))
					return decodeClaims(payload);
			return null;
		},
	};
}

function encodeClaims({ subscriber, version }: MailClaims): Uint8Array {
	const payload = new Uint8Array(PAYLOAD_BYTES);
	payload.set(bytesOfId(subscriber));
	new DataView(payload.buffer).setUint16(ID_BYTES, version);
	return payload;
}

function decodeClaims(payload: Uint8Array<ArrayBuffer>): MailClaims {
	const version = new DataView(payload.buffer).getUint16(ID_BYTES);
	return { subscriber: idOfBytes(payload.slice(0, ID_BYTES)), version };
}

function toDigits(bytes: Uint8Array): string {
	return BigInt(`0x${bytes.toHex()}`).toString(32).padStart(MAIL_TOKEN_LENGTH, "0");
}

function fromDigits(digits: string): Uint8Array<ArrayBuffer> {
	const add = (sum: bigint, digit: string) => sum * 32n + BigInt(Number.parseInt(digit, 32));
	const hex = [...digits].reduce(add, 0n).toString(16);
	return Uint8Array.fromHex(hex.padStart((PAYLOAD_BYTES + MAC_BYTES) * 2, "0"));
}
