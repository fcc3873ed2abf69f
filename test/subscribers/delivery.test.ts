import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Report } from "../../src/mail/reports/report.ts";
import { createDeliveryStore } from "../../src/subscribers/delivery-store.ts";
import { DAY_MS, type Desk, HOUR_MS, MONDAY, openDesk, SUNDAY } from "../support/desk.ts";
import { addSubscriber, emptyStores, publishText, someSignUp } from "../support/house.ts";
import { plansOf } from "../support/plans.ts";
import { reportRows, someReport } from "./reporting.ts";
import { ADDRESS, rowOf } from "./visiting.ts";

vi.setConfig({ testTimeout: 20_000 });

let desk: Desk;

beforeEach(async () => {
	await emptyStores();
	desk = openDesk();
});

const take = (report: Partial<Report>) =>
	desk.rooms.delivery.take(someReport(report), desk.time.now);
const suppressed = (address = ADDRESS) => desk.rooms.suppressions.reasonFor(address);
const reinstate = (id: string) => desk.ask("POST", `/api/subscribers/${id}/reinstate`);

/** How somebody stands, and how they come to. Returns their id. */
const STANDING = {
	async pending(address = ADDRESS) {
		const signUp = someSignUp({ id: desk.rooms.newId(), address });
		await desk.rooms.subscribers.signUp(signUp, desk.time.now);
		return signUp.id;
	},
	active: (address = ADDRESS) => addSubscriber(desk.rooms, address),
	/** One failure more ends it. */
	async failing(address = ADDRESS) {
		const id = await STANDING.active(address);
		for (let day = 0; day < 4; day += 1) {
			await take({ subscriber: id });
			desk.time.now += 5 * DAY_MS;
		}
		return id;
	},
	async unsubscribed(address = ADDRESS) {
		const id = await STANDING.active(address);
		await desk.rooms.subscribers.unsubscribe(id, 0, desk.time.now);
		return id;
	},
	async bounced(address = ADDRESS) {
		const id = await STANDING.active(address);
		await take({ subscriber: id, verdict: "permanent" });
		return id;
	},
	async complained(address = ADDRESS) {
		const id = await STANDING.active(address);
		await take({ subscriber: id, verdict: "complaint" });
		return id;
	},
	async erased(address = ADDRESS) {
		const id = await STANDING.active(address);
		await desk.rooms.preferences.erase(id, desk.time.now);
		return id;
	},
};
type Stands = keyof typeof STANDING;
const EVENTS = [
	"permanent",
	"temporary",
	"ours",
	"none",
	"complaint",
	"delivered",
	"reinstate",
] as const;
type What = (typeof EVENTS)[number];

const ENDED: readonly Stands[] = ["unsubscribed", "bounced", "complained"];

/** Status, reason and suppression afterwards; how the operator's request is answered. */
const BOUNCED = ["ended", "bounced", "bounced"];
const COMPLAINED = ["ended", "complaint", "complaint"];
const ACTIVE = ["active", null, null];
const LEFT = ["ended", "unsubscribed", null];
const ERASED = [undefined, undefined, "erased"];
const PENDING = ["pending", null, null];
const TABLE: Readonly<
	Record<Stands, Partial<Record<What, unknown[]>> & { readonly else: unknown[] }>
> = {
	pending: { permanent: BOUNCED, complaint: COMPLAINED, else: PENDING },
	active: { permanent: BOUNCED, complaint: COMPLAINED, else: ACTIVE },
	failing: { permanent: BOUNCED, temporary: BOUNCED, complaint: COMPLAINED, else: ACTIVE },
	unsubscribed: { complaint: ["ended", "unsubscribed", "complaint"], else: LEFT },
	bounced: { complaint: ["ended", "bounced", "complaint"], reinstate: ACTIVE, else: BOUNCED },
	complained: { else: COMPLAINED },
	erased: { else: ERASED },
};

describe("a subscriber", () => {
	it.each(Object.keys(TABLE) as Stands[])("who is %s, after each event", async (stands) => {
		for (const event of EVENTS) {
			const address = `${event}@journal.test`;
			const id = await STANDING[stands](address);
			desk.time.now += HOUR_MS;
			if (event === "reinstate") {
				const status = { bounced: 200, erased: 404 }[stands as string] ?? 409;
				expect((await reinstate(id)).status).toBe(status);
			} else await take({ subscriber: id, verdict: event });
			const row = await rowOf(address);
			const is = [row?.status, row?.ended_reason, await suppressed(address)];
			expect(is, event).toEqual(TABLE[stands][event] ?? TABLE[stands].else);
			if (row?.status === "ended" && !ENDED.includes(stands))
				expect(row.ended_at).toBe(desk.time.now);
		}
	});

	it("is found by the address where the report names no id", async () => {
		await STANDING.active();
		await take({ address: ADDRESS.toUpperCase(), verdict: "permanent" });
		expect(await rowOf()).toMatchObject({ status: "ended", ended_reason: "bounced" });
	});

	it("who is not known is nobody: nothing is kept", async () => {
		await take({ subscriber: desk.rooms.newId(), verdict: "complaint" });
		await take({ address: "nobody@journal.test", verdict: "permanent" });
		await take({ verdict: "permanent" });
		expect(await reportRows()).toEqual([]);
	});
});

describe("a report", () => {
	it("is kept in words without addresses", async () => {
		const id = await STANDING.active();
		await take({ subscriber: id, id: "test/1", words: `452 <${ADDRESS}> is full` });
		expect(await reportRows()).toEqual([
			{
				id: "test/1",
				subscriber: id,
				transport: "test",
				verdict: "temporary",
				words: "452 <(address)> is full",
				reported_at: SUNDAY,
			},
		]);
	});

	it("that comes again, also much later, changes nothing", async () => {
		const id = await STANDING.active();
		const report = { subscriber: id, id: "test/1", at: SUNDAY };
		await take(report);
		const [row, reports] = [await wholeRow(id), await reportRows()];
		desk.time.now += 20 * DAY_MS;
		for (let time = 0; time < 10; time += 1) await take(report);
		expect([await wholeRow(id), await reportRows()]).toEqual([row, reports]);
	});

	it("that comes many times at once has one effect", async () => {
		const id = await STANDING.active();
		const same = someReport({ subscriber: id, id: "test/1" });
		await Promise.all(
			Array.from({ length: 8 }, () => desk.rooms.delivery.take(same, desk.time.now)),
		);
		expect(await wholeRow(id)).toMatchObject({ failures: 1 });
	});

	it("is not lost among others that come at once", async () => {
		const id = await STANDING.active();
		await Promise.all([1, 2, 3].map((n) => take({ subscriber: id, id: `test/${n}` })));
		expect(await wholeRow(id)).toMatchObject({ failures: 3, status: "active" });
		expect(await reportRows()).toHaveLength(3);
	});

	it("that says a message arrived costs no write where none had failed", async () => {
		const id = await STANDING.active();
		const before = await wholeRow(id);
		await take({ subscriber: id, verdict: "delivered" });
		expect(await reportRows()).toEqual([]);
		expect(await wholeRow(id)).toEqual(before);
	});

	it("that says a message arrived ends a row of failures", async () => {
		const id = await STANDING.failing();
		await take({ subscriber: id, verdict: "delivered" });
		expect(await wholeRow(id)).toMatchObject({
			failures: 0,
			first_failed_at: null,
			last_failed_at: null,
		});
		await take({ subscriber: id });
		expect(await wholeRow(id)).toMatchObject({ failures: 1, status: "active" });
	});

	it("with a time that is none, or ahead of us, counts as of now", async () => {
		const id = await STANDING.active();
		await take({ subscriber: id, at: Number.NaN });
		expect(await wholeRow(id)).toMatchObject({ first_failed_at: SUNDAY, last_failed_at: SUNDAY });
	});

	it("is one of a hundred that are kept of a subscriber at most", async () => {
		const id = await STANDING.active();
		const other = await addSubscriber(desk.rooms, "boris@journal.test");
		await take({ subscriber: other });
		await env.LEDGER.prepare(
			`WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 102)
			INSERT INTO delivery_reports SELECT 'old/' || i, ?1, 'test', 'ours', '', ?2 - i FROM n`,
		)
			.bind(id, SUNDAY)
			.run();
		await take({ subscriber: id, id: "test/new", verdict: "ours" });
		expect((await reportRows()).map((report) => report.id)).not.toContain("old/100");
		expect((await reportRows()).map((report) => report.id)).toContain("old/99");
		expect(await reportRows()).toHaveLength(101);
	});
});

describe("of two things at once", () => {
	it.each(["permanent", "complaint"] as const)(
		"a %s and an unsubscription: it has ended once, by one of them",
		async (verdict) => {
			const id = await STANDING.active();
			await Promise.all([
				take({ subscriber: id, verdict }),
				desk.rooms.subscribers.unsubscribe(id, 0, desk.time.now),
			]);
			const row = await rowOf();
			expect(row?.status).toBe("ended");
			expect(["unsubscribed", verdict === "permanent" ? "bounced" : "complaint"]).toContain(
				row?.ended_reason,
			);
			expect(await reportRows()).toHaveLength(1);
			if (row?.ended_reason === "bounced") expect(await suppressed()).toBe("bounced");
			if (row?.ended_reason === "unsubscribed" && verdict === "permanent")
				expect(await suppressed()).toBeNull();
		},
	);

	it("a bounce and a reinstatement: what is active is not suppressed, what ended is", async () => {
		const id = await STANDING.bounced();
		desk.time.now += HOUR_MS;
		await Promise.all([
			reinstate(id),
			take({ subscriber: id, verdict: "permanent", at: desk.time.now }),
			reinstate(id),
		]);
		const isActive = (await rowOf())?.status === "active";
		expect(await suppressed()).toBe(isActive ? null : "bounced");
	});

	it("a bounce and a move: the new address lives on", async () => {
		const id = await STANDING.active();
		await desk.rooms.preferences.askToMove(id, "anna@mission.test", desk.time.now);
		const asked = await desk.rooms.subscribers.read(id);
		if (!asked) throw new Error("gone");
		await Promise.all([
			desk.rooms.preferences.move(asked),
			take({ subscriber: id, address: ADDRESS, linkVersion: 0, verdict: "permanent" }),
		]);
		const row = (await wholeRow(id)) ?? {};
		if (row.address === "anna@mission.test") expect(row.status).toBe("active");
		else expect(row).toMatchObject({ address: ADDRESS, status: "ended" });
		expect(await desk.rooms.suppressions.reasonFor("anna@mission.test")).toBeNull();
	});

	it("a report and an erasure: nothing is left of either", async () => {
		const id = await STANDING.failing();
		await Promise.all([
			take({ subscriber: id, verdict: "ours" }),
			desk.rooms.preferences.erase(id, desk.time.now),
		]);
		expect(await rowOf()).toBeNull();
		expect(await reportRows()).toEqual([]);
	});
});

describe("who has moved", () => {
	it("begins without failures, and hears nothing of the former address", async () => {
		const id = await STANDING.failing();
		await desk.rooms.preferences.askToMove(id, "anna@mission.test", desk.time.now);
		const asked = await desk.rooms.subscribers.read(id);
		if (!asked) throw new Error("gone");
		expect(await desk.rooms.preferences.move(asked)).toBe(true);
		expect(await wholeRow(id)).toMatchObject({ failures: 0, first_failed_at: null });
		await take({ subscriber: id, address: ADDRESS, verdict: "permanent" });
		await take({ subscriber: id, linkVersion: 0, verdict: "complaint" });
		expect(await wholeRow(id)).toMatchObject({ status: "active", failures: 0 });
		await take({ subscriber: id, linkVersion: 1, verdict: "permanent" });
		expect(await wholeRow(id)).toMatchObject({ status: "ended" });
	});
});

describe("a message that a transport rejects", () => {
	it("ends the subscription of a digest's reader, who gets no more, and nobody else's", async () => {
		await publishText(desk.rooms);
		const anna = await addSubscriber(desk.rooms, ADDRESS);
		await addSubscriber(desk.rooms, "boris@journal.test");
		await publishText(desk.rooms);
		desk.rooms.transport.answer = (messages) =>
			messages.map(({ to }) =>
				to === ADDRESS
					? { kind: "rejected", detail: `550 5.1.1 <${to}> no such user` }
					: { kind: "submitted" },
			);
		await desk.tick(MONDAY);
		expect(await rowOf()).toMatchObject({ status: "ended", ended_reason: "bounced" });
		expect(await suppressed()).toBe("bounced");
		expect(await reportRows()).toMatchObject([
			{ subscriber: anna, transport: "submission", words: "550 5.1.1 <(address)> no such user" },
		]);
		desk.mailed();
		await publishText(desk.rooms);
		await desk.tick(MONDAY + DAY_MS);
		expect(desk.rooms.transport.messages.map(({ to }) => to)).toEqual(["boris@journal.test"]);
	});

	it("ends a sign-up whose confirmation it is, and a subscription whose welcome it is", async () => {
		desk.rooms.transport.answer = () => [{ kind: "rejected", detail: "550 no such user" }];
		const id = await STANDING.pending();
		await desk.rooms.queues.confirm(id);
		await desk.settle();
		expect(await rowOf()).toMatchObject({ status: "ended", ended_reason: "bounced" });

		const boris = await addSubscriber(desk.rooms, "boris@journal.test");
		await desk.rooms.queues.welcome(boris);
		await desk.settle();
		expect(await rowOf("boris@journal.test")).toMatchObject({ status: "ended" });
	});
});

describe("reinstating", () => {
	it("misses nothing: the next digest tells what was published since the end", async () => {
		const id = await STANDING.bounced();
		const { heard_through: cursor } = (await rowOf()) ?? {};
		await publishText(desk.rooms, { title: "While they were gone" });
		await desk.tick(MONDAY);
		expect(desk.mailed()).toEqual([]);
		expect((await reinstate(id)).status).toBe(200);
		expect(await wholeRow(id)).toMatchObject({
			status: "active",
			heard_through: cursor,
			ended_at: null,
			ended_reason: null,
			failures: 0,
			reinstated_at: desk.time.now,
		});
		expect(await suppressed()).toBeNull();
		await desk.tick(MONDAY + DAY_MS);
		expect(desk.mailed()).toEqual(["While they were gone"]);
	});

	it("is not undone by a report of before that comes late, but by one of now", async () => {
		const id = await STANDING.bounced();
		desk.time.now += HOUR_MS;
		await reinstate(id);
		await take({ subscriber: id, verdict: "permanent", at: SUNDAY });
		expect((await rowOf())?.status).toBe("active");
		desk.time.now += HOUR_MS;
		await take({ subscriber: id, verdict: "permanent", at: desk.time.now });
		expect((await rowOf())?.status).toBe("ended");
	});

	it.each([
		["pending", "it is pending"],
		["active", "it is active"],
		["unsubscribed", "unsubscribed themselves"],
		["complained", "They complained"],
	] as const)("whoever is %s is refused, and says why", async (stands, why) => {
		const response = await reinstate(await STANDING[stands]());
		expect(response.status).toBe(409);
		expect(((await response.json()) as { detail: string }).detail).toContain(why);
	});

	it("is refused where an operator ended it, or suppressed the address, or nobody confirmed", async () => {
		const id = await STANDING.active();
		await desk.rooms.subscribers.end(id, "Asked by telephone", desk.time.now);
		expect(await (await reinstate(id)).text()).toContain("an operator");

		const boris = await addSubscriber(desk.rooms, "boris@journal.test");
		await desk.rooms.suppressions.suppress("boris@journal.test", "operator", desk.time.now);
		await take({ subscriber: boris, verdict: "permanent" });
		expect(await (await reinstate(boris)).text()).toContain("suppressed (operator)");

		await emptyStores();
		const pending = await STANDING.pending();
		await take({ subscriber: pending, verdict: "permanent" });
		expect(await (await reinstate(pending)).text()).toContain("not confirmed");
	});

	it("takes an operator", async () => {
		const id = await STANDING.bounced();
		const response = await desk.app.request(`/api/subscribers/${id}/reinstate`, { method: "POST" });
		expect(response.status).toBe(401);
		expect((await rowOf())?.status).toBe("ended");
	});
});

describe("the operator", () => {
	it("sees how a reader's mail fails, in words without addresses", async () => {
		const id = await STANDING.active();
		await take({ subscriber: id, words: `452 <${ADDRESS}> full` });
		desk.time.now += HOUR_MS;
		await take({ subscriber: id, verdict: "ours", words: "554 blocked" });
		const found = await desk.ask("GET", `/api/subscribers?email=${ADDRESS}`);
		const at = (moment: number) => new Date(moment).toISOString();
		expect(((await found.json()) as { delivery: object }).delivery).toEqual({
			failures: 1,
			first_failed_at: at(SUNDAY),
			last_failed_at: at(SUNDAY),
			reinstated_at: null,
			reports: [
				{ transport: "test", verdict: "ours", words: "554 blocked", at: at(SUNDAY + HOUR_MS) },
				{ transport: "test", verdict: "temporary", words: "452 <(address)> full", at: at(SUNDAY) },
			],
		});
	});
});

describe("reports are forgotten", () => {
	it("after 90 days, and after 30 where they say nothing of the reader", async () => {
		const id = await STANDING.active();
		for (const verdict of ["temporary", "ours", "none"] as const)
			await take({ subscriber: id, verdict });
		await desk.tick(SUNDAY + 30 * DAY_MS);
		expect(await reportRows()).toHaveLength(3);
		await desk.tick(SUNDAY + 30 * DAY_MS + 1);
		expect((await reportRows()).map(({ verdict }) => verdict)).toEqual(["temporary"]);
		await desk.tick(SUNDAY + 90 * DAY_MS + 1);
		expect(await reportRows()).toEqual([]);
	});

	it("with the subscriber who is erased", async () => {
		const id = await STANDING.failing();
		const other = await addSubscriber(desk.rooms, "boris@journal.test");
		await take({ subscriber: other });
		await desk.rooms.preferences.erase(id, desk.time.now);
		expect((await reportRows()).map(({ subscriber }) => subscriber)).toEqual([other]);
	});
});

it("reads no table through", async () => {
	const id = await STANDING.active();
	const hash = async () => "x";
	const report = someReport({ subscriber: id, verdict: "permanent" });
	const plans = await plansOf(async (ledger) => {
		const store = createDeliveryStore(ledger, hash);
		await store.take(report, SUNDAY);
		await store.listReports(id, 20);
		await store.reinstate(id, SUNDAY);
	});
	expect(plans.length).toBeGreaterThan(5);
	for (const plan of plans) expect(plan).not.toMatch(/SCAN (?!CONSTANT)/);
});

function wholeRow(id: string) {
	return env.LEDGER.prepare("SELECT * FROM subscribers WHERE id = ?")
		.bind(id)
		.first<Record<string, unknown>>();
}
