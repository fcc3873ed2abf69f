import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { planStep } from "../../src/digests/plan.ts";
import { submitBatch } from "../../src/digests/submit.ts";
import { counting } from "../support/counting.ts";
import { addSubscriber, emptyStores, furnishForTest, publishText } from "../support/house.ts";
import { DAILY, planDaily } from "./planned.ts";
import { addReaders } from "./readers.ts";

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

/** The rooms, with a note of each call of the store of rendered editions. */
function watchEditions(rooms: ReturnType<typeof furnishForTest>) {
	const calls: string[] = [];
	return { calls, planning: { ...rooms, editions: counting(rooms.editions, calls) } };
}

async function listBatches() {
	const { results } = await env.LEDGER.prepare("SELECT edition, recipients FROM batches").all<{
		edition: string;
		recipients: string;
	}>();
	return results.map((row) => ({ ...row, recipients: JSON.parse(row.recipients) as string[] }));
}

describe("a step", () => {
	it("plans many pages; an edition is rendered once, and only its last batch of a page is not full", async () => {
		const rooms = furnishForTest();
		await addReaders(100_250);
		await publishText(rooms);
		const { calls, planning } = watchEditions(rooms);
		const run = (await rooms.runs.create(DAILY, Date.now())) ?? "";
		expect(await planStep(planning, run)).toBe("submitting");
		expect(calls).toEqual(["find", "keep"]);
		const batches = await listBatches();
		const sizes = batches.map(({ recipients }) => recipients.length);
		expect(sizes.filter((size) => size !== 100)).toEqual([50]);
		expect(new Set(batches.flatMap(({ recipients }) => recipients)).size).toBe(100_250);
		expect(sizes.length).toBe(1003);
	});

	it("renders twenty editions, and the next goes on behind the last reader who has one", async () => {
		const rooms = furnishForTest();
		const kinds = ["meeting", "consultation,meeting", "meeting,announcement"];
		const languages = ["en", "ru", "uz", "uz-Cyrl"].flatMap((last) =>
			["en", "en,ru", "en,uz", "en,uz-Cyrl"].map((first) => `${first},${last}`),
		);
		await addReaders(480, { kinds, languages });
		await publishText(rooms);
		const { calls, planning } = watchEditions(rooms);
		const run = (await rooms.runs.create(DAILY, Date.now())) ?? "";
		const rendered: number[] = [];
		for (const step of ["unfinished", "unfinished", "submitting"]) {
			expect(await planStep(planning, run)).toBe(step);
			rendered.push(calls.splice(0).filter((call) => call === "keep").length);
		}
		expect(rendered).toEqual([20, 20, 8]);
		const batches = await listBatches();
		expect(new Set(batches.map(({ edition }) => edition)).size).toBe(48);
		const recipients = batches.flatMap((batch) => batch.recipients);
		expect([recipients.length, new Set(recipients).size]).toEqual([480, 480]);
	});

	it("that another planner was faster than leaves the rest to that one", async () => {
		const rooms = furnishForTest();
		await addReaders(200);
		await publishText(rooms);
		const run = (await rooms.runs.create(DAILY, Date.now())) ?? "";
		const steps = await Promise.all([planStep(rooms, run), planStep(rooms, run)]);
		expect(steps.toSorted()).toEqual(["done", "submitting"]);
		const recipients = (await listBatches()).flatMap((batch) => batch.recipients);
		expect([recipients.length, new Set(recipients).size]).toEqual([200, 200]);
	});
});
