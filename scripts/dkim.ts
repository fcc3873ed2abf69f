// npm run dkim -- SELECTOR [--ed25519]: makes a key to sign mail with, and tells what to publish and what
// to configure. The private key is printed once and kept nowhere.
import { generateKeyPairSync } from "node:crypto";
import { parseDkimKeys } from "../src/mail/dkim-keys.ts";

const USAGE = "npm run dkim -- SELECTOR [--ed25519], for example: npm run dkim -- press2027";
const RSA_BITS = 2048;
/** A character string of a TXT record takes 255 bytes (RFC 1035, section 3.3). */
const LONGEST_STRING = 255;
/** Bytes of an Ed25519 key without the SPKI around it (RFC 8463, section 4; RFC 8410). */
const ED25519_BYTES = 32;

/** What is wrong with the arguments, or null. */
function faultOf(words: readonly string[]): string | null {
	const [selector = "", ...more] = words.filter((word) => word !== "--ed25519");
	if (more.length > 0) return "there are more arguments than one";
	const parsed = parseDkimKeys(`${selector}:${makePair(true).privateKey}`, "press.example.org");
	return parsed.ok ? null : "SELECTOR must be made of letters, digits, - and . as a domain name is";
}

/** A pair in base64, the public part as DNS has it. */
function makePair(isEd25519: boolean): { privateKey: string; publicKey: string } {
	const { privateKey, publicKey } = isEd25519
		? generateKeyPairSync("ed25519")
		: generateKeyPairSync("rsa", { modulusLength: RSA_BITS });
	const published = publicKey.export({ type: "spki", format: "der" });
	return {
		privateKey: privateKey.export({ type: "pkcs8", format: "der" }).toString("base64"),
		publicKey: published.subarray(isEd25519 ? -ED25519_BYTES : 0).toString("base64"),
	};
}

function makeKey(selector: string, isEd25519: boolean): void {
	const { privateKey, publicKey } = makePair(isEd25519);
	const record = `v=DKIM1; k=${isEd25519 ? "ed25519" : "rsa"}; p=${publicKey}`;
	const strings = record.match(new RegExp(`.{1,${LONGEST_STRING}}`, "g")) ?? [];
	console.log("To publish as a TXT record in the DNS, before anything is signed with it:\n");
	console.log(`  ${selector}._domainkey.<the sender's domain>`);
	console.log(`  ${strings.map((string) => `"${string}"`).join(" ")}\n`);
	console.log("For DKIM_KEYS, a secret shown this once, with a comma between it and others:\n");
	console.log(`  ${selector}:${privateKey}`);
}

const words = process.argv.slice(2);
const fault = faultOf(words);
if (fault === null)
	makeKey(words.find((word) => word !== "--ed25519") ?? "", words.includes("--ed25519"));
else {
	console.error(`No key was made: ${fault}.\n${USAGE}`);
	process.exitCode = 1;
}
