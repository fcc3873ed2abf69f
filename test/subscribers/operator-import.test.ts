import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { outcomeOf } from "../../src/subscribers/import.ts";
import { createImportStore } from "../../src/subscribers/import-store.ts";
import { type Desk, openDesk, SUNDAY } from "../support/desk.ts";
import { addSubscriber, emptyStores } from "../support/house.ts";
import {
	addPending,
	allRows,
	CONSENT,
	HEADER,
	importRows,
	readReport,
	sendCsv,
	textOf,
} from "./operating.ts";
import { rowOf } from "./visiting.ts";

const ANNA = `anna@journal.test,meeting,ru en,weekly,Asia/Tokyo,${CONSENT}`;
let desk: Desk;

beforeEach(async () => {
	await emptyStores();
	desk = openDesk();
});

describe("an import of who has left", () => {
	it("stays without effect where a stranger has signed them up since", async () => {
		const id = await addSubscriber(desk.rooms, "anna@journal.test");
		await desk.rooms.subscribers.end(id, "unsubscribed", SUNDAY);
		await desk.ask("POST", "/subscriptions", { body: { email: "Anna@journal.test" } });
		const before = await allRows();
		expect(before).toMatchObject([{ status: "pending", ended_at: SUNDAY }]);
		for (const query of ["?dry_run=true", ""])
			expect((await importRows(desk, [ANNA], query)).rows).toEqual([{ line: 2, outcome: "ended" }]);
		expect(await allRows()).toEqual(before);
	});
});

describe("an import", () => {
	it("brings in who is new: active at once, with the evidence, and not flooded", async () => {
		await desk.post();
		await desk.post({ title: "Another meeting" });
		const { rows, sum, stopped } = await importRows(desk, [ANNA]);
		expect(rows).toEqual([{ line: 2, outcome: "imported" }]);
		expect(sum).toEqual({
			rows: 1,
			imported: 1,
			updated: 0,
			unchanged: 0,
			refused: 0,
			suppressed: 0,
			ended: 0,
			dry_run: false,
		});
		expect(stopped).toBeUndefined();
		expect(await rowOf()).toMatchObject({
			address: "anna@journal.test",
			status: "active",
			kinds: "meeting",
			languages: "ru,en",
			frequency: "weekly",
			time_zone: "Asia/Tokyo",
			consent_source: "import",
			consent_evidence: CONSENT,
			signed_up_at: SUNDAY,
			confirmed_at: SUNDAY,
			heard_through: 2,
		});
	});

	it("takes what a row leaves out as a sign-up does", async () => {
		await importRows(desk, [`Anna@Journal.TEST,,,,,${CONSENT}`]);
		expect(await rowOf()).toMatchObject({
			address: "Anna@journal.test",
			kinds: "consultation,meeting",
			languages: "en,ru,uz,uz-Cyrl",
			frequency: "daily",
			time_zone: null,
		});
	});

	it("needs no more than the address and the evidence, in columns of any order and case", async () => {
		const csv = `Phone,CONSENT, Email \n+998,${CONSENT},anna@journal.test\n`;
		const { rows } = await readReport(await sendCsv(desk, csv));
		expect(rows).toEqual([{ line: 2, outcome: "imported" }]);
		expect(await rowOf()).toMatchObject({ consent_evidence: CONSENT });
	});

	it("makes who is pending active, with what the row says", async () => {
		const id = await addPending(desk, "Anna@journal.test");
		const { rows } = await importRows(desk, [ANNA]);
		expect(rows).toEqual([{ line: 2, outcome: "updated" }]);
		expect(await rowOf()).toMatchObject({
			id,
			address: "anna@journal.test",
			status: "active",
			kinds: "meeting",
			languages: "ru,en",
			frequency: "weekly",
			time_zone: "Asia/Tokyo",
			consent_source: "import",
			consent_evidence: CONSENT,
			confirmed_at: SUNDAY,
		});
	});

	it("leaves who is active as they are", async () => {
		await addSubscriber(desk.rooms, "anna@journal.test");
		const before = await allRows();
		const { rows } = await importRows(desk, [ANNA]);
		expect(rows).toEqual([{ line: 2, outcome: "unchanged" }]);
		expect(await allRows()).toEqual(before);
	});

	it("leaves who has left in peace", async () => {
		const id = await addSubscriber(desk.rooms, "anna@journal.test");
		await desk.rooms.subscribers.end(id, "unsubscribed", SUNDAY);
		const before = await allRows();
		const { rows } = await importRows(desk, [ANNA]);
		expect(rows).toEqual([{ line: 2, outcome: "ended" }]);
		expect(await allRows()).toEqual(before);
	});

	it.each(["erased", "complaint", "bounced", "operator"] as const)(
		"keeps out who is suppressed (%s), in whatever case",
		async (reason) => {
			await desk.rooms.suppressions.suppress("ANNA@journal.test", reason, SUNDAY);
			const { rows } = await importRows(desk, [ANNA]);
			expect(rows).toEqual([{ line: 2, outcome: "suppressed" }]);
			expect(await allRows()).toEqual([]);
		},
	);

	it("keeps out who is suppressed and pending", async () => {
		await addPending(desk, "anna@journal.test");
		await desk.rooms.suppressions.suppress("anna@journal.test", "complaint", SUNDAY);
		expect((await importRows(desk, [ANNA])).rows).toEqual([{ line: 2, outcome: "suppressed" }]);
		expect(await rowOf()).toMatchObject({ status: "pending" });
	});

	it("brings nobody back by a row that says that they left or never confirmed", async () => {
		const csv = `email,consent,status\na@x.test,yes,ended\nb@x.test,yes,pending\nc@x.test,yes,active\nd@x.test,yes,gone\n`;
		const { rows } = await readReport(await sendCsv(desk, csv));
		expect(rows.map(({ outcome }) => outcome)).toEqual(["ended", "refused", "imported", "refused"]);
		expect(await allRows()).toMatchObject([{ address: "c@x.test" }]);
	});

	it("says of each row what has to be mended, all at once", async () => {
		const { rows, sum } = await importRows(desk, [
			`anna,party,tlh,hourly,Mars/Olympus,`,
			`anna@journal.test,meeting,en,daily,,`,
			`boris@journal.test,meeting,en,daily,${CONSENT}`,
			`clara@journal.test,meeting,en,daily,+05:00,${CONSENT}`,
			`dora@journal.test,meeting,en,daily,,${"x".repeat(301)}`,
			`eva@journal.test,meeting,en,daily,,${CONSENT}`,
		]);
		expect(rows.map(({ outcome }) => outcome)).toEqual([
			...Array.from({ length: 5 }, () => "refused"),
			"imported",
		]);
		expect(rows[0]?.reason).toMatch(
			/^email must be .*; kinds must be .*; languages must be .*; frequency must be .*; time_zone must be .*; consent is needed.*\.$/,
		);
		expect(rows[1]?.reason).toBe("consent is needed: say what shows that they asked for it.");
		expect(rows[2]?.reason).toBe("The row has 5 cells, the first line has 6.");
		expect(rows[3]?.reason).toBe("time_zone must be an IANA name, such as Asia/Tashkent.");
		expect(rows[4]?.reason).toBe("consent must have 300 characters or fewer.");
		expect(sum).toMatchObject({ rows: 6, refused: 5, imported: 1 });
	});

	it("tells of a row's line, not of the address that stands there", async () => {
		const csv = `${HEADER}\r\n\r\n"anna@journal.test",,,,,"said\r\nyes"\r\nanna@journal.test,,,,,yes\r\n`;
		const text = await textOf(await sendCsv(desk, csv));
		expect(text).toContain('{"line":3,"outcome":"imported"}\n{"line":5,"outcome":"unchanged"');
		expect(text).not.toContain("anna");
		expect(await rowOf()).toMatchObject({ consent_evidence: "said yes" });
	});
});

describe("an import that is sent again", () => {
	it("changes nothing", async () => {
		await addPending(desk, "boris@journal.test");
		const file = [ANNA, `boris@journal.test,,,,,${CONSENT}`];
		expect((await importRows(desk, file)).sum).toMatchObject({ imported: 1, updated: 1 });
		const before = await allRows();
		desk.time.now += 1000;
		expect((await importRows(desk, file)).sum).toMatchObject({ rows: 2, unchanged: 2 });
		expect(await allRows()).toEqual(before);
	});

	it("does not bring back who left or was erased meanwhile", async () => {
		const file = [ANNA, `boris@journal.test,,,,,${CONSENT}`];
		await importRows(desk, file);
		const [anna, boris] = await allRows();
		await desk.rooms.subscribers.end(String(anna?.id), "unsubscribed", desk.time.now);
		await desk.rooms.preferences.erase(String(boris?.id), desk.time.now);
		expect((await importRows(desk, file)).sum).toMatchObject({ ended: 1, suppressed: 1 });
		expect(await allRows()).toMatchObject([{ status: "ended" }]);
	});

	it("takes one address once, in however many rows and batches it stands", async () => {
		const others = Array.from({ length: 1100 }, (_, index) => `r${index}@x.test,,,,,yes`);
		const file = [ANNA, ANNA.toUpperCase(), ...others, ANNA];
		const { rows, sum } = await importRows(desk, file);
		expect(rows[0]?.outcome).toBe("imported");
		expect(rows.at(-1)).toEqual({
			line: 1104,
			outcome: "unchanged",
			reason: "The address is on line 2 already.",
		});
		// In upper case its kind is none that there is.
		expect(rows[1]?.outcome).toBe("refused");
		expect(sum).toMatchObject({ rows: 1103, imported: 1101, unchanged: 1, refused: 1 });
		expect(await allRows()).toHaveLength(1101);
	});
});

describe("a dry run", () => {
	it("tells what an import would do, and does nothing", async () => {
		await addSubscriber(desk.rooms, "active@x.test");
		await addPending(desk, "pending@x.test");
		const left = await addSubscriber(desk.rooms, "ended@x.test");
		await desk.rooms.subscribers.end(left, "unsubscribed", SUNDAY);
		await desk.rooms.suppressions.suppress("gone@x.test", "erased", SUNDAY);
		const names = ["new", "active", "pending", "ended", "gone", "new"];
		const file = [...names.map((name) => `${name}@x.test,,,,,yes`), "wrong,,,,,yes"];
		const before = await allRows();
		const dry = await importRows(desk, file, "?dry_run=true");
		expect(await allRows()).toEqual(before);
		expect(dry.rows.map(({ outcome }) => outcome)).toEqual([
			"imported",
			"unchanged",
			"updated",
			"ended",
			"suppressed",
			"unchanged",
			"refused",
		]);
		expect(dry.sum).toMatchObject({ rows: 7, imported: 1, updated: 1, dry_run: true });
		const real = await importRows(desk, file);
		expect(real.rows).toEqual(dry.rows);
	});

	it("is asked for by true or false alone", async () => {
		const response = await sendCsv(desk, HEADER, "?dry_run=yes");
		expect(response.status).toBe(422);
	});
});

describe("what becomes of a row", () => {
	it.each([
		[null, false, "imported"],
		["pending", false, "updated"],
		["active", false, "unchanged"],
		["ended", false, "ended"],
		[null, true, "suppressed"],
		["pending", true, "suppressed"],
		["active", true, "suppressed"],
		["ended", true, "suppressed"],
	] as const)(
		"of an address that is %s, suppressed: %s, is %s",
		(status, isSuppressed, outcome) => {
			expect(outcomeOf({ status, isSuppressed })).toBe(outcome);
		},
	);
});

describe("a batch of the longest rows that there can be", () => {
	it("fits into a parameter of D1", async () => {
		const longest: number[] = [];
		const watched = watchParameters(env.LEDGER, (value) =>
			longest.push(new TextEncoder().encode(String(value)).length),
		);
		const host = `${"a".repeat(59)}.`.repeat(3);
		const rows = Array.from({ length: 1000 }, (_, index) => {
			const name = String(index).padStart(64, "x");
			const zone = "America/Argentina/ComodRivadavia";
			return `${name}@${host}example,consultation meeting announcement,en ru uz uz-Cyrl,immediate,${zone},${"€".repeat(300)}`;
		});
		const imports = createImportStore(watched);
		const { sum, rows: told } = await importRows(openDesk({ imports }), rows);
		expect(sum, told[0]?.reason).toMatchObject({ imported: 1000 });
		expect(Math.max(...longest)).toBeGreaterThan(1_500_000);
		expect(Math.max(...longest)).toBeLessThan(2_000_000);
	});
});

/** A database that tells of each parameter that is bound. */
function watchParameters(ledger: D1Database, tell: (value: unknown) => void): D1Database {
	return new Proxy(ledger, {
		get(target, name) {
			if (name !== "prepare") return Reflect.get(target, name).bind(target);
			return (sql: string) => ({
				bind: (...values: unknown[]) => {
					values.forEach(tell);
					return target.prepare(sql).bind(...values);
				},
			});
		},
	});
}

describe("two thousand rows", () => {
	it("come in, and once only", async () => {
		const rows = Array.from({ length: 2000 }, (_, index) => `r${index}@x.test,,,,,yes`);
		const { sum } = await importRows(desk, rows);
		expect(sum).toMatchObject({ rows: 2000, imported: 2000 });
		const count = "SELECT COUNT(*) AS n FROM subscribers WHERE status = 'active'";
		expect(await env.LEDGER.prepare(count).first("n")).toBe(2000);
		expect((await importRows(desk, rows)).sum).toMatchObject({ unchanged: 2000 });
	});
});
