import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { abandonBatch } from "../../src/digests/settling.ts";
import { submitBatch } from "../../src/digests/submit.ts";
import { tick } from "../../src/tick.ts";
import { deliver, deliverAll } from "../support/delivery.ts";
import {
	addSubscriber,
	emptyStores,
	furnishForTest,
	publishText,
	RecordingTransport,
	type TestRooms,
} from "../support/house.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
// 09:00 in Tashkent, UTC+5.
const MONDAY = Date.parse("2026-11-23T04:00:00Z");

/** Ticks and delivers until the batches of the run are planned, and no further. */
async function planned(rooms: TestRooms, at = MONDAY): Promise<string[]> {
	await tick(rooms, at);
	for (const asked of rooms.asked.splice(0))
		if (asked.startsWith("plan")) await deliver(rooms, asked);
	return rooms.asked.splice(0).filter((asked) => asked.startsWith("submit"));
}

function receiptOf(run: string) {
	return env.LEDGER.prepare("SELECT receipt FROM runs WHERE id = ? AND state = 'closed'")
		.bind(run)
		.first<string>("receipt")
		.then((text) => (text === null ? null : JSON.parse(text)));
}

function exceptionsOf(run: string) {
	return env.LEDGER.prepare("SELECT subscriber, outcome, reason FROM exceptions WHERE run = ?")
		.bind(run)
		.all()
		.then(({ results }) => results);
}

beforeEach(emptyStores);

describe("never twice", () => {
	it("makes one digest of the same queue message delivered three times", async () => {
		const rooms = furnishForTest();
		await addSubscriber(rooms, "anna@journal.test");
		await publishText(rooms);
		await tick(rooms, MONDAY);
		await deliverAll(rooms, 3);
		expect(rooms.transport.submittedTo).toEqual(["anna@journal.test"]);
	});

	it("lets one of two consumers with the same message at the same time have the batch", async () => {
		const rooms = furnishForTest();
		for (let n = 0; n < 90; n += 1) await addSubscriber(rooms, `reader${n}@journal.test`);
		await publishText(rooms);
		const [submit] = await planned(rooms);
		await Promise.all([deliver(rooms, submit ?? ""), deliver(rooms, submit ?? "")]);
		expect(rooms.transport.submittedTo.toSorted()).toHaveLength(90);
		expect(new Set(rooms.transport.submittedTo).size).toBe(90);
	});

	it("makes one digest of two ticks for the same day, at once or an hour apart", async () => {
		const rooms = furnishForTest();
		await addSubscriber(rooms, "anna@journal.test");
		await publishText(rooms);
		await Promise.all([tick(rooms, MONDAY), tick(rooms, MONDAY)]);
		await deliverAll(rooms);
		await tick(rooms, MONDAY + 60 * 60 * 1000);
		await deliverAll(rooms);
		expect(rooms.transport.submittedTo).toEqual(["anna@journal.test"]);
	});

	it("mails nobody again whose consumer was lost after the claim, but tells them next time", async () => {
		const rooms = furnishForTest();
		const anna = await addSubscriber(rooms, "anna@journal.test");
		await publishText(rooms, { title: "A meeting that may have been told" });
		const [submit] = await planned(rooms);
		const id = submit?.split(" ")[1] ?? "";
		const batch = await rooms.batches.readPlanned(id);
		if (batch) await rooms.batches.claim(batch, Date.now());
		await deliver(rooms, submit ?? "");
		expect(rooms.transport.submittedTo).toEqual([]);

		await abandonBatch(rooms, id);
		await abandonBatch(rooms, id);
		await rooms.receipts.closeFinished(Date.now());
		expect(await exceptionsOf("daily-2026-11-23")).toMatchObject([
			{ subscriber: anna, outcome: "unknown" },
		]);
		expect(await receiptOf("daily-2026-11-23")).toMatchObject({ candidates: 1, unknown: 1 });

		await tick(rooms, MONDAY + DAY_MS);
		await deliverAll(rooms);
		expect(rooms.transport.messages.map(({ subject }) => subject)).toEqual([
			"A meeting that may have been told",
		]);
	});
});

describe("never missed", () => {
	it("puts a release that is published during a run into the next digest", async () => {
		const rooms = furnishForTest();
		await addSubscriber(rooms, "anna@journal.test");
		await publishText(rooms, { title: "First meeting" });
		const submits = await planned(rooms);
		await publishText(rooms, { title: "Second meeting" });
		for (const submit of submits) await deliver(rooms, submit);
		await tick(rooms, MONDAY + DAY_MS);
		await deliverAll(rooms);
		expect(rooms.transport.messages.map(({ subject }) => subject)).toEqual([
			"First meeting",
			"Second meeting",
		]);
	});

	it("tells a back-dated release too", async () => {
		const rooms = furnishForTest();
		await addSubscriber(rooms, "anna@journal.test");
		await publishText(rooms, { title: "Old meeting", issued: "2019-01-01", event: null });
		await tick(rooms, MONDAY);
		await deliverAll(rooms);
		expect(rooms.transport.messages.map(({ subject }) => subject)).toEqual(["Old meeting"]);
	});

	it("tries again, later and once, those whom the provider could not take", async () => {
		const rooms = furnishForTest();
		for (const name of ["anna", "bakhtiyor", "chinara"])
			await addSubscriber(rooms, `${name}@journal.test`);
		await publishText(rooms);
		rooms.transport.answer = (messages) =>
			messages.map(({ to }) =>
				to.startsWith("anna") ? { kind: "submitted" } : { kind: "retry", detail: "451 busy" },
			);
		const [submit] = await planned(rooms);
		await deliver(rooms, submit ?? "");
		expect(rooms.transport.submittedTo).toEqual(["anna@journal.test"]);

		rooms.transport.answer = (messages) => messages.map(() => ({ kind: "submitted" }));
		await deliverAll(rooms, 2);
		expect(rooms.transport.submittedTo.toSorted()).toEqual(
			["anna", "bakhtiyor", "chinara"].map((name) => `${name}@journal.test`),
		);
		expect(await receiptOf("daily-2026-11-23")).toEqual({
			candidates: 3,
			submitted: 3,
			excluded: 0,
			rejected: 0,
			unknown: 0,
			excluded_by: {},
			editions: 1,
		});
	});

	it("finds what lost messages were about: the plan, then the batches", async () => {
		const rooms = furnishForTest();
		await addSubscriber(rooms, "anna@journal.test");
		await publishText(rooms);
		await tick(rooms, MONDAY);
		rooms.asked.length = 0;
		const late = { ...rooms, clock: () => Date.now() + 5 * 60 * 1000 };
		await tick(late, MONDAY);
		const plan = rooms.asked.splice(0).find((asked) => asked.startsWith("plan daily"));
		await deliver(rooms, plan ?? "");
		rooms.asked.length = 0;
		await tick(late, MONDAY);
		await deliverAll(rooms);
		expect(rooms.transport.submittedTo).toEqual(["anna@journal.test"]);
	});

	it("tells immediate readers a release that came while the one before was being tried again", async () => {
		const rooms = furnishForTest();
		await addSubscriber(rooms, "anna@journal.test", { frequency: "immediate" });
		await publishText(rooms, { title: "First meeting" });
		rooms.transport.answer = () => [{ kind: "retry", detail: "451 busy" }];
		const [first] = await planned(rooms);
		await deliver(rooms, first ?? "");
		const retry = rooms.asked.splice(0);
		await publishText(rooms, { title: "Second meeting" });
		const both = await planned(rooms, MONDAY + 60_000);
		rooms.transport.messages.length = 0;
		rooms.transport.answer = () => [{ kind: "submitted" }];
		for (const submit of [...retry, ...both]) await deliver(rooms, submit);
		await deliverAll(rooms);
		expect(rooms.transport.messages.map(({ subject }) => subject)).toEqual([
			"First meeting",
			"Second meeting",
		]);
	});

	it("plans anew in the same run who has changed what they want since planning", async () => {
		const rooms = furnishForTest();
		const anna = await addSubscriber(rooms, "anna@journal.test");
		await publishText(rooms, { title: "A consultation", kind: "consultation" });
		await publishText(rooms, { title: "A meeting" });
		const [submit] = await planned(rooms);
		await env.LEDGER.prepare("UPDATE subscribers SET kinds = 'consultation' WHERE id = ?")
			.bind(anna)
			.run();
		await deliver(rooms, submit ?? "");
		expect(rooms.transport.messages).toEqual([]);
		await deliverAll(rooms);
		expect(rooms.transport.messages.map(({ subject }) => subject)).toEqual(["A consultation"]);
		expect(await receiptOf("daily-2026-11-23")).toMatchObject({ candidates: 1, submitted: 1 });
	});

	it("tells immediate readers the next day what no attempt could tell them", async () => {
		const rooms = furnishForTest();
		await addSubscriber(rooms, "anna@journal.test", { frequency: "immediate" });
		await publishText(rooms, { title: "A meeting" });
		rooms.transport.answer = () => [{ kind: "unknown", detail: "lost" }];
		await tick(rooms, MONDAY);
		await deliverAll(rooms);
		await tick(rooms, MONDAY + 60_000);
		await deliverAll(rooms);
		expect(rooms.transport.messages).toHaveLength(1);
		rooms.transport.answer = () => [{ kind: "submitted" }];
		await tick(rooms, MONDAY + DAY_MS);
		await deliverAll(rooms);
		expect(rooms.transport.submittedTo).toEqual(["anna@journal.test"]);
	});

	it("plans readers of many pages and editions, each in one batch of one edition", async () => {
		const rooms = furnishForTest();
		const insert = env.LEDGER.prepare(
			`INSERT INTO subscribers (id, address, address_key, status, kinds, languages, frequency,
				heard_through, signed_up_at)
			SELECT printf('%08d', value), 'r' || value || '@journal.test', 'r' || value || '@journal.test',
				'active', 'meeting', CASE value % 2 WHEN 0 THEN 'en' ELSE 'ru,en' END, 'daily', 0, 0
			FROM json_each(?)`,
		);
		await insert.bind(JSON.stringify(Array.from({ length: 2300 }, (_, n) => n))).run();
		await publishText(rooms);
		await tick(rooms, MONDAY);
		await deliverAll(rooms);
		expect(rooms.transport.submittedTo).toHaveLength(2300);
		expect(new Set(rooms.transport.submittedTo).size).toBe(2300);
		expect(await receiptOf("daily-2026-11-23")).toMatchObject({
			candidates: 2300,
			submitted: 2300,
		});
	});
});

describe("silence at once", () => {
	it("lets an unsubscribe between planning and submitting win", async () => {
		const rooms = furnishForTest();
		const anna = await addSubscriber(rooms, "anna@journal.test");
		await addSubscriber(rooms, "bakhtiyor@mission.test");
		await publishText(rooms);
		const submits = await planned(rooms);
		await rooms.subscribers.end(anna, "unsubscribed", Date.now());
		for (const submit of submits) await deliver(rooms, submit);
		expect(rooms.transport.submittedTo).toEqual(["bakhtiyor@mission.test"]);
		expect(await exceptionsOf("daily-2026-11-23")).toEqual([
			{ subscriber: anna, outcome: "excluded", reason: "ended" },
		]);
		expect(await receiptOf("daily-2026-11-23")).toEqual({
			candidates: 2,
			submitted: 1,
			excluded: 1,
			rejected: 0,
			unknown: 0,
			excluded_by: { ended: 1 },
			editions: 1,
		});
	});

	it("lets an unsubscribe win that comes while the provider is being connected to", async () => {
		const rooms = furnishForTest();
		const anna = await addSubscriber(rooms, "anna@journal.test");
		await publishText(rooms);
		const [submit] = await planned(rooms);
		rooms.transport.connect = () => rooms.subscribers.end(anna, "unsubscribed", Date.now());
		await deliver(rooms, submit ?? "");
		expect(rooms.transport.messages).toEqual([]);
		expect(await receiptOf("daily-2026-11-23")).toMatchObject({ submitted: 0, excluded: 1 });
	});

	it("lets an unsubscribe win that comes while others of the batch are being handed over", async () => {
		const rooms = furnishForTest({ transport: new RecordingTransport(1) });
		const ids = new Map<string, string>();
		for (const name of ["anna", "bakhtiyor", "chinara"])
			ids.set(`${name}@journal.test`, await addSubscriber(rooms, `${name}@journal.test`));
		await publishText(rooms);
		const [submit] = await planned(rooms);
		rooms.transport.answer = async ([message]) => {
			for (const [address, id] of ids)
				if (address !== message?.to) await rooms.subscribers.end(id, "unsubscribed", Date.now());
			return [{ kind: "submitted" }];
		};
		await deliver(rooms, submit ?? "");
		expect(rooms.transport.messages).toHaveLength(1);
		expect(await receiptOf("daily-2026-11-23")).toMatchObject({ submitted: 1, excluded: 2 });
	});
});

describe("what was done can be proved", () => {
	it("records a rejected recipient and leaves the cursor moved", async () => {
		const rooms = furnishForTest();
		const anna = await addSubscriber(rooms, "anna@journal.test");
		await publishText(rooms);
		rooms.transport.answer = () => [{ kind: "rejected", detail: "550 no such user" }];
		const [submit] = await planned(rooms);
		await deliver(rooms, submit ?? "");
		expect(await exceptionsOf("daily-2026-11-23")).toEqual([
			{ subscriber: anna, outcome: "rejected", reason: "550 no such user" },
		]);
		await tick(rooms, MONDAY + DAY_MS);
		await deliverAll(rooms);
		expect(rooms.transport.messages).toHaveLength(1);
	});

	it("takes a transport that throws for an unknown outcome, never for a failure to repeat", async () => {
		const rooms = furnishForTest();
		await addSubscriber(rooms, "anna@journal.test");
		await publishText(rooms);
		rooms.transport.answer = () => {
			throw new Error("lost");
		};
		const [submit] = await planned(rooms);
		await submitBatch(rooms, submit?.split(" ")[1] ?? "");
		await rooms.receipts.closeFinished(Date.now());
		expect(await receiptOf("daily-2026-11-23")).toMatchObject({ submitted: 0, unknown: 1 });
	});

	it("knows whom it told when a store fails after the claim, and tries the others again", async () => {
		const rooms = furnishForTest({ transport: new RecordingTransport(1) });
		for (const name of ["anna", "bakhtiyor", "chinara"])
			await addSubscriber(rooms, `${name}@journal.test`);
		await publishText(rooms);
		const [submit] = await planned(rooms);
		let lookups = 0;
		let settlements = 0;
		const faulty: TestRooms = {
			...rooms,
			batches: {
				...rooms.batches,
				listActive: async (batch, recipients) => {
					lookups += 1;
					if (lookups === 2) throw new Error("D1 is away");
					return rooms.batches.listActive(batch, recipients);
				},
			},
			settlements: {
				...rooms.settlements,
				settle: async (...settlement) => {
					settlements += 1;
					if (settlements < 3) throw new Error("D1 is away");
					return rooms.settlements.settle(...settlement);
				},
			},
		};
		await deliver(faulty, submit ?? "");
		expect(rooms.transport.submittedTo).toHaveLength(1);
		await deliverAll(rooms);
		expect(new Set(rooms.transport.submittedTo).size).toBe(3);
		expect(await receiptOf("daily-2026-11-23")).toMatchObject({ submitted: 3, unknown: 0 });
	});

	it("makes no mail where nothing is new", async () => {
		const rooms = furnishForTest();
		await publishText(rooms);
		await addSubscriber(rooms, "anna@journal.test");
		await tick(rooms, MONDAY);
		await deliverAll(rooms);
		expect(rooms.transport.messages).toEqual([]);
		expect(await receiptOf("daily-2026-11-23")).toMatchObject({ candidates: 0 });
	});
});
