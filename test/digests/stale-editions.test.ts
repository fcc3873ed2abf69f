import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { submitBatch } from "../../src/digests/submit.ts";
import { revise, takeBack } from "../../src/releases/revise.ts";
import {
	addSubscriber,
	emptyStores,
	furnishForTest,
	publishingOf,
	publishText,
	someText,
	type TestRooms,
} from "../support/house.ts";
import { planDaily } from "./planned.ts";

const MADE = { by: "test", at: Date.now() };

beforeEach(emptyStores);

async function plannedWith(...titles: string[]) {
	const rooms = furnishForTest();
	await addSubscriber(rooms, "anna@journal.test");
	const entries = [];
	for (const title of titles) entries.push(await publishText(rooms, { title }));
	const [batch = ""] = await planDaily(rooms);
	return { rooms, entries, batch };
}

async function withdraw(rooms: TestRooms, id: string): Promise<void> {
	const entry = await rooms.releases.findById(id);
	if (entry) await takeBack(publishingOf(rooms), entry, "a mistake", MADE);
}

describe("an edition whose releases changed since it was rendered", () => {
	it("says nothing of one that was withdrawn", async () => {
		const { rooms, entries, batch } = await plannedWith("Secret alpha", "Open beta");
		await withdraw(rooms, entries[0]?.id ?? "");
		await submitBatch(rooms, batch);
		expect(rooms.transport.messages.map(({ subject }) => subject)).toEqual(["Open beta"]);
		expect(rooms.transport.messages[0]?.html).not.toContain("Secret alpha");
	});

	it("goes to nobody where all of it was withdrawn, and its receipt adds up", async () => {
		const { rooms, entries, batch } = await plannedWith("Secret alpha");
		await withdraw(rooms, entries[0]?.id ?? "");
		await submitBatch(rooms, batch);
		expect(rooms.transport.messages).toEqual([]);
		const [closed] = await rooms.receipts.closeFinished(Date.now());
		expect(closed?.receipt).toEqual({
			candidates: 1,
			submitted: 0,
			excluded: 1,
			rejected: 0,
			unknown: 0,
			excluded_by: { "taken-back": 1 },
			editions: 1,
		});
	});

	it("has the corrected text", async () => {
		const { rooms, entries, batch } = await plannedWith("A wrong title");
		const entry = await rooms.releases.findById(entries[0]?.id ?? "");
		if (!entry) throw new Error("no entry");
		const text = someText({ title: "A right title" });
		await revise(publishingOf(rooms), entry, { text, note: "title", publishAt: null, made: MADE });
		await submitBatch(rooms, batch);
		expect(rooms.transport.messages.map(({ subject }) => subject)).toEqual(["A right title"]);
	});
});

describe("an edition that KV has lost", () => {
	it("is rendered again from the catalogue, the same", async () => {
		const { rooms, batch } = await plannedWith("A meeting");
		const { keys } = await env.DOCUMENTS.list({ prefix: "edition/" });
		expect(keys).toHaveLength(1);
		await env.DOCUMENTS.delete(keys[0]?.name ?? "");
		await submitBatch(rooms, batch);
		expect(rooms.transport.messages.map(({ subject }) => subject)).toEqual(["A meeting"]);
		expect((await env.DOCUMENTS.list({ prefix: "edition/" })).keys).toHaveLength(1);
	});
});
