import { beforeEach, describe, expect, it } from "vitest";
import { type Desk, MONDAY, openDesk } from "../support/desk.ts";
import { addSubscriber, emptyStores } from "../support/house.ts";
import { APPROVAL, DAILY_RUN, dumpStores, withKeys } from "./operating.ts";

const as = (key: string) => ({ headers: { Authorization: `Bearer ${key}` } });
const TEST = { email: "me@press.test", frequency: "daily", language: "en" };
const READS = [
	["GET", "/api/runs"],
	["HEAD", "/api/runs"],
	["GET", `/api/runs/${DAILY_RUN}`],
	["GET", "/api/digests/preview?frequency=daily&language=en"],
] as const;
const OPERATIONS = [
	["GET", "/api/dead-letters", {}],
	["HEAD", "/api/dead-letters", {}],
	["POST", `/api/runs/${DAILY_RUN}/release`, { etag: '"held-1"' }],
	["POST", "/api/digests/test", { body: TEST }],
	["POST", "/api/dead-letters/letter/retry", {}],
] as const;

let desk: Desk;

beforeEach(async () => {
	await emptyStores();
	desk = openDesk({ ...APPROVAL, ...(await withKeys()) });
	await addSubscriber(desk.rooms, "anna@journal.test");
	await desk.post({}, as("publish-key"));
	await desk.tick(MONDAY);
	await desk.post({ title: "Another meeting" }, as("publish-key"));
	await desk.settle();
	await desk.rooms.deadLetters.keep([{ id: "letter", message: '{"type":"hub"}', since: 1 }]);
});

async function editionPath(): Promise<string> {
	const response = await desk.ask("GET", `/api/runs/${DAILY_RUN}`, as("read-key"));
	const { editions } = await response.json<{ editions: { preview: string }[] }>();
	return new URL(editions[0]?.preview ?? "").pathname;
}

describe("looking at digests", () => {
	it.each([
		["read-key", 200],
		["publish-key", 200],
		["operate-key", 200],
		["another-key", 401],
		["", 401],
	])("with the key %j is answered by %i", async (key, status) => {
		for (const [method, path] of [...READS, ["GET", await editionPath()] as const])
			expect((await desk.ask(method, path, as(key))).status, `${method} ${path}`).toBe(status);
	});
});

describe("operating them", () => {
	it("is an operator's to do", async () => {
		for (const [method, path, asked] of OPERATIONS) {
			const response = await desk.ask(method, path, { ...asked, ...as("operate-key") });
			expect(response.status, `${method} ${path}`).toBe(200);
		}
	});

	it.each([
		["read-key", 403],
		["publish-key", 403],
		["another-key", 401],
		["", 401],
	])("with the key %j is refused by %i, and nothing is done", async (key, status) => {
		const before = await dumpStores();
		for (const [method, path, asked] of OPERATIONS) {
			const response = await desk.ask(method, path, { ...asked, ...as(key) });
			expect(response.status, `${method} ${path}`).toBe(status);
		}
		expect(await dumpStores()).toEqual(before);
		expect(desk.rooms.asked).toEqual([]);
		expect(desk.rooms.transport.messages).toEqual([]);
	});
});
