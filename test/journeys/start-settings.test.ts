import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { fromRoot } from "../../scripts/local/paths.ts";
import { bindingsIn, readVariables } from "../../scripts/local/settings.ts";

const WRANGLER = readFileSync(fromRoot("wrangler.toml"), "utf8");

describe("the settings that npm start checks", () => {
	it("lack the binding of cloudflare while it is a comment in wrangler.toml", () => {
		const over = { MAIL_TRANSPORT: "cloudflare" };
		expect(() => readVariables("example", 8787, over)).toThrow(/^ {2}EMAIL is not bound: add /);
	});

	it("have it where the # is taken away, as docs/operations.md says", () => {
		expect(bindingsIn(WRANGLER)).toEqual({});
		const uncommented = WRANGLER.replace(/^# (?=\[\[send_email\]\]|name = "EMAIL")/gm, "");
		expect(bindingsIn(uncommented)).toEqual({ EMAIL: {} });
	});

	it("are told by name, all at once", () => {
		const over = { MAIL_TRANSPORT: "postmark", BOUNCE_ADDRESS: "bounces", MAIL_RATE: "fast" };
		expect(() => readVariables("example", 8787, over)).toThrow(
			/BOUNCE_ADDRESS must be .+MAIL_RATE must be .+POSTMARK_TOKEN is missing/s,
		);
	});
});
