import { createPrivateKey, type KeyObject } from "node:crypto";
import { err, ok, type Result } from "../shared/result.ts";

/** A key that mail is signed with (RFC 6376), and where its public part is: `selector._domainkey.domain`. */
export interface DkimKey {
	readonly selector: string;
	readonly domain: string;
	readonly algorithm: "rsa-sha256" | "ed25519-sha256";
	readonly key: KeyObject;
}

/** RFC 8301, section 3.2. */
const SHORTEST_RSA_BITS = 1024;
const SELECTOR = /^[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?(?:\.[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?)*$/i;

/**
 * The keys of a setting: `selector:key`, with commas between them, each key PKCS #8 in DER and base64.
 * The key itself tells its algorithm.
 *
 * @param domain the sender's, which signs.
 * @returns what is wrong in words that do not show a key.
 */
export function parseDkimKeys(text: string, domain: string): Result<readonly DkimKey[], string> {
	const keys: DkimKey[] = [];
	const entries = text.split(",").map((entry) => entry.trim());
	for (const [index, entry] of (text.trim() === "" ? [] : entries).entries()) {
		const parsed = parseKey(entry, domain);
		if (!parsed.ok) return err(`key ${index + 1} ${parsed.error}`);
		if (keys.some(({ selector }) => selector === parsed.value.selector))
			return err(`key ${index + 1} has the selector of another`);
		keys.push(parsed.value);
	}
	return ok(keys);
}

function parseKey(entry: string, domain: string): Result<DkimKey, string> {
	const [selector = "", encoded = "", ...more] = entry.split(":");
	if (!SELECTOR.test(selector) || more.length > 0)
		return err("must be selector:key, the selector as in a domain name");
	const key = readKey(encoded);
	if (!key) return err("is no private key (PKCS #8 in DER, in base64)");
	if (key.asymmetricKeyType === "ed25519")
		return ok({ selector, domain, algorithm: "ed25519-sha256", key });
	if (key.asymmetricKeyType !== "rsa") return err("is neither RSA nor Ed25519");
	if ((key.asymmetricKeyDetails?.modulusLength ?? 0) < SHORTEST_RSA_BITS)
		return err(`is RSA of fewer than ${SHORTEST_RSA_BITS} bits`);
	return ok({ selector, domain, algorithm: "rsa-sha256", key });
}

function readKey(encoded: string): KeyObject | null {
	if (!/^[A-Za-z\d+/]+={0,2}$/.test(encoded)) return null;
	try {
		const der = Buffer.from(encoded, "base64");
		return createPrivateKey({ key: der, format: "der", type: "pkcs8" });
	} catch {
		return null;
	}
}
