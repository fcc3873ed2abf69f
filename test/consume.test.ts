import { beforeEach, expect, it, onTestFinished, vi } from "vitest";
import { consume } from "../src/consume.ts";
import type { Rooms } from "../src/rooms.ts";
import {
	areFeedsBehind,
	emptyStores,
	furnishForTest,
	publishText,
	someSignUp,
} from "./support/house.ts";

beforeEach(emptyStores);

/** Delivers messages to the consumer and notes what it says to each. */
async function deliver(rooms: Rooms, bodies: readonly unknown[]) {
	const said: unknown[] = bodies.map(() => null);
	const messages = bodies.map((body, index) => ({
		id: `${index}`,
		body,
		attempts: 1,
		timestamp: new Date(),
		ack: () => {
			said[index] = "ack";
		},
		retry: (options: unknown) => {
			said[index] = options;
		},
	}));
	await consume({ queue: "test", messages } as never, rooms);
	return said;
}

/** Rooms whose feeds note how often somebody asks what is behind. */
function countingRooms() {
	const rooms = furnishForTest();
	const asked: number[] = [];
	const listProgress = () => {
		asked.push(asked.length);
		return rooms.feeds.listProgress();
	};
	return { rooms: { ...rooms, feeds: { ...rooms.feeds, listProgress } }, asked };
}

it("rebuilds the feeds once for a burst of messages, and acknowledges each", async () => {
	const { rooms, asked } = countingRooms();
	await publishText(rooms);
	const burst = Array.from({ length: 100 }, () => ({ type: "feeds" }));
	expect(await deliver(rooms, burst)).toEqual(burst.map(() => "ack"));
	expect(asked).toHaveLength(1);
	expect(await areFeedsBehind(rooms)).toBe(false);
});

it("has every message of failed work delivered again, after a while", async () => {
	const rooms = furnishForTest();
	const feeds = { ...rooms.feeds, listProgress: () => Promise.reject(new Error("away")) };
	const bodies = [{ type: "feeds" }, { type: "submit", batch: "none" }, { type: "feeds" }];
	const again = { delaySeconds: 20 };
	expect(await deliver({ ...rooms, feeds }, bodies)).toEqual([again, "ack", again]);
});

it.each([
	{ type: "submit", batches: ["none", "nor this"] },
	{ type: "submit", batch: "none" },
])("takes the ids of batches, and one as messages once had it: %j", async (body) => {
	expect(await deliver(furnishForTest(), [body])).toEqual(["ack"]);
});

it("has a message delivered again whose batches cannot be read", async () => {
	const rooms = furnishForTest();
	const away = () => Promise.reject(new Error("away"));
	const batches = { ...rooms.batches, readAllPlanned: away };
	const body = { type: "submit", batches: ["one", "other"] };
	expect(await deliver({ ...rooms, batches }, [body])).toEqual([{ delaySeconds: 20 }]);
});

it("has a confirmation delivered again that the provider may take later", async () => {
	const rooms = furnishForTest();
	rooms.transport.answer = () => [{ kind: "retry", detail: "451 busy" }];
	const wanted = someSignUp({ id: rooms.newId(), address: "anna@journal.test" });
	const subscriber = await rooms.subscribers.signUp(wanted, Date.now());
	const body = { type: "confirm", subscriber };
	expect(await deliver(rooms, [body])).toEqual([{ delaySeconds: 20 }]);
	rooms.transport.answer = () => [{ kind: "submitted" }];
	expect(await deliver(rooms, [body])).toEqual(["ack"]);
	expect(rooms.transport.submittedTo).toEqual(["anna@journal.test"]);
});

it("logs why a confirmation is put off, in the provider's words and without the address", async () => {
	const logged = vi.spyOn(console, "warn");
	onTestFinished(() => logged.mockRestore());
	const rooms = furnishForTest();
	const detail = "421 not now, anna@journal.test";
	rooms.transport.answer = () => [{ kind: "retry", detail, scope: "provider", afterSeconds: 90 }];
	const wanted = someSignUp({ id: rooms.newId(), address: "anna@journal.test" });
	const subscriber = await rooms.subscribers.signUp(wanted, Date.now());
	expect(await deliver(rooms, [{ type: "confirm", subscriber }])).toEqual(["ack"]);
	const lines = logged.mock.calls.map(([line]) => JSON.parse(String(line)));
	expect(lines).toEqual([
		{
			level: "warn",
			event: "message-put-off",
			type: "confirm",
			subscriber,
			seconds: 90,
			fault: "the provider is down: 421 not now, (address)",
		},
	]);
});
