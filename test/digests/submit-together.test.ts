import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { submitBatches } from "../../src/digests/submit-together.ts";
import { createGateStore } from "../../src/mail/gate-store.ts";
import type { Message, Outcome } from "../../src/mail/transport.ts";
import { systemPause } from "../../src/shared/clock.ts";
import { tick } from "../../src/tick.ts";
import { deliver } from "../support/delivery.ts";
import { type Desk, HOUR_MS, MONDAY, openDesk } from "../support/desk.ts";
import { emptyStores, publishText, RecordingTransport } from "../support/house.ts";

beforeEach(emptyStores);

const READERS = 1000;
/** A hundred readers each. */
const BATCHES = 10;

/** A desk whose transport takes several batches at a time, and the batches of a digest that is due. */
async function openPlanned(
	transport = new RecordingTransport(100, 5),
	over: Parameters<typeof openDesk>[0] = {},
) {
	const desk = openDesk({ transport, ...over } as never);
	await env.LEDGER.prepare(
		`INSERT INTO subscribers (id, address, address_key, status, kinds, languages, frequency,
			heard_through, signed_up_at, confirmed_at)
		SELECT printf('00000000-0000-4000-8000-%012d', value), 'r' || value || '@journal.test',
			'r' || value || '@journal.test', 'active', 'meeting', 'en', 'daily', 0, 0, 0
		FROM json_each(?)`,
	)
		.bind(JSON.stringify(Array.from({ length: READERS }, (_, number) => number)))
		.run();
	await publishText(desk.rooms, { title: "A meeting" });
	desk.time.now = MONDAY;
	await tick(desk.rooms, MONDAY);
	const batches: string[] = [];
	for (let asked = desk.rooms.asked.shift(); asked; asked = desk.rooms.asked.shift())
		if (asked.startsWith("submit")) batches.push(asked.split(" ")[1] ?? "");
		else if (/^(plan|start)/.test(asked)) await deliver(desk.rooms, asked);
	expect(batches).toHaveLength(BATCHES);
	return { desk, transport, batches };
}

const toldOf = ({ submittedTo }: RecordingTransport) => new Set(submittedTo).size;

async function receiptOf({ rooms }: Desk) {
	const [closed] = await rooms.receipts.closeFinished(Date.now());
	return closed?.receipt;
}

describe("the batches of a message", () => {
	it("are each handed over once, and make up the receipt", async () => {
		const { desk, transport, batches } = await openPlanned();
		const done = await submitBatches(desk.rooms, batches);
		expect(done).toEqual({ run: "daily-2026-11-23", later: [], faults: [] });
		expect(transport.submittedTo).toHaveLength(READERS);
		expect(toldOf(transport)).toBe(READERS);
		expect(await receiptOf(desk)).toMatchObject({ candidates: READERS, submitted: READERS });
	});

	it("go to nobody twice, though several consumers have the message, and it names one twice", async () => {
		const { desk, transport, batches } = await openPlanned();
		const twice = [...batches, ...batches.slice(0, 3)];
		await Promise.all(
			[twice, batches.toReversed(), batches].map((some) => submitBatches(desk.rooms, some)),
		);
		await submitBatches(desk.rooms, batches);
		expect(transport.submittedTo).toHaveLength(READERS);
		expect(toldOf(transport)).toBe(READERS);
		expect(await receiptOf(desk)).toMatchObject({ submitted: READERS, unknown: 0, excluded: 0 });
	});

	it("go five at a time, in a fourth of the queries, over one line", async () => {
		const { desk, transport, batches } = await openPlanned(undefined, { pause: systemPause });
		const counts = { queries: 0, lines: 0, atOnce: 0, most: 0 };
		const { batches: claims, settlements } = desk.rooms;
		const count =
			<Given extends unknown[], Answer>(ask: (...given: Given) => Answer) =>
			(...given: Given) => {
				counts.queries += 1;
				return ask(...given);
			};
		const open = transport.open.bind(transport);
		transport.open = () => {
			counts.lines += 1;
			return open();
		};
		transport.answer = async (messages) => {
			counts.atOnce += 1;
			counts.most = Math.max(counts.most, counts.atOnce);
			await new Promise((resolve) => setTimeout(resolve, 20));
			counts.atOnce -= 1;
			return messages.map(() => ({ kind: "submitted" }));
		};
		await submitBatches(
			{
				...desk.rooms,
				batches: {
					...claims,
					readAllPlanned: count(claims.readAllPlanned),
					claimAll: count(claims.claimAll),
					listAllActive: count(claims.listAllActive),
				},
				settlements: { ...settlements, settleAll: count(settlements.settleAll) },
			},
			batches,
		);
		expect(transport.submittedTo).toHaveLength(READERS);
		expect(counts).toMatchObject({ lines: 1, most: 5 });
		expect(counts.queries).toBeLessThanOrEqual(BATCHES);
	});

	it("leave out whoever leaves after the claim", async () => {
		const { desk, transport, batches } = await openPlanned();
		const gone = ["r7@journal.test", "r500@journal.test"];
		transport.connect = async () => {
			await env.LEDGER.prepare(
				"UPDATE subscribers SET status = 'ended' WHERE address IN (SELECT value FROM json_each(?))",
			)
				.bind(JSON.stringify(gone))
				.run();
		};
		await submitBatches(desk.rooms, batches);
		expect(transport.submittedTo).toHaveLength(READERS - gone.length);
		for (const address of gone) expect(transport.submittedTo).not.toContain(address);
		expect(await receiptOf(desk)).toMatchObject({ excluded_by: { ended: gone.length } });
	});

	it("are not failed by the fault of one, and the message comes again for that one", async () => {
		const { desk, transport, batches } = await openPlanned();
		const [bad = ""] = batches;
		const { batches: claims } = desk.rooms;
		const isBad = (some: readonly { batch: { id: string } }[]) =>
			some.some(({ batch }) => batch.id === bad);
		const rooms = {
			...desk.rooms,
			batches: {
				...claims,
				claimAll: async (some: Parameters<typeof claims.claimAll>[0]) => {
					if (isBad(some)) throw new Error("this one fails");
					return claims.claimAll(some);
				},
			},
		};
		const { faults } = await submitBatches(rooms, batches);
		expect(faults).toEqual([new Error("this one fails")]);
		expect(transport.submittedTo).toHaveLength(READERS - 100);
		await submitBatches(desk.rooms, batches);
		expect(toldOf(transport)).toBe(READERS);
		expect(transport.submittedTo).toHaveLength(READERS);
	});

	it("are recorded though the record of one fails at first", async () => {
		const { desk, transport, batches } = await openPlanned();
		const { settlements } = desk.rooms;
		let fails = 3;
		const rooms = {
			...desk.rooms,
			settlements: {
				...settlements,
				settleAll: async (some: Parameters<typeof settlements.settleAll>[0]) => {
					fails -= 1;
					if (fails >= 0) throw new Error("D1 is away");
					return settlements.settleAll(some);
				},
			},
		};
		expect((await submitBatches(rooms, batches)).faults).toEqual([]);
		expect(transport.submittedTo).toHaveLength(READERS);
		expect(await receiptOf(desk)).toMatchObject({ submitted: READERS });
	});

	it("are left for a later message where an hour's worth of work is in it", async () => {
		const { desk, transport, batches } = await openPlanned();
		transport.answer = (messages) => {
			desk.time.now += HOUR_MS / 2;
			return messages.map(() => ({ kind: "submitted" }));
		};
		const { later } = await submitBatches(desk.rooms, batches);
		expect(later.map(({ batch }) => batch).toSorted()).toEqual(batches.slice(5).toSorted());
		expect(later.every(({ delaySeconds }) => delaySeconds === 0)).toBe(true);
		expect(transport.submittedTo.length).toBeGreaterThan(400);
	});

	it("are two to a message where each mail is handed over by itself", async () => {
		const { desk, transport, batches } = await openPlanned(new RecordingTransport(1));
		const { later } = await submitBatches(desk.rooms, batches);
		expect(later).toEqual(batches.slice(2).map((batch) => ({ batch, delaySeconds: 0 })));
		expect(transport.submittedTo.length).toBeLessThanOrEqual(200);
	});

	it("risk one mail between them on a provider that has failed", async () => {
		const { desk, transport, batches } = await openPlanned();
		const asked: number[] = [];
		transport.answer = (messages: readonly Message[]): Outcome[] => {
			asked.push(messages.length);
			return messages.map(() => ({ kind: "retry", detail: "503 away", scope: "provider" }));
		};
		await submitBatches(desk.rooms, batches.slice(0, 1));
		desk.time.now += HOUR_MS;
		asked.length = 0;
		await submitBatches(desk.rooms, batches.slice(1));
		expect(asked).toEqual([1]);
	});

	it("keep the rate", async () => {
		const gate = createGateStore(env.LEDGER, { transport: "mailbox", rate: 100 });
		const { desk, transport, batches } = await openPlanned(undefined, { gate });
		const times: number[] = [];
		transport.answer = (messages) => {
			times.push(desk.time.now - MONDAY);
			return messages.map(() => ({ kind: "submitted" }));
		};
		await submitBatches(desk.rooms, batches);
		expect(times).toEqual(times.map((_, index) => index * 1000));
		expect(times.length).toBeGreaterThan(5);
	});
});
