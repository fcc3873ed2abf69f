import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { furnish } from "../../src/rooms.ts";
import { ask, post } from "../support/door.ts";
import { openFront } from "../support/front.ts";
import { emptyStores, furnishForTest, publishText, testSettings, until } from "../support/house.ts";

// Queues deliver when they will: within a second or so, later on a busy machine.
vi.setConfig({ testTimeout: 20_000, hookTimeout: 20_000 });

const PATHS = [
	"/",
	"/en/",
	"/ru/search?q=x",
	"/uz/about",
	"/releases/a-meeting",
	"/rss.xml",
	"/feed.json",
	"/style.css",
	"/healthz",
	"/mailbox",
	"/nothing",
	"/subscriptions/x/confirm",
	"/subscriptions/x/unsubscribe",
	"/api/releases",
];

let mail = "";

beforeAll(async () => {
	await emptyStores();
	await publishText(furnishForTest(), { title: "A meeting" });
	const body = JSON.stringify({ email: "anna@journal.test" });
	const headers = { "Content-Type": "application/json" };
	await ask("/subscriptions", { method: "POST", headers, body });
	mail = await until("the mail", async () => {
		const response = await ask("/mailbox", { headers: { Accept: "application/json" } });
		return ((await response.json()) as { messages: { id: string }[] }).messages[0]?.id;
	});
});

function directives(response: Response): Map<string, string> {
	const policy = response.headers.get("Content-Security-Policy") ?? "";
	return new Map(
		policy.split(";").map((directive): [string, string] => {
			const [name = "", ...values] = directive.trim().split(/\s+/);
			return [name, values.join(" ")];
		}),
	);
}

describe("every answer", () => {
	it.each(PATHS)("lets nothing in from elsewhere and runs nothing: %s", async (path) => {
		for (const accept of ["text/html", "application/json"]) {
			const response = await ask(path, { headers: { Accept: accept }, redirect: "manual" });
			expect(Object.fromEntries(directives(response))).toEqual({
				"default-src": "'none'",
				"style-src": "'self'",
				"img-src": "'self'",
				"frame-src": "'self'",
				"form-action": "'self'",
				"base-uri": "'none'",
				"frame-ancestors": "'none'",
			});
			expect(response.headers.get("X-Content-Type-Options")).toBe("nosniff");
			expect(response.headers.get("X-Frame-Options")).toBe("DENY");
			expect(response.headers.get("Referrer-Policy")).toBe("no-referrer");
			expect(response.headers.get("Strict-Transport-Security")).toMatch(/^max-age=\d+/);
			expect(response.headers.get("Set-Cookie")).toBeNull();
		}
	});

	it("shows a logo from where it is, and nothing else from there", async () => {
		const settings = testSettings({ PUBLICATION_LOGO: "https://cdn.press.test:8443/a/logo.svg?x" });
		const app = openFront(furnish(env, settings));
		const response = await app.request("/en/about");
		expect(directives(response).get("img-src")).toBe("'self' https://cdn.press.test:8443");
		expect(directives(response).get("default-src")).toBe("'none'");
		expect(await response.text()).toContain('src="https://cdn.press.test:8443/a/logo.svg?x"');
	});

	it("is as safe where it refuses a release", async () => {
		const response = await post("{", "application/json");
		expect(response.status).toBe(400);
		expect(directives(response).get("default-src")).toBe("'none'");
		expect(response.headers.get("X-Content-Type-Options")).toBe("nosniff");
	});
});

describe("a mail's HTML", () => {
	it("may have its own styles and nothing else, in no frame but ours", async () => {
		const response = await ask(`/mailbox/${mail}/html`);
		expect(response.status).toBe(200);
		expect(response.headers.get("Content-Type")).toBe("text/html; charset=utf-8");
		expect(Object.fromEntries(directives(response))).toEqual({
			sandbox: "allow-popups allow-popups-to-escape-sandbox",
			"default-src": "'none'",
			"style-src": "'unsafe-inline'",
			"frame-ancestors": "'self'",
		});
		expect(response.headers.get("X-Frame-Options")).not.toBe("DENY");
		expect(response.headers.get("X-Content-Type-Options")).toBe("nosniff");
	});

	it("is shown in a page that is as strict as any other", async () => {
		const response = await ask(`/mailbox/${mail}`);
		expect(response.status).toBe(200);
		expect(directives(response).get("style-src")).toBe("'self'");
		const page = await response.text();
		expect(page).toMatch(new RegExp(`<iframe[^>]* src="/mailbox/${mail}/html"`));
		expect(page).not.toMatch(/<script|<style|\sstyle="/);
	});

	it("has a source that no browser takes for a page", async () => {
		const response = await ask(`/mailbox/${mail}/source`);
		expect(response.headers.get("Content-Type")).toBe("message/rfc822");
		expect(response.headers.get("X-Content-Type-Options")).toBe("nosniff");
	});
});
