import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { bringUpPages } from "../../src/site/ready-pages.ts";
import { tick } from "../../src/tick.ts";
import { answered } from "../releases/answers.ts";
import { DAY_MS, type Desk, MINUTE_MS, openDesk, SUNDAY, someFields } from "../support/desk.ts";
import { emptyStores, publishText } from "../support/house.ts";
import { keepReleases } from "../support/many.ts";

beforeEach(emptyStores);

/** Publishes, and has everything made ready. */
async function publishReady(desk: Desk, fields: object): Promise<{ id: string; path: string }> {
	const { release } = await answered(await desk.post(fields), 201);
	await desk.settle();
	return { id: release.id ?? "", path: new URL(release.url).pathname };
}

/** What a reader sees now where the catalogue cannot be asked: only what is ready. */
async function readyAt(path: string): Promise<{ status: number; text: string } | null> {
	const { value, metadata } = await env.DOCUMENTS.getWithMetadata<{ status: number }>(
		`page${path}`,
	);
	return value === null || metadata === null ? null : { status: metadata.status, text: value };
}

describe("a ready page", () => {
	it("is what is made where none is ready", async () => {
		const desk = openDesk();
		const { path } = await publishReady(desk, { title: "Rivers", event: null });
		for (const one of [path, "/en/", "/en/releases", "/en/meetings", "/en/coming"]) {
			const ready = await (await desk.page(one)).text();
			expect((await readyAt(one))?.text, one).toBe(ready);
			await env.DOCUMENTS.delete(`page${one}`);
			expect(await (await desk.page(one)).text(), one).toBe(ready);
		}
	});

	it("shows a correction, and then the withdrawal", async () => {
		const desk = openDesk();
		const { id, path } = await publishReady(desk, { title: "Rivers", event: null });
		await answered(
			await desk.put(id, someFields({ title: "Lakes", note: "It was of lakes." })),
			200,
		);
		await desk.settle();
		expect((await readyAt(path))?.text).toContain("<h1>Lakes</h1>");
		expect((await readyAt("/en/meetings"))?.text).toContain(">Lakes</a>");
		await desk.withdraw(id, "There is none.");
		await desk.settle();
		expect(await readyAt(path)).toMatchObject({
			status: 410,
			text: expect.stringContaining("There is none."),
		});
		expect((await desk.page(path)).status).toBe(410);
		expect((await readyAt("/en/"))?.text).not.toContain("Lakes");
	});

	it("of a release that is withdrawn says so at once, before it is made ready", async () => {
		const desk = openDesk();
		const event = { starts: "2026-12-01", ends: "2026-12-01", place: "Tashkent" };
		const { id, path } = await publishReady(desk, { title: "Rivers", event });
		await desk.withdraw(id);
		expect((await desk.page(path)).status).toBe(410);
		expect(await (await desk.page(`${path}.ics`)).text()).toContain("STATUS:CANCELLED");
	});

	it("names a translation that comes later, and no longer when that is withdrawn", async () => {
		const desk = openDesk();
		const { path } = await publishReady(desk, { title: "Rivers", story: "s", event: null });
		const russian = await publishReady(desk, {
			title: "Реки",
			language: "ru",
			story: "s",
			event: null,
		});
		expect((await readyAt(path))?.text).toContain(`href="${russian.path}"`);
		await desk.withdraw(russian.id);
		await desk.settle();
		expect((await readyAt(path))?.text).not.toContain(`href="${russian.path}"`);
	});

	it("is not there under embargo, and is when that ends", async () => {
		const desk = openDesk();
		const publish_at = new Date(SUNDAY + 2 * MINUTE_MS).toISOString();
		const { path } = await publishReady(desk, { title: "Rivers", publish_at, event: null });
		expect(await readyAt(path)).toBeNull();
		expect((await desk.page(path)).status).toBe(404);
		await desk.tick(SUNDAY + 3 * MINUTE_MS);
		expect((await readyAt(path))?.status).toBe(200);
	});

	it("of an event goes when a correction takes the event away", async () => {
		const desk = openDesk();
		const event = { starts: "2026-12-01", ends: "2026-12-01", place: "Tashkent" };
		const { id, path } = await publishReady(desk, { title: "Rivers", event });
		expect((await readyAt(`${path}.ics`))?.text).toContain("BEGIN:VEVENT");
		await answered(
			await desk.put(id, someFields({ title: "Rivers", note: "There is no date." })),
			200,
		);
		await desk.settle();
		expect(await readyAt(`${path}.ics`)).toBeNull();
		expect((await desk.page(`${path}.ics`)).status).toBe(404);
	});

	it("is made when it is asked for where its text comes late, and holds up no other", async () => {
		const desk = openDesk();
		const late = await publishText(desk.rooms, { title: "Late" });
		await publishText(desk.rooms, { title: "In time" });
		const text = (await env.DOCUMENTS.get(late.document)) ?? "";
		await env.DOCUMENTS.delete(late.document);
		desk.rooms.asked.push("feeds");
		await desk.settle().catch(() => {});
		expect((await readyAt("/releases/in-time"))?.status).toBe(200);
		expect(await readyAt("/releases/late")).toBeNull();
		expect((await desk.page("/releases/late")).status).toBe(503);
		await env.DOCUMENTS.put(late.document, text);
		expect((await desk.page("/releases/late")).status).toBe(200);
	});

	it("cannot be asked for by a key that KV does not take", async () => {
		const desk = openDesk();
		for (const slug of ["x".repeat(2000), "%D0%AF".repeat(200), "a%00b", "..%2F..%2Fedition"])
			expect((await desk.page(`/releases/${slug}`)).status, slug).toBe(404);
	});
});

describe("the home and what is coming", () => {
	const event = { starts: "2026-11-24", ends: "2026-11-24", place: "Tashkent" };

	it("are made anew with each day of the publication", async () => {
		const desk = openDesk();
		await publishReady(desk, { title: "Rivers", event });
		expect((await readyAt("/en/coming"))?.text).toContain("Rivers");
		await desk.tick(SUNDAY + 3 * DAY_MS);
		for (const path of ["/en/", "/en/coming"])
			expect((await readyAt(path))?.text.includes(`<ol class="coming">`), path).toBe(false);
	});

	it("ask for nothing more where the day is the same", async () => {
		const desk = openDesk();
		await publishReady(desk, { title: "Rivers", event });
		await desk.tick(SUNDAY + MINUTE_MS);
		await tick(desk.rooms, SUNDAY + 2 * MINUTE_MS);
		expect(desk.rooms.asked).not.toContain("feeds");
	});
});

describe("another look", () => {
	it("makes all pages anew, in bounded steps", async () => {
		const before = openDesk();
		await keepReleases(60);
		before.rooms.asked.push("feeds");
		await before.settle();
		const desk = openDesk({ look: async () => "another" });
		for (const path of ["/releases/meeting-1", "/en/", "/en/meetings?page=1"])
			await env.DOCUMENTS.put(`page${path}`, "of before", {
				metadata: { status: 200, etag: '""' },
			});
		await desk.tick(SUNDAY + MINUTE_MS);
		for (const path of ["/releases/meeting-1", "/en/", "/en/meetings?page=1"])
			expect((await readyAt(path))?.text, path).toContain("<!doctype html>");
	});
});

describe("the numbered pages of a list", () => {
	it("lead to each other, whenever they were made", async () => {
		const desk = openDesk();
		for (const count of [50, 75, 100]) {
			await env.LEDGER.prepare("DELETE FROM releases").run();
			await keepReleases(count);
			desk.rooms.asked.push("feeds");
			await desk.settle();
			const titles: string[] = [];
			let path: string | undefined = "/en/meetings";
			while (path) {
				const text: string = (await readyAt(path))?.text ?? "";
				titles.push(...[...text.matchAll(/>(Meeting \d+)</g)].map(([, title]) => title as string));
				path = /<a class="next" href="([^"]+)"/.exec(text)?.[1];
			}
			expect(titles).toEqual(Array.from({ length: count }, (_, at) => `Meeting ${count - at}`));
			const forth: string[] = [];
			for (let next: string | undefined = "/en/meetings?page=1"; next; ) {
				forth.push(next);
				next = /class="previous" href="([^"]+)"/.exec((await readyAt(next))?.text ?? "")?.[1];
			}
			const pages = Array.from(
				{ length: count / 25 - 1 },
				(_, at) => `/en/meetings?page=${at + 1}`,
			);
			expect(forth).toEqual([...pages, "/en/meetings"]);
		}
	});
});

describe("an operator who asks for it", () => {
	it("has all pages made anew that were lost or spoilt", async () => {
		const desk = openDesk();
		const { path } = await publishReady(desk, { title: "Rivers" });
		await env.DOCUMENTS.put(`page${path}`, "spoilt", { metadata: { status: 200, etag: '""' } });
		await env.DOCUMENTS.delete("page/en/");
		expect((await desk.ask("POST", "/api/feeds/rebuild")).status).toBe(202);
		await desk.settle();
		for (const one of [path, "/en/"])
			expect((await readyAt(one))?.text, one).toContain("<!doctype html>");
	});
});

describe("a step", () => {
	it("makes no more pages than a bounded number, and forgets none", async () => {
		const desk = openDesk();
		await keepReleases(100);
		// Each two tell one story, and stand far from each other.
		await env.LEDGER.prepare(
			`UPDATE releases SET story = 'story-' || (sequence % 50),
				language = CASE WHEN sequence > 50 THEN 'ru' ELSE 'en' END`,
		).run();
		const made: number[] = [];
		for (let isUnfinished = true; isUnfinished; ) {
			isUnfinished = await bringUpPages(desk.rooms);
			const { keys } = await env.DOCUMENTS.list({ prefix: "page/releases/" });
			made.push(keys.filter(({ name }) => !name.endsWith(".ics")).length);
		}
		expect([made[0], made.at(-1)]).toEqual([60, 100]);
		for (const number of [1, 51])
			expect((await readyAt(`/releases/meeting-${number}`))?.text).toContain(
				`href="/releases/meeting-${52 - number}"`,
			);
	});
});
