import { describe, expect, it } from "vitest";
import { postmarkDoor } from "../../../src/mail/reports/postmark.ts";
import { ADDRESS, ANNA, basic, LOGIN, NOW, reportIn } from "./posting.ts";

const read = postmarkDoor(LOGIN);

function bounce(over: object = {}) {
	return {
		RecordType: "Bounce",
		MessageStream: "broadcast",
		ID: 4323372036854,
		Type: "HardBounce",
		TypeCode: 1,
		Name: "Hard bounce",
		MessageID: "883953f4-6105-42a2-a16a-77a8eac79483",
		Description: "The server was unable to deliver your message.",
		Details: "smtp;550 5.1.1 The email account that you tried to reach does not exist.",
		Email: ADDRESS,
		From: "digest@press.test",
		BouncedAt: "2026-11-22T06:59:00.9070259Z",
		Inactive: true,
		Metadata: { subscriber: ANNA },
		...over,
	};
}

const report = (body: object) => reportIn(read, body, basic(LOGIN));

describe("an event of Postmark", () => {
	it("is a report about whom the message's metadata names", async () => {
		expect(await report(bounce())).toEqual({
			id: "postmark:883953f4-6105-42a2-a16a-77a8eac79483:Bounce:permanent",
			transport: "postmark",
			subscriber: ANNA,
			address: ADDRESS,
			linkVersion: null,
			verdict: "permanent",
			words: "HardBounce: smtp;550 5.1.1 The email account that you tried to reach does not exist.",
			at: Date.parse("2026-11-22T06:59:00.907Z"),
		});
	});

	it.each([
		["HardBounce", "", "permanent"],
		["HardBounce", "smtp;550 5.7.1 Service unavailable; blocked using Spamhaus", "ours"],
		["HardBounce", "smtp;552 5.2.2 mailbox full", "temporary"],
		["BadEmailAddress", "", "permanent"],
		["SoftBounce", "smtp;452 4.2.2 over quota", "temporary"],
		["SoftBounce", "smtp;550 5.1.1 user unknown", "temporary"],
		["DnsError", "", "temporary"],
		["Unknown", "", "temporary"],
		["SomethingNew", "", "temporary"],
		["Transient", "", "none"],
		["AutoResponder", "", "none"],
		["ChallengeVerification", "", "none"],
		["AddressChange", "", "none"],
		["Unsubscribe", "", "none"],
		["Blocked", "", "ours"],
		["SpamNotification", "", "ours"],
		["DMARCPolicy", "", "ours"],
		["VirusNotification", "", "ours"],
		["SMTPApiError", "", "ours"],
		["ManuallyDeactivated", "", "ours"],
		["SpamComplaint", "", "complaint"],
		["constructor", "", "temporary"],
	])("a bounce of type %s, %j: %s", async (Type, Details, verdict) => {
		expect((await report(bounce({ Type, Details })))?.verdict).toBe(verdict);
	});

	it("is a complaint, or a delivery", async () => {
		const complaint = bounce({ RecordType: "SpamComplaint", Type: "SpamComplaint" });
		expect((await report(complaint))?.verdict).toBe("complaint");
		const delivery = {
			RecordType: "Delivery",
			MessageID: "883953f4-6105-42a2-a16a-77a8eac79483",
			Recipient: ADDRESS,
			DeliveredAt: "2026-11-22T06:58:00Z",
			Metadata: { subscriber: ANNA },
		};
		expect(await report(delivery)).toMatchObject({
			verdict: "delivered",
			subscriber: ANNA,
			address: ADDRESS,
			at: Date.parse("2026-11-22T06:58:00Z"),
		});
	});

	it.each([
		bounce({ RecordType: "SubscriptionChange" }),
		bounce({ RecordType: "Open" }),
		{},
		[],
		{ RecordType: "Bounce" },
		bounce({ MessageID: { $ne: 1 } }),
	])("of another kind or shape is no report: %#", async (body) => {
		expect(await report(body)).toBeUndefined();
	});

	it("names by the address alone where it has no metadata of ours", async () => {
		const named = await report(bounce({ Metadata: { subscriber: "../x" } }));
		expect(named).toMatchObject({ subscriber: null, address: ADDRESS });
	});
});

describe("what is posted", () => {
	const outcome = async (headers: Headers, body = JSON.stringify(bounce())) => {
		const found = await read({ headers, body }, NOW);
		return found.ok ? "taken" : found.error;
	};

	it("needs the login", async () => {
		expect(await outcome(basic(LOGIN))).toBe("taken");
		const lower = new Headers({
			Authorization: basic(LOGIN).get("Authorization")?.replace("Basic", "basic") ?? "",
		});
		expect(await outcome(lower)).toBe("taken");
		for (const login of ["", "postmark", "postmark:", `${LOGIN}x`, LOGIN.slice(0, -1), `x${LOGIN}`])
			expect(await outcome(basic(login)), login).toBe("forged");
		expect(await outcome(new Headers())).toBe("forged");
		expect(await outcome(new Headers({ Authorization: `Bearer ${LOGIN}` }))).toBe("forged");
		expect(await outcome(new Headers({ Authorization: "Basic ****" }))).toBe("forged");
	});

	it("must be JSON", async () => {
		expect(await outcome(basic(LOGIN), "RecordType=Bounce")).toBe("unreadable");
	});
});
