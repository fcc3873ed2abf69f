import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { describe, expect, it } from "vitest";
import { joinBytes } from "../../src/mail/bytes.ts";
import { signMime } from "../../src/mail/dkim.ts";
import { parseDkimKeys } from "../../src/mail/dkim-keys.ts";
import { composeMime } from "../../src/mail/message.ts";
import { someMessage } from "./messages.ts";

const DOMAIN = "press.test";
const encode = (key: KeyObject) =>
	(key.export({ type: "pkcs8", format: "der" }) as Buffer).toString("base64");
const rsaOf = (modulusLength: number) =>
	encode(generateKeyPairSync("rsa", { modulusLength }).privateKey);
const RSA = rsaOf(1024);
const ED = encode(generateKeyPairSync("ed25519").privateKey);
const EC = encode(generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey);

describe("the keys of a setting", () => {
	it("tell their algorithms themselves", () => {
		expect(parseDkimKeys(`a:${RSA}, b2.c-d:${ED}`, DOMAIN)).toMatchObject({
			ok: true,
			value: [
				{ selector: "a", domain: DOMAIN, algorithm: "rsa-sha256" },
				{ selector: "b2.c-d", domain: DOMAIN, algorithm: "ed25519-sha256" },
			],
		});
		expect(parseDkimKeys(" ", DOMAIN)).toEqual({ ok: true, value: [] });
	});

	it.each([
		["no selector", RSA, "key 1 must be"],
		["an empty selector", `:${RSA}`, "key 1 must be"],
		["a hostile selector", `a; d=other.test:${RSA}`, "key 1 must be"],
		["a selector with a line end", `a\r\nb:${RSA}`, "key 1 must be"],
		["too much", `a:${RSA}:b`, "key 1 must be"],
		["no key", "a:", "key 1 is no private key"],
		["a key cut short", `a:${RSA.slice(0, -9)}`, "key 1 is no private key"],
		["a key in PEM", "a:-----BEGIN PRIVATE KEY-----", "key 1 is no private key"],
		["another kind of key", `a:${EC}`, "key 1 is neither"],
		["a short RSA key", `a:${rsaOf(768)}`, "key 1 is RSA of fewer"],
		["an empty entry", `a:${RSA},`, "key 2 must be"],
		["a selector twice", `a:${RSA},a:${ED}`, "key 2 has the selector"],
	])("are refused without being shown: %s", (_what, setting, words) => {
		const parsed = parseDkimKeys(setting, DOMAIN);
		const error = parsed.ok ? "" : parsed.error;
		expect(error).toContain(words);
		expect(error).not.toContain(setting.slice(-20));
	});
});

describe("a signed message", () => {
	it("is the message, with a signature by each key in front", async () => {
		const keys = parseDkimKeys(`a:${RSA},b:${ED}`, DOMAIN);
		const mime = await composeMime(someMessage());
		const source = (bytes: Uint8Array) => new TextDecoder("latin1").decode(bytes);
		const signed = source(joinBytes(signMime([mime], keys.ok ? keys.value : [])));
		expect(signed.endsWith(source(mime))).toBe(true);
		const signatures = signed.slice(0, -mime.length);
		expect(signatures.match(/^DKIM-Signature: v=1; a=\S+;/gm)).toEqual([
			"DKIM-Signature: v=1; a=rsa-sha256;",
			"DKIM-Signature: v=1; a=ed25519-sha256;",
		]);
		for (const line of signatures.split("\r\n")) expect(line.length).toBeLessThan(79);
		expect(signatures).not.toMatch(/(?<!\r)\n|\r(?!\n)/);
	});

	it("is the same without keys", async () => {
		const mime = await composeMime(someMessage());
		expect(signMime([mime], [])).toEqual([mime]);
	});
});
