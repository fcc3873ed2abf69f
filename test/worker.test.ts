import {
	createExecutionContext,
	createMessageBatch,
	createScheduledController,
	getQueueResult,
} from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { EVERYTHING } from "../src/feeds/scope.ts";
import worker from "../src/worker.ts";
import {
	addSubscriber,
	areFeedsBehind,
	emptyStores,
	feedText,
	furnishForTest,
	publishText,
} from "./support/house.ts";
import { TEST_KEY } from "./support/settings.ts";

// Queues deliver when they will: within a second or so, later on a busy machine.
vi.setConfig({ testTimeout: 20_000 });

const MONDAY = Date.parse("2030-01-07T04:00:00Z");

beforeEach(emptyStores);

/** A binding whose every use fails. */
const away = new Proxy({} as never, {
	get() {
		throw new Error("the store is away");
	},
});

/** Delivers messages as a queue does, and says what became of each. */
async function deliver(bodies: readonly unknown[], over: Partial<typeof env> = {}) {
	const messages = bodies.map((body, index) => ({
		id: `message-${index}`,
		timestamp: new Date(),
		attempts: 1,
		body,
	}));
	const batch = createMessageBatch("communique-mail", messages);
	await worker.queue(batch, { ...env, ...over });
	const result = await getQueueResult(batch, createExecutionContext());
	return {
		acknowledged: result.explicitAcks,
		retried: result.retryMessages,
		wholesale: result.ackAll || result.retryBatch.retry,
	};
}

const runs = async () =>
	(await env.LEDGER.prepare("SELECT id FROM runs ORDER BY id").all<{ id: string }>()).results.map(
		({ id }) => id,
	);

/** As wrangler.toml has it. */
const CLOCK = "* * * * *";

describe("faulty settings", () => {
	const faulty = { ...env, TOKEN_SECRET: "zq-short", TIME_ZONE: "Zq/Nowhere" };

	it.each([
		["GET", "/"],
		["GET", "/rss.xml"],
		["GET", "/healthz"],
		["POST", "/api/releases"],
		["POST", "/subscriptions"],
	])(
		"answer every request with what to mend, by name and never by value: %s %s",
		async (method, path) => {
			const headers = { Accept: "text/html", Authorization: `Bearer ${TEST_KEY}` };
			const request = new Request(`https://press.test${path}`, { method, headers });
			const response = await worker.fetch(request as never, faulty, createExecutionContext());
			expect(response.status).toBe(503);
			expect(response.headers.get("Content-Type")).toMatch(/^application\/problem\+json/);
			expect(response.headers.get("Cache-Control")).toBe("no-store");
			const text = await response.text();
			expect(text).toContain("TOKEN_SECRET");
			expect(text).toContain("TIME_ZONE");
			expect(text).not.toMatch(/zq/i);
			expect(text).not.toContain("PUBLISHER_KEYS");
		},
	);

	it("stop the clock and the queue, and name themselves in the log", async () => {
		const controller = createScheduledController({ scheduledTime: MONDAY, cron: CLOCK });
		await expect(worker.scheduled(controller, faulty)).rejects.toThrow("TOKEN_SECRET");
		const batch = createMessageBatch("communique-mail", []);
		await expect(worker.queue(batch, faulty)).rejects.toThrow("TIME_ZONE");
		expect(await runs()).toEqual([]);
	});

	it("do not outlive their environment", async () => {
		const request = new Request("https://press.test/healthz") as never;
		const response = await worker.fetch(request, { ...env }, createExecutionContext());
		expect(response.status).toBe(200);
	});
});

describe("the queue", () => {
	it.each([
		["of an unknown type", { type: "launch" }],
		["with too much in it", { type: "plan", run: "x", text: "y" }],
		["with too little", { type: "submit" }],
		["of another shape", "plan"],
		["of nothing", null],
	])("drops a message %s", async (_what, body) => {
		expect(await deliver([body])).toEqual({
			acknowledged: ["message-0"],
			retried: [],
			wholesale: false,
		});
	});

	it("acknowledges messages about what is no more: a run, a batch, a subscriber", async () => {
		const bodies = [
			{ type: "plan", run: "daily-1999-01-01" },
			{ type: "submit", batch: "none" },
			{ type: "confirm", subscriber: "nobody" },
			{ type: "feeds" },
		];
		const { acknowledged, retried } = await deliver(bodies);
		expect(acknowledged.toSorted()).toEqual(bodies.map((_, index) => `message-${index}`));
		expect(retried).toEqual([]);
	});

	it("tries a failing message again, and the others of its batch not", async () => {
		await publishText(furnishForTest());
		const bodies = [{ type: "feeds" }, { type: "submit", batch: "none" }, { type: "feeds" }, 7];
		const { acknowledged, retried, wholesale } = await deliver(bodies, { DOCUMENTS: away });
		expect(acknowledged.toSorted()).toEqual(["message-1", "message-3"]);
		expect(retried.map(({ msgId }) => msgId).toSorted()).toEqual(["message-0", "message-2"]);
		expect(wholesale).toBe(false);
	});

	it("does the work of a retried message once its fault is over", async () => {
		const rooms = furnishForTest();
		await publishText(rooms);
		expect((await deliver([{ type: "feeds" }], { DOCUMENTS: away })).retried).toHaveLength(1);
		expect(await areFeedsBehind(rooms)).toBe(true);
		expect((await deliver([{ type: "feeds" }])).acknowledged).toHaveLength(1);
		expect(await areFeedsBehind(rooms)).toBe(false);
		expect(await feedText(rooms, EVERYTHING, "rss.xml")).toContain("<item>");
	});

	it("retries everything while D1 is away", async () => {
		const bodies = [
			{ type: "plan", run: "x" },
			{ type: "confirm", subscriber: "y" },
			{ type: "feeds" },
		];
		const { acknowledged, retried } = await deliver(bodies, { LEDGER: away });
		expect(acknowledged).toEqual([]);
		expect(retried).toHaveLength(3);
	});
});

describe("the clock", () => {
	it.each(["", "0 9 * * *", "*/5 * * * *"])("refuses the cron trigger %j", async (cron) => {
		const controller = createScheduledController({ scheduledTime: MONDAY, cron });
		await expect(worker.scheduled(controller, env)).rejects.toThrow(/wrangler.toml must have/);
		expect(await env.LEDGER.prepare("SELECT * FROM runs").first()).toBeNull();
	});

	it("goes by the time that the tick was due, not by the time it is", async () => {
		const tickAt = (scheduledTime: number) =>
			worker.scheduled(createScheduledController({ scheduledTime, cron: CLOCK }), env);
		await tickAt(MONDAY - 1000);
		expect(await runs()).toEqual(["daily-2030-01-06", "weekly-2029-12-31"]);
		await tickAt(MONDAY);
		expect(await runs()).toEqual([
			"daily-2030-01-06",
			"daily-2030-01-07",
			"weekly-2029-12-31",
			"weekly-2030-01-07",
		]);
		await tickAt(MONDAY + 1000);
		expect(await runs()).toHaveLength(4);
	});

	it("brings a digest to its reader by itself, through the real queues", async () => {
		const rooms = furnishForTest();
		await addSubscriber(rooms, "anna@journal.test");
		await publishText(rooms, { title: "A meeting that is mailed" });
		await worker.scheduled(createScheduledController({ scheduledTime: MONDAY, cron: CLOCK }), env);
		await expect
			.poll(async () => receipts(), { timeout: 10_000 })
			.toContainEqual({
				candidates: 1,
				submitted: 1,
				excluded: 0,
				rejected: 0,
				unknown: 0,
				excluded_by: {},
				editions: 1,
			});
		await expect
			.poll(async () => costs(), { timeout: 10_000 })
			// Its plan and its batch: each read and deleted, and the batch sent.
			.toMatchObject({ queue_operations: 5, kv_operations: expect.any(Number) });
		const cost = await costs();
		expect(cost?.rows_written).toBeGreaterThan(5);
		expect(cost?.rows_read).toBeGreaterThan(5);
		// The edition is looked for and kept at planning, and read at submission; the mailbox keeps it.
		expect(cost?.kv_operations).toBe(4);
	});
});

function costs() {
	return env.LEDGER.prepare(
		`SELECT rows_read, rows_written, kv_operations, queue_operations FROM runs
		WHERE frequency = 'daily'`,
	).first<Record<string, number>>();
}

async function receipts(): Promise<unknown[]> {
	const closed = "SELECT receipt FROM runs WHERE state = 'closed'";
	const { results } = await env.LEDGER.prepare(closed).all<{ receipt: string }>();
	return results.map(({ receipt }) => JSON.parse(receipt));
}
