import { applyD1Migrations, reset } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect, it } from "vitest";
import { openDesk } from "./support/desk.ts";

/** How many migrations the first releases were published under. */
const FIRST = 2;

it("keep what a store of before has: its releases come into feeds, search and pages", async () => {
	await reset();
	await applyD1Migrations(env.LEDGER, env.MIGRATIONS.slice(0, FIRST));
	const document = {
		id: "old",
		slug: "old",
		kind: "meeting",
		language: "en",
		title: "An old meeting",
	};
	const text = { summary: "They met.", body: "They met.", issued: "2025-01-01", dateline: null };
	const event = { starts: "2025-01-02", ends: "2025-01-03", place: "Tashkent" };
	await env.DOCUMENTS.put(
		"release/old/1",
		JSON.stringify({ ...document, ...text, event, revision: 1 }),
	);
	await env.LEDGER.batch([
		env.LEDGER.prepare(
			`INSERT INTO releases (id, slug, story, kind, language, title, summary, issued, event_starts,
				event_ends, event_place, attachments, status, revision, document, first_sequence, sequence,
				fingerprint, posted_by, posted_at, published_at, changed_at)
			VALUES ('old', 'old', 'old', 'meeting', 'en', 'An old meeting', 'They met.', '2025-01-01',
				'2025-01-02', '2025-01-03', 'Tashkent', '[]', 'published', 1, 'release/old/1', 1, 1, 'f', 'x',
				1, 1, 1)`,
		),
		env.LEDGER.prepare(
			"INSERT INTO revisions VALUES ('old', 1, 'first', 'release/old/1', NULL, 'x', 1)",
		),
		env.LEDGER.prepare("INSERT INTO feeds VALUES ('en', 1)"),
		env.LEDGER.prepare(
			`INSERT INTO subscribers (id, address, address_key, status, kinds, languages, frequency,
				heard_through, signed_up_at, confirmed_at)
			VALUES ('3f2b8c1e-9d4a-4e6f-8a7b-1c2d3e4f5a6b', 'anna@journal.test', 'anna@journal.test',
				'active', 'meeting', 'en', 'daily', 0, 1, 1)`,
		),
	]);
	await applyD1Migrations(env.LEDGER, env.MIGRATIONS);

	const desk = openDesk();
	await desk.tick(desk.time.now);
	const read = async (path: string) => (await desk.page(path)).text();
	for (const path of ["/rss.xml", "/all/meetings/atom.xml", "/events.ics", "/en/search?q=meeting"])
		expect(await read(path), path).toContain("An old meeting");
	expect(await read("/releases/old")).toContain("2–3 January 2025");
	await desk.tick(desk.time.now + 24 * 60 * 60 * 1000);
	expect(desk.mailed()).toEqual(["An old meeting"]);
});
