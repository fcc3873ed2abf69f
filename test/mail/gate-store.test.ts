import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import type { Passage, Ticket } from "../../src/mail/gate.ts";
import { createGateStore } from "../../src/mail/gate-store.ts";
import { emptyStores } from "../support/house.ts";

const NOW = Date.parse("2026-11-23T04:00:00Z");
const PATIENCE_MS = 30_000;
const FAILED = {
	kind: "failed",
	said: "421 anna@journal.test, go away",
	afterSeconds: 0,
	hasTaken: false,
} as const;

beforeEach(emptyStores);

const gateOf = (rate: number | null = null) =>
	createGateStore(env.LEDGER, { transport: "smtp", rate });

function ticketOf(passage: Passage): Ticket {
	if (passage.kind !== "open") throw new Error(`shut until ${passage.until}`);
	return passage.ticket;
}

describe("a gate without a rate", () => {
	it("lets all through at once, and writes nothing", async () => {
		const gate = gateOf();
		for (let count = 0; count < 3; count += 1) {
			const ticket = ticketOf(await gate.enter(100, NOW, PATIENCE_MS));
			expect(ticket).toEqual({ start: NOW, failures: 0 });
			await gate.leave(ticket, { kind: "works" }, NOW);
		}
		expect(await env.LEDGER.prepare("SELECT COUNT(*) AS n FROM mail_gates").first("n")).toBe(0);
	});
});

describe("a gate with a rate", () => {
	it("gives each its turn, one behind the other", async () => {
		const gate = gateOf(10);
		const starts = [];
		for (let count = 0; count < 3; count += 1)
			starts.push(ticketOf(await gate.enter(100, NOW, PATIENCE_MS)).start - NOW);
		expect(starts).toEqual([0, 10_000, 20_000]);
	});

	it("gives turns that do not overlap to many who ask at once", async () => {
		const gate = gateOf(100);
		const passages = await Promise.all(
			Array.from({ length: 20 }, () => gate.enter(100, NOW, PATIENCE_MS)),
		);
		const starts = passages.map((passage) => ticketOf(passage).start - NOW);
		const seconds = Array.from({ length: 20 }, (_, second) => second * 1000);
		expect(starts.toSorted((one, other) => one - other)).toEqual(seconds);
	});

	it("sends away whose turn is too far off, and says when to come back", async () => {
		const gate = gateOf(1);
		await gate.enter(100, NOW, PATIENCE_MS);
		const passage = await gate.enter(100, NOW, PATIENCE_MS);
		expect(passage).toEqual({ kind: "shut", until: NOW + 100_000, isBusy: true });
		expect(ticketOf(await gate.enter(1, NOW + 80_000, PATIENCE_MS)).start).toBe(NOW + 100_000);
	});

	it("has many who are sent away come back one behind the other, each of whom goes through then", async () => {
		const gate = gateOf(10);
		await gate.enter(100, NOW, 0);
		const untils: number[] = [];
		for (let count = 0; count < 50; count += 1) {
			const passage = await gate.enter(100, NOW, 0);
			untils.push(passage.kind === "shut" ? passage.until : 0);
		}
		expect(untils).toEqual(untils.map((_, place) => NOW + (place + 1) * 10_000));
		for (const until of untils) expect(ticketOf(await gate.enter(100, until, 0)).start).toBe(until);
	});

	it("has nobody come back later than a queue can keep a message", async () => {
		const gate = gateOf(1);
		await gate.enter(1, NOW, 0);
		let last = 0;
		for (let count = 0; count < 4; count += 1) {
			const passage = await gate.enter(20_000, NOW, 0);
			last = passage.kind === "shut" ? passage.until : 0;
		}
		expect(last - NOW).toBeLessThan(12 * 3_600_000);
	});

	it("does not save up the turns of an idle hour", async () => {
		const gate = gateOf(10);
		await gate.enter(10, NOW, PATIENCE_MS);
		const later = NOW + 3_600_000;
		expect(ticketOf(await gate.enter(10, later, PATIENCE_MS)).start).toBe(later);
		expect(ticketOf(await gate.enter(10, later, PATIENCE_MS)).start).toBe(later + 1000);
	});
});

describe.each([
	["without a rate", null],
	["with a rate", 1000],
])("a gate %s whose provider fails", (_, rate) => {
	const fail = async (now: number) => {
		const gate = gateOf(rate);
		await gate.leave(ticketOf(await gate.enter(1, now, PATIENCE_MS)), FAILED, now);
	};

	it("is shut, for everybody, and says until when", async () => {
		await fail(NOW);
		expect(await gateOf(rate).enter(1, NOW + 10_000, PATIENCE_MS)).toEqual({
			kind: "shut",
			until: NOW + 30_000,
			isBusy: false,
		});
	});

	it("keeps what it said, without addresses", async () => {
		await fail(NOW);
		const state = await gateOf(rate).readState();
		expect(state).toMatchObject({ failures: 1, shutUntil: NOW + 30_000, failingSince: NOW });
		expect(state.said).toMatch(/^421 .*go away$/);
		expect(state.said).not.toContain("anna");
	});

	it("counts those who fail at once as one failure", async () => {
		const gate = gateOf(rate);
		const tickets = [];
		for (let count = 0; count < 5; count += 1)
			tickets.push(ticketOf(await gate.enter(1, NOW, PATIENCE_MS)));
		await Promise.all(tickets.map((ticket) => gate.leave(ticket, FAILED, NOW)));
		expect(await gate.readState()).toMatchObject({ failures: 1 });
	});

	it("lets one of many through to try, when the time is over", async () => {
		await fail(NOW);
		const later = NOW + 30_000;
		const passages = await Promise.all(
			Array.from({ length: 10 }, () => gateOf(rate).enter(1, later, PATIENCE_MS)),
		);
		expect(passages.filter(({ kind }) => kind === "open")).toHaveLength(1);
	});

	it("lets another try, where nothing is heard of the first", async () => {
		await fail(NOW);
		await gateOf(rate).enter(1, NOW + 30_000, PATIENCE_MS);
		expect((await gateOf(rate).enter(1, NOW + 89_999, PATIENCE_MS)).kind).toBe("shut");
		expect((await gateOf(rate).enter(1, NOW + 90_000, PATIENCE_MS)).kind).toBe("open");
	});

	it("is shut for longer each time that a try fails, and open again after one that does not", async () => {
		await fail(NOW);
		await fail(NOW + 30_000);
		const gate = gateOf(rate);
		expect(await gate.readState()).toMatchObject({
			failures: 2,
			shutUntil: NOW + 90_000,
			failingSince: NOW,
		});
		const ticket = ticketOf(await gate.enter(1, NOW + 90_000, PATIENCE_MS));
		await gate.leave(ticket, { kind: "works" }, NOW + 90_000);
		expect(await gate.readState()).toMatchObject({ failures: 0, failingSince: null, said: null });
		expect((await gate.enter(1, NOW + 90_001, PATIENCE_MS)).kind).toBe("open");
	});

	it("is not shut for longer where it took messages before it failed, as one that takes a few a session", async () => {
		const gate = gateOf(rate);
		let now = NOW;
		for (let session = 1; session <= 5; session += 1) {
			const ticket = ticketOf(await gate.enter(1, now, PATIENCE_MS));
			await gate.leave(ticket, { ...FAILED, hasTaken: true }, now);
			expect(await gate.readState()).toMatchObject({
				failures: 1,
				shutUntil: now + 30_000,
				failingSince: now,
			});
			now += 30_000;
		}
	});

	it("is not opened by who was let through before it failed", async () => {
		const gate = gateOf(rate);
		const before = ticketOf(await gate.enter(1, NOW, PATIENCE_MS));
		await fail(NOW);
		await gate.leave(before, { kind: "works" }, NOW + 1);
		expect((await gate.enter(1, NOW + 2, PATIENCE_MS)).kind).toBe("shut");
	});

	it("says nothing of the provider of another transport", async () => {
		await fail(NOW);
		const other = createGateStore(env.LEDGER, { transport: "resend", rate });
		expect((await other.enter(1, NOW, PATIENCE_MS)).kind).toBe("open");
	});
});
