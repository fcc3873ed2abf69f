import { describe, expect, it } from "vitest";
import { readReturnedMail } from "../../../src/mail/reports/bounce-mail.ts";
import { DEAD, feedbackOf, mailOf, reportOf, statusOf } from "./bounces.ts";

const verdictOf = async (source: Uint8Array, from = "") =>
	(await readReturnedMail(source, from))?.verdict;

describe("a delivery status", () => {
	it("says what became of the message, and which it was", async () => {
		const returned = await readReturnedMail(statusOf(DEAD), "");
		expect(returned).toMatchObject({
			verdict: "permanent",
			messageId: "<daily-2026-11-22.3f2b@press.test>",
			isFeedback: false,
		});
		expect(returned?.words).toContain("User unknown in local recipient table");
		expect(returned?.original).toContain("Subject: A meeting");
	});

	it.each([
		[
			["Action: failed", "Status: 5.2.2", "Diagnostic-Code: smtp; 552 5.2.2 mailbox full"],
			"temporary",
		],
		[["Action: failed", "Status: 5.7.1", "Diagnostic-Code: smtp; 550 blocked as spam"], "ours"],
		[["Action: failed", "Status: 5.1.1"], "permanent"],
		[
			["Action: failed", "Status: 5.0.0", 'Diagnostic-Code: X-Postfix; unknown user: "anna"'],
			"permanent",
		],
		[
			["Action: failed", "Status: 4.4.7", "Diagnostic-Code: smtp; delivery time expired"],
			"temporary",
		],
		[["Action: FAILED (really)", "Status: 5.1.1 (gone)"], "permanent"],
		[
			["Action: delayed", "Status: 4.4.1", "Will-Retry-Until: Mon, 23 Nov 2026 06:00:00 +0000"],
			"none",
		],
		[["Action: relayed", "Status: 2.1.9"], "none"],
		[["Action: delivered", "Status: 2.0.0"], "none"],
		[["Action: expanded", "Status: 2.0.0"], "none"],
	] as const)("with %j: %s", async (fields, verdict) => {
		expect(await verdictOf(statusOf(fields))).toBe(verdict);
	});

	it("of several is as mild as the mildest: an alias lives while one of its readers does", async () => {
		expect(await verdictOf(statusOf(DEAD, DEAD))).toBe("permanent");
		const full = ["Action: failed", "Status: 5.2.2"];
		expect(await verdictOf(statusOf(DEAD, full))).toBe("temporary");
		expect(await verdictOf(statusOf(DEAD, ["Action: delivered", "Status: 2.0.0"]))).toBe("none");
	});

	it("in base64, or with bare line feeds, is read too", async () => {
		const fields = ["Reporting-MTA: dns; mx", "", ...DEAD].join("\n");
		const base64 = reportOf("delivery-status", [
			{
				type: "message/delivery-status\r\nContent-Transfer-Encoding: base64",
				lines: [new TextEncoder().encode(fields).toBase64()],
			},
		]);
		expect(await verdictOf(base64)).toBe("permanent");
		const text = new TextDecoder().decode(statusOf(DEAD)).replaceAll("\r\n", "\n");
		expect(await verdictOf(new TextEncoder().encode(text))).toBe("permanent");
	});

	it("without fields of a recipient says no more than its words", async () => {
		expect(await verdictOf(statusOf())).not.toBe("permanent");
	});
});

describe("a report by a feedback loop", () => {
	it.each([
		["abuse", "complaint"],
		["ABUSE", "complaint"],
		["not-spam", "none"],
		["fraud", "none"],
		["other", "none"],
	])("of type %s: %s", async (type, verdict) => {
		const returned = await readReturnedMail(feedbackOf(type), "fbl@provider.test");
		expect(returned).toMatchObject({ verdict, isFeedback: true });
		expect(returned?.original).toContain("Message-ID: <daily-2026-11-22.3f2b@press.test>");
		expect(returned?.original).not.toContain("The parties meet.");
	});
});

const plain = (subject: string, lines: readonly string[], head: readonly string[] = []) =>
	mailOf(["From: MAILER-DAEMON@mx.test", `Subject: ${subject}`, ...head], ...lines);

describe("a bounce in plain words", () => {
	it.each([
		[
			["Hi. This is the qmail-send program.", "<anna@journal.test>:", "550 5.1.1 no such user"],
			"temporary",
		],
		[["The message could not be delivered:", "552 5.2.2 mailbox full"], "temporary"],
		[["host mx said: 554 5.7.1 blocked using zen.spamhaus.org"], "ours"],
		[["It did not work."], "temporary"],
	] as const)("%j: %s, and never that the address is dead", async (lines, verdict) => {
		expect(await verdictOf(plain("failure notice", lines))).toBe(verdict);
	});

	it("is not one where a person sent it", async () => {
		const mail = mailOf(["From: anna@journal.test", "Subject: Re: Undeliverable"], "550 5.1.1 ha");
		expect(await verdictOf(mail, "anna@journal.test")).toBe("none");
	});
});

describe("what is no bounce at all", () => {
	it.each([
		["Out of office", [], []],
		["Automatic reply: A meeting", ["I am away. My code is 550 5.1.1"], []],
		["Автоответ: встреча", ["550 5.1.1"], []],
		["Re: A meeting", ["550 5.1.1"], ["X-Autoreply: yes"]],
		["Re: A meeting", ["550 5.1.1"], ["Precedence: auto_reply"]],
		["Please verify your email to anna", ["550 5.1.1 click here"], []],
		["[Boxbe] confirm that you are a person", ["550"], []],
		["Hello", ["Nice to meet you."], []],
		["", [], []],
	])("%j", async (subject, lines, head) => {
		expect(await verdictOf(plain(subject, lines, head))).toBe("none");
	});
});

describe("hostile mail", () => {
	it("that is deep is not read, or read at little cost", async () => {
		let deep = "text";
		for (let depth = 0; depth < 300; depth += 1)
			deep = `Content-Type: multipart/mixed; boundary="b${depth}"\r\n\r\n--b${depth}\r\n${deep}\r\n--b${depth}--\r\n`;
		const began = performance.now();
		expect(await verdictOf(new TextEncoder().encode(deep))).not.toBe("permanent");
		expect(performance.now() - began).toBeLessThan(2000);
	});

	it("with very many recipients or fields is read at little cost", async () => {
		const many = Array.from({ length: 3000 }, () => ["Action: failed", "Status: 5.1.1"]);
		expect(await verdictOf(statusOf(...many))).toBe("permanent");
		const wide = [
			"Action: failed",
			...Array.from({ length: 5000 }, (_, n) => `X-${n}: ${"y".repeat(40)}`),
		];
		expect(await verdictOf(statusOf(wide))).toBeDefined();
		const long = statusOf(["Action: failed", `Diagnostic-Code: ${"550 user ".repeat(20_000)}`]);
		expect((await readReturnedMail(long, ""))?.words.length).toBeLessThan(5000);
	});

	it.each([
		"",
		"\u0000\u0001\u0002",
		"Content-Type: multipart/report; boundary=",
		"--b\r\n--b--",
		":::",
	])("that is no mail says nothing: %j", async (text) => {
		expect(["none", undefined]).toContain(
			await verdictOf(new TextEncoder().encode(text), "x@x.test"),
		);
	});
});
