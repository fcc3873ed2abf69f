import { createHash, sign } from "node:crypto";
import type { DkimKey } from "./dkim-keys.ts";
import type { Mime } from "./ready-mime.ts";

/**
 * What is signed of a message's headers, as far as it has them. RFC 8058, section 4, wants both that
 * unsubscribe covered.
 */
const SIGNED_HEADERS = [
	"From",
	"To",
	"Subject",
	"Date",
	"Message-ID",
	"MIME-Version",
	"Content-Type",
	"Content-Language",
	"Auto-Submitted",
	"List-Id",
	"List-Unsubscribe",
	"List-Unsubscribe-Post",
	"Feedback-ID",
];

/** Bytes of text as one character each, and back: RFC 6376 signs bytes. */
const BYTES = "latin1";
/** Short enough for the first line, which has the header's name too. */
const MOST_IN_LINE = 60;

/**
 * The message with a `DKIM-Signature` (RFC 6376; relaxed/relaxed) by each key, RSA with SHA-256 or
 * Ed25519 (RFC 8463). The mail library's signer knows RSA alone, and cannot name a header twice, by
 * which another `From` in front of ours would break the signature.
 *
 * @param mime lines ending in CR LF.
 */
export function signMime(mime: Mime, keys: readonly DkimKey[]): Mime {
	if (keys.length === 0) return mime;
	const bytes = Buffer.concat(mime);
	const bodyAt = bytes.indexOf("\r\n\r\n") + 4;
	const headers = readHeaders(bytes.toString(BYTES, 0, bodyAt - 2));
	const bodyHash = createHash("sha256")
		.update(relaxBody(bytes.subarray(bodyAt)))
		.digest("base64");
	const signatures = keys.map((key) => signatureOf(key, headers, bodyHash));
	return [Buffer.from(signatures.join(""), BYTES), ...mime];
}

/** A header's name in lower case, and all that follows the colon. */
interface Header {
	readonly name: string;
	readonly value: string;
}

function readHeaders(head: string): Header[] {
	// A header's further lines begin with white space (RFC 5322, section 2.2.3).
	return head.split(/\r\n(?![ \t])/).flatMap((header) => {
		const colon = header.indexOf(":");
		const name = header.slice(0, colon).trimEnd().toLowerCase();
		return colon < 0 ? [] : [{ name, value: header.slice(colon + 1) }];
	});
}

function signatureOf(key: DkimKey, headers: readonly Header[], bodyHash: string): string {
	const names = SIGNED_HEADERS.filter((name) => last(headers, name) !== undefined);
	const tags = [
		"v=1",
		`a=${key.algorithm}`,
		"c=relaxed/relaxed",
		`d=${key.domain}`,
		`s=${key.selector}`,
		`bh=${bodyHash}`,
		// From once more than there is one: none can be added.
		`h=${["From", ...names].join(":")}`,
	];
	const unsigned = `DKIM-Signature: ${fold(tags)}\r\n b=`;
	const signed = [
		...names.map((name) => relaxHeader(name, last(headers, name) ?? "")),
		relaxHeader("DKIM-Signature", unsigned.slice(unsigned.indexOf(":") + 1)),
	].join("\r\n");
	return `${unsigned}${foldBase64(signBytes(key, Buffer.from(signed, BYTES)))}\r\n`;
}

/** The last of a name: verifiers take them from the bottom (RFC 6376, section 5.4.2). */
function last(headers: readonly Header[], name: string): string | undefined {
	return headers.findLast((header) => header.name === name.toLowerCase())?.value;
}

/** Ed25519 signs the hash of what RSA signs by way of its hash (RFC 8463, section 3). */
function signBytes({ algorithm, key }: DkimKey, signed: Buffer): string {
	const signature =
		algorithm === "rsa-sha256"
			? sign("sha256", signed, key)
			: sign(null, createHash("sha256").update(signed).digest(), key);
	return signature.toString("base64");
}

/** RFC 6376, section 3.4.2. */
function relaxHeader(name: string, value: string): string {
	const unfolded = value.replaceAll("\r\n", "").replaceAll(/[ \t]+/g, " ");
	return `${name.toLowerCase()}:${unfolded.replaceAll(/^ | $/g, "")}`;
}

const [TAB, LF, CR, SPACE] = [9, 10, 13, 32];

/**
 * RFC 6376, section 3.4.4: white space as one space, none at the end of a line, no empty lines at the
 * end. By bytes: it is done for each recipient.
 */
function relaxBody(body: Uint8Array): Uint8Array {
	const relaxed = new Uint8Array(body.length + 2);
	let length = 0;
	// Where the body ends without its trailing empty lines.
	let end = 0;
	let isSpaced = false;
	for (let at = 0; at < body.length; at++) {
		const byte = body[at] as number;
		if (byte === SPACE || byte === TAB) {
			isSpaced = true;
			continue;
		}
		if (byte === CR && body[at + 1] === LF) {
			relaxed[length++] = CR;
			relaxed[length++] = LF;
			at++;
		} else {
			if (isSpaced) relaxed[length++] = SPACE;
			relaxed[length++] = byte;
			end = length;
		}
		isSpaced = false;
	}
	if (end === 0) return relaxed.subarray(0, 0);
	relaxed[end] = CR;
	relaxed[end + 1] = LF;
	return relaxed.subarray(0, end + 2);
}

/** Tags in lines that are short, broken between tags and in the list of names. */
function fold(tags: readonly string[]): string {
	const lines: string[] = [];
	let line = "";
	for (const part of tags.flatMap((tag) => `${tag};`.split(/(?<=:)/))) {
		const longer = line === "" || line.endsWith(":") ? line + part : `${line} ${part}`;
		if (longer.length <= MOST_IN_LINE) {
			line = longer;
			continue;
		}
		lines.push(line);
		line = part;
	}
	return [...lines, line].join("\r\n ");
}

function foldBase64(text: string): string {
	return text.match(/.{1,72}/g)?.join("\r\n ") ?? "";
}
