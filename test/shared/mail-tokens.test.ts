import { describe, expect, it } from "vitest";
import { createMailTokens, MAIL_TOKEN_LENGTH } from "../../src/shared/mail-tokens.ts";
import { createTokens } from "../../src/shared/tokens.ts";

const SECRET = "a-secret-of-the-tests-with-enough-length";
const OTHER = "another-secret-of-the-tests-with-enough-length";
const CLAIMS = { subscriber: "3f2b8c1e-9d4a-4e6f-8a7b-1c2d3e4f5a6b", version: 258 };
const tokens = createMailTokens([SECRET]);

describe("a token in an address", () => {
	it("says for whom it is, in whatever case it comes", async () => {
		const token = await tokens.make("unsubscribe", CLAIMS);
		expect(await tokens.read("unsubscribe", token)).toEqual(CLAIMS);
		expect(await tokens.read("unsubscribe", token.toUpperCase())).toEqual(CLAIMS);
	});

	it("has the same length for everybody, and fits into a local part with its name", async () => {
		const nobody = { subscriber: "00000000-0000-0000-0000-000000000000", version: 0 };
		for (const claims of [CLAIMS, nobody]) {
			const token = await tokens.make("unsubscribe", claims);
			expect(token).toMatch(/^[0-9a-v]+$/);
			expect(token).toHaveLength(MAIL_TOKEN_LENGTH);
			expect(await tokens.read("unsubscribe", token)).toEqual(claims);
		}
		expect(`unsubscribe+${await tokens.make("unsubscribe", CLAIMS)}`.length).toBeLessThanOrEqual(
			64,
		);
	});

	it("is verified by the secret before, and made void by another", async () => {
		const token = await tokens.make("unsubscribe", CLAIMS);
		expect(await createMailTokens([OTHER, SECRET]).read("unsubscribe", token)).toEqual(CLAIMS);
		expect(await createMailTokens([OTHER]).read("unsubscribe", token)).toBeNull();
	});
});

it("still reads tokens of mails from before there were purposes", async () => {
	const token = "7sloo7kt9976v2jr3gmjsjqqdc0g5m1f588ptsl7l4fnehem";
	expect(await tokens.read("unsubscribe", token)).toEqual(CLAIMS);
});

describe("any other text says nothing", () => {
	it("of another purpose", async () => {
		const token = await tokens.make("unsubscribe", CLAIMS);
		const bounce = await tokens.make("bounce", CLAIMS);
		expect(await tokens.read("bounce", bounce)).toEqual(CLAIMS);
		expect(await tokens.read("bounce", token)).toBeNull();
		expect(await tokens.read("unsubscribe", bounce)).toBeNull();
	});

	it("with any bit of any digit turned", async () => {
		const token = await tokens.make("unsubscribe", CLAIMS);
		for (let place = 0; place < token.length; place += 1)
			for (const bit of [1, 2, 4, 8, 16]) {
				const digit = Number.parseInt(token[place] ?? "", 32) ^ bit;
				const forged = token.slice(0, place) + digit.toString(32) + token.slice(place + 1);
				expect(await tokens.read("unsubscribe", forged), `${place}/${bit}`).toBeNull();
			}
	});

	it("cut short, or with something behind it", async () => {
		const token = await tokens.make("unsubscribe", CLAIMS);
		for (const cut of ["", token.slice(1), token.slice(0, -1), `${token}0`, `0${token}`])
			expect(await tokens.read("unsubscribe", cut)).toBeNull();
	});

	it("of a link, or in a link", async () => {
		const links = createTokens([SECRET]);
		const link = await links.make("unsubscribe", { ...CLAIMS, expires: 0 });
		expect(await tokens.read("unsubscribe", link)).toBeNull();
		expect(await links.read("unsubscribe", await tokens.make("unsubscribe", CLAIMS), 0)).toBeNull();
	});

	it.each(["w".repeat(48), " ".repeat(48), "z", "0".repeat(48), "-".repeat(48)])(
		"that is garbage: %s",
		async (garbage) => {
			expect(await tokens.read("unsubscribe", garbage)).toBeNull();
		},
	);
});
