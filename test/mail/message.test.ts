import PostalMime from "postal-mime";
import { describe, expect, it } from "vitest";
import { composeMime, headersOf } from "../../src/mail/message.ts";
import type { Message } from "../../src/mail/transport.ts";
import { someMessage } from "./messages.ts";

/** A message as it goes out, and as a mail program reads it. */
async function composed(over: Partial<Message> = {}) {
	const bytes = await composeMime(someMessage(over));
	// One character for each byte.
	const source = new TextDecoder("latin1").decode(bytes);
	const [head = ""] = source.split("\r\n\r\n", 1);
	const mail = await PostalMime.parse(bytes);
	const headers = new Map(mail.headers.map(({ key, value }) => [key, value]));
	return { source, head, mail, headers };
}

describe("the headers", () => {
	it("say from whom, to whom, when and which message", async () => {
		const { mail, headers } = await composed();
		expect(mail.from).toEqual({ name: "Press Office", address: "digest@press.test" });
		expect(mail.to).toEqual([{ name: "", address: "anna@journal.test" }]);
		expect(headers.get("message-id")).toBe("<daily-2026-11-23.3f2b8c1e@press.test>");
		expect(Date.parse(headers.get("date") ?? "")).toBe(Date.parse("2026-11-23T04:00:00Z"));
		expect(headers.get("content-language")).toBe("en");
		expect(headers.get("auto-submitted")).toBe("auto-generated");
		expect(headers.get("mime-version")).toBe("1.0");
	});

	it("are a list's, with one click to leave it (RFC 8058)", async () => {
		const { headers } = await composed();
		expect(headers.get("list-id")).toBe("<digest.press.test>");
		expect(headers.get("list-unsubscribe")).toBe(
			"<https://press.test/subscriptions/token/unsubscribe>",
		);
		expect(headers.get("list-unsubscribe-post")).toBe("List-Unsubscribe=One-Click");
	});

	it("name a mailbox to leave by, and what complaints are counted by, where there are such", async () => {
		const list = {
			id: "digest.press.test",
			title: "Press Office",
			unsubscribeUrl: "https://press.test/leave",
			unsubscribeMailbox: "leave+token@press.test",
			feedbackId: "daily-2026-11-23:en:digest:communique",
		};
		const { headers } = await composed({ list });
		expect(headers.get("list-unsubscribe")).toBe(
			"<https://press.test/leave>, <mailto:leave+token@press.test>",
		);
		expect(headers.get("feedback-id")).toBe("daily-2026-11-23:en:digest:communique");
		expect((await composed()).headers.has("feedback-id")).toBe(false);
	});

	it("are each one line, for whoever hands them over without composing", () => {
		const hostile = "x\r\nBcc: boris@journal.test\u0000\ny";
		const list = {
			id: hostile,
			title: hostile,
			unsubscribeUrl: hostile,
			unsubscribeMailbox: hostile,
			feedbackId: hostile,
		};
		const headers = headersOf({ list, language: hostile });
		expect(Object.keys(headers)).toHaveLength(6);
		for (const value of Object.values(headers)) expect(value).toMatch(/^[\x20-\x7e]+$/);
	});

	it("keep a long address to unsubscribe at in one piece", async () => {
		const unsubscribeUrl = `https://press.test/subscriptions/${"Ab_-9".repeat(60)}/unsubscribe`;
		const list = { id: "digest.press.test", title: "Press Office", unsubscribeUrl };
		expect((await composed({ list })).headers.get("list-unsubscribe")).toBe(`<${unsubscribeUrl}>`);
	});

	it("are no list's in a personal message", async () => {
		const { list: _, ...personal } = someMessage();
		const mail = await PostalMime.parse(await composeMime(personal));
		expect(mail.headers.filter(({ key }) => key.startsWith("list-"))).toEqual([]);
		expect(mail.headers.map(({ key }) => key)).toContain("auto-submitted");
	});

	it.each([
		"Встреча экспертного совета в Ташкенте: «реабилитация и реинтеграция», 14 мая 2024 г.",
		"Oʻzbekiston: 2 uchrashuv 💧",
		'=?utf-8?Q?not_encoded?= (comment) <tag> "quotes"',
		`${"A long title ".repeat(30)}end`,
	])("carry a subject whole, in ASCII and in short lines: %.40s", async (subject) => {
		const { mail, head } = await composed({ subject });
		expect(mail.subject).toBe(subject);
		expect(head).toMatch(/^[\t\r\n\x20-\x7e]+$/);
		for (const line of head.split("\r\n")) expect(line.length).toBeLessThanOrEqual(998);
	});

	it("cannot be injected by line ends in a subject or a name", async () => {
		const hostile = "News\r\nBcc: boris@journal.test\r\n\r\n<script>\nX-Injected: 1\rX-Other: 2";
		const { mail, headers } = await composed({
			subject: hostile,
			from: { name: hostile, address: "digest@press.test" },
		});
		for (const name of ["bcc", "x-injected", "x-other"]) expect(headers.has(name)).toBe(false);
		expect(mail.to).toEqual([{ name: "", address: "anna@journal.test" }]);
		expect(mail.from?.address).toBe("digest@press.test");
		expect(mail.text?.trim()).toBe("A meeting");
	});

	it("carry a sender's name with commas, quotes and Cyrillic letters", async () => {
		for (const name of ["Office, Press", 'The "Press" Office', "Пресс-служба", ""]) {
			const { mail } = await composed({ from: { name, address: "digest@press.test" } });
			expect(mail.from).toEqual({ name, address: "digest@press.test" });
		}
	});
});

describe("the body", () => {
	it("is multipart/alternative: the text first, then the HTML", async () => {
		const { source, headers } = await composed();
		expect(headers.get("content-type")).toMatch(/^multipart\/alternative;/);
		const types = [...source.matchAll(/^Content-Type: (text\/\w+); charset=utf-8/gim)];
		expect(types.map(([, type]) => type)).toEqual(["text/plain", "text/html"]);
	});

	it("comes out as it went in, in every alphabet", async () => {
		const words = "Консультации «IIJ» = 100% — oʻzbekcha 💧 ]]> &amp; $& {{ x }} .\n.\nFrom here\n";
		const { mail } = await composed({ text: words, html: `<p>${words}</p>` });
		expect(mail.text?.trimEnd()).toBe(words.trimEnd());
		expect(mail.html?.trimEnd()).toBe(`<p>${words}</p>`);
	});

	it("ends every line with CR LF and is 7-bit in lines that SMTP takes", async () => {
		const long = "Слово ".repeat(2000);
		for (const text of ["One\nTwo\r\nThree\n", long, "x".repeat(5000)]) {
			const { source } = await composed({ text, html: `<p>${text}</p>` });
			expect(source).not.toMatch(/(?<!\r)\n|\r(?!\n)/);
			expect(source).toMatch(/^[\t\r\n\x20-\x7e]+$/);
			for (const line of source.split("\r\n")) expect(line.length).toBeLessThanOrEqual(998);
		}
	});
});
