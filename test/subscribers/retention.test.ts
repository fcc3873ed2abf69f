import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { DAY_MS, openDesk, SUNDAY } from "../support/desk.ts";
import { addSubscriber, emptyStores, someSignUp, testSettings } from "../support/house.ts";
import { rowOf } from "./visiting.ts";

beforeEach(emptyStores);

const countOf = (table: string) =>
	env.LEDGER.prepare(`SELECT COUNT(*) AS n FROM ${table}`).first<number>("n");

describe("the tick", () => {
	it("deletes a sign-up that nobody confirmed after 30 days, and nobody else", async () => {
		const desk = openDesk();
		const { rooms } = desk;
		const pending = someSignUp({ id: rooms.newId(), address: "pending@journal.test" });
		await rooms.subscribers.signUp(pending, SUNDAY);
		await addSubscriber(rooms, "active@journal.test");
		await desk.tick(SUNDAY + 30 * DAY_MS);
		expect((await rowOf("pending@journal.test"))?.status).toBe("pending");
		await desk.tick(SUNDAY + 30 * DAY_MS + 1);
		expect(await rowOf("pending@journal.test")).toBeNull();
		await desk.tick(SUNDAY + 4000 * DAY_MS);
		expect((await rowOf("active@journal.test"))?.status).toBe("active");
	});

	it("deletes an ended subscription after the days that are set", async () => {
		const desk = openDesk({ settings: testSettings({ ENDED_DAYS: "40" }) });
		const id = await addSubscriber(desk.rooms, "ended@journal.test");
		await desk.rooms.subscribers.end(id, "unsubscribed", SUNDAY + DAY_MS);
		await desk.tick(SUNDAY + 41 * DAY_MS);
		expect((await rowOf("ended@journal.test"))?.status).toBe("ended");
		await desk.tick(SUNDAY + 41 * DAY_MS + 1);
		expect(await rowOf("ended@journal.test")).toBeNull();
	});

	it("keeps that somebody has left, also where a stranger signed them up since", async () => {
		const desk = openDesk({ settings: testSettings({ ENDED_DAYS: "40" }) });
		const { subscribers } = desk.rooms;
		const address = "ended@journal.test";
		await subscribers.end(await addSubscriber(desk.rooms, address), "unsubscribed", SUNDAY);
		await subscribers.signUp(someSignUp({ id: desk.rooms.newId(), address }), SUNDAY);
		await desk.tick(SUNDAY + 30 * DAY_MS + 1);
		expect(await rowOf(address)).toMatchObject({
			status: "ended",
			ended_at: SUNDAY,
			ended_reason: "unsubscribed",
		});
		await desk.tick(SUNDAY + 40 * DAY_MS + 1);
		expect(await rowOf(address)).toBeNull();
	});

	it("deletes counts of mails after two days", async () => {
		const desk = openDesk();
		await desk.rooms.mailLimits.allowMail("a".repeat(64), "2026-11-22");
		await desk.tick(Date.parse("2026-11-24T23:59:00Z"));
		expect(await countOf("confirmation_mails")).toBe(1);
		await desk.tick(Date.parse("2026-11-25T00:00:00Z"));
		expect(await countOf("confirmation_mails")).toBe(0);
	});

	it("deletes some at a time, the oldest first, until none is left", async () => {
		const desk = openDesk();
		await env.LEDGER.prepare(
			`WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 1199)
			INSERT INTO subscribers
				(id, address, address_key, status, kinds, languages, frequency, signed_up_at)
			SELECT 'id-' || i, i || '@journal.test', i || '@journal.test', 'pending', 'meeting', 'en',
				'daily', i FROM n`,
		).run();
		await desk.tick(SUNDAY);
		expect(await countOf("subscribers")).toBe(700);
		expect(await rowOf("499@journal.test")).toBeNull();
		expect(await rowOf("500@journal.test")).not.toBeNull();
		await desk.tick(SUNDAY);
		await desk.tick(SUNDAY);
		expect(await countOf("subscribers")).toBe(0);
	});
});
