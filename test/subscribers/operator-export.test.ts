import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { exportAnswer } from "../../src/subscribers/operator-answers.ts";
import { type Desk, openDesk } from "../support/desk.ts";
import { addSubscriber, emptyStores } from "../support/house.ts";
import {
	addPending,
	allRows,
	CONSENT,
	HEADER,
	importRows,
	readReport,
	sendCsv,
} from "./operating.ts";

let desk: Desk;

beforeEach(async () => {
	await emptyStores();
	desk = openDesk();
});

const download = (format: string) => desk.ask("GET", `/api/subscribers/export?format=${format}`);

async function exported(format: string): Promise<string> {
	const response = await download(format);
	expect(response.status).toBe(200);
	return response.text();
}

describe("an export", () => {
	it("has everybody, in pages that nobody sees", async () => {
		const rows = Array.from({ length: 1100 }, (_, index) => `r${index}@x.test,,,,,yes`);
		await importRows(desk, rows);
		await addPending(desk, "pending@x.test");
		const json = exportAnswer.parse(JSON.parse(await exported("json")));
		const csv = (await exported("csv")).trimEnd().split("\r\n").slice(1);
		const names = (await allRows()).map(({ address }) => address);
		expect(json.subscribers.map(({ email }) => email).toSorted()).toEqual(names);
		expect(csv.map((row) => row.split(",")[0]).toSorted()).toEqual(names);
	});

	it("of nobody is a file all the same", async () => {
		expect(JSON.parse(await exported("json"))).toEqual({ subscribers: [] });
		expect((await exported("csv")).trimEnd().split("\r\n")).toHaveLength(1);
		const one = await importRows(desk, [`a@x.test,,,,,yes`]);
		expect(one.sum.imported).toBe(1);
		expect(exportAnswer.parse(JSON.parse(await exported("json"))).subscribers).toHaveLength(1);
	});

	it("is a file to keep, and in no cache", async () => {
		for (const [format, type] of [
			["csv", /^text\/csv; charset=utf-8/],
			["json", /^application\/json/],
		] as const) {
			const { headers } = await download(format);
			expect(headers.get("Content-Type")).toMatch(type);
			expect(headers.get("Content-Disposition")).toBe(
				`attachment; filename="subscribers.${format}"`,
			);
			expect(headers.get("Cache-Control")).toBe("no-store");
		}
	});

	it.each(["", "?format=xml", "?format=csv&x=1"])("is refused with %j", async (query) => {
		expect((await desk.ask("GET", `/api/subscribers/export${query}`)).status).toBe(422);
	});

	it("has no cell that a spreadsheet would take for a formula", async () => {
		const hostile = [`=cmd|'/C calc'!A0`, "+1", "-1+2", "@SUM(A1)", "'=1"];
		const rows = hostile.map((evidence, index) => `=f${index}@x.test,,,,,"${evidence}"`);
		expect((await importRows(desk, rows)).sum).toMatchObject({ imported: 5 });
		const csv = await exported("csv");
		expect(csv).not.toMatch(/(^|,|")[=+\-@]/m);
		expect(csv).toContain(`"'=f0@x.test"`);
	});

	it("is read back by an import, as it was", async () => {
		const file = [
			`=anna+1@journal.test,announcement meeting,uz-Cyrl en,weekly,Asia/Tokyo,"'=said, ""yes"""`,
			`boris@journal.test,,,,,${CONSENT}`,
		];
		await importRows(desk, file);
		const before = await allRows();
		expect(before[0]).toMatchObject({
			address: "=anna+1@journal.test",
			consent_evidence: '=said, "yes"',
		});
		const csv = await exported("csv");
		await emptyStores();
		expect((await readReport(await sendCsv(desk, csv))).sum).toMatchObject({
			rows: 2,
			imported: 2,
		});
		const withoutIds = (rows: readonly object[]) => rows.map((row) => ({ ...row, id: null }));
		expect(withoutIds(await allRows())).toEqual(withoutIds(before));
	});

	it("carries the evidence of a form in words that an import keeps", async () => {
		const id = await addSubscriber(desk.rooms, "anna@journal.test");
		const evidence = `UPDATE subscribers SET consent_source = 'form', consent_evidence = 'ru/1', confirmed_at = 0`;
		await env.LEDGER.prepare(evidence).run();
		const words = "form ru/1, confirmed 1970-01-01T00:00:00.000Z";
		const csv = await exported("csv");
		expect(csv).toContain(`"${words}"`);
		await env.LEDGER.prepare("DELETE FROM subscribers WHERE id = ?").bind(id).run();
		await readReport(await sendCsv(desk, csv));
		expect(await allRows()).toMatchObject([{ consent_evidence: words, consent_source: "import" }]);
		expect(await exported("csv")).toContain(`"${words}"`);
	});

	it("brings nobody back who has left, nor makes anybody active who has not confirmed", async () => {
		const left = await addSubscriber(desk.rooms, "left@x.test");
		await desk.rooms.subscribers.end(left, "unsubscribed", desk.time.now);
		await addPending(desk, "pending@x.test");
		const csv = await exported("csv");
		await emptyStores();
		const { sum } = await readReport(await sendCsv(desk, csv));
		expect(sum).toMatchObject({ rows: 2, ended: 1, refused: 1 });
		expect(await allRows()).toEqual([]);
	});

	it("breaks off where it meets a fault, so that it is not taken for whole", async () => {
		await importRows(
			desk,
			Array.from({ length: 600 }, (_, index) => `r${index}@x.test,,,,,yes`),
		);
		const { operators } = desk.rooms;
		const faulty = openDesk({
			operators: {
				...operators,
				list: (page) =>
					page.after === "" ? operators.list(page) : Promise.reject(new Error("gone")),
			},
		});
		for (const format of ["csv", "json"]) {
			const response = await faulty.ask("GET", `/api/subscribers/export?format=${format}`);
			await expect(response.text()).rejects.toThrow("gone");
		}
	});

	it("has the columns that an import reads", async () => {
		const [header = ""] = (await exported("csv")).split("\r\n");
		expect(header.split(",")).toEqual(expect.arrayContaining(HEADER.split(",")));
	});
});
