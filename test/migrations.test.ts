import { applyD1Migrations, reset } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
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

describe("runs of before the fifth migration", () => {
	const BEFORE = 4;
	const IDS = {
		anna: "00000000-0000-4000-8000-000000000001",
		boris: "00000000-0000-4000-8000-000000000002",
		chinara: "00000000-0000-4000-8000-000000000003",
	};
	const insert = (sql: string) => env.LEDGER.prepare(sql);

	it("stay as they were, and go on from where they stood", async () => {
		await reset();
		await applyD1Migrations(env.LEDGER, env.MIGRATIONS.slice(0, BEFORE));
		const subscriber = (name: keyof typeof IDS, batch: string | null, heard: number) =>
			env.LEDGER.prepare(
				`INSERT INTO subscribers (id, address, address_key, status, kinds, languages, frequency,
					heard_through, batch, signed_up_at, confirmed_at)
				VALUES (?4, ?1 || '@journal.test', ?1 || '@journal.test', 'active', 'meeting', 'en', 'daily',
					?3, ?2, 1, 1)`,
			).bind(name, batch, heard, IDS[name]);
		await env.LEDGER.batch([
			insert(
				`INSERT INTO releases (id, slug, story, kind, language, title, summary, issued, attachments,
					status, revision, document, first_sequence, sequence, fingerprint, posted_by, posted_at,
					published_at, changed_at)
				VALUES ('old', 'old', 'old', 'meeting', 'en', 'An old meeting', 'They met.', '2025-01-01', '[]',
					'published', 1, 'release/old/1', 1, 1, 'f', 'x', 1, 5, 5)`,
			),
			insert(
				`INSERT INTO runs VALUES
					('daily-2026-11-21', 'daily', '2026-11-21', 0, 'closed', 'z', 1, 1, 2,
						'{"candidates":1,"submitted":0,"excluded":1,"rejected":0,"unknown":0}'),
					('daily-2026-11-22', 'daily', '2026-11-22', 1, 'submitting', 'z', 1, 1, NULL, NULL)`,
			),
			insert(
				`INSERT INTO editions VALUES ('e1', 'daily-2026-11-21', 'meeting', 'en', 0),
					('e2', 'daily-2026-11-22', 'meeting', 'en', 0)`,
			),
			insert(
				`INSERT INTO batches VALUES
					('b1', 'daily-2026-11-21', 'e1', '["${IDS.anna}"]', 1, 'settled', 1, 0, 0),
					('b2', 'daily-2026-11-22', 'e2', '["${IDS.anna}"]', 1, 'planned', 1, 0, 0),
					('b3', 'daily-2026-11-22', 'e2', '["${IDS.boris}"]', 1, 'claimed', 1, 0, 0),
					('b4', 'daily-2026-11-22', 'e2', '["${IDS.chinara}"]', 1, 'settled', 1, 1, 0)`,
			),
			insert(
				`INSERT INTO exceptions VALUES ('b1', 'daily-2026-11-21', '${IDS.anna}', 'excluded', 'ended')`,
			),
			subscriber("anna", null, 0),
			subscriber("boris", "b3", 1),
			subscriber("chinara", "b4", 1),
		]);
		await applyD1Migrations(env.LEDGER, env.MIGRATIONS);

		const desk = openDesk();
		const noon = Date.parse("2026-11-22T07:00:00Z");
		for (let minutes = 0; minutes < 30; minutes += 5) await desk.tick(noon + minutes * 60_000);
		expect(desk.rooms.transport.submittedTo).toEqual(["anna@journal.test"]);
		const receipts = await insert(
			"SELECT receipt FROM runs WHERE frequency = 'daily' ORDER BY period",
		).all<{
			receipt: string;
		}>();
		expect(receipts.results.map(({ receipt }) => JSON.parse(receipt))).toMatchObject([
			{ candidates: 1, excluded: 1 },
			{ candidates: 3, submitted: 2, unknown: 1 },
		]);
		await desk.tick(noon + 24 * 60 * 60 * 1000);
		expect(desk.rooms.transport.submittedTo).toEqual(["anna@journal.test", "boris@journal.test"]);
	});
});
