import { env } from "cloudflare:workers";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createCloudflareTransport } from "../../../src/mail/cloudflare.ts";
import { headersFor } from "../../../src/mail/cloudflare-headers.ts";
import { checkHeaders, startEmailService } from "../../support/email-service.ts";
import { inShort, messageTo, submitTo } from "./providers.ts";

describe("Cloudflare's Email Service", () => {
	it("takes our mails, by the rules of its documentation", async () => {
		const email = startEmailService();
		const messages = ["anna", "boris"].map((name) => messageTo(`${name}@journal.test`));
		const outcomes = await submitTo(createCloudflareTransport({ email }), messages);
		expect(outcomes).toEqual([{ kind: "submitted" }, { kind: "submitted" }]);
		expect(email.accepted).toEqual(["anna@journal.test", "boris@journal.test"]);
	});

	it("takes them by its binding, as far as it is simulated here", async () => {
		const { EMAIL } = env as unknown as { EMAIL: SendEmail };
		const outcomes = await submitTo(createCloudflareTransport({ email: EMAIL }), [
			messageTo("anna@journal.test", {
				from: { name: "Пресс, «служба»", address: "d@press.test" },
			}),
		]);
		expect(outcomes).toEqual([{ kind: "submitted" }]);
	});

	it.each([
		["fault.E_RECIPIENT_SUPPRESSED", "rejected"],
		["fault.E_RECIPIENT_NOT_ALLOWED", "retry recipient"],
		["fault.E_VALIDATION_ERROR", "retry recipient"],
		["fault.E_FIELD_MISSING", "retry recipient"],
		["fault.E_TOO_MANY_RECIPIENTS", "retry recipient"],
		["fault.E_CONTENT_TOO_LARGE", "retry recipient"],
		["fault.E_DELIVERY_FAILED", "retry recipient"],
		["fault.E_HEADER_NOT_ALLOWED", "retry recipient"],
		["fault.E_HEADERS_TOO_MANY", "retry recipient"],
		["fault.E_SENDER_NOT_VERIFIED", "retry provider"],
		["fault.E_SENDER_DOMAIN_NOT_AVAILABLE", "retry provider"],
		["fault.E_RATE_LIMIT_EXCEEDED", "retry provider"],
		["fault.E_DAILY_LIMIT_EXCEEDED", "retry provider"],
		["fault.E_INTERNAL_SERVER_ERROR", "unknown provider"],
		["fault.E_SOMETHING_NEW", "unknown provider"],
		["fault.E_NONE", "unknown provider"],
		["wrong-shape", "unknown provider"],
		["silent", "unknown provider"],
	])("with %s among others", async (name, expected) => {
		const email = startEmailService();
		const transport = createCloudflareTransport({ email, answerMs: 50 });
		const names = ["anna", name, "boris"];
		const begun = Date.now();
		const outcomes = await submitTo(
			transport,
			names.map((one) => messageTo(`${one}@journal.test`)),
		);
		expect(Date.now() - begun).toBeLessThan(1_500);
		expect(outcomes.map(inShort)).toEqual(["submitted", expected, "submitted"]);
		expect(email.accepted).toEqual(["anna@journal.test", "boris@journal.test"]);
		const [next] = await submitTo(transport, [messageTo("clara@journal.test")]);
		expect(next).toEqual({ kind: "submitted" });
	});

	it("takes a subject and a name with line ends in them, in one line", async () => {
		const hostile = "News\r\nBcc: boris@journal.test\0";
		const email = startEmailService();
		const message = messageTo("anna@journal.test", {
			subject: hostile,
			from: { name: hostile, address: "digest@press.test" },
		});
		const outcomes = await submitTo(createCloudflareTransport({ email }), [message]);
		expect(outcomes).toEqual([{ kind: "submitted" }]);
	});

	it("is not called again by an invocation whose account may submit no more today", async () => {
		const email = startEmailService();
		const line = createCloudflareTransport({ email }).open();
		await line.submit([messageTo("fault.E_DAILY_LIMIT_EXCEEDED@journal.test")]);
		const outcomes = await line.submit([messageTo("anna@journal.test")]);
		expect(outcomes.map(inShort)).toEqual(["retry provider"]);
		expect(email.accepted).toEqual([]);
	});
});

describe("the headers for it", () => {
	it("are a list's, without those that it makes itself", () => {
		const unsubscribeUrl = "https://press.test/subscriptions/token/unsubscribe";
		const list = {
			...{ id: "digest.press.test", title: "Press", unsubscribeUrl },
			unsubscribeMailbox: "unsubscribe+token@press.test",
			feedbackId: "daily:en:digest:communique",
		};
		expect(headersFor(messageTo("anna@journal.test", { list }))).toEqual({
			"Auto-Submitted": "auto-generated",
			"Content-Language": "en",
			"List-Id": "<digest.press.test>",
			"List-Unsubscribe": `<${unsubscribeUrl}>, <mailto:unsubscribe+token@press.test>`,
			"List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
		});
	});

	it("have no address in the clear to unsubscribe at, as a publication under development has", () => {
		const unsubscribeUrl = "http://localhost:8787/subscriptions/token/unsubscribe";
		const list = { id: "digest.localhost", title: "Press", unsubscribeUrl };
		const headers = headersFor(messageTo("anna@journal.test", { list }));
		expect(Object.keys(headers)).toEqual(["Auto-Submitted", "Content-Language", "List-Id"]);
		const unsubscribeMailbox = "unsubscribe+token@press.test";
		const withMail = { ...list, unsubscribeMailbox };
		expect(headersFor(messageTo("anna@journal.test", { list: withMail }))).toMatchObject({
			"List-Unsubscribe": `<mailto:${unsubscribeMailbox}>`,
		});
	});

	it("are never any that it refuses", () => {
		const words = fc.oneof(
			fc.string({ unit: "binary-ascii", maxLength: 60 }),
			fc.constantFrom("", "\r\nDate: now", "ж".repeat(1_100), "x".repeat(2_100), "<>"),
		);
		const url = fc.constantFrom(
			"https://press.test/a",
			"http://press.test/a",
			"ftp://press.test/a\r\nDate: now",
			`https://press.test/${"x".repeat(2_040)}`,
		);
		fc.assert(
			fc.property(words, words, words, url, (language, id, feedbackId, unsubscribeUrl) => {
				const list = { id, title: "Press", unsubscribeUrl, feedbackId };
				const headers = headersFor(messageTo("anna@journal.test", { language, list }));
				expect(() => checkHeaders(headers)).not.toThrow();
			}),
			{ numRuns: 50 },
		);
	});
});
