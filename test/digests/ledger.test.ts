import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { planPage } from "../../src/digests/plan.ts";
import { submitBatch } from "../../src/digests/submit.ts";
import { addSubscriber, emptyStores, furnishForTest, publishText } from "../support/house.ts";
import { DAILY, planDaily } from "./planned.ts";

beforeEach(emptyStores);

/** A run of two readers, planned into one batch. */
async function plannedBatch() {
	const rooms = furnishForTest();
	const anna = await addSubscriber(rooms, "anna@journal.test");
	const bakhtiyor = await addSubscriber(rooms, "bakhtiyor@mission.test");
	await publishText(rooms);
	const [id = ""] = await planDaily(rooms);
	const batch = await rooms.batches.readPlanned(id);
	if (!batch) throw new Error("no batch was planned");
	return { rooms, anna, bakhtiyor, batch };
}

describe("a claim", () => {
	it("takes only those who are active, and leaves the cursor of the others", async () => {
		const { rooms, anna, bakhtiyor, batch } = await plannedBatch();
		await rooms.subscribers.end(anna, "unsubscribed", Date.now());
		const claimed = await rooms.batches.claim(batch, Date.now());
		expect(claimed?.map(({ id }) => id)).toEqual([bakhtiyor]);
		expect(await rooms.batches.listClaimed(batch)).toEqual([bakhtiyor]);
	});

	it("finds nobody in a batch that was settled since it was read, though its readers were given back", async () => {
		const { rooms, batch } = await plannedBatch();
		rooms.transport.answer = (messages) =>
			messages.map(() => ({ kind: "retry", detail: "451 busy" }));
		await submitBatch(rooms, batch.id);
		expect(await rooms.batches.claim(batch, Date.now())).toBeNull();
		expect(await rooms.batches.listClaimed(batch)).toEqual([]);
		const [later] = await rooms.lost.takePlanned(Date.now() + 3_600_000, Date.now());
		rooms.transport.answer = (messages) => messages.map(() => ({ kind: "submitted" }));
		await submitBatch(rooms, later ?? "");
		expect(rooms.transport.submittedTo).toHaveLength(2);
	});
});

describe("planning", () => {
	it("is committed by one of two planners of the same page", async () => {
		const rooms = furnishForTest();
		await addSubscriber(rooms, "anna@journal.test");
		await publishText(rooms);
		const id = (await rooms.runs.create(DAILY, Date.now())) ?? "";
		const run = await rooms.runs.read(id);
		if (!run) throw new Error("no run");
		const nothing = { editions: [], batches: [], repeats: 0, passedBy: [] };
		const page = { from: "", through: "z", isLast: false, ...nothing };
		expect(await rooms.plans.commitPage(run, page, 1)).toBe(true);
		expect(await rooms.plans.commitPage(run, page, 2)).toBe(false);
	});

	it("of a run is begun once, with what is published frozen", async () => {
		const rooms = furnishForTest();
		await publishText(rooms);
		const [one, other] = await Promise.all([
			rooms.runs.create(DAILY, Date.now()),
			rooms.runs.create(DAILY, Date.now()),
		]);
		expect([one, other].filter((id) => id !== null)).toEqual(["daily-2026-11-23"]);
		await publishText(rooms);
		expect((await rooms.runs.read("daily-2026-11-23"))?.upperSequence).toBe(1);
	});
});

describe("an edition", () => {
	it("is rendered once, though its readers are on many pages", async () => {
		const rooms = furnishForTest();
		await env.LEDGER.prepare(
			`INSERT INTO subscribers (id, address, address_key, status, kinds, languages, frequency,
				heard_through, signed_up_at)
			SELECT printf('%08d', value), 'r' || value || '@journal.test', 'r' || value || '@journal.test',
				'active', 'meeting', 'en', 'daily', 0, 0 FROM json_each(?)`,
		)
			.bind(JSON.stringify(Array.from({ length: 2300 }, (_, n) => n)))
			.run();
		await publishText(rooms);
		const asked: string[] = [];
		const editions = {
			find: async (...wanted: Parameters<typeof rooms.editions.find>) => {
				asked.push("read");
				return rooms.editions.find(...wanted);
			},
			keep: async (...kept: Parameters<typeof rooms.editions.keep>) => {
				asked.push("keep");
				return rooms.editions.keep(...kept);
			},
		};
		const run = (await rooms.runs.create(DAILY, Date.now())) ?? "";
		const planning = { ...rooms, editions };
		for (let page = 1; page <= 2; page += 1)
			expect(await planPage(planning, run, Date.now())).toBe("unfinished");
		expect(await planPage(planning, run, Date.now())).toBe("submitting");
		expect(asked).toEqual(["read", "keep"]);
		const { results } = await env.LEDGER.prepare("SELECT recipients FROM batches").all<{
			recipients: string;
		}>();
		const sizes = results.map(({ recipients }) => (JSON.parse(recipients) as string[]).length);
		expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(2300);
		expect(Math.max(...sizes)).toBe(100);
	});
});
