import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { sesDoor } from "../../../src/mail/reports/ses.ts";
import { makeSigner, type Signer } from "./certificates.ts";
import { ADDRESS, ANNA, NOW } from "./posting.ts";

const TOPIC = "arn:aws:sns:eu-west-1:123456789012:mail";
const CERTIFICATE = "https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-1.pem";
const CONFIRM = "https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription&Token=2336";
const DAY_MS = 24 * 60 * 60 * 1000;

let amazon: Signer;
let fetched: string[] = [];
/** What is served where; any other address is not found. */
let served: Record<string, () => Response> = {};

beforeAll(async () => {
	amazon = await makeSigner(NOW - DAY_MS, NOW + DAY_MS);
});

beforeEach(() => {
	fetched = [];
	served = { [CERTIFICATE]: () => new Response(amazon.pem), [CONFIRM]: () => new Response("ok") };
});

const door = () =>
	sesDoor(TOPIC, async (url) => {
		fetched.push(url);
		return served[url]?.() ?? new Response(null, { status: 404 });
	});

type Fields = Record<string, string>;

/** A message of SNS, signed. What is `late` is put in after the signature. */
async function sns(fields: Fields = {}, late: Fields = {}, signer = amazon): Promise<string> {
	const message: Fields = {
		Type: "Notification",
		MessageId: "22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324",
		TopicArn: TOPIC,
		Message: JSON.stringify(BOUNCE),
		Timestamp: "2026-11-22T06:59:30.000Z",
		SignatureVersion: "2",
		SigningCertURL: CERTIFICATE,
		...fields,
	};
	const signed = Object.keys(message)
		.filter((name) => !/^Sign/.test(name))
		.toSorted();
	const text = signed.map((name) => `${name}\n${message[name]}\n`).join("");
	const hash = message.SignatureVersion === "1" ? "SHA-1" : "SHA-256";
	return JSON.stringify({ ...message, Signature: await signer.sign(text, hash), ...late });
}

const mail = {
	timestamp: "2026-11-22T06:00:00.000Z",
	source: "digest@press.test",
	messageId: "0102018f-1",
	destination: [ADDRESS],
	tags: { "ses:from-domain": ["press.test"], subscriber: [ANNA] },
};
const recipient = {
	emailAddress: "anna@forwarded.test",
	action: "failed",
	status: "5.1.1",
	diagnosticCode: "smtp; 550 5.1.1 <anna@forwarded.test>... User unknown",
};
const bounce = {
	bounceType: "Permanent",
	bounceSubType: "General",
	bouncedRecipients: [recipient],
	timestamp: "2026-11-22T06:59:00.000Z",
	feedbackId: "0102018f-2",
};
const BOUNCE = { eventType: "Bounce", mail, bounce };

const read = (body: string, now = NOW) => door()({ headers: new Headers(), body }, now);
const outcome = async (body: string, now = NOW) => {
	const found = await read(body, now);
	return found.ok ? "taken" : found.error;
};
async function reportIn(notification: object, fields: Fields = {}) {
	const found = await read(await sns({ ...fields, Message: JSON.stringify(notification) }));
	if (!found.ok) throw new Error(found.error);
	return found.value[0];
}

describe("a notification of SES", () => {
	it("is a report about the address that the message was to, whoever it was forwarded to", async () => {
		expect(await reportIn(BOUNCE)).toEqual({
			id: "ses:0102018f-1:Bounce:permanent",
			transport: "ses",
			subscriber: ANNA,
			address: ADDRESS,
			linkVersion: null,
			verdict: "permanent",
			words: `Permanent, General: ${recipient.diagnosticCode}`,
			at: Date.parse("2026-11-22T06:59:00Z"),
		});
	});

	it("is the same in the form without events, which has no tags", async () => {
		const { tags: _, ...untagged } = mail;
		const old = await reportIn({ notificationType: "Bounce", mail: untagged, bounce });
		expect(old).toMatchObject({ subscriber: null, address: ADDRESS, verdict: "permanent" });
	});

	const said = (diagnosticCode: string, over: object = {}) => ({
		...BOUNCE,
		bounce: { ...bounce, bouncedRecipients: [{ diagnosticCode }], ...over },
	});
	it.each([
		[said("smtp; 550 5.7.1 blocked using a list"), "ours"],
		[said("smtp; 552 5.2.2 mailbox full"), "temporary"],
		[said("smtp; 550 5.1.1 user unknown", { bounceType: "Transient" }), "temporary"],
		[{ ...BOUNCE, bounce: { bounceType: "Permanent", bounceSubType: "Suppressed" } }, "permanent"],
		[{ ...BOUNCE, bounce: { bounceType: "Transient", bounceSubType: "MailboxFull" } }, "temporary"],
		[{ ...BOUNCE, bounce: { bounceType: "Transient", bounceSubType: "MessageTooLarge" } }, "ours"],
		[{ ...BOUNCE, bounce: { bounceType: "Undetermined" } }, "temporary"],
		[{ eventType: "Complaint", mail, complaint: { complaintFeedbackType: "abuse" } }, "complaint"],
		[{ notificationType: "Complaint", mail, complaint: {} }, "complaint"],
		[{ eventType: "Complaint", mail, complaint: { complaintFeedbackType: "not-spam" } }, "none"],
		[{ eventType: "Delivery", mail, delivery: { timestamp: mail.timestamp } }, "delivered"],
		[{ eventType: "DeliveryDelay", mail, deliveryDelay: { delayType: "MailboxFull" } }, "none"],
		[{ eventType: "Reject", mail, reject: { reason: "Bad content" } }, "ours"],
	])("%j: %s", async (notification, verdict) => {
		expect((await reportIn(notification))?.verdict).toBe(verdict);
	});

	it.each([
		{ eventType: "Send", mail, send: {} },
		{ eventType: "Open", mail },
		{ eventType: "Bounce", mail },
		{ eventType: "Bounce", bounce },
		{ ...BOUNCE, mail: { ...mail, destination: [ADDRESS, "boris@journal.test"] } },
		"Successfully validated SNS topic for Amazon SES event publishing.",
	])("of another kind or shape is no report: %#", async (notification) => {
		expect(await reportIn(notification as object)).toBeUndefined();
	});
});

describe("a message of SNS", () => {
	it.each(["1", "2"])("is taken with a signature of version %s", async (SignatureVersion) => {
		expect(await outcome(await sns({ SignatureVersion }))).toBe("taken");
		expect(await outcome(await sns({ SignatureVersion, Subject: "A subject" }))).toBe("taken");
	});

	it("has its certificate fetched once", async () => {
		const take = door();
		for (let time = 0; time < 3; time += 1)
			expect((await take({ headers: new Headers(), body: await sns() }, NOW)).ok).toBe(true);
		expect(fetched).toEqual([CERTIFICATE]);
	});

	it.each([
		["Message", JSON.stringify({ ...BOUNCE, mail: { ...mail, destination: ["x@x.test"] } })],
		["MessageId", "another"],
		["Timestamp", "2026-11-22T06:59:31.000Z"],
		["Subject", "put in"],
		["SignatureVersion", "1"],
		["SignatureVersion", "3"],
		["Signature", "AAAA"],
		["Signature", "****"],
		["Type", "SubscriptionConfirmation"],
	])("is refused where %s was changed to %s", async (name, value) => {
		expect(await outcome(await sns({}, { [name]: value }))).toBe("forged");
	});

	it("is refused where another key signed it, and where the certificate is not good now", async () => {
		const stranger = await makeSigner(NOW - DAY_MS, NOW + DAY_MS);
		expect(await outcome(await sns({}, {}, stranger))).toBe("forged");
		expect(await outcome(await sns(), NOW + 2 * DAY_MS)).toBe("forged");
		expect(await outcome(await sns(), NOW - 2 * DAY_MS)).toBe("forged");
	});

	it.each([
		"http://sns.eu-west-1.amazonaws.com/a.pem",
		"https://sns.eu-west-1.amazonaws.com.evil.test/a.pem",
		"https://evil.test/sns.eu-west-1.amazonaws.com/a.pem",
		"https://sns.eu-west-1.amazonaws.com@evil.test/a.pem",
		"https://user@sns.eu-west-1.amazonaws.com/a.pem",
		"https://sns.eu-west-1.amazonaws.com:8443/a.pem",
		"https://sns.us-east-1.amazonaws.com/a.pem",
		"https://sns.eu-west-1.amazonaws.com.cn/a.pem",
		"https://s3.eu-west-1.amazonaws.com/a.pem",
		"https://sns.eu-west-1.amazonaws.com/a.pem.txt",
		"https://sns.eu-west-1.amazonaws.com/?a.pem",
		"https://sns.eu-west-1.amazonaws.com/a.pem",
		"https://sns.eu-west-1.amazonaws.com/a.pem?Action=GetTopicAttributes",
		`${CERTIFICATE}?Action=GetTopicAttributes`,
		"https://sns.eu-west-1.amazonaws.com/?/SimpleNotificationService-1.pem",
		"https://sns.eu-west-1.amazonaws.com/..%2fSimpleNotificationService-1.pem",
		"file:///a.pem",
		"",
	])("is refused, and nothing fetched, where its certificate is at %s", async (SigningCertURL) => {
		served[SigningCertURL] = () => new Response(amazon.pem);
		expect(await outcome(await sns({ SigningCertURL }))).toBe("forged");
		expect(fetched).toEqual([]);
	});

	it("of another topic is refused, and nothing fetched", async () => {
		expect(await outcome(await sns({ TopicArn: `${TOPIC}2` }))).toBe("forged");
		expect(fetched).toEqual([]);
	});

	it("is to come again where the certificate is out of reach, and then taken", async () => {
		const take = door();
		const post = async () => take({ headers: new Headers(), body: await sns() }, NOW);
		served[CERTIFICATE] = () => new Response(null, { status: 503 });
		expect(await post()).toEqual({ ok: false, error: "unreachable" });
		served[CERTIFICATE] = () => {
			throw new Error("lost");
		};
		expect(await post()).toEqual({ ok: false, error: "unreachable" });
		served[CERTIFICATE] = () => new Response(amazon.pem);
		expect((await post()).ok).toBe(true);
	});

	it.each([
		() => new Response("no certificate"),
		() => new Response("x".repeat(100_000)),
		() => new Response(null, { status: 302, headers: { Location: "https://evil.test/" } }),
		() => new Response(null, { status: 404 }),
	])("is not taken by what is no certificate: %#", async (answer) => {
		served[CERTIFICATE] = answer;
		expect(await outcome(await sns())).not.toBe("taken");
	});

	it.each(["{", "[]", "null", "{}", '{"Type":"Notification"}'])(
		"needs its shape: %s",
		async (body) => {
			expect(["forged", "unreadable"]).toContain(await outcome(body));
			expect(fetched).toEqual([]);
		},
	);
});

describe("the request to confirm the subscription to the topic", () => {
	const asked = (over: Fields = {}, late: Fields = {}) =>
		sns({ Type: "SubscriptionConfirmation", Token: "2336", SubscribeURL: CONFIRM, ...over }, late);

	it("is answered", async () => {
		expect(await outcome(await asked())).toBe("taken");
		expect(fetched).toEqual([CERTIFICATE, CONFIRM]);
	});

	it("is to come again where Amazon does not take the answer", async () => {
		served[CONFIRM] = () => new Response(null, { status: 500 });
		expect(await outcome(await asked())).toBe("unreachable");
	});

	it("is not answered for another topic, elsewhere, or unsigned", async () => {
		expect(await outcome(await asked({ TopicArn: `${TOPIC}2` }))).toBe("forged");
		expect(await outcome(await asked({ SubscribeURL: "https://evil.test/" }))).toBe("forged");
		expect(await outcome(await asked({}, { SubscribeURL: `${CONFIRM}2` }))).toBe("forged");
		expect(fetched.filter((url) => url !== CERTIFICATE)).toEqual([]);
	});

	it("may be followed by one that it has ended, which does nothing", async () => {
		expect(await outcome(await asked({ Type: "UnsubscribeConfirmation" }))).toBe("taken");
		expect(fetched).toEqual([CERTIFICATE]);
	});
});
