import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { MOST_ATTEMPTS } from "../../src/digests/outcomes.ts";
import { createGateStore } from "../../src/mail/gate-store.ts";
import type { Message, Outcome } from "../../src/mail/transport.ts";
import { submitWelcome } from "../../src/subscribers/welcome.ts";
import { tick } from "../../src/tick.ts";
import { deliver } from "../support/delivery.ts";
import { type Desk, HOUR_MS, MINUTE_MS, MONDAY, openDesk } from "../support/desk.ts";
import { addSubscriber, emptyStores, publishText, RecordingTransport } from "../support/house.ts";

beforeEach(emptyStores);

const DOWN: Outcome = { kind: "retry", detail: "421 closing", scope: "provider" };
const works = (messages: readonly Message[]): Outcome[] =>
	messages.map(() => ({ kind: "submitted" }));
const isDown = (messages: readonly Message[]): Outcome[] => messages.map(() => DOWN);

const isDownForLong = (messages: readonly Message[]): Outcome[] =>
	messages.map(() => ({ ...DOWN, afterSeconds: 120 }));

/** A digest is due for so many readers. */
async function openDueDesk(readers: number, over: Parameters<typeof openDesk>[0] = {}) {
	const desk = openDesk({ transport: new RecordingTransport(2), ...over });
	for (let count = 0; count < readers; count += 1)
		await addSubscriber(desk.rooms, `reader${count}@journal.test`);
	await publishText(desk.rooms, { title: "A meeting" });
	desk.time.now = MONDAY;
	await tick(desk.rooms, MONDAY);
	return desk;
}

/** Delivers each message once that waits now. */
async function deliverWaiting({ rooms }: Desk): Promise<void> {
	for (const asked of rooms.asked.splice(0)) await deliver(rooms, asked);
}

const runRow = () =>
	env.LEDGER.prepare("SELECT state, receipt FROM runs WHERE frequency = 'daily'").first<{
		state: string;
		receipt: string | null;
	}>();
const batchRows = async () =>
	(await env.LEDGER.prepare("SELECT state, attempt, since FROM batches ORDER BY since, id").all())
		.results;

describe("a run whose provider is down", () => {
	it("waits, uses up no attempt, and tells everybody once it works again", async () => {
		const desk = await openDueDesk(5);
		desk.rooms.transport.answer = isDown;
		for (let round = 0; round < 3 * MOST_ATTEMPTS; round += 1) {
			await deliverWaiting(desk);
			desk.time.now += 20 * MINUTE_MS;
		}
		expect(await runRow()).toMatchObject({ state: "submitting" });
		expect(await batchRows()).toContainEqual(
			expect.objectContaining({ state: "planned", attempt: 1 }),
		);
		desk.rooms.transport.answer = works;
		desk.mailed();
		await desk.settle();
		expect(desk.mailed()).toHaveLength(5);
		const { receipt } = (await runRow()) ?? {};
		expect(JSON.parse(receipt ?? "")).toMatchObject({ candidates: 5, submitted: 5, rejected: 0 });
	});

	it("is not asked to take the rest of a batch once it has failed", async () => {
		const desk = await openDueDesk(6);
		let calls = 0;
		desk.rooms.transport.answer = (messages) => {
			calls += 1;
			return calls === 2 ? isDown(messages) : works(messages);
		};
		await deliverWaiting(desk);
		await deliverWaiting(desk);
		expect(calls).toBe(2);
		expect(desk.rooms.transport.submittedTo).toHaveLength(2);
		desk.time.now += MINUTE_MS;
		await desk.settle();
		expect(new Set(desk.rooms.transport.submittedTo).size).toBe(6);
		expect(desk.rooms.transport.submittedTo).toHaveLength(6);
	});

	it("claims nothing while it is left alone, and puts its messages off until then", async () => {
		const desk = await openDueDesk(3);
		desk.rooms.transport.answer = isDownForLong;
		await deliverWaiting(desk);
		await deliverWaiting(desk);
		const before = desk.rooms.transport.messages.length;
		expect(before).toBeGreaterThan(0);
		desk.time.now += MINUTE_MS;
		const later: [readonly string[], number | undefined][] = [];
		desk.rooms.queues.submit = async (batches, seconds) => void later.push([batches, seconds]);
		await deliverWaiting(desk);
		expect(desk.rooms.transport.messages).toHaveLength(before);
		expect(await batchRows()).toContainEqual({
			state: "planned",
			attempt: 1,
			since: desk.time.now + MINUTE_MS,
		});
		expect(later).toEqual([[[expect.any(String)], 60]]);
	});

	it("loses the messages of a batch that are too many while it is left alone", async () => {
		const desk = await openDueDesk(3);
		desk.rooms.transport.answer = isDownForLong;
		await deliverWaiting(desk);
		await deliverWaiting(desk);
		desk.time.now += MINUTE_MS;
		const [message = ""] = desk.rooms.asked;
		desk.rooms.asked.push(message, message, message);
		await deliverWaiting(desk);
		expect(desk.rooms.asked).toEqual([message]);
		desk.time.now += HOUR_MS;
		desk.rooms.transport.answer = works;
		await desk.settle();
		expect(desk.rooms.transport.submittedTo).toHaveLength(3);
	});

	it("is not said to work where a fault of ours kept it from being tried", async () => {
		const desk = await openDueDesk(2);
		desk.rooms.transport.answer = isDown;
		await deliverWaiting(desk);
		await deliverWaiting(desk);
		desk.time.now += HOUR_MS;
		const { listActive } = desk.rooms.batches;
		desk.rooms.batches.listActive = () => Promise.reject(new Error("D1 is away"));
		await deliverWaiting(desk);
		desk.rooms.batches.listActive = listActive;
		expect(await desk.rooms.gate.readState()).toMatchObject({ failures: 1 });
	});

	it("tells the others, where it fails for one reader alone", async () => {
		const desk = await openDueDesk(6);
		let one: string | undefined;
		desk.rooms.transport.answer = (messages) => {
			one ??= messages[0]?.to;
			return messages.some(({ to }) => to === one) ? isDown(messages) : works(messages);
		};
		for (let round = 0; round < 12; round += 1) {
			await deliverWaiting(desk);
			desk.time.now += 20 * MINUTE_MS;
		}
		expect(new Set(desk.rooms.transport.submittedTo).size).toBe(5);
		expect(desk.rooms.transport.submittedTo).not.toContain(one);
	});

	it("risks one message to see whether the provider works again", async () => {
		const desk = await openDueDesk(6);
		desk.rooms.transport.answer = (messages) =>
			messages.map(() => ({ kind: "unknown", detail: "500 broken", scope: "provider" }));
		await deliverWaiting(desk);
		await deliverWaiting(desk);
		expect(desk.rooms.transport.messages).toHaveLength(2);
		desk.time.now += HOUR_MS;
		await deliverWaiting(desk);
		expect(desk.rooms.transport.messages).toHaveLength(3);
		desk.time.now += HOUR_MS;
		desk.rooms.transport.answer = works;
		await desk.settle();
		const { receipt } = (await runRow()) ?? {};
		expect(JSON.parse(receipt ?? "")).toMatchObject({ candidates: 6, submitted: 3, unknown: 3 });
	});

	it("goes on at its pace where the provider takes a few messages a session, and then hangs up", async () => {
		const desk = await openDueDesk(20);
		let taken = 0;
		desk.rooms.transport.answer = (messages) => {
			taken += messages.length;
			return taken % 4 === 0 ? isDown(messages) : works(messages);
		};
		let rounds = 0;
		for (; rounds < 30 && desk.rooms.asked.length > 0; rounds += 1) {
			await deliverWaiting(desk);
			desk.time.now += MINUTE_MS;
		}
		expect(new Set(desk.rooms.transport.submittedTo).size).toBe(20);
		expect(rounds).toBeLessThan(15);
	});

	it("has the outcome unknown where the line broke, does not repeat it, and leaves the rest for later", async () => {
		const desk = await openDueDesk(4);
		desk.rooms.transport.answer = (messages) =>
			messages.map(() => ({ kind: "unknown", detail: "reset", scope: "provider" }));
		await deliverWaiting(desk);
		await deliverWaiting(desk);
		expect(desk.rooms.transport.messages).toHaveLength(2);
		desk.rooms.transport.answer = works;
		desk.time.now += MINUTE_MS;
		await desk.settle();
		const { receipt } = (await runRow()) ?? {};
		expect(JSON.parse(receipt ?? "")).toMatchObject({ submitted: 2, unknown: 2 });
	});
});

describe("a single mail whose provider is down", () => {
	it("is put off for as long as it asks, however often, and is never given up", async () => {
		const desk = openDesk();
		desk.rooms.transport.answer = (messages) =>
			messages.map(() => ({ ...DOWN, afterSeconds: 90 }) as Outcome);
		const delays: number[] = [];
		desk.rooms.queues.later = async (message, seconds) => {
			delays.push(seconds);
			desk.rooms.asked.push(Object.values(message).join(" "));
		};
		await desk.app.request("/subscriptions", {
			method: "POST",
			headers: { "Content-Type": "application/json" },
			body: JSON.stringify({ email: "anna@journal.test", kinds: ["meeting"], languages: ["en"] }),
		});
		await deliverWaiting(desk);
		await deliverWaiting(desk);
		expect(delays).toEqual([90, 90]);
		expect(desk.rooms.transport.messages).toHaveLength(1);
		desk.time.now += 90_000;
		desk.rooms.transport.answer = works;
		await deliverWaiting(desk);
		expect(desk.rooms.transport.submittedTo).toEqual(["anna@journal.test"]);
		expect(desk.rooms.asked).toEqual([]);
	});
});

describe("a single mail whose gate has a fault", () => {
	it.each(["submitted", "unknown"] as const)(
		"is not repeated where its outcome is %s",
		async (kind) => {
			const gate = createGateStore(env.LEDGER, { transport: "mailbox", rate: null });
			const broken = { ...gate, leave: () => Promise.reject(new Error("D1 is away")) };
			const desk = openDesk({ gate: broken });
			const id = await addSubscriber(desk.rooms, "anna@journal.test");
			desk.rooms.transport.answer = (messages) =>
				messages.map(() =>
					kind === "submitted" ? { kind } : { kind, detail: "reset", scope: "provider" },
				);
			const attempts: unknown[] = [];
			for (let time = 0; time < 3; time += 1)
				await submitWelcome(desk.rooms, id).catch((fault) => attempts.push(fault));
			expect(desk.rooms.transport.messages).toHaveLength(1);
			expect(attempts).toEqual([]);
		},
	);
});

describe("a rate", () => {
	it("spreads a run's messages over time, across its batches", async () => {
		const gate = createGateStore(env.LEDGER, { transport: "mailbox", rate: 2 });
		const times: number[] = [];
		const desk = await openDueDesk(7, { gate });
		desk.rooms.transport.answer = (messages) => {
			times.push(...messages.map(() => desk.time.now - MONDAY));
			return works(messages);
		};
		await desk.settle();
		expect(times).toEqual([0, 0, 1000, 1000, 2000, 2000, 3000]);
	});

	it("has a confirmation mail go before the digests that wait", async () => {
		const gate = createGateStore(env.LEDGER, { transport: "mailbox", rate: 1 });
		await gate.enter(100, MONDAY, 0);
		const desk = openDesk({ gate });
		desk.time.now = MONDAY;
		await desk.app.request("/subscriptions", {
			method: "POST",
			headers: { "Content-Type": "application/json" },
			body: JSON.stringify({ email: "anna@journal.test", kinds: ["meeting"], languages: ["en"] }),
		});
		await deliverWaiting(desk);
		expect(desk.rooms.transport.submittedTo).toEqual(["anna@journal.test"]);
		expect(desk.time.now).toBe(MONDAY);
	});
});
