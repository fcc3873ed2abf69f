import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { mailAnswer, readRunAnswer } from "../../src/digests/operator-answers.ts";
import { watchLog } from "../subscribers/operating.ts";
import { DAY_MS, type Desk, HOUR_MS, MINUTE_MS, MONDAY, openDesk } from "../support/desk.ts";
import { addSubscriber, emptyStores, type TestRooms } from "../support/house.ts";
import {
	APPROVAL,
	DAILY_RUN,
	listRuns,
	publish,
	readRun,
	refusal,
	release,
	releaseSeen,
	say,
	showRun,
} from "./operating.ts";

let desk: Desk;
let logged: readonly string[] = [];

beforeEach(async () => {
	await emptyStores();
	logged = watchLog();
});

afterEach(() => {
	vi.restoreAllMocks();
});

/** A desk at which Monday's digest is held for approval. */
async function openHeld(over: Partial<TestRooms> = APPROVAL): Promise<void> {
	desk = openDesk(over);
	await addSubscriber(desk.rooms, "anna@journal.test");
	await publish(desk, { title: "First meeting" });
	await desk.tick(MONDAY);
}

const etagOf = async (id?: string) => (await readRun(desk, id)).headers.get("ETag");

describe("a digest that needs approval", () => {
	beforeEach(() => openHeld());

	it("is held, looked at, let go and mailed", async () => {
		const { run, editions } = await showRun(desk);
		expect(run).toMatchObject({
			state: "held",
			holds: [{ kind: "approval", detail: "Digests need approval (DIGEST_APPROVAL)." }],
			tally: { candidates: 1, submitted: 0, open: 1, balance: 0 },
			seconds: { planning: 0, held: null, submitting: null },
		});
		expect(desk.mailed()).toEqual([]);

		const mail = await say(mailAnswer, desk.ask("GET", editions[0]?.preview ?? ""));
		expect(mail.subject).toBe("First meeting");

		desk.time.now += 5 * MINUTE_MS;
		const { run: released } = await releaseSeen(desk);
		expect(released).toMatchObject({
			state: "submitting",
			released_by: "dev",
			released_at: new Date(MONDAY + 5 * MINUTE_MS).toISOString(),
			seconds: { planning: 0, held: 300, submitting: null },
		});
		await desk.settle();
		const [message] = desk.rooms.transport.messages;
		expect(message?.subject).toBe(mail.subject);
		expect(message?.html.length).toBeGreaterThan(mail.html.length);
		expect((await showRun(desk)).run).toMatchObject({ state: "closed", tally: { submitted: 1 } });
		const line = { level: "info", event: "run-released", run: DAILY_RUN, by: "dev" };
		expect(logged.map((one) => JSON.parse(one))).toContainEqual(expect.objectContaining(line));
	});

	it.each([
		["no", undefined],
		["an empty", " , "],
		["any", "*"],
	])("is not let go with %s If-Match", async (_what, etag) => {
		const refused = await refusal(release(desk, DAILY_RUN, { etag }));
		expect(refused.status).toBe(428);
		expect(refused.detail).toContain((await etagOf()) ?? "none");
		await expectHeld();
	});

	it("is not let go by whoever says that any state will do, and is told why", async () => {
		const { status, detail } = await refusal(release(desk, DAILY_RUN, { etag: "*" }));
		expect([status, detail]).toEqual([428, expect.stringContaining("It needs approval")]);
	});

	it.each([
		["held-1", "held-1"],
		['W/"held-1"', "held-1"],
		['"held-0", nonsense', "nonsense"],
	])("is not let go with a spoilt ETag, and says how to give it: %s", async (etag, meant) => {
		const { status, detail } = await refusal(release(desk, DAILY_RUN, { etag }));
		expect([status, detail]).toEqual([400, expect.stringContaining(`If-Match: "${meant}"`)]);
		await expectHeld();
	});

	it.each(['"held-0"', '"planning-1"', '"held-unplanned-1"', '"", "x"'])(
		"is not let go with another state's ETag: %s",
		async (etag) => {
			expect(await refusal(release(desk, DAILY_RUN, { etag }))).toMatchObject({
				status: 412,
				current: {
					id: DAILY_RUN,
					state: "held",
					url: `https://press.test/api/runs/${DAILY_RUN}`,
				},
			});
			await expectHeld();
		},
	);

	it("has to be seen anew when something that it tells is corrected or withdrawn", async () => {
		const id = await publish(desk, { title: "Later meeting" });
		const etag = await etagOf();
		await desk.put(id, {
			title: "Later meeting",
			body: "Mended.",
			kind: "meeting",
			language: "en",
			note: "It was wrong.",
		});
		// What is not in the run changes nothing.
		expect(await etagOf()).toBe(etag);
		const first = await env.LEDGER.prepare(
			"SELECT id FROM releases WHERE sequence = 1",
		).first<string>("id");
		expect((await desk.withdraw(first)).status).toBe(200);
		expect(await refusal(release(desk, DAILY_RUN, { etag }))).toMatchObject({ status: 412 });
		await expectHeld();

		const { editions } = await showRun(desk);
		const gone = await refusal(desk.ask("GET", editions[0]?.preview ?? ""));
		expect(gone).toMatchObject({ status: 410 });
		await releaseSeen(desk);
		await desk.settle();
		expect(desk.mailed()).toEqual([]);
	});

	it("is let go once, whoever asks for it at the same time", async () => {
		const etag = await etagOf();
		const answers = await Promise.all([1, 2, 3].map(() => release(desk, DAILY_RUN, { etag })));
		expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409]);
		expect(await refusal(release(desk, DAILY_RUN, { etag }))).toMatchObject({ status: 409 });
		await desk.settle();
		expect(desk.mailed()).toEqual(["First meeting"]);
	});

	it("goes out though the message is lost that starts it", async () => {
		await releaseSeen(desk);
		desk.rooms.asked.length = 0;
		await desk.tick(MONDAY + 10 * MINUTE_MS);
		expect(desk.mailed()).toEqual(["First meeting"]);
	});

	it("makes the next ones wait, and nothing is lost", async () => {
		await publish(desk, { title: "Second meeting" });
		await desk.tick(MONDAY + DAY_MS);
		await desk.tick(MONDAY + DAY_MS + 2 * HOUR_MS);
		const daily = async () =>
			(await listRuns(desk, "?frequency=daily")).runs.map(({ id, state }) => `${id} ${state}`);
		expect(await daily()).toEqual([`${DAILY_RUN} held`]);
		expect(desk.mailed()).toEqual([]);

		await releaseSeen(desk);
		await desk.settle();
		expect(desk.mailed()).toEqual(["First meeting"]);
		await desk.tick(MONDAY + DAY_MS + 3 * HOUR_MS);
		expect(await daily()).toEqual(["daily-2026-11-24 held", `${DAILY_RUN} closed`]);
		await releaseSeen(desk, "daily-2026-11-24");
		await desk.settle();
		expect(desk.mailed()).toEqual(["Second meeting"]);
	});

	async function expectHeld() {
		await desk.settle();
		expect(desk.mailed()).toEqual([]);
		expect((await showRun(desk)).run.state).toBe("held");
	}
});

describe("the address that lets a run go", () => {
	it.each(["GET", "HEAD", "PUT", "DELETE"])("takes POST alone, and no %s", async (method) => {
		await openHeld();
		const answer = await desk.ask(method, `/api/runs/${DAILY_RUN}/release`);
		expect([answer.status, answer.headers.get("Allow")]).toEqual([405, "POST"]);
		expect((await showRun(desk)).run.state).toBe("held");
	});
});

describe("a run that is not held", () => {
	it("cannot be let go, whatever the condition", async () => {
		desk = openDesk();
		await desk.tick(MONDAY);
		for (const etag of [undefined, "*", '"closed-0"'])
			expect(await refusal(release(desk, DAILY_RUN, { etag }))).toMatchObject({ status: 409 });
	});

	it("that does not exist is not found", async () => {
		desk = openDesk();
		expect(await refusal(release(desk, "daily-1999-01-01", { etag: "*" }))).toMatchObject({
			status: 404,
		});
	});
});

describe("a run that is stale", () => {
	const STALE = "daily-2026-11-26";

	/** The clock struck on Monday and then not for three days. */
	async function standStill(over: Partial<TestRooms> = {}) {
		desk = openDesk(over);
		await addSubscriber(desk.rooms, "anna@journal.test");
		await desk.tick(MONDAY);
		await publish(desk);
		await desk.tick(MONDAY + 3 * DAY_MS);
	}

	it("is not planned, and its detail says since when the clock stood still", async () => {
		await standStill();
		const { run, editions } = await showRun(desk, STALE);
		expect(run).toMatchObject({
			state: "held",
			planned_at: null,
			holds: [{ kind: "stale", detail: expect.stringContaining("2026-11-23T04:00:00.000Z") }],
		});
		expect(editions).toEqual([]);
		expect(desk.mailed()).toEqual([]);
		const { status, detail } = await refusal(release(desk, STALE));
		expect([status, detail]).toEqual([428, expect.stringContaining("has no mails")]);
	});

	it("is planned and mailed once it is let go, on the day on which that is", async () => {
		await standStill();
		desk.time.now += DAY_MS;
		const { run } = await say(readRunAnswer, release(desk, STALE, { etag: "*" }));
		expect(run).toMatchObject({ state: "planning", day: "2026-11-27" });
		expect(run.seconds).toEqual({ planning: null, held: 86_400, submitting: null });
		await desk.settle();
		expect(desk.mailed()).toEqual(["A meeting on water"]);
		const { run: closed } = await showRun(desk, STALE);
		expect(closed.holds).toMatchObject([{ kind: "stale" }]);
		expect(closed.seconds).toEqual({ planning: 0, held: 86_400, submitting: 0 });
	});

	it("tells nobody again where the cursors were moved up before", async () => {
		await standStill();
		await env.LEDGER.exec(
			"UPDATE subscribers SET heard_through = (SELECT MAX(sequence) FROM releases)",
		);
		await releaseSeen(desk, STALE);
		await desk.settle();
		expect(desk.mailed()).toEqual([]);
		expect((await showRun(desk, STALE)).run).toMatchObject({ state: "closed" });
	});

	it("waits for approval after that, where it is needed", async () => {
		await standStill(APPROVAL);
		const etag = await etagOf(STALE);
		expect((await release(desk, STALE, { etag })).status).toBe(200);
		await desk.settle();
		const { run } = await showRun(desk, STALE);
		expect(run).toMatchObject({ state: "held", holds: [{ kind: "approval" }] });
		expect(run.seconds).toEqual({ planning: 0, held: null, submitting: null });
		desk.time.now += MINUTE_MS;
		// The same command again lets go what nobody has seen yet: it must not.
		expect(await refusal(release(desk, STALE, { etag }))).toMatchObject({ status: 412 });
		await desk.settle();
		expect(desk.mailed()).toEqual([]);
		await releaseSeen(desk, STALE);
		await desk.settle();
		expect(desk.mailed()).toEqual(["A meeting on water"]);
	});
});

describe("a digest with a fault", () => {
	it("is held, tells which, and is mailed to nobody", async () => {
		desk = openDesk();
		await addSubscriber(desk.rooms, "anna@journal.test");
		await publish(desk);
		// With markers that are all the same the links of one kind are nowhere.
		const { time } = desk;
		const faulty = openDesk({ newId: () => "same", clock: () => time.now });
		await faulty.tick(MONDAY);
		expect((await showRun(faulty)).run.holds).toMatchObject([{ kind: "faulty" }]);
		const { editions } = await showRun(faulty);
		expect(editions[0]?.fault).toContain("manage_url");
		const refused = await refusal(faulty.ask("GET", editions[0]?.preview ?? ""));
		expect(refused).toMatchObject({ status: 409, detail: expect.stringContaining("manage_url") });
		expect((await release(faulty, DAILY_RUN, { etag: "*" })).status).toBe(200);
		await faulty.settle();
		expect(faulty.mailed()).toEqual([]);
		const { run } = await showRun(faulty);
		expect(run.tally).toMatchObject({ candidates: 1, excluded_by: { faulty: 1 }, balance: 0 });
	});
});
