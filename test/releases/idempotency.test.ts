import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { publish } from "../../src/releases/publish.ts";
import { sha256Hex } from "../../src/shared/text.ts";
import {
	DAY_MS,
	type Desk,
	HOUR_MS,
	JSON_TYPE,
	MINUTE_MS,
	openDesk,
	SUNDAY,
	someFields,
} from "../support/desk.ts";
import { emptyStores, publishingOf, someText, testSettings } from "../support/house.ts";
import { TEST_KEY } from "../support/settings.ts";
import { answered, NOTHING, refused, stored } from "./answers.ts";

const KEY = "8e03978e-40d5-43dd-bc93-6894a57f9324";
const REPLAYED = "Idempotency-Replayed";

let desk: Desk;

beforeEach(async () => {
	await emptyStores();
	desk = openDesk();
});

const post = (over: object = {}, key = KEY, at = desk) =>
	at.post(over, { headers: { "Idempotency-Key": key } });

const keys = () => env.LEDGER.prepare("SELECT COUNT(*) AS n FROM idempotency").first<number>("n");

describe("a request made again with its key", () => {
	it("gets the first answer again, to the letter, and does nothing", async () => {
		const first = await post();
		expect(first.headers.get(REPLAYED)).toBeNull();
		const text = await first.clone().text();
		const { release } = await answered(first, 201);
		// Whatever became of it meanwhile.
		await answered(await desk.put(release.id, someFields({ body: "Mended.", note: "x" })), 200);
		for (const at of [SUNDAY, SUNDAY + HOUR_MS]) {
			desk.time.now = at;
			const again = await post();
			expect(again.status).toBe(201);
			expect(again.headers.get(REPLAYED)).toBe("true");
			for (const name of ["Location", "ETag", "Content-Type"]) {
				expect(first.headers.get(name), name).not.toBeNull();
				expect(again.headers.get(name), name).toBe(first.headers.get(name));
			}
			expect(await again.text()).toBe(text);
		}
		expect(await stored()).toMatchObject({ releases: 1 });
	});

	it("may quote the key or not", async () => {
		await answered(await post({}, `"${KEY}"`), 201);
		const again = await post({}, KEY);
		await answered(again, 201);
		expect(again.headers.get(REPLAYED)).toBe("true");
	});

	it("is refused where it asks for something else", async () => {
		await answered(await post(), 201);
		const others = [
			await post({ title: "Another" }),
			await desk.ask("POST", "/api/releases?kind=announcement", {
				body: someFields(),
				headers: { "Idempotency-Key": KEY },
			}),
			await desk.post({}, { type: `${JSON_TYPE}; x=y`, headers: { "Idempotency-Key": KEY } }),
		];
		for (const other of others) {
			const { errors } = await refused(other, 422);
			expect(errors?.map(({ field }) => field)).toEqual(["Idempotency-Key"]);
		}
		expect(await stored()).toMatchObject({ releases: 1 });
	});

	it("is a duplicate with another key, or with none", async () => {
		const { release } = await answered(await post(), 201);
		expect((await refused(await post({}, "another"), 409)).existing).toBe(release.url);
		expect((await refused(await desk.post(), 409)).existing).toBe(release.url);
		expect(await stored()).toMatchObject({ releases: 1 });
	});

	it("is not answered to another publisher", async () => {
		const settings = testSettings({
			PUBLISHER_KEYS: `dev:${await sha256Hex(TEST_KEY)},night:${await sha256Hex("night-key")}`,
		});
		const both = openDesk({ settings });
		await answered(await post({}, KEY, both), 201);
		const headers = { "Idempotency-Key": KEY, Authorization: "Bearer night-key" };
		const other = await both.post({ title: "Another" }, { headers });
		expect(other.headers.get(REPLAYED)).toBeNull();
		expect((await answered(other, 201)).release.title).toBe("Another");
		const again = await post({}, KEY, both);
		expect((await answered(again, 201)).release.title).toBe("A meeting on water");
	});

	it("gets its answer also where that is longer than a row can be", async () => {
		const opening = new TextEncoder().encode("A meeting on water\n\nIt will be held.\n\n");
		const body = new Uint8Array(1_000_000).fill(0x97);
		body.set(opening);
		// A dash takes one byte in this charset and three in UTF-8.
		const send = () =>
			desk.ask("POST", "/api/releases?kind=meeting&language=en", {
				body,
				type: "text/plain; charset=windows-1251",
				headers: { "Idempotency-Key": KEY },
			});
		const first = await send();
		const { release } = await answered(first, 201);
		expect(release.body.length).toBeGreaterThan(900_000);
		// D1 takes no row of more than 2,000,000 bytes, which nothing local checks.
		const size = "SELECT LENGTH(CAST(answer AS BLOB)) AS size FROM idempotency";
		expect(await env.LEDGER.prepare(size).first("size")).toBeLessThan(1_900_000);
		const again = await send();
		expect(again.headers.get(REPLAYED)).toBe("true");
		for (const name of ["Location", "ETag"])
			expect(again.headers.get(name), name).toBe(first.headers.get(name));
		expect((await answered(again, 201)).release).toEqual(release);
		expect(await stored()).toMatchObject({ releases: 1 });
	});
});

describe("two requests at once with a key", () => {
	it("make one release", async () => {
		const answers = await Promise.all([post(), post(), post()]);
		const statuses = answers.map(({ status }) => status).toSorted();
		expect(statuses[0]).toBe(201);
		const slugs = new Set<string>();
		for (const answer of answers)
			if (answer.status === 201) slugs.add((await answered(answer, 201)).release.slug);
			else await refused(answer, 409);
		expect(slugs.size).toBe(1);
		expect(await stored()).toMatchObject({ releases: 1 });
		await answered(await post(), 201);
	});

	it("make one: the second is told to wait while the first is being worked on", async () => {
		const { changes } = desk.rooms;
		const { promise: going, resolve: goOn } = Promise.withResolvers<void>();
		const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
		const keepDocument: typeof changes.keepDocument = async (key, document) => {
			begin();
			await going;
			return changes.keepDocument(key, document);
		};
		const slow = openDesk({ changes: { ...changes, keepDocument } });
		const first = post({}, KEY, slow);
		await begun;
		expect((await refused(await post(), 409)).detail).toContain("still being worked on");
		goOn();
		const { release } = await answered(await first, 201);
		expect((await answered(await post(), 201)).release).toEqual(release);
	});
});

describe("a request that came to nothing", () => {
	it("gives its key back: mended, it is made with the same one", async () => {
		await refused(await post({ kind: "party" }), 422);
		await answered(await desk.post({ title: "In the way" }), 201);
		await refused(await post({ title: "In the way" }), 409);
		expect(await keys()).toBe(0);
		const response = await post();
		expect(response.headers.get(REPLAYED)).toBeNull();
		await answered(response, 201);
	});

	it.each(["", '""', " ", "x".repeat(256)])("has a key to mend: %j", async (key) => {
		await refused(await post({}, key), 400);
		expect(await stored()).toEqual(NOTHING);
	});

	it("is no dry run, which needs no key and takes none", async () => {
		const headers = { "Idempotency-Key": KEY };
		const sent = { body: someFields(), headers };
		await answered(await desk.ask("POST", "/api/releases?dry_run=true", sent), 200);
		expect(await keys()).toBe(0);
	});
});

describe("a request whose worker was lost", () => {
	/** A desk whose worker dies after it has done something. */
	const dying = (over: "before" | "after") => {
		const { changes, idempotency } = desk.rooms;
		const gone = async () => {
			throw new Error("the worker is gone");
		};
		return openDesk(
			over === "before"
				? { changes: { ...changes, insert: gone } }
				: { idempotency: { ...idempotency, settle: gone } },
		);
	};

	it.each([
		["before its release was inserted", "before"],
		["after its release was inserted", "after"],
	] as const)("%s, is done once when it is made again", async (_when, over) => {
		expect((await post({}, KEY, dying(over))).status).toBe(500);
		// It may still be at work.
		desk.time.now = SUNDAY + 59_000;
		await refused(await post(), 409);
		desk.time.now = SUNDAY + 2 * MINUTE_MS;
		const again = await post();
		expect(again.headers.get(REPLAYED)).toBeNull();
		const { release } = await answered(again, 201);
		expect(release).toMatchObject({ revision: 1, sequence: 1, status: "published" });
		expect(await stored()).toMatchObject({ releases: 1 });
		const third = await post();
		expect(third.headers.get(REPLAYED)).toBe("true");
		expect((await answered(third, 201)).release).toEqual(release);
	});

	it("is refused where what is asked now is something else", async () => {
		expect((await post({}, KEY, dying("before"))).status).toBe(500);
		desk.time.now = SUNDAY + 2 * MINUTE_MS;
		await refused(await post({ title: "Another" }), 422);
		expect(await stored()).toMatchObject({ releases: 0 });
	});

	it("is taken over by one of those who make it again at once", async () => {
		expect((await post({}, KEY, dying("after"))).status).toBe(500);
		desk.time.now = SUNDAY + 2 * MINUTE_MS;
		const answers = await Promise.all([post(), post(), post()]);
		for (const answer of answers)
			if (answer.status === 201) await answered(answer, 201);
			else await refused(answer, 409);
		expect(answers.some(({ status }) => status === 201)).toBe(true);
		expect(await stored()).toMatchObject({ releases: 1 });
	});

	it("is done once where the first was only slow, and both get the release", async () => {
		const { rooms } = desk;
		const id = rooms.newId();
		const made = { by: "dev", at: SUNDAY };
		const text = someText({ story: "water" });
		const { promise: both, resolve: open } = Promise.withResolvers<void>();
		let arrived = 0;
		const keepDocument: typeof rooms.changes.keepDocument = async (key, document) => {
			arrived += 1;
			if (arrived === 2) open();
			await both;
			return rooms.changes.keepDocument(key, document);
		};
		const publishing = { ...publishingOf(rooms), changes: { ...rooms.changes, keepDocument } };
		const twice = [1, 2].map(() => publish(publishing, text, { made, publishAt: null, id }));
		const [first, second] = await Promise.all(twice);
		expect(first).toMatchObject({ ok: true, value: { id, sequence: 1 } });
		expect(second).toEqual(first);
		expect(await stored()).toMatchObject({ releases: 1 });
	});
});

describe("a key", () => {
	it("is known for a day, and then forgotten by the clock", async () => {
		await answered(await post(), 201);
		await desk.tick(SUNDAY + DAY_MS);
		expect((await post()).headers.get(REPLAYED)).toBe("true");
		await desk.tick(SUNDAY + DAY_MS + MINUTE_MS);
		expect(await keys()).toBe(0);
		const again = await post();
		expect(again.headers.get(REPLAYED)).toBeNull();
		expect((await answered(again, 201)).release.sequence).toBe(2);
	});

	it("brings an embargoed release once, as it was answered", async () => {
		const over = { publish_at: new Date(SUNDAY + HOUR_MS).toISOString() };
		const first = await answered(await post(over), 201);
		await desk.tick(SUNDAY + HOUR_MS);
		expect(await answered(await post(over), 201)).toEqual(first);
		expect(await stored()).toEqual({ releases: 1, documents: 1 });
	});
});
