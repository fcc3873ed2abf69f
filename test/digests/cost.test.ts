import { beforeEach, describe, expect, it } from "vitest";
import { consume } from "../../src/consume.ts";
import { createOperatorLedger } from "../../src/digests/operator-ledger.ts";
import { planStep } from "../../src/digests/plan.ts";
import { createPlanLedger } from "../../src/digests/plan-ledger.ts";
import { createReceiptLedger } from "../../src/digests/receipt-ledger.ts";
import { furnish } from "../../src/rooms.ts";
import { emptyStores, publishText, RecordingTransport, testSettings } from "../support/house.ts";
import { plansOf } from "../support/plans.ts";
import { openCountedStores } from "../support/spending.ts";
import { DAILY } from "./planned.ts";
import { addReaders } from "./readers.ts";

beforeEach(emptyStores);

const KINDS = ["meeting", "consultation,meeting"];
const LANGUAGES = ["en", "ru,en"];
const EDITIONS = KINDS.length * LANGUAGES.length;

/** Rooms on counted stores with so many readers, and a run that is due. */
async function openHouse(readers: number) {
	const stores = openCountedStores();
	const transport = new RecordingTransport(100);
	const rooms = { ...furnish(stores.bindings, testSettings()), transport };
	await addReaders(readers, { kinds: KINDS, languages: LANGUAGES });
	for (const language of ["en", "ru"] as const) await publishText(rooms, { language });
	const run = (await rooms.runs.create(DAILY, Date.now())) ?? "";
	stores.queued.length = 0;
	stores.kv.length = 0;
	Object.assign(stores.ledger, { calls: 0, statements: 0, rowsWritten: 0 });
	return { ...stores, rooms, run };
}

/** Plans, submits and settles a run of so many readers; tells what it has counted and what was counted of it. */
async function runOnce(readers: number) {
	const { rooms, run, ledger, kv, queued } = await openHouse(readers);
	await rooms.queues.plan(run);
	let messages = 0;
	for (let body = queued.shift(); body; body = queued.shift()) {
		messages += 1;
		const message = { id: "m", body, attempts: 1, timestamp: new Date(), ack() {}, retry() {} };
		await consume({ queue: "test", messages: [message] } as never, rooms);
	}
	const overseen = await rooms.overseen.read(run);
	if (overseen?.state !== "closed") throw new Error(`The run is ${overseen?.state}.`);
	expect(overseen.tally).toMatchObject({ submitted: readers, editions: EDITIONS });
	const puts = kv.filter((call) => call === "put").length;
	return { spent: overseen.spent, counted: ledger.rowsWritten, messages, puts };
}

describe("a run", () => {
	it("writes few rows and queue messages, and each edition once", async () => {
		const { spent, counted, messages, puts } = await runOnce(4000);
		expect(spent.rowsWritten).toBe(counted);
		expect(spent.rowsWritten / 4000).toBeLessThan(1.085);
		// Each message is written, read and deleted; the first was written by the tick.
		expect(spent.queueOperations).toBe(3 * messages - 1);
		expect(spent.queueOperations / 4000).toBeLessThan(0.006);
		expect(puts).toBe(EDITIONS);
	});

	it("writes as often to KV for a few readers", async () => {
		expect((await runOnce(200)).puts).toBe(EDITIONS);
	});
});

describe("planning", () => {
	it("makes few calls of D1 a page, however many pages there are", async () => {
		const planned = async (readers: number) => {
			await emptyStores();
			const { rooms, run, ledger } = await openHouse(readers);
			expect(await planStep(rooms, run)).toBe("submitting");
			return { ...ledger };
		};
		const [few, many] = [await planned(26_000), await planned(76_000)];
		expect((many.calls - few.calls) / 2).toBeLessThanOrEqual(13);
		expect((many.statements - few.statements) / 2).toBeLessThanOrEqual(24);
		expect((many.rowsWritten - few.rowsWritten) / 50_000).toBeLessThan(0.031);
	});
});

describe("what a run comes to", () => {
	const run = {
		id: "x",
		frequency: "daily",
		timeZone: "",
		period: "2026-11-23",
		day: "2026-11-23",
		upperSequence: 9,
		state: "planning",
		plannedThrough: "",
		plannedAt: null,
	} as const;

	it.each<[string, (ledger: D1Database) => Promise<unknown>]>([
		["when it is planned", (ledger) => createPlanLedger(ledger).readBreakerFacts(run)],
		["when it is closed", (ledger) => createReceiptLedger(ledger).closeFinished(1)],
		["for the operator", (ledger) => createOperatorLedger(ledger).read("x")],
		["by state", (ledger) => createOperatorLedger(ledger).countBatches("x")],
	])("is summed up %s without reading the batches themselves", async (_when, ask) => {
		const [plan = ""] = await plansOf(ask);
		expect(plan).toMatch(/batches USING COVERING INDEX batches_by_run/);
		expect(plan).not.toMatch(/(SCAN|SEARCH) batches (?!USING COVERING)/);
	});
});
