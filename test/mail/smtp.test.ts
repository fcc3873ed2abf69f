import PostalMime, { type Email } from "postal-mime";
import { describe, expect, it } from "vitest";
import { parseDkimKeys } from "../../src/mail/dkim-keys.ts";
import { composeMime } from "../../src/mail/message.ts";
import type { Message } from "../../src/mail/transport.ts";
import {
	expectDown,
	heardAt,
	inShort,
	messageFrom,
	messageTo,
	outcomesOf,
	type Port,
	SHORT,
	serverAt,
	submit,
	submitBy,
	WAYS,
} from "./smtp-submitting.ts";

const PIPELINED = { port: "pipelining", text: "News\n" } as const;

describe.each(WAYS)("the SMTP transport, %s", (_, way) => {
	it("goes on over the same connection after a recipient that the server does not take", async () => {
		const before = (await heardAt(way.port)).filter(({ line }) => line.startsWith("EHLO")).length;
		expect(
			await outcomesOf(
				way,
				"welcome1",
				"reject",
				"welcome2",
				"reject-in-lines",
				"later",
				"welcome3",
				"refuse-data",
				"later-data",
				"refuse-before",
				"welcome4",
			),
		).toEqual([
			"submitted",
			"rejected",
			"submitted",
			"rejected",
			"retry",
			"submitted",
			"retry",
			"retry",
			"retry",
			"submitted",
		]);
		const after = (await heardAt(way.port)).filter(({ line }) => line.startsWith("EHLO")).length;
		expect(after - before).toBe(1);
	});

	it("takes a slow reply, one in several lines, and a long one", async () => {
		expect(await outcomesOf(way, "slow", "in-lines", "long-data", "welcome")).toEqual(
			Array(4).fill("submitted"),
		);
	});

	it("gives the server the path that bounces take, and the sender's where there is none", async () => {
		await submitBy(way, [
			messageTo("welcome78"),
			messageTo("welcome79", { returnPath: "b+anna@bounces.press.test" }),
		]);
		const lines = (await heardAt(way.port)).map(({ line }) => line);
		const senderTo = (local: string) => lines[lines.indexOf(`RCPT TO:<${local}@rude.test>`) - 1];
		expect(senderTo("welcome78")).toBe("MAIL FROM:<digest@press.test>");
		expect(senderTo("welcome79")).toBe("MAIL FROM:<b+anna@bounces.press.test>");
	});

	it("says nothing of an address that cannot be said, and goes on", async () => {
		const hostile = messageTo("welcome", { to: "anna@rude.test>\r\nRCPT TO:<boris@rude.test" });
		const path = messageTo("welcome", { returnPath: "a@press.test>\r\nQUIT" });
		const outcomes = await submitBy(way, [hostile, path, messageTo("welcome81")]);
		expect(outcomes.map(inShort)).toEqual(["retry", "retry", "submitted"]);
		const lines = (await heardAt(way.port)).map(({ line }) => line);
		expect(lines.filter((line) => line.includes("boris"))).toEqual([]);
	});
});

describe("the SMTP transport", () => {
	it("hands over what was written: dots, and lines that begin with them", async () => {
		const [outcome] = await submit([messageTo("welcome77")], {});
		expect(outcome).toEqual({ kind: "submitted" });
		const lines = (await heardAt("polite")).map(({ line }) => line);
		const from = lines.findIndex((line) => line.includes("<welcome77@rude.test>")) + 2;
		const taken = lines.slice(from, lines.indexOf(".", from));
		const mime = taken.map((line) => line.replace(/^\./, "")).join("\r\n");
		expect((await PostalMime.parse(mime)).text?.trimEnd().split(/\r?\n/)).toEqual([
			"News",
			".",
			"..",
		]);
	});

	it("signs what it hands over", async () => {
		const pair = (await crypto.subtle.generateKey({ name: "Ed25519" }, true, [
			"sign",
			"verify",
		])) as CryptoKeyPair;
		const der = (await crypto.subtle.exportKey("pkcs8", pair.privateKey)) as ArrayBuffer;
		const keys = parseDkimKeys(`s1:${Buffer.from(der).toString("base64")}`, "press.test");
		await submit([messageTo("welcome80")], { dkimKeys: keys.ok ? keys.value : [] });
		const lines = (await heardAt("polite")).map(({ line }) => line);
		const from = lines.indexOf("RCPT TO:<welcome80@rude.test>") + 2;
		expect(lines[from]).toContain("DKIM-Signature: v=1; a=ed25519-sha256;");
	});

	it("hands the same over, pipelined", async () => {
		const message = {
			...messageTo("welcome90"),
			text: `News\n${"я".repeat(99)}\n`,
			html: "<p>.</p>",
		};
		await submit([message], { server: serverAt("pipelining") });
		const lines = (await heardAt("pipelining")).map(({ line }) => line);
		const from = lines.indexOf("RCPT TO:<welcome90@rude.test>") + 2;
		const mime = lines.slice(from, lines.indexOf(".", from)).join("\r\n");
		const [taken, written] = [
			await PostalMime.parse(mime),
			await PostalMime.parse(await composeMime(message)),
		];
		const partsOf = ({ subject, to, text, html }: Email) => ({
			...{ subject, to, text: text?.trimEnd(), html: html?.trimEnd() },
		});
		expect(partsOf(taken)).toEqual(partsOf(written));
		expect(taken.headers.map(({ key }) => key)).toEqual(written.headers.map(({ key }) => key));
	});

	it("tells no text to a server that asks for it though it has refused the recipient", async () => {
		const outcomes = await outcomesOf(PIPELINED, "reject-but-ask", "welcome91");
		expect(outcomes).toEqual(["rejected", "submitted"]);
		const lines = (await heardAt("pipelining")).map(({ line }) => line);
		const from = lines.indexOf("RCPT TO:<reject-but-ask@rude.test>");
		expect(lines.slice(from + 1, from + 3)).toEqual(["DATA", "EHLO [127.0.0.1]"]);
	});
});

describe.each(WAYS)("a server that breaks off, %s", (_, way) => {
	it.each([
		["busy-recipient", "retry, provider"],
		["cut-before", "retry, provider"],
		["busy-before", "retry, provider"],
		["cut-in", "unknown, provider"],
		["busy-data", "retry, provider"],
		["cut-after", "unknown, provider"],
		["garbage-recipient", "retry, provider"],
		["garbage-data", "unknown, provider"],
		["endless-recipient", "retry, provider"],
		["endless-data", "unknown, provider"],
	])("costs the other messages nothing: %s", async (local, expected) => {
		expect(await outcomesOf(way, "welcome", local, "welcome")).toEqual([
			"submitted",
			expected,
			"submitted",
		]);
	});

	it.each([
		["busy-sender", "retry, provider"],
		["login-sender", "retry, provider"],
		["cut-sender", "retry, provider"],
		["garbage-sender", "retry, provider"],
		["refused-sender", "retry, provider"],
		["late-sender", "retry, provider"],
	])("or refuses at MAIL: %s", async (local, expected) => {
		const outcomes = await submitBy(way, [messageFrom(local), messageTo("welcome")]);
		expect(outcomes.map(inShort)).toEqual([expected, "submitted"]);
	});

	it("or answers more often than it was asked is not believed", async () => {
		expect(await outcomesOf(way, "three-answers", "reject", "welcome")).toEqual([
			"retry, provider",
			"rejected",
			"submitted",
		]);
	});

	it("or falls silent, or never comes to the end of its reply, is left after a while", async () => {
		const limits = { ...SHORT, exchangeMs: 600 };
		const alone = async (message: Message) =>
			(await submitBy(way, [message], { limits })).map(inShort);
		expect(
			await Promise.all([
				alone(messageFrom("mute-sender")),
				alone(messageTo("mute-recipient")),
				alone(messageTo("mute-before")),
				alone(messageTo("silent")),
				alone(messageTo("dripping-data")),
			]),
		).toEqual([
			["retry, provider"],
			["retry, provider"],
			["retry, provider"],
			["unknown, provider"],
			["unknown, provider"],
		]);
	});
});

describe("a server that is not to be spoken to", () => {
	it.each<[Port, RegExp]>([
		["busy", /421/],
		["refusing", /554/],
		["garbage", /SSH/],
		["endless", /maximum/],
		["hangingUp", /closed|ended/],
	])("has all messages tried later: %s", async (port, words) => {
		expect(await expectDown({ server: serverAt(port) })).toMatch(words);
	});

	it("and one that says nothing, or goes on greeting", async () => {
		const ports: Port[] = ["mute", "deaf", "dripping"];
		await Promise.all(ports.map((port) => expectDown({ server: serverAt(port) }, SHORT)));
	});

	it("and nobody at all", async () => {
		await expectDown({ server: new URL("smtp://127.0.0.1:9") });
	});

	it("and one that does not take the login", async () => {
		const detail = await expectDown({ server: serverAt("polite", "press:wrong@") });
		expect(detail).toContain("535");
		expect(detail).not.toContain("wrong");
	});
});
