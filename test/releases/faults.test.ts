import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { createFeedStore } from "../../src/feeds/store.ts";
import { createChangeStore } from "../../src/releases/change-store.ts";
import { createIdempotencyStore } from "../../src/releases/idempotency-store.ts";
import { createReleaseStore } from "../../src/releases/store.ts";
import {
	DAY_MS,
	type Desk,
	EVERYWHERE,
	HOUR_MS,
	MINUTE_MS,
	MONDAY,
	NOWHERE,
	openDesk,
	placesOf,
	SUNDAY,
	someFields,
	WITHDRAWN,
} from "../support/desk.ts";
import { type Saboteur, sabotage } from "../support/faulty.ts";
import { addSubscriber, areFeedsBehind, emptyStores } from "../support/house.ts";
import { answered } from "./answers.ts";

const KEY = { headers: { "Idempotency-Key": "one-and-the-same" } };
const THEN = SUNDAY + HOUR_MS;

let desk: Desk;

beforeEach(async () => {
	await emptyStores();
	desk = openDesk();
	await addSubscriber(desk.rooms, "anna@journal.test");
});

/** A desk whose Worker is killed at its n-th write, and what saw to that. */
function doomed(nth: number, when: "before" | "after") {
	const saboteur = sabotage(env, nth, when);
	const { documents, ledger } = saboteur;
	const killed = openDesk({
		releases: createReleaseStore(ledger, documents),
		changes: createChangeStore(ledger, documents),
		idempotency: createIdempotencyStore(ledger),
	});
	return { killed, saboteur };
}

/** What the next tick and the next digest make of it: where it is, and what is mailed. */
async function aftermath(slug: string) {
	await desk.tick(THEN + MINUTE_MS);
	const places = await placesOf(desk, slug);
	await desk.tick(MONDAY);
	const mailed = desk.mailed();
	await desk.tick(MONDAY + DAY_MS);
	return { places, mailed, again: desk.mailed() };
}

const WHENS = ["before", "after"] as const;
/** Each of so many writes, and one more, at which nothing fails: that all were tried. */
const casesOf = (writes: number) =>
	Array.from({ length: writes + 1 }, (_, nth) => WHENS.map((when) => [nth, when] as const)).flat();

/** Whether the write was among those that were made; else nothing failed. */
const struck = ({ writes }: Saboteur, nth: number) => writes() > nth;

describe("a Worker that is killed at one write of a publication", () => {
	const publication =
		(over: object, asked: object) => async (nth: number, when: "before" | "after") => {
			const { killed, saboteur } = doomed(nth, when);
			const response = await killed.post(over, asked);
			const isStruck = struck(saboteur, nth);
			expect(response.status).toBe(isStruck ? 500 : 201);
			const outcome = await aftermath("a-meeting-on-water");
			const isThere = outcome.places.page === 200;
			expect(outcome).toEqual({
				places: isThere ? EVERYWHERE : NOWHERE,
				mailed: isThere ? ["A meeting on water"] : [],
				again: [],
			});
			return { isStruck, isThere, writes: saboteur.writes() };
		};

	it.each(casesOf(2))(
		"leaves it nowhere or everywhere: write %i, %s it is done",
		async (nth, when) => {
			const { isStruck, isThere, writes } = await publication({}, {})(nth, when);
			// The document, and the transaction: only once that is done is there a release.
			expect(isThere).toBe(!isStruck || (nth === 1 && when === "after"));
			if (!isStruck) expect(writes).toBe(2);
		},
	);

	it.each(casesOf(4))("likewise with a key: write %i, %s it is done", async (nth, when) => {
		const { isStruck, isThere, writes } = await publication({}, KEY)(nth, when);
		if (!isStruck) expect(writes).toBe(4);
		expect(isThere).toBe(!isStruck || nth > 2 || (nth === 2 && when === "after"));
	});

	it.each(casesOf(2))("likewise under embargo: write %i, %s it is done", async (nth, when) => {
		const over = { publish_at: new Date(THEN).toISOString() };
		const { isStruck, isThere } = await publication(over, {})(nth, when);
		expect(isThere).toBe(!isStruck || (nth === 1 && when === "after"));
	});

	it.each(casesOf(4))(
		"lets it be made again with its key: write %i, %s it is done",
		async (nth, when) => {
			const { killed } = doomed(nth, when);
			await killed.post({}, KEY);
			desk.time.now = SUNDAY + 2 * MINUTE_MS;
			const { release } = await answered(await desk.post({}, KEY), 201);
			expect(release).toMatchObject({ sequence: 1, revision: 1, slug: "a-meeting-on-water" });
			expect(await aftermath(release.slug)).toEqual({
				places: EVERYWHERE,
				mailed: ["A meeting on water"],
				again: [],
			});
			const rows = "SELECT COUNT(*) AS n FROM releases";
			expect(await env.LEDGER.prepare(rows).first("n")).toBe(1);
		},
	);
});

describe("a Worker that is killed at one write of a correction", () => {
	it.each(casesOf(2))(
		"leaves the old text everywhere or the new: write %i, %s it is done",
		async (nth, when) => {
			const { release } = await answered(await desk.post({ title: "Old", body: "Old text." }), 201);
			await desk.settle();
			const { killed, saboteur } = doomed(nth, when);
			const mended = someFields({ title: "New", body: "New text.", note: "It was old." });
			const response = await killed.put(release.id, mended);
			const isStruck = struck(saboteur, nth);
			expect(response.status).toBe(isStruck ? 500 : 200);
			if (!isStruck) expect(saboteur.writes()).toBe(2);

			const { places, mailed, again } = await aftermath("old");
			expect(places).toEqual(EVERYWHERE);
			const isNew = !isStruck || (nth === 1 && when === "after");
			const [stands, gone] = isNew ? ["New", "Old"] : ["Old", "New"];
			for (const path of ["/releases/old", "/rss.xml", "/feed.json"]) {
				const text = await (await desk.page(path)).text();
				expect(text, path).toContain(`${stands} text.`);
				expect(text, path).not.toContain(`${gone} text.`);
			}
			expect({ mailed, again }).toEqual({ mailed: [stands], again: [] });
			const read = await answered(await desk.read(release.id), 200);
			expect(read.release).toMatchObject({ body: `${stands} text.`, revision: isNew ? 2 : 1 });
			expect(read.revisions).toHaveLength(isNew ? 2 : 1);
			// What was not done can be done now.
			const seen = (await desk.read(release.id)).headers.get("ETag");
			const later = someFields({ body: "Last text.", note: "It was old." });
			await answered(await desk.put(release.id, later, seen), 200);
		},
	);
});

describe("a Worker that is killed at one write of a withdrawal", () => {
	it.each(casesOf(1))(
		"leaves it everywhere or withdrawn: write %i, %s it is done",
		async (nth, when) => {
			const { release } = await answered(await desk.post(), 201);
			await desk.settle();
			const { killed, saboteur } = doomed(nth, when);
			const response = await killed.withdraw(release.id, "A draft.");
			const isStruck = struck(saboteur, nth);
			expect(response.status).toBe(isStruck ? 500 : 200);
			if (!isStruck) expect(saboteur.writes()).toBe(1);

			const isGone = !isStruck || when === "after";
			expect(await aftermath(release.slug)).toEqual({
				places: isGone ? WITHDRAWN : EVERYWHERE,
				mailed: isGone ? [] : ["A meeting on water"],
				again: [],
			});
			const { revisions } = await answered(await desk.read(release.id), 200);
			expect(revisions).toHaveLength(isGone ? 2 : 1);
		},
	);
});

describe("a clock that is killed at one write", () => {
	it.each(casesOf(3))(
		"ends an embargo at the next tick: write %i, %s it is done",
		async (nth, when) => {
			const over = { publish_at: new Date(THEN).toISOString() };
			const { release } = await answered(await desk.post(over), 201);
			const { killed } = doomed(nth, when);
			await killed.tick(THEN).catch(() => {});
			const { places, mailed, again } = await aftermath(release.slug);
			expect(places).toEqual(EVERYWHERE);
			expect([...killed.mailed(), ...mailed, ...again]).toEqual(["A meeting on water"]);
			const read = await answered(await desk.read(release.id), 200);
			expect(read.release).toMatchObject({ status: "published", sequence: 1 });
		},
	);
});

describe("feeds whose rebuilding is killed at one write", () => {
	// Four scopes, each with four documents and its progress.
	it.each(Array.from({ length: 20 }, (_, nth) => nth))(
		"are whole after the next: write %i",
		async (nth) => {
			const { release } = await answered(await desk.post(), 201);
			for (const when of WHENS) {
				const { documents, ledger } = sabotage(env, nth, when);
				const killed = openDesk({ feeds: createFeedStore(ledger, documents) });
				killed.rooms.asked.push("feeds");
				await killed.settle();
			}
			await desk.tick(THEN);
			expect(await placesOf(desk, release.slug)).toEqual(EVERYWHERE);
			expect(await areFeedsBehind(desk.rooms)).toBe(false);
		},
	);
});
