// A certificate as Amazon has one, made here: self-signed X.509 (RFC 5280) in DER (X.690).

const SEQUENCE = 0x30;
const SET = 0x31;
const INTEGER = 0x02;
const BIT_STRING = 0x03;
const UTC_TIME = 0x17;
const UTF8 = 0x0c;
const EXPLICIT_0 = 0xa0;

type Bytes = Uint8Array<ArrayBuffer>;

function join(...parts: readonly Uint8Array[]): Bytes {
	const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
	let at = 0;
	for (const part of parts) {
		joined.set(part, at);
		at += part.length;
	}
	return joined;
}

function der(tag: number, ...contents: readonly Uint8Array[]): Bytes {
	const content = join(...contents);
	const size = content.length;
	const length =
		size < 128 ? [size] : size < 256 ? [0x81, size] : [0x82, Math.floor(size / 256), size % 256];
	return join(Uint8Array.from([tag, ...length]), content);
}

const hex = (text: string) => Uint8Array.fromHex(text);
const ascii = (text: string) => new TextEncoder().encode(text);
/** sha256WithRSAEncryption (RFC 8017), with no parameters. */
const RSA_SHA256 = der(SEQUENCE, hex("06092a864886f70d01010b"), hex("0500"));

function nameOf(text: string): Bytes {
	return der(SEQUENCE, der(SET, der(SEQUENCE, hex("0603550403"), der(UTF8, ascii(text)))));
}

/** `YYMMDDhhmmssZ` of a moment. */
function utcTime(moment: number): Bytes {
	const digits = new Date(moment).toISOString().replaceAll(/\D/g, "").slice(2, 14);
	return der(UTC_TIME, ascii(`${digits}Z`));
}

export interface Signer {
	/** The certificate, as PEM (RFC 7468). */
	readonly pem: string;
	/** Signs a text; base64. */
	sign(text: string, hash: "SHA-1" | "SHA-256"): Promise<string>;
}

/** Makes a key and a certificate for it that is good from one moment to another. */
export async function makeSigner(from: number, to: number): Promise<Signer> {
	const algorithm = {
		name: "RSASSA-PKCS1-v1_5",
		modulusLength: 2048,
		publicExponent: hex("010001"),
		hash: "SHA-256",
	};
	const pair = (await crypto.subtle.generateKey(algorithm, true, ["sign"])) as CryptoKeyPair;
	const spki = new Uint8Array(
		(await crypto.subtle.exportKey("spki", pair.publicKey)) as ArrayBuffer,
	);
	const pkcs8 = (await crypto.subtle.exportKey("pkcs8", pair.privateKey)) as ArrayBuffer;
	const keyFor = (hash: string) =>
		crypto.subtle.importKey("pkcs8", pkcs8, { name: algorithm.name, hash }, false, ["sign"]);
	const sign = async (bytes: Uint8Array, hash: string) =>
		new Uint8Array(await crypto.subtle.sign(algorithm.name, await keyFor(hash), bytes));

	const tbs = der(
		SEQUENCE,
		der(EXPLICIT_0, der(INTEGER, hex("02"))),
		der(INTEGER, hex("01")),
		RSA_SHA256,
		nameOf("test"),
		der(SEQUENCE, utcTime(from), utcTime(to)),
		nameOf("sns.amazonaws.com"),
		spki,
	);
	const signature = der(BIT_STRING, hex("00"), await sign(tbs, "SHA-256"));
	const certificate = der(SEQUENCE, tbs, RSA_SHA256, signature);
	const lines = certificate.toBase64().match(/.{1,64}/g) ?? [];
	return {
		pem: `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`,
		sign: async (text, hash) => (await sign(ascii(text), hash)).toBase64(),
	};
}
