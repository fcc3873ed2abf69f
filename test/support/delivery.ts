import { consume } from "../../src/consume.ts";
import type { TestRooms } from "./house.ts";

/** Delivers the queue's messages, oldest first, until none is left; each as often as asked. */
export async function deliverAll(rooms: TestRooms, times = 1): Promise<void> {
	for (let asked = rooms.asked.shift(); asked; asked = rooms.asked.shift())
		for (let time = 0; time < times; time += 1) await deliver(rooms, asked);
}

export async function deliver(rooms: TestRooms, asked: string): Promise<void> {
	const [type, id, after = ""] = asked.split(" ");
	const body = {
		feeds: { type },
		hub: { type },
		confirm: { type, subscriber: id },
		welcome: { type, subscriber: id },
		move: { type, subscriber: id },
		plan: { type, run: id },
		start: { type, run: id, after },
		notice: { type, run: id },
		submit: { type, batch: id },
	}[type ?? ""];
	const message = { id: asked, body, attempts: 1, timestamp: new Date(), ack() {}, retry() {} };
	await consume({ queue: "test", messages: [message] } as never, rooms);
}
