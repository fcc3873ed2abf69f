import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { z } from "zod";
import {
	countsAnswer,
	endAnswer,
	eraseAnswer,
	findAnswer,
	suppressedAnswer,
	suppressionsAnswer,
} from "../../src/subscribers/operator-answers.ts";
import { type Desk, openDesk, SUNDAY } from "../support/desk.ts";
import { addSubscriber, emptyStores } from "../support/house.ts";
import { addPending, allRows, CONSENT, importRows, watchLog } from "./operating.ts";
import { ADDRESS, rowOf } from "./visiting.ts";

let desk: Desk;
let logged: readonly string[] = [];

beforeEach(async () => {
	await emptyStores();
	desk = openDesk();
	logged = watchLog();
});

afterEach(() => {
	vi.restoreAllMocks();
	expect(logged.join("\n")).not.toMatch(/@|anna/);
});

/** What an answer says, which must be what the document says of it. */
async function say<Schema extends z.ZodType>(
	schema: Schema,
	asked: Promise<Response>,
): Promise<z.infer<Schema>> {
	const response = await asked;
	const answer = await response.json();
	expect(response.status, JSON.stringify(answer)).toBe(200);
	expect(response.headers.get("Cache-Control")).toBe("no-store");
	const parsed = schema.parse(answer);
	expect(parsed).toEqual(answer);
	return parsed;
}

const find = (email: string) =>
	desk.ask("GET", `/api/subscribers?${new URLSearchParams({ email })}`);
const end = (id: string, body: object = { reason: "Asked by telephone" }) =>
	desk.ask("POST", `/api/subscribers/${id}/end`, { body });
const erase = (id: string) => desk.ask("DELETE", `/api/subscribers/${id}`);
const suppressions = (method: string, email: string) =>
	desk.ask(method, "/api/suppressions", { body: { email } });
const NOBODY = "00000000-0000-4000-8000-000000000000";

describe("finding one", () => {
	it("shows the whole row, with consent", async () => {
		await importRows(desk, [`Anna@journal.test,meeting,ru en,weekly,Asia/Tokyo,${CONSENT}`]);
		const { subscriber, suppressed, exceptions } = await say(findAnswer, find("anna@JOURNAL.test"));
		const at = new Date(SUNDAY).toISOString();
		expect(subscriber).toEqual({
			id: (await rowOf())?.id,
			email: "Anna@journal.test",
			status: "active",
			kinds: ["meeting"],
			languages: ["ru", "en"],
			frequency: "weekly",
			time_zone: "Asia/Tokyo",
			paused_until: null,
			heard_through: 0,
			new_email: null,
			new_email_at: null,
			consent: { source: "import", evidence: CONSENT },
			signed_up_at: at,
			confirmed_at: at,
			ended_at: null,
			ended_reason: null,
		});
		expect({ suppressed, exceptions }).toEqual({ suppressed: null, exceptions: [] });
	});

	it("shows the digests that were not submitted to them, newest first", async () => {
		const id = await addSubscriber(desk.rooms, ADDRESS);
		await addException(id, "daily-2026-11-20", 1, "rejected");
		await addException(id, "daily-2026-11-21", 2, "unknown");
		await addException(NOBODY, "daily-2026-11-22", 3, "excluded");
		const { exceptions } = await say(findAnswer, find(ADDRESS));
		expect(exceptions).toEqual([
			{ run: "daily-2026-11-21", outcome: "unknown", reason: "because" },
			{ run: "daily-2026-11-20", outcome: "rejected", reason: "because" },
		]);
	});

	it("says of nobody that there is nobody", async () => {
		expect((await find(ADDRESS)).status).toBe(404);
	});

	it("says of an erased one no more than that the address is suppressed", async () => {
		const id = await addSubscriber(desk.rooms, ADDRESS);
		await erase(id);
		expect(await say(findAnswer, find(ADDRESS))).toEqual({
			subscriber: null,
			suppressed: "erased",
			exceptions: [],
			delivery: null,
		});
	});

	it.each(["", "anna", "anna@journal.test\r\nBcc: x@x.test"])("refuses %j", async (email) => {
		expect((await find(email)).status).toBe(422);
	});
});

async function addException(subscriber: string, run: string, at: number, outcome: string) {
	const insert = (sql: string, ...values: unknown[]) => env.LEDGER.prepare(sql).bind(...values);
	await env.LEDGER.batch([
		insert(
			`INSERT INTO runs (id, frequency, time_zone, period, day, upper_sequence, state, created_at,
				touched_at)
			VALUES (?1, 'daily', '', ?1, '2026-11-23', 1, 'closed', ?2, ?2)`,
			run,
			at,
		),
		insert("INSERT INTO editions VALUES (?1, ?1, 'meeting', 'en', 0, '[]', '[]', '', NULL)", run),
		insert(
			`INSERT INTO batches (id, run, edition, recipients, state, since)
			VALUES (?1, ?1, ?1, '[]', 'settled', 0)`,
			run,
		),
		insert("INSERT INTO exceptions VALUES (?1, ?1, ?2, ?3, 'because')", run, subscriber, outcome),
	]);
}

describe("the counts", () => {
	it("are of nobody at first", async () => {
		expect(await say(countsAnswer, desk.ask("GET", "/api/subscribers/counts"))).toEqual({
			status: { pending: 0, active: 0, ended: 0 },
			kinds: { consultation: 0, meeting: 0, announcement: 0 },
			languages: { en: 0, ru: 0, uz: 0, "uz-Cyrl": 0 },
			frequency: { immediate: 0, daily: 0, weekly: 0 },
			suppressed: 0,
			confirmation_mails: {
				today: { asked: 0, allowed: 0, refused: 0 },
				yesterday: { asked: 0, allowed: 0, refused: 0 },
			},
		});
	});

	it("are by status; and of the active by kind, language and frequency", async () => {
		await importRows(desk, [
			"a@x.test,meeting consultation,ru en,weekly,,yes",
			"b@x.test,meeting,en,daily,,yes",
			"c@x.test,announcement,uz-Cyrl,daily,,yes",
			"d@x.test,announcement,uz,immediate,,yes",
		]);
		await addPending(desk, "e@x.test");
		await end((await rowOf("d@x.test"))?.id ?? "");
		await suppressions("PUT", "f@x.test");
		expect(await say(countsAnswer, desk.ask("GET", "/api/subscribers/counts"))).toMatchObject({
			status: { pending: 1, active: 3, ended: 1 },
			kinds: { consultation: 1, meeting: 2, announcement: 1 },
			languages: { en: 2, ru: 1, uz: 0, "uz-Cyrl": 1 },
			frequency: { immediate: 0, daily: 2, weekly: 1 },
			suppressed: 1,
		});
	});

	it("tell how many confirmation mails the limit kept back, today and yesterday", async () => {
		const days = [
			["a", "2026-11-22", 5, 3],
			["b", "2026-11-22", 4, 3],
			["a", "2026-11-21", 7, 3],
			["a", "2026-11-20", 99, 3],
		];
		for (const day of days)
			await env.LEDGER.prepare("INSERT INTO confirmation_mails VALUES (?, ?, ?, ?)")
				.bind(...day)
				.run();
		const counts = await say(countsAnswer, desk.ask("GET", "/api/subscribers/counts"));
		expect(counts.confirmation_mails).toEqual({
			today: { asked: 9, allowed: 6, refused: 3 },
			yesterday: { asked: 7, allowed: 3, refused: 4 },
		});
	});
});

describe("ending one", () => {
	it("is done at once, with the reason", async () => {
		const id = await addSubscriber(desk.rooms, ADDRESS);
		const { subscriber } = await say(endAnswer, end(id));
		expect(subscriber).toMatchObject({
			status: "ended",
			ended_reason: "Asked by telephone",
			ended_at: new Date(SUNDAY).toISOString(),
		});
		expect(await rowOf()).toMatchObject({ status: "ended" });
	});

	it("twice keeps the first reason", async () => {
		const id = await addSubscriber(desk.rooms, ADDRESS);
		await end(id);
		const before = await allRows();
		desk.time.now += 1000;
		const { subscriber } = await say(endAnswer, end(id, { reason: "Another" }));
		expect(subscriber.ended_reason).toBe("Asked by telephone");
		expect(await allRows()).toEqual(before);
	});

	it("needs somebody", async () => {
		expect((await end(NOBODY)).status).toBe(404);
		expect((await end("nobody")).status).toBe(404);
	});

	it.each([
		{},
		{ reason: "" },
		{ reason: " " },
		{ reason: "x".repeat(201) },
		{ reason: "x", y: 1 },
	])("is refused with %j, and ends nobody", async (body) => {
		const id = await addSubscriber(desk.rooms, ADDRESS);
		expect((await end(id, body)).status).toBe(422);
		expect(await rowOf()).toMatchObject({ status: "active" });
	});

	it.each([
		["text/plain", "{}", 415],
		["application/json", "{", 400],
		["application/json", `{"reason":"${"x".repeat(65_536)}"}`, 413],
	])("is refused as %s", async (type, body, status) => {
		const id = await addSubscriber(desk.rooms, ADDRESS);
		const response = await desk.ask("POST", `/api/subscribers/${id}/end`, { body, type });
		expect(response.status).toBe(status);
	});
});

describe("erasing one", () => {
	it("leaves nothing but a suppressed hash", async () => {
		const id = await addSubscriber(desk.rooms, ADDRESS);
		expect(await say(eraseAnswer, erase(id))).toEqual({ erased: id });
		expect(await allRows()).toEqual([]);
		const { results } = await env.LEDGER.prepare("SELECT * FROM suppressions").all();
		expect(results).toEqual([
			{ address_hash: expect.stringMatching(/^[0-9a-f]{64}$/), reason: "erased", since: SUNDAY },
		]);
		expect((await importRows(desk, [`${ADDRESS},,,,,yes`])).sum).toMatchObject({ suppressed: 1 });
	});

	it("needs somebody, and can be done once", async () => {
		const id = await addSubscriber(desk.rooms, ADDRESS);
		await erase(id);
		expect((await erase(id)).status).toBe(404);
		expect((await erase(NOBODY)).status).toBe(404);
	});
});

describe("the suppression list", () => {
	it("takes an address, and ends who has it", async () => {
		await addSubscriber(desk.rooms, ADDRESS);
		const answer = await say(suppressedAnswer, suppressions("PUT", "ANNA@journal.test"));
		expect(answer).toEqual({ suppressed: "operator" });
		expect(await rowOf()).toMatchObject({ status: "ended", ended_reason: "suppressed" });
		expect((await importRows(desk, [`${ADDRESS},,,,,yes`])).sum).toMatchObject({ suppressed: 1 });
	});

	it("takes an address that nobody has, and twice is once", async () => {
		await suppressions("PUT", ADDRESS);
		desk.time.now += 1000;
		await suppressions("PUT", ADDRESS);
		const list = await say(suppressionsAnswer, desk.ask("GET", "/api/suppressions"));
		expect(list).toEqual({
			suppressions: [
				{
					hash: expect.stringMatching(/^[0-9a-f]{64}$/),
					reason: "operator",
					since: new Date(SUNDAY).toISOString(),
				},
			],
			next: null,
		});
	});

	it("lets an address go, once", async () => {
		await suppressions("PUT", ADDRESS);
		const answer = await say(suppressedAnswer, suppressions("DELETE", "ANNA@journal.test"));
		expect(answer).toEqual({ suppressed: null });
		expect((await suppressions("DELETE", ADDRESS)).status).toBe(404);
		expect((await importRows(desk, [`${ADDRESS},,,,,yes`])).sum).toMatchObject({ imported: 1 });
	});

	it("is shown in pages that follow each other", async () => {
		for (const name of ["a", "b", "c", "d", "e"]) await suppressions("PUT", `${name}@x.test`);
		const hashes: string[] = [];
		let next: string | null = "/api/suppressions?limit=2";
		let pages = 0;
		while (next) {
			const page: z.infer<typeof suppressionsAnswer> = await say(
				suppressionsAnswer,
				desk.ask("GET", next),
			);
			hashes.push(...page.suppressions.map(({ hash }) => hash));
			next = page.next;
			pages++;
		}
		expect(pages).toBe(3);
		expect(hashes).toEqual([...new Set(hashes)].toSorted());
		expect(hashes).toHaveLength(5);
	});

	it.each(["?limit=0", "?limit=1001", "?after=x", "?email=a@x.test"])(
		"is refused with %s",
		async (query) => {
			expect((await desk.ask("GET", `/api/suppressions${query}`)).status).toBe(422);
		},
	);

	it.each(["PUT", "DELETE"])("refuses a %s without an address", async (method) => {
		expect((await suppressions(method, "anna")).status).toBe(422);
	});
});
