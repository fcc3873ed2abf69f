import { describe, expect, it } from "vitest";
import { readCloudflareEvent } from "../../../src/mail/reports/cloudflare.ts";
import { ADDRESS } from "./posting.ts";

function event(what: string, payload: object = {}, over: object = {}) {
	return {
		type: `cf.email.sending.message.${what}`,
		source: { type: "email.sending", zoneId: "z", domain: "press.test" },
		payload: {
			eventId: "0190d0c4-7ea1-7000-8000-000000000000",
			messageId: "0101018f7d0c4d9a",
			sender: "digest@press.test",
			recipient: ADDRESS,
			subject: "A meeting",
			terminal: true,
			...payload,
		},
		metadata: { eventSchemaVersion: 1, eventTimestamp: "2026-11-22T06:59:00.000Z" },
		...over,
	};
}

const said = (smtpStatusCode: string, smtpEnhancedStatusCode: string, words: string) => ({
	delivery: {
		status: "bounced",
		smtpStatusCode,
		smtpEnhancedStatusCode,
		smtpResponse: `${smtpStatusCode} ${smtpEnhancedStatusCode} ${words}`,
	},
});
const HARD = { bounce: { type: "hard", classification: "permanent_failure" } };
const SOFT = { bounce: { type: "soft" } };

describe("an event of Cloudflare", () => {
	it("is a report about the address", () => {
		const bounced = { ...HARD, ...said("550", "5.1.1", "User unknown") };
		expect(readCloudflareEvent(event("bounced", bounced))).toEqual({
			id: "cloudflare:0101018f7d0c4d9a:bounced:permanent",
			transport: "cloudflare",
			subscriber: null,
			address: ADDRESS,
			linkVersion: null,
			verdict: "permanent",
			words: "550 5.1.1 User unknown",
			at: Date.parse("2026-11-22T06:59:00Z"),
		});
	});

	it.each([
		["bounced", { ...HARD, ...said("550", "5.7.1", "blocked by policy") }, "ours"],
		["bounced", { ...HARD, ...said("552", "5.2.2", "mailbox full") }, "temporary"],
		["bounced", { ...SOFT, ...said("550", "5.1.1", "User unknown") }, "temporary"],
		["bounced", { ...HARD, delivery: { smtpStatusCode: 550 } }, "permanent"],
		["bounced", { ...HARD, delivery: { smtpStatusCode: "x" } }, "permanent"],
		["bounced", HARD, "permanent"],
		["bounced", {}, "temporary"],
		["delivered", {}, "delivered"],
		["deferred", said("451", "4.7.1", "greylisted"), "none"],
		["failed", { failure: { reason: "internal" } }, "ours"],
		["rejected", { rejection: { reason: "suppressed", party: "recipient" } }, "permanent"],
		["rejected", { rejection: { reason: "spam", detail: "content" } }, "ours"],
		["rejected", {}, "ours"],
		["complained", { complaint: { type: "abuse" } }, "complaint"],
	] as const)("%s with %j: %s", (what, payload, verdict) => {
		expect(readCloudflareEvent(event(what, payload))?.verdict).toBe(verdict);
	});

	it.each([
		undefined,
		null,
		"text",
		{},
		{ type: "cf.email.sending.message.bounced" },
		event("opened"),
		event("bounced", { recipient: "" }),
		event("bounced", { messageId: 1 }),
		event("bounced", {}, { source: { type: "r2" } }),
		event("bounced", {}, { type: "cf.r2.bucket.created" }),
	])("of another kind or shape is no report: %#", (body) => {
		expect(readCloudflareEvent(body)).toBeNull();
	});
});
