import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { createArchiveStore } from "../../src/releases/archive-store.ts";
import { takeBack } from "../../src/releases/revise.ts";
import { emptyStores, furnishForTest, publishingOf, publishText } from "../support/house.ts";
import { plansOf } from "../support/plans.ts";

const archive = createArchiveStore(env.LEDGER);
const MADE = { by: "test", at: Date.parse("2026-11-20T00:00:00Z") };
const titles = (entries: readonly { title: string }[]) => entries.map(({ title }) => title);

beforeEach(emptyStores);

/** Under embargo, as no reader may see it. */
async function embargo(title: string) {
	const rooms = furnishForTest();
	const entry = await publishText(rooms, { title });
	await env.LEDGER.prepare(
		`UPDATE releases SET status = 'scheduled', first_sequence = NULL, sequence = NULL,
			published_at = NULL WHERE id = ?`,
	)
		.bind(entry.id)
		.run();
}

async function withdraw(title: string) {
	const rooms = furnishForTest();
	const entry = await publishText(rooms, { title });
	await takeBack(publishingOf(rooms), entry, "It was a draft.", MADE);
}

describe("an archive", () => {
	it("has the public releases of a language and kind, newest first, page by page", async () => {
		const rooms = furnishForTest();
		for (const title of ["First", "Second", "Third"]) await publishText(rooms, { title });
		await publishText(rooms, { title: "Talks", kind: "consultation" });
		await publishText(rooms, { title: "Встреча", language: "ru" });
		await withdraw("Withdrawn");
		await embargo("Later");

		const everything = { limit: 10, offset: 0 };
		expect(titles(await archive.listPublic({ language: "en" }, everything))).toEqual([
			"Talks",
			"Third",
			"Second",
			"First",
		]);
		expect(await archive.countPublic({ language: "en" })).toBe(4);

		const meetings = { language: "en", kind: "meeting" } as const;
		expect(titles(await archive.listPublic(meetings, { limit: 2, offset: 0 }))).toEqual([
			"Third",
			"Second",
		]);
		expect(titles(await archive.listPublic(meetings, { limit: 2, offset: 2 }))).toEqual(["First"]);
		expect(await archive.listPublic(meetings, { limit: 2, offset: 4 })).toEqual([]);
		expect(await archive.countPublic(meetings)).toBe(3);
		expect(await archive.countPublic({ language: "uz" })).toBe(0);
	});

	it("keeps the place of a release that is corrected", async () => {
		const rooms = furnishForTest();
		const first = await publishText(rooms, { title: "First" });
		await publishText(rooms, { title: "Second" });
		await env.LEDGER.prepare("UPDATE releases SET sequence = 3 WHERE id = ?").bind(first.id).run();
		const listed = await archive.listPublic({ language: "en" }, { limit: 10, offset: 0 });
		expect(titles(listed)).toEqual(["Second", "First"]);
	});
});

describe("what is coming", () => {
	const TODAY = "2026-11-22";
	const tell = (title: string, starts: string, ends = starts, over = {}) =>
		publishText(furnishForTest(), {
			title,
			event: { starts, ends, place: null, timeZone: null },
			...over,
		});

	/** Gives an event times of the day, as the columns may hold them. */
	const atTimes = (id: string, starts: string, ends: string) =>
		env.LEDGER.prepare("UPDATE releases SET event_starts = ?, event_ends = ? WHERE id = ?")
			.bind(starts, ends, id)
			.run();

	it("is what is not over today, the soonest first", async () => {
		await tell("in December", "2026-12-01", "2026-12-02");
		await tell("over", "2026-11-20", "2026-11-21");
		await tell("until today", "2026-11-01", "2026-11-22");
		await tell("today", "2026-11-22");
		await tell("also today", "2026-11-22");
		await tell("no event", "2026-11-30", "2026-11-30", { event: null });
		const thisEvening = await tell("this evening", "2026-11-22");
		await atTimes(thisEvening.id, "2026-11-22T19:00", "2026-11-22T21:00");
		const lastNight = await tell("last night", "2026-11-22");
		await atTimes(lastNight.id, "2026-11-21T20:00", "2026-11-21T23:59");

		expect(titles(await archive.listComing({ language: "en" }, TODAY, 10))).toEqual([
			"until today",
			"today",
			"also today",
			"this evening",
			"in December",
		]);
		expect(titles(await archive.listComing({ language: "en" }, TODAY, 1))).toEqual(["until today"]);
	});

	it("is of one language, of a kind if asked, and public", async () => {
		await tell("Meeting", "2026-12-03");
		await tell("Talks", "2026-12-02", "2026-12-02", { kind: "consultation" });
		await tell("Встреча", "2026-12-01", "2026-12-01", { language: "ru" });
		await withdraw("Withdrawn");
		await embargo("Later");
		expect(titles(await archive.listComing({ language: "en" }, TODAY, 10))).toEqual([
			"Talks",
			"Meeting",
		]);
		const meetings = { language: "en", kind: "meeting" } as const;
		expect(titles(await archive.listComing(meetings, TODAY, 10))).toEqual(["Meeting"]);
	});
});

describe("the sitemap", () => {
	it("has every public release of every language, as they went public", async () => {
		const rooms = furnishForTest();
		const first = await publishText(rooms, { title: "First", story: "water" });
		await publishText(rooms, { title: "Вторая", language: "ru", story: "water" });
		await withdraw("Withdrawn");
		await embargo("Later");
		await env.LEDGER.prepare("UPDATE releases SET changed_at = 5, published_at = 9 WHERE id = ?")
			.bind(first.id)
			.run();

		expect(await archive.countSitemap()).toBe(2);
		const [one, two, ...more] = await archive.listSitemap({ limit: 10, offset: 0 });
		expect(one).toEqual({ slug: first.slug, language: "en", story: "water", changedAt: 9 });
		expect(two).toMatchObject({ language: "ru", story: "water" });
		expect(more).toEqual([]);
		expect(await archive.listSitemap({ limit: 1, offset: 1 })).toEqual([two]);
	});
});

describe("the lists", () => {
	const page = { limit: 10, offset: 0 };
	const lists = {
		"of a language": (store: typeof archive) => store.listPublic({ language: "en" }, page),
		"of a kind": (store: typeof archive) =>
			store.listPublic({ language: "en", kind: "meeting" }, page),
		"of the sitemap": (store: typeof archive) => store.listSitemap(page),
	};

	it.each(Object.entries(lists))("%s walks an index in its order", async (_, list) => {
		const plans = await plansOf((ledger) => list(createArchiveStore(ledger)));
		expect(plans).toHaveLength(1);
		expect(plans[0]).toMatch(/USING INDEX/);
		expect(plans[0]).not.toMatch(/USE TEMP B-TREE FOR ORDER BY/);
	});

	it("of what is coming passes over all events that are over", async () => {
		for (const kind of [undefined, "meeting"] as const) {
			const filter = { language: "en", kind } as const;
			const plans = await plansOf((ledger) =>
				createArchiveStore(ledger).listComing(filter, "2026-11-22", 10),
			);
			expect(plans[0]).toContain("USING INDEX releases_by_event_end (event_ends>?)");
		}
	});

	it("counts by an index", async () => {
		for (const filter of [{ language: "en" }, { language: "en", kind: "meeting" }] as const) {
			const plans = await plansOf((ledger) => createArchiveStore(ledger).countPublic(filter));
			expect(plans[0]).toMatch(/SEARCH releases USING INDEX/);
		}
	});
});
