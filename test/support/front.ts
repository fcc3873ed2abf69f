import { createApp } from "../../src/http/app.ts";
import { createFront, type Front } from "../../src/http/front.ts";
import type { Rooms } from "../../src/rooms.ts";

/** Every door that speaks HTTP, of some rooms, asked by a request or by a path. */
export function openFront(rooms: Rooms) {
	const fetch: Front = createFront(rooms, async () => createApp(rooms));
	return {
		fetch,
		request: (path: string, init?: RequestInit) =>
			fetch(new Request(new URL(path, "http://localhost"), init)),
	};
}
