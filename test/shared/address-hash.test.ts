import { createHmac } from "node:crypto";
import { expect, it } from "vitest";
import { createAddressHash } from "../../src/shared/address-hash.ts";

const SECRET = "an-address-secret-of-the-tests-with-enough-length";

it("is HMAC-SHA-256 of the address without regard to case", async () => {
	const expected = createHmac("sha256", SECRET).update("anna@journal.test").digest("hex");
	const hashAddress = createAddressHash(SECRET);
	expect(await hashAddress("anna@journal.test")).toBe(expected);
	expect(await hashAddress("Anna@Journal.TEST")).toBe(expected);
});

it("is another one for another address, and with another secret", async () => {
	const hash = await createAddressHash(SECRET)("anna@journal.test");
	expect(await createAddressHash(SECRET)("anna@journal.tes")).not.toBe(hash);
	expect(await createAddressHash(`${SECRET}.`)("anna@journal.test")).not.toBe(hash);
});
