import { describe, expect, it } from "vitest";
import { diagnose, milder, VERDICTS, type Verdict } from "../../src/mail/diagnosis.ts";

/** What servers of each family say, as they say it, and what it means for the reader. */
const SAID: readonly (readonly [string, string, Verdict])[] = [
	[
		"Gmail",
		"550-5.1.1 The email account that you tried to reach does not exist. Please try\r\n550-5.1.1 double-checking the recipient's email address for typos or\r\n550-5.1.1 unnecessary spaces. For more information, go to\r\n550 5.1.1  https://support.google.com/mail/?p=NoSuchUser a1-2.3 - gsmtp",
		"permanent",
	],
	[
		"Gmail",
		"550 5.2.1 The email account that you tried to reach is disabled. For more information, go to https://support.google.com/mail/?p=DisabledUser",
		"permanent",
	],
	[
		"Gmail",
		"550-5.2.1 The user you are trying to contact is receiving mail at a rate that\r\n550-5.2.1 prevents additional messages from being delivered.",
		"ours",
	],
	[
		"Gmail",
		"552-5.2.2 The recipient's inbox is out of storage space. Please direct the\r\n552 5.2.2 recipient to https://support.google.com/mail/?p=OverQuotaPerm",
		"temporary",
	],
	[
		"Gmail",
		"421-4.7.0 Our system has detected an unusual rate of unsolicited mail originating from your IP address.",
		"ours",
	],
	[
		"Gmail",
		"550-5.7.26 Unauthenticated email from press.test is not accepted due to domain's DMARC policy.",
		"ours",
	],
	[
		"Gmail",
		"550-5.7.1 This message does not pass authentication checks (SPF and DKIM both",
		"ours",
	],
	["Gmail", "550 5.4.5 Daily user sending limit exceeded.", "ours"],
	["Gmail", "452-4.2.2 The recipient's inbox is out of storage space.", "temporary"],
	[
		"Outlook.com",
		"550 5.5.0 Requested action not taken: mailbox unavailable (S2017062302).",
		"permanent",
	],
	[
		"Outlook.com",
		"550 5.7.1 Unfortunately, messages from [192.0.2.1] weren't sent. Please contact your Internet service provider since part of their network is on our block list (S3140).",
		"ours",
	],
	[
		"Outlook.com",
		"421 RP-001 (BAY004) The mail server IP connecting to Outlook.com has exceeded the rate limit allowed.",
		"ours",
	],
	[
		"Exchange Online",
		"550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient anna@journal.test not found by SMTP address lookup",
		"permanent",
	],
	[
		"Exchange Online",
		"550 5.4.1 Recipient address rejected: Access denied. [AM4EUR.prod.protection.outlook.com]",
		"permanent",
	],
	[
		"Exchange Online",
		"550 5.7.606 Access denied, banned sending IP [192.0.2.1]. To request removal from this list please visit https://sender.office.com/",
		"ours",
	],
	["Exchange Online", "550 5.7.511 Access denied, banned sender[192.0.2.1].", "ours"],
	[
		"Exchange Online",
		"451 4.7.500 Server busy. Please try again later from [192.0.2.1]. (S77719)",
		"temporary",
	],
	[
		"Exchange",
		"554 5.2.2 mailbox full; STOREDRV.Deliver.Exception:QuotaExceededException",
		"temporary",
	],
	["Exchange", "550 5.1.1 User unknown", "permanent"],
	[
		"Exchange",
		"550 5.7.1 RESOLVER.RST.AuthRequired; authentication required [Stage: CreateMessage]",
		"ours",
	],
	[
		"Exchange",
		"550 5.2.3 RESOLVER.RST.RecipSizeLimit; message too large for this recipient",
		"ours",
	],
	[
		"Yahoo",
		"554 delivery error: dd This user doesn't have a yahoo.com account (anna@yahoo.com) [0] - mta1.mail.yahoo.com",
		"permanent",
	],
	[
		"Yahoo",
		"554 30 Sorry, your message to anna@yahoo.com cannot be delivered. This mailbox is disabled (554.30).",
		"permanent",
	],
	["Yahoo", "552 1 Requested mail action aborted, mailbox not found", "permanent"],
	[
		"Yahoo",
		"421 4.7.0 [TSS04] Messages from 192.0.2.1 temporarily deferred due to unexpected volume or user complaints - 4.16.55.1",
		"ours",
	],
	["AOL", "421 4.7.1 : (DYN:T1) https://postmaster.aol.com/error-codes#421dynt1", "ours"],
	[
		"AT&T",
		"553 5.3.0 flph: DNSBL:RBL 521< 192.0.2.1 >_is_blocked. [ERL] see att.net/blocks",
		"ours",
	],
	[
		"mail.ru",
		"550 Message was not accepted -- invalid mailbox.  Local mailbox anna@mail.ru is unavailable: user not found",
		"permanent",
	],
	[
		"mail.ru",
		"550 Message was not accepted -- invalid mailbox.  Local mailbox anna@mail.ru is unavailable: account is disabled",
		"permanent",
	],
	[
		"mail.ru",
		"550 spam message rejected. Please visit http://help.mail.ru/notspam-support/id?c=x or",
		"ours",
	],
	["mail.ru", "452 4.2.2 Mailbox is full: quota exceeded", "temporary"],
	["Yandex", "550 5.7.1 No such user!", "permanent"],
	["Yandex", "554 5.7.1 [2] Message rejected under suspicion of SPAM; https://ya.cc/1IrBc", "ours"],
	[
		"Yandex",
		"451 4.7.1 Sorry, the service is currently unavailable. Please come back later.",
		"temporary",
	],
	[
		"Postfix",
		"550 5.1.1 <anna@journal.test>: Recipient address rejected: User unknown in local recipient table",
		"permanent",
	],
	[
		"Postfix",
		"550 5.1.1 <anna@journal.test>: Recipient address rejected: User unknown in virtual mailbox table",
		"permanent",
	],
	[
		"Postfix",
		"550 5.1.1 <anna@journal.test>: Recipient address rejected: User unknown in relay recipient table",
		"permanent",
	],
	["Postfix", "554 5.7.1 <anna@journal.test>: Recipient address rejected: Access denied", "ours"],
	["Postfix", "554 5.7.1 <anna@journal.test>: Relay access denied", "ours"],
	[
		"Postfix",
		"450 4.2.0 <anna@journal.test>: Recipient address rejected: Greylisted, see http://postgrey.schweikert.ch/",
		"temporary",
	],
	[
		"Postfix",
		"450 4.1.1 <anna@journal.test>: Recipient address rejected: unverified address: unknown user",
		"temporary",
	],
	["Postfix", "550 5.1.8 <digest@press.test>: Sender address rejected: Domain not found", "ours"],
	[
		"Postfix",
		"550 5.1.7 <digest@press.test>: Sender address rejected: undeliverable address",
		"ours",
	],
	["Postfix", "552 5.3.4 Message size exceeds fixed limit", "ours"],
	["Postfix", "connect to mx.journal.test[192.0.2.9]:25: Connection timed out", "temporary"],
	[
		"Postfix",
		"5.4.4 Host or domain name not found. Name service error for name=journal.test type=MX: Host not found",
		"temporary",
	],
	[
		"Postfix, on a disk quota",
		"552 5.2.2 maildir delivery failed: The user is over their quota",
		"temporary",
	],
	["Exim", "550 Unrouteable address", "permanent"],
	["Exim", "550-Verification failed for <digest@press.test>\r\n550 Sender verify failed", "ours"],
	["Exim", "550 Administrative prohibition", "ours"],
	["Exim, with cPanel", "550 No Such User Here", "permanent"],
	["Exim", "retry timeout exceeded", "temporary"],
	["Sendmail", "550 5.1.1 <anna@journal.test>... User unknown", "permanent"],
	[
		"Sendmail",
		"550 5.1.2 <anna@journal.test>... Host unknown (Name server: journal.test: host not found)",
		"temporary",
	],
	["qmail", "511 sorry, no mailbox here by that name (#5.1.1 - chkuser)", "permanent"],
	["qmail", "Sorry, no mailbox here by that name. (#5.1.1)", "permanent"],
	[
		"Zimbra",
		"550 5.1.1 <anna@journal.test>: Recipient address rejected: journal.test",
		"permanent",
	],
	[
		"Dovecot",
		"552 5.2.2 <anna@journal.test> Quota exceeded (mailbox for user is full)",
		"temporary",
	],
	["Cisco", "550 #5.1.0 Address rejected.", "permanent"],
	[
		"Proofpoint",
		"550 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using Proofpoint Dynamic Reputation",
		"ours",
	],
	["Proofpoint", "550 5.1.1 User Unknown", "permanent"],
	[
		"Mimecast",
		"550 Rejected by header based manually Blocked Senders - https://community.mimecast.com/",
		"ours",
	],
	[
		"Mimecast",
		"550 Invalid Recipient - https://community.mimecast.com/docs/DOC-1369#550",
		"permanent",
	],
	[
		"Barracuda",
		"554 Service unavailable; Client host [192.0.2.1] blocked using Barracuda Reputation",
		"ours",
	],
	[
		"Barracuda",
		"550 permanent failure for one or more recipients (anna@journal.test:blocked)",
		"ours",
	],
	[
		"Spamhaus",
		"554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.spamhaus.org",
		"ours",
	],
	["SpamAssassin", "550 5.7.1 Message scored 12.3 and looks like spam", "ours"],
	["SRS", "550 5.7.1 SRS address not valid: hash mismatch", "ours"],
	["GMX", "550 Requested action not taken: mailbox unavailable", "permanent"],
	["GMX", "554 Transaction failed. Reject due to policy restrictions.", "ours"],
	["iCloud", "550 5.1.1 <anna@icloud.com>: user does not exist", "permanent"],
	["iCloud", "554 5.7.1 [CS01] Message rejected due to local policy.", "ours"],
	["QQ", "550 Mail content denied. http://service.mail.qq.com/", "ours"],
	["QQ", "550 Ip frequency limited", "ours"],
	["Null MX", "556 5.1.10 Domain does not accept mail (nullMX)", "permanent"],
	["Courier", "550 User unknown.", "permanent"],
	["bare", "550", "permanent"],
	["bare", "551 <anna@journal.test>", "permanent"],
	["a block that nobody here can read", "550 拒绝接收", "temporary"],
	["bare", "554 Transaction failed", "ours"],
	["bare", "451 Requested action aborted: local error in processing", "temporary"],
	["bare", "552 Requested mail action aborted", "temporary"],
];

describe("what a server says", () => {
	it("is known of servers of many families", () => {
		expect(SAID.length).toBeGreaterThan(60);
	});

	it.each(SAID)("%s: %s → %s", (_family, words, verdict) => {
		expect(diagnose({ words })).toBe(verdict);
	});

	it("is not read out of addresses", () => {
		expect(diagnose({ words: "550 5.1.1 <spam.list@blocked.test> is full of holes" })).toBe(
			"permanent",
		);
		expect(diagnose({ words: "550 5.7.1 no <no.such.user@journal.test>" })).toBe("ours");
	});

	it.each(["delayed", "delivered", "relayed", "expanded"])(
		"is no failure where it was %s",
		(action) => {
			expect(diagnose({ words: "550 5.1.1 User unknown", action })).toBe("none");
			expect(diagnose({ words: "550 5.1.1 User unknown", action: "failed" })).toBe("permanent");
		},
	);
});

describe("words that are about the sender, its server or the message, and no address that is dead", () => {
	it.each([
		"550 This host does not accept mail from sites without a name",
		"550 We no longer accept mail from 192.0.2.1",
		"550 no longer accepting connections from this network",
		"550 5.7.1 192.0.2.1 is not listed in the allowed senders",
		"550 5.1.7 Invalid address",
		"550 5.1.8 Invalid address",
		"550 Your mail server's TLS certificate is no longer valid",
		"550 The certificate of this e-mail server has expired",
		"550 Your e-mail was removed by the filter",
		"550 e-mail transmission terminated",
		"550 invalid user name or password",
		"550 5.0.0 Sender mailbox does not exist",
		"550 Return-Path: no such user",
		"550 From address does not exist",
		"550 Unknown local error",
		"550 mailbox is locked by another session",
		"550 The account is suspended until it is paid",
		"554 5.5.1 Error: no valid recipients",
	])("%s", (words) => {
		expect(diagnose({ words })).not.toBe("permanent");
	});
});

describe("codes that are given apart", () => {
	it.each([
		[{ words: "", code: 550, enhanced: "5.1.1" }, "permanent"],
		[{ words: "", code: 550, enhanced: "5.7.1" }, "ours"],
		[{ words: "", enhanced: "4.4.7" }, "temporary"],
		[{ words: "", enhanced: "2.1.5" }, "none"],
		[{ words: "User unknown", code: 450 }, "temporary"],
		[{ words: "User unknown", code: 550, enhanced: "4.1.1" }, "temporary"],
		[{ words: "blocked using a list", code: 550, enhanced: "5.1.1" }, "ours"],
		[{ words: "mailbox full", code: 550, enhanced: "5.1.1" }, "temporary"],
		[{ words: "account disabled", code: 550, enhanced: "5.7.1" }, "ours"],
		[{ words: "Unknown user", code: 550, enhanced: "5.2.2" }, "temporary"],
		[{ words: "" }, "temporary"],
	] as const)("%o → %s", (refusal, verdict) => {
		expect(diagnose(refusal)).toBe(verdict);
	});

	it("are not taken out of addresses of machines, or of times", () => {
		expect(diagnose({ words: "5.1.1.1 said 10:550:20 that it may be" })).toBe("temporary");
	});
});

it("looks at the beginning of what is long, and takes little time with it", () => {
	const long = `mailbox ${"user address mailbox account ".repeat(20_000)} does not exist`;
	const began = performance.now();
	expect(diagnose({ words: long, enhanced: "5.7.1" })).toBe("ours");
	expect(diagnose({ words: "x ".repeat(100_000), enhanced: "5.7.1" })).toBe("ours");
	expect(performance.now() - began).toBeLessThan(500);
});

it("chooses of two verdicts the milder", () => {
	expect(VERDICTS).toEqual(["permanent", "temporary", "ours", "none"]);
	expect(milder("permanent", "temporary")).toBe("temporary");
	expect(milder("ours", "permanent")).toBe("ours");
});
