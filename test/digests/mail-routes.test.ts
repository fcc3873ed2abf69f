import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { mailAnswer, mailCheckAnswer } from "../../src/digests/mail-answers.ts";
import { furnish } from "../../src/rooms.ts";
import { addressOf, recordOf, transportTo } from "../mail/contract/providers.ts";
import { type Desk, MINUTE_MS, openDesk, SUNDAY } from "../support/desk.ts";
import { emptyStores, testSettings } from "../support/house.ts";
import { PROVIDER_KEYS } from "../support/provider-keys.ts";
import { dumpStores, refusal, say, withKeys } from "./operating.ts";

const EDITOR = "editor@press.test";
const DOWN = {
	kind: "failed",
	said: `421 ${EDITOR}, go away`,
	afterSeconds: 0,
	hasTaken: false,
} as const;

let desk: Desk;

beforeEach(async () => {
	await emptyStores();
	desk = openDesk();
});

const readState = () => say(mailAnswer, desk.ask("GET", "/api/mail"));
const check = (body: object = { email: EDITOR }) => desk.ask("POST", "/api/mail/check", { body });

/** A press office whose provider does the same with every message. */
function openDeskWith(provider: "resend" | "postmark" | "ses", step: string) {
	const api = addressOf(provider, step);
	desk = openDesk({ transport: transportTo(provider, api) });
	return api;
}

/** A press office with other settings. */
function setDesk(over: Record<string, string>): void {
	desk = openDesk({ settings: furnish(env, testSettings(over)).settings });
}

async function failOnce(): Promise<void> {
	const { gate } = desk.rooms;
	const passage = await gate.enter(1, desk.time.now, 0);
	if (passage.kind !== "open") throw new Error("it is shut");
	await gate.leave(passage.ticket, DOWN, desk.time.now);
}

describe("how mail stands", () => {
	it("is told with the sender, the provider and what readers unsubscribe by", async () => {
		expect(await readState()).toEqual({
			transport: "mailbox",
			rate: null,
			state: "open",
			failures: 0,
			failing_since: null,
			shut_until: null,
			said: null,
			sender: "digest@press.test",
			envelope_domain: "press.test",
			dkim: null,
			reports: null,
			reports_advice: "Set BOUNCE_ADDRESS, and route it to the Worker.",
			unsubscribe_url: "https://press.test",
			unsubscribe_address: null,
		});
	});

	it("is told with what failed, without addresses, since when, and until when it is left alone", async () => {
		await failOnce();
		desk.time.now += MINUTE_MS / 2 - 1;
		const failing = {
			failures: 1,
			failing_since: new Date(SUNDAY).toISOString(),
			said: "421 (address), go away",
		};
		expect(await readState()).toMatchObject({
			...failing,
			state: "shut",
			shut_until: new Date(SUNDAY + MINUTE_MS / 2).toISOString(),
		});
		desk.time.now += 1;
		expect(await readState()).toMatchObject({ ...failing, state: "open", shut_until: null });
	});

	it.each([
		[
			{ RESEND_API_KEY: PROVIDER_KEYS.resend, RESEND_WEBHOOK_SECRET: `whsec_${"a".repeat(32)}` },
			{ transport: "resend", dkim: [{ domain: "press.test", selector: "resend" }] },
			"they come to /webhooks/resend",
		],
		[
			{ POSTMARK_TOKEN: "token", POSTMARK_WEBHOOK_LOGIN: `press:${"a".repeat(16)}` },
			{ transport: "postmark", dkim: null },
			"they come to /webhooks/postmark",
		],
		[
			{
				...{ SES_REGION: "eu-west-1", SES_ACCESS_KEY_ID: "AKIA", SES_SECRET_ACCESS_KEY: "hidden" },
				SES_TOPIC: "arn:aws:sns:eu-west-1:123456789012:mail",
			},
			{ transport: "ses", dkim: null },
			"they come to /webhooks/ses",
		],
		[
			{ SMTP_URL: "smtp://mail.press.test", BOUNCE_ADDRESS: "back@bounces.press.test" },
			{ transport: "smtp", dkim: null, envelope_domain: "bounces.press.test" },
			"they come to back@bounces.press.test",
		],
	])("is told of the provider that is set, and of no secret: %j", async (own, facts, reports) => {
		const { transport } = facts;
		setDesk({ ...own, MAIL_TRANSPORT: transport, MAIL_RATE: "14" });
		const state = await readState();
		expect(state).toMatchObject({ envelope_domain: null, ...facts, rate: 14, reports });
		for (const name of Object.keys(own).filter((one) => /KEY|SECRET|TOKEN|LOGIN/.test(one)))
			expect(JSON.stringify(state)).not.toContain((own as Record<string, string>)[name]);
	});
});

describe("a test message", () => {
	it("is submitted at once, to one address, as no list's, and changes nothing", async () => {
		const before = await dumpStores();
		const { outcome, message_id } = await say(mailCheckAnswer, check());
		const [message, ...others] = desk.rooms.transport.messages;
		expect([outcome, others]).toEqual(["submitted", []]);
		expect(message).toMatchObject({
			to: EDITOR,
			messageId: message_id,
			from: { address: "digest@press.test" },
			subject: "Press Office: a test of mail",
		});
		expect(message?.list).toBeUndefined();
		expect(await dumpStores()).toEqual(before);
	});

	it("is another message each time", async () => {
		const one = await say(mailCheckAnswer, check());
		expect((await say(mailCheckAnswer, check())).message_id).not.toBe(one.message_id);
	});

	it("is submitted while the provider is left alone, and leaves that to the next mail", async () => {
		await failOnce();
		expect(await say(mailCheckAnswer, check())).toMatchObject({ outcome: "submitted" });
		expect(await readState()).toMatchObject({ state: "shut", failures: 1 });
	});

	it.each([
		["resend", "unreachable", /./],
		["resend", "busy", /^429 /],
		["postmark", "away", /^503/],
		["ses", "away", /^503 /],
		["resend", "denied", /^401 /],
	] as const)("to %s that is %s is answered by what it said", async (provider, step, said) => {
		const api = openDeskWith(provider, step);
		const answer = await say(mailCheckAnswer, check());
		expect(answer).toMatchObject({ outcome: "retry", said: expect.stringMatching(said) });
		expect(answer.said).not.toContain(PROVIDER_KEYS[provider]);
		expect((await recordOf(api)).accepted).toEqual([]);
	});

	it("is unknown, and not repeated, where its answer is lost or says nothing of it", async () => {
		const api = openDeskWith("ses", "cut-late");
		expect(await say(mailCheckAnswer, check())).toMatchObject({ outcome: "unknown" });
		expect((await recordOf(api)).accepted).toEqual([EDITOR]);
		openDeskWith("postmark", "broken");
		expect(await say(mailCheckAnswer, check())).toMatchObject({ outcome: "unknown", said: "500" });
	});

	it("goes to no address that is suppressed", async () => {
		await desk.rooms.suppressions.suppress(EDITOR, "bounced", SUNDAY);
		expect(await refusal(check())).toMatchObject({
			status: 409,
			detail: expect.stringContaining("DELETE /api/suppressions"),
		});
		expect(desk.rooms.transport.messages).toEqual([]);
	});

	it.each([
		["an address that is none", { email: "editor" }, 422],
		["no address", {}, 422],
		["two of them", { email: [EDITOR, "anna@journal.test"] }, 422],
		["a field that there is not", { email: EDITOR, subject: "Buy" }, 422],
	])("is refused with %s", async (_what, body, status) => {
		expect((await refusal(check(body))).status).toBe(status);
		expect(desk.rooms.transport.messages).toEqual([]);
	});

	it("is posted as JSON", async () => {
		expect((await refusal(desk.ask("GET", "/api/mail/check"))).status).toBe(405);
		const form = { body: `email=${EDITOR}`, type: "application/x-www-form-urlencoded" };
		expect((await refusal(desk.ask("POST", "/api/mail/check", form))).status).toBe(415);
	});
});

describe("mail itself", () => {
	it.each([
		["operate-key", 200],
		["publish-key", 403],
		["read-key", 403],
		["another-key", 401],
	])("is asked for with %s, which is answered by %i", async (key, status) => {
		desk = openDesk(await withKeys());
		const asked = { body: { email: EDITOR }, headers: { Authorization: `Bearer ${key}` } };
		const { headers } = asked;
		expect((await desk.ask("GET", "/api/mail", { headers })).status).toBe(status);
		expect((await desk.ask("POST", "/api/mail/check", asked)).status).toBe(status);
		expect(desk.rooms.transport.messages).toHaveLength(status === 200 ? 1 : 0);
	});
});
