import { describe, expect, it } from "vitest";
import { createTokens } from "../../src/shared/tokens.ts";

const SECRET = "a-secret-of-the-tests-with-enough-length";
const ID = "3f2b8c1e-9d4a-4e6f-8a7b-1c2d3e4f5a6b";
const NOW = Date.parse("2026-11-23T04:00:00Z");
const tokens = createTokens([SECRET]);

const forever = { subscriber: ID, expires: 0, version: 0 };

describe("a genuine token", () => {
	it("says for whom it is, for as long as it is good", async () => {
		const claims = { subscriber: ID, expires: NOW / 1000 + 60, version: 3 };
		expect(await tokens.read("confirm", await tokens.make("confirm", claims), NOW)).toEqual(claims);
	});

	it("ends at its expiry to the millisecond", async () => {
		const expires = NOW / 1000 + 60;
		const token = await tokens.make("confirm", { subscriber: ID, expires, version: 0 });
		expect(await tokens.read("confirm", token, expires * 1000 - 1)).not.toBeNull();
		expect(await tokens.read("confirm", token, expires * 1000)).toBeNull();
	});

	it("never ends without an expiry", async () => {
		const token = await tokens.make("unsubscribe", forever);
		const far = Date.parse("2999-01-01T00:00:00Z");
		expect(await tokens.read("unsubscribe", token, far)).toEqual(forever);
	});

	it("stands in a URL as it is, and shows nothing of the id", async () => {
		const token = await tokens.make("unsubscribe", forever);
		expect(token).toMatch(/^[A-Za-z0-9_-]+$/);
		for (const part of [ID, ...ID.split("-")]) expect(token).not.toContain(part);
	});

	it("is read by whoever has the same secret", async () => {
		const token = await createTokens([SECRET]).make("unsubscribe", forever);
		expect(await tokens.read("unsubscribe", token, NOW)).toEqual(forever);
	});
});

describe("another secret", () => {
	const OTHER = "another-secret-of-the-tests-with-enough-length";

	it("that was the one before still verifies, and signs nothing", async () => {
		const before = await createTokens([SECRET]).make("manage", forever);
		const rotated = createTokens([OTHER, SECRET]);
		expect(await rotated.read("manage", before, NOW)).toEqual(forever);
		const after = await rotated.make("manage", forever);
		expect(await createTokens([OTHER]).read("manage", after, NOW)).toEqual(forever);
		expect(await createTokens([SECRET]).read("manage", after, NOW)).toBeNull();
	});

	it("makes void what was signed before, once that is taken out", async () => {
		const before = await createTokens([SECRET]).make("manage", forever);
		expect(await createTokens([OTHER]).read("manage", before, NOW)).toBeNull();
	});
});

describe("any other token says nothing", () => {
	it("made for another purpose", async () => {
		const token = await tokens.make("confirm", forever);
		expect(await tokens.read("unsubscribe", token, NOW)).toBeNull();
		expect(await tokens.read("confirm", token, NOW)).toEqual(forever);
	});

	it("signed with another secret", async () => {
		const token = await createTokens([`${SECRET}.`]).make("confirm", forever);
		expect(await tokens.read("confirm", token, NOW)).toBeNull();
	});

	it("with any bit of any byte turned", async () => {
		const token = await tokens.make("confirm", {
			subscriber: ID,
			expires: NOW / 1000 + 60,
			version: 3,
		});
		const bytes = Uint8Array.fromBase64(token, { alphabet: "base64url" });
		for (let place = 0; place < bytes.length * 8; place += 1) {
			const tampered = bytes.slice();
			tampered[place >> 3] = (tampered[place >> 3] ?? 0) ^ (1 << (place & 7));
			const forged = tampered.toBase64({ alphabet: "base64url", omitPadding: true });
			expect(await tokens.read("confirm", forged, NOW), `bit ${place}`).toBeNull();
		}
	});

	it("cut short at any place, or with something behind it", async () => {
		const token = await tokens.make("confirm", forever);
		for (let length = 0; length < token.length; length += 1)
			expect(await tokens.read("confirm", token.slice(0, length), NOW), `${length}`).toBeNull();
		expect(await tokens.read("confirm", `${token}AAAA`, NOW)).toBeNull();
	});

	it.each(["", " ", "AAAA", "%", "ключ", "=".repeat(60), "A".repeat(75), "A".repeat(100_000), ID])(
		"that is garbage: %.40s",
		async (garbage) => {
			expect(await tokens.read("confirm", garbage, NOW)).toBeNull();
		},
	);
});
