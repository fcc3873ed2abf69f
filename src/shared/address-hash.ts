import { createKeys, sign } from "./tokens.ts";

/** The keyed hash of an address without regard to case, in lower-case hexadecimal. */
export type HashAddress = (address: string) => Promise<string>;

/**
 * Hashes addresses with HMAC-SHA-256 (RFC 2104): who has only the hashes can neither read the
 * addresses nor try which they are. With another secret no hash is found again.
 */
export function createAddressHash(secret: string): HashAddress {
	const [key] = createKeys([secret]);
	return async (address) => {
		const message = new TextEncoder().encode(address.toLowerCase());
		return (await sign(await key(), message)).toHex();
	};
}
