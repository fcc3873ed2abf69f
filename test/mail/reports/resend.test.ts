import { describe, expect, it } from "vitest";
import { resendDoor } from "../../../src/mail/reports/resend.ts";
import { ADDRESS, ANNA, NOW, reportIn, SECRET, signSvix } from "./posting.ts";

const read = resendDoor(SECRET);
const MINUTE_MS = 60_000;

function event(type: string, data: object = {}) {
	return {
		type,
		created_at: "2026-11-22T06:59:00.000Z",
		data: {
			created_at: "2026-11-22T06:00:00.000Z",
			email_id: "56761188-7520-42d8-8898-ff6fc54ce618",
			from: "Press Office <digest@press.test>",
			to: [ADDRESS],
			subject: "A meeting",
			tags: { subscriber: ANNA },
			...data,
		},
	};
}

const report = async (body: object) => reportIn(read, body, await signSvix(JSON.stringify(body)));
const PERMANENT = {
	type: "Permanent",
	subType: "General",
	message: "The recipient's email provider sent a hard bounce message.",
};

describe("an event of Resend", () => {
	it("is a report about whom the message was tagged with", async () => {
		expect(await report(event("email.bounced", { bounce: PERMANENT }))).toEqual({
			id: "resend:56761188-7520-42d8-8898-ff6fc54ce618:email.bounced:permanent",
			transport: "resend",
			subscriber: ANNA,
			address: ADDRESS,
			linkVersion: null,
			verdict: "permanent",
			words: `Permanent, General: ${PERMANENT.message}`,
			at: Date.parse("2026-11-22T06:59:00Z"),
		});
	});

	it.each([
		["email.bounced", { bounce: { ...PERMANENT, subType: "Suppressed" } }, "permanent"],
		["email.bounced", { bounce: { ...PERMANENT, diagnosticCode: ["550 5.7.1 blocked"] } }, "ours"],
		[
			"email.bounced",
			{ bounce: { ...PERMANENT, diagnosticCode: "550 5.1.1 user unknown" } },
			"permanent",
		],
		["email.bounced", { bounce: { type: "Transient", subType: "MailboxFull" } }, "temporary"],
		["email.bounced", { bounce: { type: "Transient", subType: "General" } }, "temporary"],
		["email.bounced", { bounce: { type: "Transient", subType: "ContentRejected" } }, "ours"],
		["email.bounced", { bounce: { type: "Transient", subType: "AttachmentRejected" } }, "ours"],
		["email.bounced", { bounce: { type: "Undetermined" } }, "temporary"],
		["email.bounced", {}, "temporary"],
		["email.suppressed", { suppressed: { message: "on the list", type: "x" } }, "permanent"],
		["email.complained", {}, "complaint"],
		["email.delivered", {}, "delivered"],
		["email.delivery_delayed", {}, "none"],
		["email.failed", { failed: { reason: "reached_daily_quota" } }, "ours"],
	] as const)("%s with %j: %s", async (type, data, verdict) => {
		expect((await report(event(type, data)))?.verdict).toBe(verdict);
	});

	it.each(["email.sent", "email.opened", "email.clicked", "contact.created", "something.new"])(
		"that says nothing of a delivery is no report: %s",
		async (type) => {
			expect(await report(event(type))).toBeUndefined();
		},
	);

	it("has tags as a list too, and none of ours is somebody's id", async () => {
		const listed = { tags: [{ name: "subscriber", value: ANNA }] };
		expect((await report(event("email.complained", listed)))?.subscriber).toBe(ANNA);
		for (const tags of [{ subscriber: "x" }, {}, undefined, "x", { subscriber: [ANNA] }])
			expect((await report(event("email.complained", { tags })))?.subscriber, String(tags)).toBe(
				null,
			);
	});

	it.each([{}, [], "text", null, { type: "email.bounced" }, { type: "email.bounced", data: {} }])(
		"of another shape is no report: %j",
		async (body) => {
			const text = JSON.stringify(body);
			expect(await read({ headers: await signSvix(text), body: text }, NOW)).toEqual({
				ok: true,
				value: [],
			});
		},
	);
});

describe("what is posted", () => {
	const body = JSON.stringify(event("email.delivered"));
	const outcome = async (headers: Headers, text = body) => {
		const found = await read({ headers, body: text }, NOW);
		return found.ok ? "taken" : found.error;
	};

	it("is taken with the signature of the secret, among others", async () => {
		expect(await outcome(await signSvix(body))).toBe("taken");
		const before = "v1,AAAA v2,BBBB v1a,CCCC garbage ";
		expect(await outcome(await signSvix(body, { before }))).toBe("taken");
	});

	it("is refused with another secret, body, id or time", async () => {
		const other = `whsec_${new Uint8Array(32).fill(8).toBase64()}`;
		expect(await outcome(await signSvix(body, { secret: other }))).toBe("forged");
		expect(await outcome(await signSvix(body), `${body} `)).toBe("forged");
		for (const [name, value] of [
			["svix-id", "msg_2"],
			["svix-timestamp", String(NOW / 1000 + 1)],
			["svix-timestamp", "now"],
			["svix-timestamp", ""],
			["svix-id", ""],
			["svix-signature", ""],
			["svix-signature", "v1,"],
			["svix-signature", "v1,****"],
		] as const) {
			const headers = await signSvix(body);
			headers.set(name, value);
			expect(await outcome(headers), `${name}: ${value}`).toBe("forged");
		}
		expect(await outcome(new Headers())).toBe("forged");
	});

	it.each([
		[-5 * MINUTE_MS, "taken"],
		[-5 * MINUTE_MS - 1000, "forged"],
		[5 * MINUTE_MS, "taken"],
		[5 * MINUTE_MS + 1000, "forged"],
	])("%d ms from now: %s", async (apart, expected) => {
		expect(await outcome(await signSvix(body, { at: NOW + apart }))).toBe(expected);
	});

	it("looks at a few signatures, however many there are", async () => {
		const before = "v1,AAAA ".repeat(1000);
		expect(await outcome(await signSvix(body, { before }))).toBe("forged");
	});

	it("that is signed and no JSON cannot be read", async () => {
		expect(await outcome(await signSvix("{"), "{")).toBe("unreadable");
	});
});
