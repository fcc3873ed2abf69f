import { beforeEach, describe, expect, it, vi } from "vitest";
import { openDoor } from "../../src/mail/reports/door.ts";
import { takeCloudflareEvents } from "../../src/subscribers/delivery-events.ts";
import { basic, LOGIN, SECRET, signSvix } from "../mail/reports/posting.ts";
import { type Desk, openDesk, SUNDAY } from "../support/desk.ts";
import { addSubscriber, emptyStores } from "../support/house.ts";
import { reportRows } from "./reporting.ts";
import { ADDRESS, rowOf } from "./visiting.ts";

const SECRETS = {
	resendWebhookSecret: SECRET,
	postmarkWebhookLogin: LOGIN,
	sesTopic: "arn:aws:sns:eu-west-1:123456789012:mail",
};
const nowhere = async () => new Response(null, { status: 404 });
const deskOf = (transport: string, secrets: Partial<typeof SECRETS> | object = {}) =>
	openDesk({ door: openDoor(transport, { ...SECRETS, ...secrets }, nowhere) });

let desk: Desk;
let anna: string;

beforeEach(async () => {
	await emptyStores();
	desk = deskOf("resend");
	anna = await addSubscriber(desk.rooms, ADDRESS);
});

const event = (over: object = {}) => ({
	type: "email.bounced",
	created_at: new Date(SUNDAY).toISOString(),
	data: {
		email_id: "e-1",
		to: [ADDRESS],
		tags: { subscriber: anna },
		bounce: { type: "Permanent", subType: "General", message: "gone" },
		...over,
	},
});

async function post(body: object | string, over: Parameters<typeof signSvix>[1] = {}) {
	const text = typeof body === "string" ? body : JSON.stringify(body);
	const headers = await signSvix(text, { at: SUNDAY, ...over });
	headers.set("Content-Type", "application/json");
	return desk.app.request("/webhooks/resend", { method: "POST", body: text, headers });
}

describe("a webhook", () => {
	it("keeps what is reported, and then says so", async () => {
		const response = await post(event());
		expect(response.status).toBe(204);
		expect(response.headers.get("Cache-Control")).toBe("no-store");
		expect(response.headers.getSetCookie()).toEqual([]);
		expect(await rowOf()).toMatchObject({ status: "ended", ended_reason: "bounced" });
		expect(await reportRows()).toMatchObject([{ subscriber: anna, transport: "resend" }]);
	});

	it("takes a report that is posted again, at once or later, and does nothing more", async () => {
		await Promise.all([post(event()), post(event(), { id: "msg_2" })]);
		const before = [await rowOf(), await reportRows()];
		expect((await post(event())).status).toBe(204);
		expect([await rowOf(), await reportRows()]).toEqual(before);
		expect(await reportRows()).toHaveLength(1);
	});

	it("refuses what is not signed, or was long ago, and what is no JSON", async () => {
		const answer = await post(event(), { at: SUNDAY - 6 * 60_000 });
		expect(answer.status).toBe(401);
		expect(answer.headers.get("Content-Type")).toContain("application/problem+json");
		const other = `whsec_${new Uint8Array(32).fill(1).toBase64()}`;
		expect((await post(event(), { secret: other })).status).toBe(401);
		expect((await post("{")).status).toBe(400);
		expect((await rowOf())?.status).toBe("active");
		expect(await reportRows()).toEqual([]);
	});

	it("answers what is of nobody, or of another kind, like anything else", async () => {
		const nobody = { to: ["nobody@journal.test"], tags: { subscriber: desk.rooms.newId() } };
		expect((await post(event(nobody))).status).toBe(204);
		expect((await post({ type: "email.opened", data: {} })).status).toBe(204);
		expect((await post({ something: "new" })).status).toBe(204);
		expect(await reportRows()).toEqual([]);
	});

	it("has the provider try again where the report could not be kept", async () => {
		const take = async () => Promise.reject(new Error("the store is away"));
		const { door } = desk.rooms;
		desk = openDesk({ door, delivery: { ...desk.rooms.delivery, take } });
		vi.spyOn(console, "error").mockImplementation(() => {});
		expect((await post(event())).status).toBe(500);
		vi.restoreAllMocks();
	});

	it("takes 256 KiB and no more", async () => {
		const room = 256 * 1024 - JSON.stringify(event({ subject: "" })).length;
		expect((await post(event({ subject: "x".repeat(room) }))).status).toBe(204);
		expect((await post(event({ subject: "x".repeat(room + 1) }))).status).toBe(413);
	});

	it("is there for the transport that is used, where its secret is set, and no other", async () => {
		const status = async (transport: string, secrets: object, path: string) =>
			(await deskOf(transport, secrets).app.request(path, { method: "POST", body: "{}" })).status;
		for (const name of ["resend", "postmark", "ses"]) {
			expect(await status(name, {}, `/webhooks/${name}`)).toBe(401);
			expect(await status("smtp", {}, `/webhooks/${name}`)).toBe(404);
			const unset = { resendWebhookSecret: null, postmarkWebhookLogin: null, sesTopic: null };
			expect(await status(name, unset, `/webhooks/${name}`)).toBe(404);
		}
		expect(await status("resend", {}, "/webhooks/postmark")).toBe(404);
		expect(await status("constructor", {}, "/webhooks/constructor")).toBe(404);
		const get = await desk.app.request("/webhooks/resend");
		expect([get.status, get.headers.get("Allow")]).toEqual([405, "POST"]);
	});

	it("of Postmark has the login for a signature", async () => {
		const postmark = deskOf("postmark");
		const body = JSON.stringify({
			RecordType: "SpamComplaint",
			MessageID: "m-1",
			Email: ADDRESS,
			BouncedAt: new Date(SUNDAY).toISOString(),
		});
		const ask = (login: string) =>
			postmark.app.request("/webhooks/postmark", { method: "POST", body, headers: basic(login) });
		expect((await ask("postmark:guess")).status).toBe(401);
		expect((await rowOf())?.status).toBe("active");
		expect((await ask(LOGIN)).status).toBe(204);
		expect(await rowOf()).toMatchObject({ status: "ended", ended_reason: "complaint" });
	});

	it("logs no address", async () => {
		const logged: unknown[] = [];
		for (const level of ["info", "warn", "error"] as const)
			vi.spyOn(console, level).mockImplementation((line) => void logged.push(line));
		await post(event());
		await post(event(), { at: 0 });
		vi.restoreAllMocks();
		expect(logged.length).toBeGreaterThan(0);
		expect(logged.join("\n")).not.toContain("@");
	});
});

describe("events of Cloudflare from their queue", () => {
	const bounced = (over: object = {}) => ({
		type: "cf.email.sending.message.bounced",
		source: { type: "email.sending" },
		payload: {
			messageId: "m-1",
			recipient: ADDRESS,
			bounce: { type: "hard", reason: "550 5.1.1 user unknown" },
			...over,
		},
		metadata: { eventTimestamp: new Date(SUNDAY).toISOString() },
	});
	const messageOf = (body: unknown) => ({ body, ack: vi.fn(), retry: vi.fn() });

	it("are reports, each by itself; what is none is dropped", async () => {
		const messages = [messageOf("garbage"), messageOf(bounced()), messageOf(bounced())];
		await takeCloudflareEvents(desk.rooms, messages);
		for (const { ack, retry } of messages) {
			expect(ack).toHaveBeenCalledOnce();
			expect(retry).not.toHaveBeenCalled();
		}
		expect(await rowOf()).toMatchObject({ status: "ended", ended_reason: "bounced" });
		expect(await reportRows()).toHaveLength(1);
	});

	it("come again where they could not be kept, and do not hold up the others", async () => {
		const take = vi.fn(desk.rooms.delivery.take);
		take.mockRejectedValueOnce(new Error("the store is away"));
		vi.spyOn(console, "error").mockImplementation(() => {});
		const lost = messageOf(bounced({ messageId: "m-0" }));
		const other = messageOf(bounced());
		await takeCloudflareEvents({ delivery: { take }, clock: desk.rooms.clock }, [lost, other]);
		vi.restoreAllMocks();
		expect(lost.ack).not.toHaveBeenCalled();
		expect(lost.retry).toHaveBeenCalledWith({ delaySeconds: 60 });
		expect(other.ack).toHaveBeenCalled();
		expect((await rowOf())?.status).toBe("ended");
	});
});
