import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { bounceMailbox, unsubscribeMailbox } from "../../src/subscribers/links.ts";
import worker from "../../src/worker.ts";
import { DEAD, feedbackOf, mailOf, ORIGINAL, statusOf } from "../mail/reports/bounces.ts";
import { MONDAY, openDesk } from "../support/desk.ts";
import {
	addSubscriber,
	emptyStores,
	furnishForTest,
	publishText,
	testSettings,
} from "../support/house.ts";
import { reportRows } from "./reporting.ts";
import { ADDRESS, rowOf } from "./visiting.ts";

const BOUNCE = "bounce@press.test";
const UNSUBSCRIBE = "unsubscribe@press.test";
const SETTINGS = { BOUNCE_ADDRESS: BOUNCE, UNSUBSCRIBE_ADDRESS: UNSUBSCRIBE };
const { mailTokens } = furnishForTest();
const FULL = ["Action: failed", "Status: 4.2.2", "Diagnostic-Code: smtp; 452 4.2.2 mailbox full"];

let anna: string;

beforeEach(async () => {
	await emptyStores();
	anna = await addSubscriber(furnishForTest(), ADDRESS);
});

/** A mail comes to the Worker. Nothing that came back is ever rejected, answered or passed on. */
async function comeBack(to: string, source: Uint8Array, from = "", over: object = SETTINGS) {
	const message = {
		from,
		to,
		headers: new Headers({ "Auto-Submitted": "auto-replied" }),
		raw: new Response(source).body as ReadableStream<Uint8Array>,
		rawSize: source.length,
		canBeForwarded: true,
		setReject: vi.fn<(reason: string) => void>(),
		forward: vi.fn(),
		reply: vi.fn(),
	};
	await worker.email(message, { ...env, ...over });
	for (const answer of [message.setReject, message.forward, message.reply])
		expect(answer).not.toHaveBeenCalled();
}

const mailboxOf = (id = anna, linkVersion = 0) =>
	bounceMailbox(BOUNCE, mailTokens, { id, linkVersion });

describe("a mail that comes back", () => {
	it("ends whose token its address has, and nobody else's subscription", async () => {
		await addSubscriber(furnishForTest(), "boris@journal.test");
		await comeBack((await mailboxOf()).toUpperCase(), statusOf(DEAD));
		expect(await rowOf()).toMatchObject({ status: "ended", ended_reason: "bounced" });
		expect((await rowOf("boris@journal.test"))?.status).toBe("active");
		const [report] = await reportRows();
		expect(report).toMatchObject({ subscriber: anna, transport: "mail", verdict: "permanent" });
		expect(report?.words).not.toContain("@");
	});

	it("is about whom the token is of, whomever it names itself", async () => {
		await addSubscriber(furnishForTest(), "boris@journal.test");
		const named = DEAD.map((line) => line.replaceAll("anna", "boris"));
		await comeBack(await mailboxOf(), statusOf(named), "<>");
		expect((await rowOf())?.status).toBe("ended");
		expect((await rowOf("boris@journal.test"))?.status).toBe("active");
	});

	it("counts once, however often it comes, also at once", async () => {
		const to = await mailboxOf();
		await Promise.all([1, 2, 3].map(() => comeBack(to, statusOf(FULL))));
		await comeBack(to, statusOf(FULL));
		expect(await rowOf()).toMatchObject({ status: "active", failures: 1 });
		expect(await reportRows()).toHaveLength(1);
	});

	it("to a former address ends nothing", async () => {
		await env.LEDGER.prepare("UPDATE subscribers SET link_version = 1").run();
		await comeBack(await mailboxOf(anna, 0), statusOf(DEAD));
		await comeBack(await mailboxOf(anna, 0), feedbackOf("abuse"));
		expect((await rowOf())?.status).toBe("active");
		await comeBack(await mailboxOf(anna, 1), statusOf(DEAD));
		expect((await rowOf())?.status).toBe("ended");
	});

	it("as an answer of a program does nothing", async () => {
		const answer = mailOf(["From: anna@journal.test", "Subject: Out of office"], "I am away.");
		await comeBack(await mailboxOf(), answer, "anna@journal.test");
		expect((await rowOf())?.status).toBe("active");
		expect(await reportRows()).toMatchObject([{ verdict: "none", words: "Out of office" }]);
	});

	it("is read at its beginning, however large it is", async () => {
		const [head = ""] = new TextDecoder().decode(statusOf(DEAD)).split("--b--");
		const large = new TextEncoder().encode(`${head}\r\n${"x".repeat(3 * 1024 * 1024)}\r\n--b--`);
		await comeBack(await mailboxOf(), large);
		expect((await rowOf())?.status).toBe("ended");
	});

	it("with a token that is not ours for this is ignored", async () => {
		const mailbox = await mailboxOf();
		const leave = await unsubscribeMailbox(UNSUBSCRIBE, mailTokens, { id: anna, linkVersion: 0 });
		const turned = mailbox.replace(/.@/, (end) => (end === "0@" ? "1@" : "0@"));
		for (const to of [
			turned,
			BOUNCE,
			`bounce+${anna}@press.test`,
			leave.replace(/^.*\+/, "bounce+"),
		])
			await comeBack(to, statusOf(DEAD));
		expect((await rowOf())?.status).toBe("active");
		expect(await reportRows()).toEqual([]);
	});

	it("of who is gone is ignored", async () => {
		await comeBack(await mailboxOf(crypto.randomUUID()), statusOf(DEAD));
		expect(await reportRows()).toEqual([]);
	});

	it("in a flood is ignored beyond some a minute of each subscriber", async () => {
		const boris = await addSubscriber(furnishForTest(), "boris@journal.test");
		const [to, other] = [await mailboxOf(), await mailboxOf(boris)];
		const flood = Array.from({ length: 30 }, (_, n) =>
			comeBack(to, mailOf(["Subject: Out of office", `Message-ID: <${n}@x.test>`], "")),
		);
		await Promise.all(flood);
		// The minute may turn once meanwhile.
		expect((await reportRows()).length).toBeLessThanOrEqual(20);
		await comeBack(other, statusOf(DEAD));
		expect((await rowOf("boris@journal.test"))?.status).toBe("ended");
	});
});

describe("a report by a feedback loop", () => {
	it("to a subscriber's address is their complaint", async () => {
		await comeBack(await mailboxOf(), feedbackOf("abuse"), "fbl@provider.test");
		expect(await rowOf()).toMatchObject({ status: "ended", ended_reason: "complaint" });
		expect(await furnishForTest().suppressions.reasonFor(ADDRESS)).toBe("complaint");
	});

	it("that there was no spam does nothing", async () => {
		await comeBack(await mailboxOf(), feedbackOf("not-spam"), "fbl@provider.test");
		expect((await rowOf())?.status).toBe("active");
	});

	it("to the one address for all is theirs whose token the message in it has", async () => {
		const returnPath = `Return-Path: <${await mailboxOf()}>`;
		await comeBack(BOUNCE, feedbackOf("abuse", [returnPath, ...ORIGINAL]), "fbl@provider.test");
		expect((await rowOf())?.ended_reason).toBe("complaint");
	});

	it("tells by the address to unsubscribe, too", async () => {
		const mailbox = await unsubscribeMailbox(UNSUBSCRIBE, mailTokens, { id: anna, linkVersion: 0 });
		const list = [
			"List-Unsubscribe: <https://press.test/subscriptions/x/unsubscribe>,",
			`\t<mailto:${mailbox}>`,
		];
		await comeBack(BOUNCE, feedbackOf("abuse", [...ORIGINAL, ...list]), "fbl@provider.test");
		expect((await rowOf())?.ended_reason).toBe("complaint");
	});

	it("without a token that is ours is nobody's", async () => {
		for (const header of [
			`Return-Path: <bounce+${anna}@press.test>`,
			`Return-Path: <${(await mailboxOf()).replace("press.test", "evil.test")}>`,
			`X-Return-Path: <${await mailboxOf()}>`,
			"X: y",
		])
			await comeBack(BOUNCE, feedbackOf("abuse", [...ORIGINAL, header]), "fbl@provider.test");
		// Anybody can put a token that they have into words that are no report.
		await comeBack(BOUNCE, statusOf(DEAD));
		expect((await rowOf())?.status).toBe("active");
	});
});

describe("where no mail comes back", () => {
	it("messages have no envelope sender of their own, and mail to it is none of ours", async () => {
		const setReject = vi.fn<(reason: string) => void>();
		const raw = new Response("x").body as ReadableStream<Uint8Array>;
		const message = {
			from: ADDRESS,
			to: await mailboxOf(),
			headers: new Headers(),
			raw,
			rawSize: 1,
		};
		await worker.email({ ...message, setReject } as never, { ...env });
		expect(setReject).toHaveBeenCalled();
		expect((await rowOf())?.status).toBe("active");
	});
});

describe("the envelope sender", () => {
	it("of digests, welcomes and confirmations is the subscriber's own", async () => {
		const settings = testSettings(SETTINGS);
		const desk = openDesk({ settings, bounceAddress: settings.reports.bounceAddress });
		await publishText(desk.rooms);
		await desk.ask("POST", "/subscriptions", { body: { email: "boris@journal.test" } });
		await desk.rooms.queues.welcome(anna);
		await desk.settle();
		await desk.tick(MONDAY);
		const { messages } = desk.rooms.transport;
		expect(messages.map(({ to }) => to)).toEqual(["boris@journal.test", ADDRESS, ADDRESS]);
		const boris = (await rowOf("boris@journal.test"))?.id;
		expect(messages.map(({ returnPath }) => returnPath)).toEqual([
			await mailboxOf(boris),
			await mailboxOf(),
			await mailboxOf(),
		]);
	});

	it("is absent where no mail comes back", async () => {
		const desk = openDesk();
		await publishText(desk.rooms);
		await desk.tick(MONDAY);
		expect(desk.rooms.transport.messages).toHaveLength(1);
		expect(desk.rooms.transport.messages[0]).not.toHaveProperty("returnPath");
	});
});
