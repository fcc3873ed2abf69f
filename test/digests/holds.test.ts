import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { tick } from "../../src/tick.ts";
import { deliverAll } from "../support/delivery.ts";
import { DAY_MS, MONDAY, openDesk } from "../support/desk.ts";
import { addSubscriber, emptyStores, publishText, testSettings } from "../support/house.ts";

const TUESDAY = MONDAY + DAY_MS;
const WEDNESDAY = TUESDAY + DAY_MS;

beforeEach(emptyStores);

type Desk = ReturnType<typeof openDesk>;

const runOf = async (id: string) => {
	const row = await env.LEDGER.prepare("SELECT state, holds, receipt FROM runs WHERE id = ?")
		.bind(id)
		.first<{ state: string; holds: string; receipt: string | null }>();
	const holds = JSON.parse(row?.holds ?? "[]") as { kind: string; detail: string }[];
	return { state: row?.state, holds, receipt: JSON.parse(row?.receipt ?? "null") };
};

/** Lets a held run go, as its door does, and delivers what follows. */
async function release(desk: Desk, id: string): Promise<void> {
	const run = await desk.rooms.runs.read(id);
	expect(await desk.rooms.runs.release(id, "anna", run?.day ?? "", desk.time.now)).toBe(true);
	if (run?.plannedAt === null) await desk.rooms.queues.plan(id);
	else await desk.rooms.queues.start(id, "");
	await deliverAll(desk.rooms);
}

describe("a run that would tell somebody the very same again", () => {
	it("is held before its first message, and says how many", async () => {
		const desk = openDesk();
		for (const name of ["anna", "bakhtiyor"])
			await addSubscriber(desk.rooms, `${name}@journal.test`);
		await publishText(desk.rooms, { title: "A meeting" });
		await desk.tick(MONDAY);
		expect(desk.mailed()).toHaveLength(2);
		await env.LEDGER.prepare("UPDATE subscribers SET heard_through = 0").run();
		await desk.tick(TUESDAY);
		expect(desk.mailed()).toEqual([]);
		const { state, holds } = await runOf("daily-2026-11-24");
		expect(state).toBe("held");
		expect(holds).toMatchObject([{ kind: "repeats", detail: expect.stringMatching(/^2 /) }]);
	});

	it("is not one that tells what no provider is known to have taken, or what one refused for hours", async () => {
		for (const outcome of [
			{ kind: "unknown", detail: "lost" },
			{ kind: "retry", detail: "451 busy" },
		] as const) {
			await emptyStores();
			const desk = openDesk();
			await addSubscriber(desk.rooms, "anna@journal.test");
			await publishText(desk.rooms, { title: "A meeting" });
			desk.rooms.transport.answer = (all) => all.map(() => outcome);
			await desk.tick(MONDAY);
			desk.rooms.transport.answer = (all) => all.map(() => ({ kind: "submitted" }));
			desk.mailed();
			await desk.tick(TUESDAY);
			expect(desk.mailed(), outcome.kind).toEqual(["A meeting"]);
		}
	});
});

describe("a run that waits", () => {
	it("has its schedule wait, and nothing is lost or doubled when it is let go", async () => {
		const desk = openDesk({ breakers: { needsApproval: true, growth: 100 } });
		await addSubscriber(desk.rooms, "anna@journal.test");
		await publishText(desk.rooms, { title: "First meeting" });
		await desk.tick(MONDAY);
		await publishText(desk.rooms, { title: "Second meeting" });
		await desk.tick(TUESDAY);
		await desk.tick(WEDNESDAY);
		expect(desk.mailed()).toEqual([]);
		expect((await runOf("daily-2026-11-23")).state).toBe("held");
		await release(desk, "daily-2026-11-23");
		expect(desk.mailed()).toEqual(["First meeting"]);
		await desk.tick(WEDNESDAY + 1);
		await release(desk, "daily-2026-11-25");
		expect(desk.mailed()).toEqual(["Second meeting"]);
	});

	it("is passed over by the tick's recovery, however long it waits", async () => {
		const desk = openDesk({ breakers: { needsApproval: true, growth: 100 } });
		await addSubscriber(desk.rooms, "anna@journal.test");
		await publishText(desk.rooms);
		await desk.tick(MONDAY);
		for (let hours = 1; hours < 5; hours += 1) await desk.tick(MONDAY + hours * 3_600_000);
		expect(desk.mailed()).toEqual([]);
	});

	it("does not wait where it has nobody to go to", async () => {
		const desk = openDesk({ breakers: { needsApproval: true, growth: 100 } });
		await publishText(desk.rooms);
		await desk.tick(MONDAY);
		expect(await runOf("daily-2026-11-23")).toMatchObject({ state: "closed" });
	});

	it("counts its days from the one on which it is let go", async () => {
		const desk = openDesk({ breakers: { needsApproval: true, growth: 100 } });
		await addSubscriber(desk.rooms, "anna@journal.test");
		const event = { starts: "2026-11-28", ends: "2026-11-28", timeZone: null, place: null };
		await publishText(desk.rooms, { event });
		await desk.tick(MONDAY);
		desk.time.now = WEDNESDAY;
		await desk.rooms.runs.release("daily-2026-11-23", "anna", "2026-11-25", WEDNESDAY);
		await desk.rooms.queues.start("daily-2026-11-23", "");
		await deliverAll(desk.rooms);
		expect(desk.rooms.transport.messages[0]?.text).toContain("in 3 days");
	});
});

describe("a run with a faulty edition", () => {
	const faulty = { ...testSettings(), title: "{{ title }}" };
	const identity = (title: string) => ({
		title,
		description: null,
		colour: null,
		logo: null,
		url: faulty.url,
		languages: faulty.languages,
		hub: null,
	});

	it("is held, mails nobody when it is let go, and the next one tells them", async () => {
		const desk = openDesk({ identity: identity("{{ title }}") });
		await addSubscriber(desk.rooms, "anna@journal.test");
		await publishText(desk.rooms, { title: "A meeting" });
		await desk.tick(MONDAY);
		expect((await runOf("daily-2026-11-23")).holds).toMatchObject([{ kind: "faulty" }]);
		await release(desk, "daily-2026-11-23");
		expect(desk.mailed()).toEqual([]);
		expect((await runOf("daily-2026-11-23")).receipt).toMatchObject({
			candidates: 1,
			submitted: 0,
			excluded_by: { faulty: 1 },
		});
		const mended = { ...desk.rooms, identity: identity("Press Office") };
		await tick(mended, TUESDAY);
		await deliverAll(mended);
		expect(desk.mailed()).toEqual(["A meeting"]);
	});

	it("mails it after all where it was mended before it is let go", async () => {
		const desk = openDesk({ identity: identity("{{ title }}") });
		await addSubscriber(desk.rooms, "anna@journal.test");
		await publishText(desk.rooms, { title: "A meeting" });
		await desk.tick(MONDAY);
		const mended = { ...desk.rooms, identity: identity("Press Office") };
		await mended.runs.release("daily-2026-11-23", "anna", "2026-11-23", MONDAY);
		await mended.queues.start("daily-2026-11-23", "");
		await deliverAll(mended);
		expect(desk.mailed()).toEqual(["A meeting"]);
	});
});

describe("a run that is much larger than those before", () => {
	it("is held, and not where a hundred readers more come", async () => {
		const desk = openDesk();
		const join = (from: number, through: number) =>
			env.LEDGER.prepare(
				`INSERT INTO subscribers (id, address, address_key, status, kinds, languages, frequency,
					heard_through, signed_up_at)
				SELECT printf('%08d', value), 'r' || value || '@journal.test', 'r' || value || '@journal.test',
					'active', 'meeting', 'en', 'daily', (SELECT COALESCE(MAX(sequence), 0) FROM releases), 0
				FROM json_each(?)`,
			)
				.bind(JSON.stringify(Array.from({ length: through - from }, (_, n) => from + n)))
				.run();
		await join(0, 5);
		for (let day = 0; day < 4; day += 1) {
			await publishText(desk.rooms);
			await desk.tick(MONDAY + day * DAY_MS);
			expect(desk.mailed()).toHaveLength(5);
		}
		await join(5, 105);
		await publishText(desk.rooms);
		await desk.tick(MONDAY + 4 * DAY_MS);
		expect(desk.mailed()).toHaveLength(105);
		await join(105, 300);
		await publishText(desk.rooms);
		await desk.tick(MONDAY + 5 * DAY_MS);
		expect(desk.mailed()).toEqual([]);
		const { holds } = await runOf("daily-2026-11-28");
		expect(holds).toMatchObject([{ kind: "larger", detail: expect.stringMatching(/300.*105/) }]);
		await release(desk, "daily-2026-11-28");
		expect(desk.mailed()).toHaveLength(300);
	});

	it("is not held where there are too few before to say what is usual", async () => {
		const desk = openDesk();
		await addSubscriber(desk.rooms, "dilnoza@journal.test", { languages: ["uz"] });
		for (let n = 0; n < 150; n += 1) await addSubscriber(desk.rooms, `r${n}@journal.test`);
		await publishText(desk.rooms, { title: "Uchrashuv", language: "uz" });
		await desk.tick(MONDAY);
		expect(desk.mailed()).toHaveLength(1);
		await publishText(desk.rooms);
		await desk.tick(TUESDAY);
		expect(desk.mailed()).toHaveLength(150);
	});
});

describe("a clock that has stood still for days", () => {
	it("has its digests held unplanned, and planned when they are let go", async () => {
		const desk = openDesk();
		await addSubscriber(desk.rooms, "anna@journal.test");
		await desk.tick(MONDAY);
		await publishText(desk.rooms, { title: "A meeting" });
		await desk.tick(MONDAY + 5 * DAY_MS);
		expect(desk.mailed()).toEqual([]);
		const id = "daily-2026-11-28";
		expect(await runOf(id)).toMatchObject({ state: "held", holds: [{ kind: "stale" }] });
		await desk.tick(MONDAY + 5 * DAY_MS + 60_000);
		await desk.tick(MONDAY + 6 * DAY_MS);
		expect(desk.mailed()).toEqual([]);
		await release(desk, id);
		expect(desk.mailed()).toEqual(["A meeting"]);
	});

	it("tells nobody again from a store of days ago, where cursors are moved up first", async () => {
		const desk = openDesk();
		await addSubscriber(desk.rooms, "anna@journal.test");
		await desk.tick(MONDAY);
		await publishText(desk.rooms, {
			title: "A meeting of which a later copy knew that it was told",
		});
		await desk.tick(MONDAY + 5 * DAY_MS);
		await env.LEDGER.prepare(
			"UPDATE subscribers SET heard_through = (SELECT MAX(sequence) FROM releases)",
		).run();
		await release(desk, "daily-2026-11-28");
		await publishText(desk.rooms, { title: "A new meeting" });
		await desk.tick(MONDAY + 6 * DAY_MS);
		expect(desk.mailed()).toEqual(["A new meeting"]);
	});
});
