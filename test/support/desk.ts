import type { Rooms } from "../../src/rooms.ts";
import { tick } from "../../src/tick.ts";
import { deliverAll } from "./delivery.ts";
import { openFront } from "./front.ts";
import { furnishForTest, type TestRooms } from "./house.ts";
import { TEST_KEY } from "./settings.ts";

/** A Sunday noon in Tashkent (UTC+5); daily digests are due at 04:00 UTC. */
export const SUNDAY = Date.parse("2026-11-22T07:00:00Z");
/** When the first digest is due that can tell of what was published on {@link SUNDAY}. */
export const MONDAY = Date.parse("2026-11-23T04:00:00Z");
export const MINUTE_MS = 60 * 1000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

export const JSON_TYPE = "application/json";

/** The fields of a release, with whatever a test does not care about filled in. */
export function someFields(over: object = {}) {
	return {
		title: "A meeting on water",
		summary: "The parties meet.",
		body: "The parties will meet.",
		kind: "meeting",
		language: "en",
		event: null,
		...over,
	};
}

export interface Asked {
	readonly body?: BodyInit | object | undefined;
	readonly type?: string;
	readonly etag?: string | null | undefined;
	readonly headers?: Record<string, string>;
}

const everybody = async () => true;
export const UNLIMITED: Rooms["limits"] = {
	requests: everybody,
	failures: everybody,
	signUps: everybody,
	incomingMails: everybody,
};

export type Desk = ReturnType<typeof openDesk>;

/**
 * A press office at work: the Worker's doors on the real stores, with a clock that stands still until
 * it is set, and queues that deliver when they are told to. Nobody is counted.
 */
export function openDesk(over: Partial<Rooms> = {}) {
	const time = { now: SUNDAY };
	const rooms: TestRooms = furnishForTest({
		clock: () => time.now,
		pause: async (ms) => {
			time.now += ms;
		},
		limits: UNLIMITED,
		...over,
	});
	const app = openFront(rooms);

	async function ask(method: string, path: string, asked: Asked = {}): Promise<Response> {
		const { body, etag } = asked;
		const isFields = typeof body === "object" && body.constructor === Object;
		const headers = new Headers({ Authorization: `Bearer ${TEST_KEY}` });
		const type = asked.type ?? (isFields ? JSON_TYPE : undefined);
		if (type !== undefined) headers.set("Content-Type", type);
		if (etag) headers.set("If-Match", etag);
		for (const [name, value] of Object.entries(asked.headers ?? {})) headers.set(name, value);
		const sent = isFields ? JSON.stringify(body) : (body as BodyInit | undefined);
		return app.request(path, { method, headers, ...(sent === undefined ? {} : { body: sent }) });
	}

	return {
		rooms,
		app,
		ask,
		time,
		/** `POST /api/releases`. */
		post: (fields: object = {}, asked: Asked = {}) =>
			ask("POST", "/api/releases", { body: someFields(fields), ...asked }),
		read: (id: string | null) => ask("GET", `/api/releases/${id}`),
		put: (id: string | null, body: object, etag: string | null = "*") =>
			ask("PUT", `/api/releases/${id}`, { body, etag }),
		withdraw: (id: string | null, reason = "It was a draft.", etag: string | null = "*") =>
			ask("DELETE", `/api/releases/${id}`, { body: { reason }, etag }),
		page: (path: string) => app.request(path, { headers: { Accept: "text/html" } }),
		/** Delivers what the queues hold. */
		settle: () => deliverAll(rooms),
		/** Lets the clock strike then, and the queues deliver. */
		async tick(at: number) {
			time.now = at;
			await tick(rooms, at);
			await deliverAll(rooms);
		},
		/** The subjects of what was mailed, in order; what it returned before is not returned again. */
		mailed: () => rooms.transport.messages.splice(0).map(({ subject }) => subject),
	};
}

/** Where a release is to be seen by everybody; in feeds, what was withdrawn leaves a tombstone. */
export async function placesOf(desk: Desk, slug: string, prefix = "") {
	const link = new RegExp(`/releases/${slug}(?![\\w-])`);
	const read = async (path: string) => (await desk.page(path)).text();
	const inFeed = async (path: string) => {
		const item = (await read(path)).split(/<item>|\{"id":/).find((part) => link.test(part));
		return item !== undefined && (/(Withdrawn|Отозвано): /.test(item) ? "tombstone" : true);
	};
	return {
		page: (await desk.page(`/releases/${slug}`)).status,
		home: link.test(await read(`${prefix || "/en"}/`)),
		rss: await inFeed(`${prefix}/rss.xml`),
		json: await inFeed(`${prefix}/feed.json`),
	};
}

export const EVERYWHERE = { page: 200, home: true, rss: true, json: true };
export const NOWHERE = { page: 404, home: false, rss: false, json: false };
export const WITHDRAWN = { page: 410, home: false, rss: "tombstone", json: "tombstone" };
