import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { watchLog } from "../subscribers/operating.ts";
import { deliver } from "../support/delivery.ts";
import { type Desk, MINUTE_MS, MONDAY, openDesk, SUNDAY } from "../support/desk.ts";
import { addSubscriber, emptyStores, furnishForTest } from "../support/house.ts";
import {
	DAILY_RUN,
	listRuns,
	planOnly,
	publish,
	readRun,
	refusal,
	showRun,
	withOperator,
} from "./operating.ts";

let desk: Desk;
let logged: readonly string[] = [];

beforeEach(async () => {
	await emptyStores();
	desk = openDesk();
	logged = watchLog();
});

afterEach(() => {
	vi.restoreAllMocks();
});

describe("a run that is over", () => {
	it("tells what it came to, who got what, how long it took and what it cost", async () => {
		await addSubscriber(desk.rooms, "anna@journal.test");
		await addSubscriber(desk.rooms, "boris@journal.test", { languages: ["ru", "en"] });
		const clara = await addSubscriber(desk.rooms, "clara@journal.test");
		await publish(desk);
		const submits = await planOnly(desk);
		await desk.rooms.subscribers.end(clara, "unsubscribed", desk.time.now);
		desk.time.now += 90_000;
		for (const submit of submits) await deliver(desk.rooms, submit);

		const { run, batches, editions } = await showRun(desk);
		expect(run).toEqual({
			id: DAILY_RUN,
			frequency: "daily",
			time_zone: null,
			period: "2026-11-23",
			day: "2026-11-23",
			state: "closed",
			upper_sequence: 1,
			holds: [],
			created_at: new Date(MONDAY).toISOString(),
			planned_at: new Date(MONDAY).toISOString(),
			released_at: null,
			released_by: null,
			closed_at: new Date(MONDAY + 90_000).toISOString(),
			seconds: { planning: 0, held: null, submitting: 90 },
			tally: {
				candidates: 3,
				submitted: 2,
				excluded: 1,
				excluded_by: { ended: 1 },
				rejected: 0,
				unknown: 0,
				open: 0,
				balance: 0,
			},
			cost: expect.objectContaining({ rows_read: expect.any(Number) }),
		});
		for (const [name, spent] of Object.entries(run.cost)) expect(spent, name).toBeGreaterThan(0);
		expect(batches).toEqual({ planned: 0, claimed: 0, settled: 2 });
		const id = expect.stringMatching(/^[0-9a-f]{16}$/);
		const both = { id, kinds: ["consultation", "meeting"], heard_through: 0, fault: null };
		expect(editions).toEqual([
			{ ...both, languages: ["en"], recipients: 2, preview: previewOf(editions[0]?.id) },
			{ ...both, languages: ["ru", "en"], recipients: 1, preview: previewOf(editions[1]?.id) },
		]);
	});

	it("counts a recipient once who was put off, and in the edition that fits them at last", async () => {
		const anna = await addSubscriber(desk.rooms, "anna@journal.test");
		await addSubscriber(desk.rooms, "boris@journal.test");
		await publish(desk);
		const [submit = ""] = await planOnly(desk);
		await env.LEDGER.prepare("UPDATE subscribers SET kinds = 'meeting' WHERE id = ?")
			.bind(anna)
			.run();
		desk.rooms.transport.answer = () => [{ kind: "retry", detail: "451 busy" }];
		await deliver(desk.rooms, submit);
		desk.rooms.transport.answer = (messages) => messages.map(() => ({ kind: "submitted" }));
		await desk.settle();
		const { run, editions } = await showRun(desk);
		expect(run.tally).toMatchObject({ candidates: 2, submitted: 2, open: 0, balance: 0 });
		expect(editions.map(({ kinds, recipients }) => [kinds.length, recipients])).toEqual(
			expect.arrayContaining([
				[2, 1],
				[1, 1],
			]),
		);
	});

	it("has a receipt of before these were counted", async () => {
		await desk.tick(MONDAY);
		await env.LEDGER.prepare("UPDATE runs SET receipt = ? WHERE id = ?")
			.bind('{"candidates":5,"submitted":3,"excluded":1,"rejected":1,"unknown":0}', DAILY_RUN)
			.run();
		const { run } = await showRun(desk);
		expect(run.tally).toEqual({
			candidates: 5,
			submitted: 3,
			excluded: 1,
			excluded_by: null,
			rejected: 1,
			unknown: 0,
			open: 0,
			balance: 0,
		});
	});

	it("keeps its receipt as it was, whatever becomes of the rows that it was counted from", async () => {
		await addSubscriber(desk.rooms, "anna@journal.test");
		await publish(desk);
		desk.rooms.transport.answer = () => [{ kind: "rejected", detail: "550 no such user" }];
		await desk.tick(MONDAY);
		await env.LEDGER.exec("DELETE FROM exceptions");
		expect((await showRun(desk)).run.tally).toMatchObject({ candidates: 1, rejected: 1 });
	});
});

const previewOf = (edition = "") => `https://press.test/api/runs/${DAILY_RUN}/editions/${edition}`;

describe("a run that is under way", () => {
	it("tells how far it is", async () => {
		for (let n = 0; n < 101; n += 1) await addSubscriber(desk.rooms, `reader${n}@journal.test`);
		await publish(desk);
		const [first = ""] = await planOnly(desk);
		await deliver(desk.rooms, first);
		const { run, batches } = await showRun(desk);
		expect(run).toMatchObject({ state: "submitting", closed_at: null });
		expect(run.seconds).toEqual({ planning: 0, held: null, submitting: null });
		const { submitted, open } = run.tally;
		expect([100, 1]).toContain(submitted);
		expect(run.tally).toMatchObject({ candidates: 101, balance: 0 });
		expect(submitted + open).toBe(101);
		expect(batches).toEqual({ planned: 1, claimed: 0, settled: 1 });
	});

	it("that is not planned yet has no candidates", async () => {
		desk.time.now = MONDAY;
		await desk.rooms.runs.create(
			{
				frequency: "daily",
				timeZone: "Asia/Tokyo",
				period: "2026-11-23",
				day: "2026-11-23",
				stale: null,
				isPast: false,
			},
			MONDAY,
		);
		const { run, batches, editions } = await showRun(desk, `${DAILY_RUN}-Asia.Tokyo`);
		expect(run).toMatchObject({ state: "planning", time_zone: "Asia/Tokyo", planned_at: null });
		expect(run.seconds).toEqual({ planning: null, held: null, submitting: null });
		expect([batches, editions]).toEqual([{ planned: 0, claimed: 0, settled: 0 }, []]);
	});
});

describe("a receipt that is off", () => {
	/** A desk at which what a settlement records is lost before the run is closed. */
	function openLossyDesk(over: object = {}): Desk {
		const { settlements } = furnishForTest();
		return openDesk({
			...over,
			settlements: {
				...settlements,
				async settle(...settlement) {
					await settlements.settle(...settlement);
					await env.LEDGER.exec("DELETE FROM exceptions");
				},
			},
		});
	}

	it("is shown, and is in the log as an error", async () => {
		desk = openLossyDesk();
		await addSubscriber(desk.rooms, "anna@journal.test");
		await publish(desk);
		desk.rooms.transport.answer = () => [{ kind: "rejected", detail: "550 no such user" }];
		await desk.tick(MONDAY);
		const { run } = await showRun(desk);
		expect(run.tally).toMatchObject({ candidates: 1, submitted: 0, open: 0, balance: 1 });
		const lines = logged.map((line) => JSON.parse(line));
		const off = { level: "error", event: "receipt-off", run: DAILY_RUN, missing: 1 };
		expect(lines).toContainEqual(expect.objectContaining(off));
	});

	it("is told to the operator, once", async () => {
		desk = openLossyDesk(withOperator());
		await addSubscriber(desk.rooms, "anna@journal.test");
		await publish(desk);
		desk.rooms.transport.answer = ([message]) => [
			message?.to === "anna@journal.test"
				? { kind: "rejected", detail: "550 no such user" }
				: { kind: "submitted" },
		];
		await desk.tick(MONDAY);
		await desk.tick(MONDAY + MINUTE_MS);
		expect(desk.rooms.transport.submittedTo).toEqual(["operator@press.test"]);
		const [, notice] = desk.rooms.transport.messages;
		expect(notice?.subject).toBe(`Press Office: the receipt of the run ${DAILY_RUN} is off`);
		expect(notice?.text).toContain("1 candidates; 0 submitted, 0 excluded, 0 rejected, 0 unknown.");
	});
});

describe("the list of runs", () => {
	beforeEach(async () => {
		await addSubscriber(desk.rooms, "anna@journal.test", { timeZone: "Europe/Moscow" });
		await publish(desk);
		await desk.tick(SUNDAY + MINUTE_MS);
		await desk.tick(MONDAY);
		await desk.tick(MONDAY + 2 * 60 * MINUTE_MS);
	});

	it("has all of them, newest first, page by page", async () => {
		const { runs, next } = await listRuns(desk);
		expect(next).toBeNull();
		expect(runs.length).toBeGreaterThan(5);
		const times = runs.map(({ created_at }) => created_at);
		expect(times).toEqual(times.toSorted().toReversed());
		const paged: string[] = [];
		for (let query: string | null = "?limit=2"; query !== null; ) {
			const page = await listRuns(desk, query);
			expect(page.runs.length).toBeLessThanOrEqual(2);
			paged.push(...page.runs.map(({ id }) => id));
			expect(page.next ?? "https://press.test/api/runs?").toMatch(
				/^https:\/\/press\.test\/api\/runs\?/,
			);
			query = page.next && new URL(page.next).search;
		}
		expect(paged).toEqual(runs.map(({ id }) => id));
	});

	it("reads each run by its id, also by one with a plus", async () => {
		const { runs } = await listRuns(desk);
		expect(runs.some(({ id }) => id.includes("+"))).toBe(true);
		for (const run of runs)
			expect((await showRun(desk, encodeURIComponent(run.id))).run).toEqual(run);
	});

	it("has those of a frequency, and those of a state, and keeps to that on its next page", async () => {
		const weekly = await listRuns(desk, "?frequency=weekly");
		expect(new Set(weekly.runs.map(({ frequency }) => frequency))).toEqual(new Set(["weekly"]));
		expect((await listRuns(desk, "?state=held")).runs).toEqual([]);
		const daily = await listRuns(desk, "?state=closed&frequency=daily&limit=1");
		const more = await listRuns(desk, new URL(daily.next ?? "").search);
		expect(more.runs.map(({ frequency }) => frequency)).toEqual(["daily"]);
		expect(daily.runs.map(({ time_zone }) => time_zone)).toEqual(["Europe/Moscow"]);
	});
});

describe("a list", () => {
	it.each([
		["state", "open"],
		["frequency", "hourly"],
		["limit", "0"],
		["limit", "201"],
		["after", "x"],
		["after", "zz.a b"],
		["day", "2026-11-23"],
	])("refuses %s=%s, by its name", async (field, value) => {
		const query = new URLSearchParams({ [field]: value });
		const refused = await refusal(desk.ask("GET", `/api/runs?${query}`));
		expect(refused).toMatchObject({ status: 422, errors: [{ field }] });
	});
});

it("knows no run of another id", async () => {
	for (const id of ["daily-1999-01-01", "%27%20OR%201=1", "x".repeat(2000)])
		expect(await refusal(readRun(desk, id))).toMatchObject({ status: 404 });
});
