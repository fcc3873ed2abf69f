import { createScheduledController } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { tick } from "../../src/tick.ts";
import worker from "../../src/worker.ts";
import {
	DAY_MS,
	type Desk,
	EVERYWHERE,
	HOUR_MS,
	JSON_TYPE,
	MINUTE_MS,
	MONDAY,
	NOWHERE,
	openDesk,
	placesOf,
	SUNDAY,
	someFields,
} from "../support/desk.ts";
import { addSubscriber, emptyStores } from "../support/house.ts";
import { answered, faultyFields, NOTHING, refused, stored } from "./answers.ts";

const THEN = SUNDAY + 2 * HOUR_MS;
const timeAt = (at: number) => new Date(at).toISOString();

let desk: Desk;

beforeEach(async () => {
	await emptyStores();
	desk = openDesk();
});

/** A release under embargo, as it was answered, with its entity tag. */
async function embargoed(over: object = {}) {
	const response = await desk.post({ publish_at: timeAt(THEN), ...over });
	const { release } = await answered(response, 201);
	return { ...release, etag: response.headers.get("ETag") ?? "" };
}

const change = (id: string | null, over: object) => desk.put(id, someFields(over));

describe("a release under embargo", () => {
	it("is taken, with its address and without a sequence", async () => {
		const response = await desk.post({ publish_at: "2026-11-22T14:00:00+05:00" });
		const { release } = await answered(response, 201);
		expect(release).toMatchObject({
			status: "scheduled",
			revision: 1,
			sequence: null,
			published_at: null,
			publish_at: "2026-11-22T09:00:00.000Z",
			changed_at: timeAt(SUNDAY),
		});
		expect(response.headers.get("Location")).toBe(`https://press.test/api/releases/${release.id}`);
		expect((await answered(await desk.read(release.id), 200)).release).toEqual(release);
		expect(await stored()).toEqual({ releases: 1, documents: 1 });
	});

	it("is nowhere, and its address says what any unknown one says", async () => {
		const { slug } = await embargoed();
		await addSubscriber(desk.rooms, "anna@journal.test", { frequency: "immediate" });
		await desk.tick(THEN - 1);
		expect(await placesOf(desk, slug)).toEqual(NOWHERE);
		expect(desk.mailed()).toEqual([]);
		const [known, unknown] = await Promise.all(
			[slug, "no-such-release"].map((one) => desk.page(`/releases/${one}`)),
		);
		expect(await known?.text()).toBe(await unknown?.text());
		expect([...(known?.headers ?? [])]).toEqual([...(unknown?.headers ?? [])]);
	});

	it("is not among the translations of a public one", async () => {
		const { release } = await answered(await desk.post({ story: "water" }), 201);
		await embargoed({ story: "water", language: "ru", title: "Вода" });
		expect((await answered(await desk.read(release.id), 200)).release.translations).toEqual([]);
		expect(await (await desk.page(release.url)).text()).not.toContain("hreflang");
	});

	it("leaves feeds as they are, with no gap in the sequences", async () => {
		await answered(await desk.post({ title: "First" }), 201);
		await desk.settle();
		const before = await (await desk.page("/rss.xml")).text();
		const { id } = await embargoed();
		await desk.settle();
		expect(await (await desk.page("/rss.xml")).text()).toBe(before);
		const { release } = await answered(await desk.post({ title: "Second" }), 201);
		expect(release.sequence).toBe(2);
		await desk.tick(THEN);
		expect((await answered(await desk.read(id), 200)).release.sequence).toBe(3);
	});
});

describe("at its time", () => {
	it("is everywhere within one tick, with a sequence", async () => {
		const { id, slug, etag } = await embargoed();
		await desk.tick(THEN - MINUTE_MS);
		expect(await placesOf(desk, slug)).toEqual(NOWHERE);
		await desk.tick(THEN);
		expect(await placesOf(desk, slug)).toEqual(EVERYWHERE);
		const response = await desk.read(id);
		expect(response.headers.get("ETag")).not.toBe(etag);
		const { release, revisions } = await answered(response, 200);
		expect(release).toMatchObject({
			status: "published",
			sequence: 1,
			revision: 1,
			published_at: timeAt(THEN),
		});
		expect(revisions).toHaveLength(1);
		const { items } = await (await desk.page("/feed.json")).json<{ items: object[] }>();
		expect(items).toMatchObject([{ date_published: timeAt(THEN) }]);
	});

	it("is public after one beat of the Worker's own clock", async () => {
		const { slug } = await embargoed();
		const controller = createScheduledController({ scheduledTime: THEN, cron: "* * * * *" });
		await worker.scheduled(controller, env);
		expect((await desk.page(`/releases/${slug}`)).status).toBe(200);
	});

	it("is published once, however often the clock strikes, and at once", async () => {
		const { id } = await embargoed();
		await Promise.all([tick(desk.rooms, THEN), tick(desk.rooms, THEN), tick(desk.rooms, THEN)]);
		await desk.tick(THEN + MINUTE_MS);
		const { release } = await answered(await desk.read(id), 200);
		expect(release).toMatchObject({ sequence: 1, published_at: timeAt(THEN) });
	});

	it("goes out in the order of the times, in one tick that comes late", async () => {
		const at = (minutes: number) => timeAt(THEN + minutes * MINUTE_MS);
		const [third, first, second] = await Promise.all([
			embargoed({ title: "Third", publish_at: at(3) }),
			embargoed({ title: "First", publish_at: at(1) }),
			embargoed({ title: "Second", publish_at: at(2) }),
		]);
		await desk.tick(THEN + HOUR_MS);
		const sequences = [first, second, third].map(
			async ({ id }) => (await answered(await desk.read(id), 200)).release.sequence,
		);
		expect(await Promise.all(sequences)).toEqual([1, 2, 3]);
	});

	it("goes with more than one tick takes, the rest a minute later", async () => {
		const titles = Array.from({ length: 103 }, (_, n) => `Meeting ${n}`);
		for (const title of titles) await embargoed({ title });
		await tick(desk.rooms, THEN);
		await tick(desk.rooms, THEN + MINUTE_MS);
		expect(await desk.rooms.releases.highestSequence()).toBe(103);
	});

	it("is in the digest that is due at that minute", async () => {
		await addSubscriber(desk.rooms, "anna@journal.test");
		await embargoed({ title: "Until Monday", publish_at: timeAt(MONDAY) });
		await desk.tick(MONDAY - MINUTE_MS);
		expect(desk.mailed()).toEqual([]);
		await desk.tick(MONDAY);
		expect(desk.mailed()).toEqual(["Until Monday"]);
		await desk.tick(MONDAY + DAY_MS);
		expect(desk.mailed()).toEqual([]);
	});

	it("is not missed by a reader who has heard of what was posted later", async () => {
		await addSubscriber(desk.rooms, "anna@journal.test");
		await embargoed({ title: "Posted first", publish_at: timeAt(MONDAY + HOUR_MS) });
		await answered(await desk.post({ title: "Posted second" }), 201);
		await desk.tick(MONDAY);
		expect(desk.mailed()).toEqual(["Posted second"]);
		await desk.tick(MONDAY + DAY_MS);
		expect(desk.mailed()).toEqual(["Posted first"]);
	});

	it("can be corrected as any other", async () => {
		const { id } = await embargoed();
		await desk.tick(THEN);
		expect(await faultyFields(await change(id, { body: "Mended." }))).toEqual(["note"]);
		const answer = await change(id, { body: "Mended.", note: "A name." });
		expect((await answered(answer, 200)).release).toMatchObject({
			status: "published",
			revision: 2,
			sequence: 2,
			published_at: timeAt(THEN),
			publish_at: timeAt(THEN),
		});
	});
});

describe("changing an embargo", () => {
	it.each([
		["earlier", THEN - HOUR_MS],
		["later", THEN + HOUR_MS],
	])("moves it %s", async (_which, at) => {
		const { id, slug, etag } = await embargoed();
		const answer = await desk.put(id, someFields({ publish_at: timeAt(at) }), etag);
		expect(answer.headers.get("ETag")).not.toBe(etag);
		const { release } = await answered(answer, 200);
		expect(release).toMatchObject({
			status: "scheduled",
			revision: 2,
			sequence: null,
			publish_at: timeAt(at),
		});
		await desk.tick(at - 1);
		expect(await placesOf(desk, slug)).toEqual(NOWHERE);
		await desk.tick(at);
		expect(await placesOf(desk, slug)).toEqual(EVERYWHERE);
	});

	it("leaves it where the change does not say, and needs no note", async () => {
		const { id, slug: old } = await embargoed();
		const answer = await change(id, { title: "Edited", body: "Edited text." });
		const slug = "edited";
		expect((await answered(answer, 200)).release).toMatchObject({
			status: "scheduled",
			slug,
			publish_at: timeAt(THEN),
		});
		expect(await placesOf(desk, slug)).toEqual(NOWHERE);
		await desk.tick(THEN);
		expect(await placesOf(desk, old)).toEqual(NOWHERE);
		const page = await (await desk.page(`/releases/${slug}`)).text();
		expect(page).toContain("Edited text.");
		// What nobody had seen was not corrected.
		expect(page).not.toContain("Corrected");
		const { revisions } = await answered(await desk.read(id), 200);
		expect(revisions?.map(({ revision, change }) => [revision, change])).toEqual([
			[1, "first"],
			[2, "edit"],
		]);
	});

	it.each([
		["null", null],
		["a moment that is past", timeAt(SUNDAY - 1)],
		["this moment", timeAt(SUNDAY)],
	])("ends it with %s", async (_what, publish_at) => {
		const { id, slug } = await embargoed();
		const { release } = await answered(await change(id, { publish_at }), 200);
		expect(release).toMatchObject({
			status: "published",
			sequence: 1,
			published_at: timeAt(SUNDAY),
		});
		await desk.settle();
		expect(await placesOf(desk, slug)).toEqual(EVERYWHERE);
		await desk.tick(THEN);
		expect((await answered(await desk.read(id), 200)).release).toEqual(release);
	});

	it("may change the language, which nobody has been told", async () => {
		const { id } = await embargoed();
		const over = { language: "ru", title: "Встреча о воде" };
		expect((await answered(await change(id, over), 200)).release.language).toBe("ru");
		await desk.tick(THEN);
		expect((await placesOf(desk, "vstrecha-o-vode", "/ru")).rss).toBe(true);
		expect((await placesOf(desk, "vstrecha-o-vode", "/en")).rss).toBe(false);
	});

	it("needs what was seen to be still so: after its time, it is not", async () => {
		const { id, etag } = await embargoed();
		await desk.tick(THEN);
		const answer = await desk.put(id, someFields({ body: "Edited." }), etag);
		expect((await refused(answer, 412)).current).toMatchObject({ status: "published" });
		const { release } = await answered(await desk.read(id), 200);
		expect(release).toMatchObject({ revision: 1, body: "The parties will meet." });
	});
});

describe("an edit while its time comes", () => {
	/** A desk at which the clock strikes between the check of a change and the change. */
	function racing(): Desk {
		const { changes } = desk.rooms;
		const keepDocument: typeof changes.keepDocument = async (key, document) => {
			await changes.keepDocument(key, document);
			await desk.tick(THEN);
		};
		return openDesk({ changes: { ...changes, keepDocument } });
	}

	it.each([
		["moves it", timeAt(THEN + HOUR_MS)],
		["ends it", null],
		["keeps it", undefined],
	])("comes too late: one that %s", async (_what, publish_at) => {
		const { id, slug } = await embargoed();
		const answer = await racing().put(id, someFields({ body: "Edited.", publish_at }));
		expect((await refused(answer, 412)).current).toMatchObject({ status: "published" });
		const { release, revisions } = await answered(await desk.read(id), 200);
		expect(release).toMatchObject({ revision: 1, sequence: 1, body: "The parties will meet." });
		expect(revisions).toHaveLength(1);
		expect(await placesOf(desk, slug)).toEqual(EVERYWHERE);
	});

	it("wins or loses whole, at once with the tick", async () => {
		for (let n = 0; n < 10; n += 1) {
			const { id, etag } = await embargoed({ title: `Meeting ${n}` });
			const later = { title: `Meeting ${n}`, body: "Edited.", publish_at: timeAt(THEN + DAY_MS) };
			const change = desk.put(id, someFields(later), etag);
			const [answer] = await Promise.all([change, tick(desk.rooms, THEN)]);
			const { release } = await answered(await desk.read(id), 200);
			if (answer.status === 200)
				expect(release).toMatchObject({ status: "scheduled", body: "Edited.", sequence: null });
			else {
				await refused(answer, 412);
				expect(release).toMatchObject({ status: "published", body: "The parties will meet." });
			}
		}
	});
});

describe("cancelling an embargo", () => {
	it("takes it back for good: it was nowhere and never will be", async () => {
		const { id, slug, etag } = await embargoed();
		const { release } = await answered(await desk.withdraw(id, "Called off.", etag), 200);
		expect(release).toMatchObject({
			status: "cancelled",
			reason: "Called off.",
			sequence: null,
			published_at: null,
		});
		await addSubscriber(desk.rooms, "anna@journal.test", { frequency: "immediate" });
		for (const at of [THEN, THEN + DAY_MS]) {
			await desk.tick(at);
			expect(await placesOf(desk, slug)).toEqual(NOWHERE);
		}
		expect(desk.mailed()).toEqual([]);
		expect(await desk.rooms.releases.highestSequence()).toBe(0);
		const page = await (await desk.page(`/releases/${slug}`)).text();
		expect(page).not.toContain("Called off.");
		await refused(await change(id, {}), 410);
		await refused(await desk.withdraw(id), 410);
	});

	it("needs what was seen to be still so", async () => {
		const { id, etag } = await embargoed();
		await desk.tick(THEN);
		await refused(await desk.withdraw(id, "Called off.", etag), 412);
		expect((await answered(await desk.read(id), 200)).release.status).toBe("published");
	});

	it("lets the same text be posted again", async () => {
		const { id } = await embargoed();
		await refused(await desk.post(), 409);
		await answered(await desk.withdraw(id), 200);
		await answered(await desk.post(), 201);
	});
});

describe("a moment to publish at", () => {
	it.each([
		["past", SUNDAY - DAY_MS],
		["now", SUNDAY],
	])("that is %s publishes at once", async (_which, at) => {
		const { release } = await answered(await desk.post({ publish_at: timeAt(at) }), 201);
		expect(release).toMatchObject({
			status: "published",
			sequence: 1,
			published_at: timeAt(SUNDAY),
		});
		expect((await desk.page(release.url)).status).toBe(200);
	});

	it.each([
		"2026-11-23",
		"2026-11-23T09:00:00",
		"tomorrow",
		"",
		1795410000000,
		"2026-02-30T00:00Z",
	])("has to be mended: %s", async (publish_at) => {
		expect(await faultyFields(await desk.post({ publish_at }))).toEqual(["publish_at"]);
		expect(await stored()).toEqual(NOTHING);
	});

	it("may stand in the query", async () => {
		const path = "/api/releases?publish_at=";
		const sent = { body: JSON.stringify(someFields()), type: JSON_TYPE };
		await refused(await desk.ask("POST", `${path}soon`, sent), 422);
		const { release } = await answered(await desk.ask("POST", path + timeAt(THEN), sent), 201);
		expect(release).toMatchObject({ status: "scheduled", publish_at: timeAt(THEN) });
	});

	it("is shown by a dry run, which stores nothing", async () => {
		const sent = { body: someFields({ publish_at: timeAt(THEN) }) };
		const dry = await desk.ask("POST", "/api/releases?dry_run=true", sent);
		expect((await answered(dry, 200)).release.publish_at).toBe(timeAt(THEN));
		expect(await stored()).toEqual(NOTHING);
	});
});

it("leaves no word of a title that was changed under embargo in the address", async () => {
	const publish_at = new Date(SUNDAY + HOUR_MS).toISOString();
	const posted = await desk.post({ title: "Minister resigns", publish_at });
	const { release } = await answered(posted, 201);
	const put = await desk.put(release.id, someFields({ title: "Personnel news" }));
	expect((await answered(put, 200)).release.slug).toBe("personnel-news");
	await desk.tick(SUNDAY + HOUR_MS);
	expect((await desk.page("/releases/personnel-news")).status).toBe(200);
	expect((await desk.page("/releases/minister-resigns")).status).toBe(404);
});
