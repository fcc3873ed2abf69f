import { createExecutionContext, createMessageBatch, getQueueResult } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { deadLettersAnswer, retriedAnswer } from "../../src/digests/operator-answers.ts";
import { createQueues } from "../../src/queues.ts";
import worker from "../../src/worker.ts";
import { watchLog } from "../subscribers/operating.ts";
import { DAY_MS, type Desk, openDesk } from "../support/desk.ts";
import { emptyStores } from "../support/house.ts";
import { refusal, say } from "./operating.ts";

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

/** Gives messages up, as the queues do: at the Worker's own door. */
async function giveUp(bodies: readonly unknown[], over: Partial<typeof env> = {}) {
	const messages = bodies.map((body, index) => ({
		id: `message-${index}`,
		timestamp: new Date(),
		attempts: 1,
		body,
	}));
	const batch = createMessageBatch("communique-dead", messages);
	await worker.queue(batch, { ...env, ...over });
	return getQueueResult(batch, createExecutionContext());
}

const list = (query = "") => say(deadLettersAnswer, desk.ask("GET", `/api/dead-letters${query}`));
const retry = (id: string) => desk.ask("POST", `/api/dead-letters/${id}/retry`);

describe("messages that were given up", () => {
	it("are kept, whatever is in them, and named in the log as errors", async () => {
		const bodies = [{ type: "submit", batch: "b1" }, { type: "launch" }, "plan", null, undefined];
		const { explicitAcks, retryMessages } = await giveUp(bodies);
		expect(explicitAcks).toHaveLength(bodies.length);
		expect(retryMessages).toEqual([]);
		const { dead_letters, next } = await list();
		expect(next).toBeNull();
		const shown = dead_letters.toSorted((one, other) => (one.id < other.id ? -1 : 1));
		expect(shown.map(({ message }) => message)).toEqual([...bodies.slice(0, 4), "undefined"]);
		for (const { since } of shown) expect(Date.now() - Date.parse(since)).toBeLessThan(60_000);
		const line = { level: "error", event: "dead-letter-kept", id: "message-0" };
		expect(logged.map((one) => JSON.parse(one))).toContainEqual(expect.objectContaining(line));
	});

	it("are kept once, however often they come", async () => {
		await giveUp([{ type: "feeds" }]);
		await giveUp([{ type: "feeds" }]);
		expect((await list()).dead_letters).toHaveLength(1);
	});

	it("come again where they could not be kept", async () => {
		const away = new Proxy({} as never, {
			get() {
				throw new Error("the store is away");
			},
		});
		const { explicitAcks, retryMessages } = await giveUp([{ type: "feeds" }], { LEDGER: away });
		expect(explicitAcks).toEqual([]);
		expect(retryMessages).toEqual([{ msgId: "message-0" }]);
	});

	it("are forgotten after 90 days", async () => {
		await desk.rooms.deadLetters.keep([
			{ id: "old", message: "1", since: desk.time.now - 90 * DAY_MS - 1 },
			{ id: "young", message: "1", since: desk.time.now - 90 * DAY_MS + DAY_MS },
		]);
		await desk.tick(desk.time.now);
		expect((await list()).dead_letters.map(({ id }) => id)).toEqual(["young"]);
	});
});

describe("the list of them", () => {
	it("has the newest first, page by page", async () => {
		const since = desk.time.now;
		await desk.rooms.deadLetters.keep(
			["a", "b", "c", "d e/ü", "e"].map((id, age) => ({
				id: encodeURIComponent(id),
				message: "{}",
				since: since - Math.floor(age / 2) * 1000,
			})),
		);
		const paged: string[] = [];
		for (let query: string | null = "?limit=2"; query !== null; ) {
			const page = await list(query);
			paged.push(...page.dead_letters.map(({ id }) => id));
			query = page.next && new URL(page.next).search;
		}
		expect(paged).toEqual(["b", "a", "d%20e%2F%C3%BC", "c", "e"]);
	});

	it.each([
		["limit", "many"],
		["after", "!"],
		["type", "plan"],
	])("is refused for %s=%s", async (field, value) => {
		const refused = await refusal(desk.ask("GET", `/api/dead-letters?${field}=${value}`));
		expect(refused).toMatchObject({ status: 422, errors: [{ field }] });
	});
});

describe("a dead letter", () => {
	const MESSAGES = [
		[{ type: "feeds" }, "FEEDS_QUEUE"],
		[{ type: "hub" }, "FEEDS_QUEUE"],
		[{ type: "plan", run: "daily-1999-01-01" }, "MAIL_QUEUE"],
		[{ type: "start", run: "daily-1999-01-01", after: "" }, "MAIL_QUEUE"],
		[{ type: "submit", batch: "none" }, "MAIL_QUEUE"],
		[{ type: "confirm", subscriber: "nobody" }, "MAIL_QUEUE"],
		[{ type: "notice", run: "daily-1999-01-01" }, "MAIL_QUEUE"],
	] as const;

	it.each(MESSAGES)(
		"goes back into its queue, and off the list: %j into %s",
		async (body, queue) => {
			const sent: [string, unknown][] = [];
			const noting = (name: string) =>
				({ send: async (message: unknown) => void sent.push([name, message]) }) as never;
			const { putBack } = createQueues(noting("FEEDS_QUEUE"), noting("MAIL_QUEUE"));
			Object.assign(desk.rooms.queues, { putBack });
			await giveUp([body]);
			expect(await say(retriedAnswer, retry("message-0"))).toEqual({ retried: "message-0" });
			expect(sent).toEqual([[queue, body]]);
			expect((await list()).dead_letters).toEqual([]);
			expect(await refusal(retry("message-0"))).toMatchObject({ status: 404 });
		},
	);

	it("does its work then", async () => {
		await desk.post();
		desk.rooms.asked.length = 0;
		await giveUp([{ type: "feeds" }]);
		expect((await retry("message-0")).status).toBe(200);
		expect(desk.rooms.asked).toEqual(["feeds"]);
		await desk.settle();
		expect(await (await desk.page("/en/rss.xml")).text()).toContain("<item>");
	});

	it.each([{ type: "launch" }, { type: "plan" }, { type: "feeds", more: 1 }, "plan", null, 7])(
		"of nobody knows what stays: %j",
		async (body) => {
			await giveUp([body]);
			expect(await refusal(retry("message-0"))).toMatchObject({ status: 409 });
			expect((await list()).dead_letters).toHaveLength(1);
			expect(desk.rooms.asked).toEqual([]);
		},
	);

	it("stays where its queue is away", async () => {
		await giveUp([{ type: "feeds" }]);
		Object.assign(desk.rooms.queues, { putBack: () => Promise.reject(new Error("away")) });
		expect((await retry("message-0")).status).toBe(500);
		expect((await list()).dead_letters).toHaveLength(1);
	});
});
