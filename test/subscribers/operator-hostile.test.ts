import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Desk, openDesk } from "../support/desk.ts";
import { emptyStores } from "../support/house.ts";
import { allRows, HEADER, importRows, readReport, sendCsv, watchLog } from "./operating.ts";
import { rowOf } from "./visiting.ts";

const MIB = 1024 * 1024;
let desk: Desk;
let logged: readonly string[] = [];

beforeEach(async () => {
	await emptyStores();
	desk = openDesk();
	logged = watchLog();
});

afterEach(() => {
	vi.restoreAllMocks();
	for (const line of logged) expect(line).not.toMatch(/@|anna/);
});

/** A body that is sent piece by piece, and ends with a fault where there is one. */
function bodyOf(pieces: Iterable<string | Uint8Array>, fault?: Error): ReadableStream<Uint8Array> {
	const encoder = new TextEncoder();
	const left = pieces[Symbol.iterator]();
	return new ReadableStream({
		pull(controller) {
			const { done, value } = left.next();
			if (!done) controller.enqueue(typeof value === "string" ? encoder.encode(value) : value);
			else if (fault) controller.error(fault);
			else controller.close();
		},
	});
}

interface Refused {
	readonly detail: string;
	readonly errors: readonly { field: string; detail: string }[];
}

const refusal = async (response: Response) => ({
	status: response.status,
	...(await response.json<Refused>()),
});

describe("a file that is not as it should be", () => {
	it.each([
		["with a byte order mark", `\ufeff${HEADER}\nanna@journal.test,,,,,yes`],
		["with CRLF", `${HEADER}\r\nanna@journal.test,,,,,yes\r\n`],
		["with CR", `${HEADER}\ranna@journal.test,,,,,yes\r`],
		["with everything quoted", `"email","consent"\n"anna@journal.test","yes"\n`],
		["with quotes and commas in the evidence", `email,consent\nanna@journal.test,"yes, ""I"" did"`],
		["with blank space around", `email , consent\n  anna@journal.test\t,  yes  \n`],
	])("%s, comes in", async (_, csv) => {
		const { rows } = await readReport(await sendCsv(desk, csv));
		expect(rows).toEqual([{ line: 2, outcome: "imported" }]);
		expect(await rowOf()).toMatchObject({ consent_evidence: expect.stringMatching(/^yes/) });
	});

	it.each([
		["nothing in it", "", ["email", "consent"]],
		["no header", "anna@journal.test,yes\n", ["email", "consent"]],
		["no evidence", "email,kinds\nanna@journal.test,meeting\n", ["consent"]],
		["semicolons", "email;consent\nanna@journal.test;yes\n", ["email", "consent"]],
		["a column twice", "email,consent,email\na@x.test,yes,b@x.test\n", ["email"]],
		[
			"a header with an open quote",
			'"email,consent\na@x.test,yes\n',
			["header", "email", "consent"],
		],
		["UTF-16", "\u0000e\u0000m\u0000a\u0000i\u0000l", ["email", "consent"]],
	])("with %s, is refused whole", async (_, csv, fields) => {
		const { status, errors } = await refusal(await sendCsv(desk, csv));
		expect(status).toBe(422);
		expect(errors.map(({ field }) => field)).toEqual(fields);
		expect(await allRows()).toEqual([]);
	});

	it.each([
		["NUL", "an\u0000na@journal.test,,,,,yes", /^email must be/],
		["NUL in the evidence", "anna@journal.test,,,,,y\u0000s", /^consent must not have control/],
		["an escape in the evidence", "anna@journal.test,,,,,\u001b[2J", /^consent must not have/],
		["a line end in the address", '"anna@journal.test\r\nBcc: b@x.test",,,,,yes', /^email must be/],
		["a cell of a mebibyte", `anna@journal.test,,,,,${"x".repeat(MIB)}`, /more than 1000 char/],
		["a quoted cell of a mebibyte", `anna@journal.test,,,,,"${"x\n".repeat(MIB / 2)}"`, /1000/],
		["a hundred thousand cells", ",".repeat(100_000), /more than 100 cells/],
		["a quote inside", 'anna"@journal.test,,,,,yes', /inside a cell/],
		["fifty kinds", `anna@journal.test,${"meeting ".repeat(50)},,,,yes`, /^kinds /],
	])("refuses a row with %s, and takes the next", async (_, row, words) => {
		const { rows } = await importRows(desk, [row, "boris@journal.test,,,,,yes"]);
		expect(rows).toMatchObject([
			{ line: 2, outcome: "refused", reason: expect.stringMatching(words) },
			{ outcome: "imported" },
		]);
		expect(await allRows()).toMatchObject([{ address: "boris@journal.test" }]);
	});

	it("refuses rows that are not UTF-8", async () => {
		const encoder = new TextEncoder();
		const body = bodyOf([
			`${HEADER}\nanna@journal.test,,,,,`,
			Uint8Array.of(0xe4, 0xe0),
			encoder.encode("\nboris@journal.test,,,,,да\n"),
		]);
		const { rows } = await readReport(await sendCsv(desk, await new Response(body).blob()));
		expect(rows).toEqual([
			{ line: 2, outcome: "refused", reason: "The row is not UTF-8." },
			{ line: 3, outcome: "imported" },
		]);
	});

	it("refuses everything behind a quote that is never closed", async () => {
		const { rows, sum } = await importRows(desk, [
			"anna@journal.test,,,,,yes",
			'boris@journal.test,,,,,"yes',
			"clara@journal.test,,,,,yes",
		]);
		expect(rows[1]).toMatchObject({ line: 3, reason: "A quote is opened and never closed." });
		expect(sum).toMatchObject({ rows: 2, imported: 1, refused: 1 });
	});

	it("takes SQL and markup for what they are: words", async () => {
		const evidence = `'); DROP TABLE subscribers; -- <script>\\"`;
		const { sum } = await importRows(desk, [
			`anna@journal.test,,,,,"${evidence.replaceAll('"', '""')}"`,
			`"o'brien@x.test",,,,,yes`,
		]);
		expect(sum).toMatchObject({ imported: 2 });
		expect(await rowOf()).toMatchObject({ consent_evidence: evidence });
	});

	it.each(["text/plain", "application/json", "", "text/csv; charset=windows-1251"])(
		"is refused as %j",
		async (type) => {
			const body = `${HEADER}\nanna@journal.test,,,,,yes`;
			const response = await desk.ask("POST", "/api/subscribers/import", { body, type });
			expect(response.status).toBe(415);
		},
	);
});

describe("an upload", () => {
	it("that breaks off leaves what is in, says so, and can be sent again", async () => {
		const rows = Array.from({ length: 1200 }, (_, index) => `r${index}@x.test,,,,,yes`);
		const lines = [HEADER, ...rows].map((row) => `${row}\n`);
		const broken = bodyOf([...lines.slice(0, 1101), "r1100@x.t"], new Error("anna@x.test is gone"));
		const report = await readReport(await sendCsv(desk, broken));
		expect(report.stopped).toMatch(/^The upload broke off\./);
		expect(report.rows).toHaveLength(1000);
		expect(report.sum).toMatchObject({ rows: 1000, imported: 1000 });
		expect(await allRows()).toHaveLength(1000);
		const again = await readReport(await sendCsv(desk, lines.join("")));
		expect(again.sum).toMatchObject({ rows: 1200, unchanged: 1000, imported: 200 });
	});

	it("that breaks off before its first line ends is refused", async () => {
		const response = await sendCsv(desk, bodyOf(["email,con"], new Error("gone")));
		expect(await refusal(response)).toMatchObject({
			status: 400,
			detail: expect.stringMatching(/^The upload broke off\./),
		});
	});

	it("that says that it has more than 32 MiB is not read", async () => {
		const response = await desk.ask("POST", "/api/subscribers/import", {
			body: HEADER,
			type: "text/csv",
			headers: { "Content-Length": String(32 * MIB + 1) },
		});
		expect(response.status).toBe(413);
	});

	it("that does not say how long it is stops at 32 MiB", async () => {
		function* pieces() {
			yield `${HEADER}\nanna@journal.test,,,,,yes\n`;
			for (let sent = 0; sent <= 33; sent++) yield "x".repeat(MIB);
		}
		const report = await readReport(await sendCsv(desk, bodyOf(pieces())));
		expect(report.stopped).toBe("The body has more than 32 MiB.");
	});

	it("of more than 100,000 rows stops there, and says where to go on", async () => {
		function* pieces() {
			yield `${HEADER}\n`;
			for (let block = 0; block < 101; block++) yield "x,,,,,\n".repeat(1000);
		}
		const report = await readReport(await sendCsv(desk, bodyOf(pieces())));
		expect(report.sum).toMatchObject({ rows: 100_000, refused: 100_000 });
		expect(report.stopped).toMatch(/more than 100000 rows: send those from line 100002 on/);
	});

	it("is answered while it is being sent", async () => {
		const sending = new TransformStream<Uint8Array, Uint8Array>();
		const writer = sending.writable.getWriter();
		const encoder = new TextEncoder();
		const rows = Array.from({ length: 1000 }, (_, index) => `r${index}@x.test,,,,,yes\n`);
		const asked = sendCsv(desk, sending.readable);
		await writer.write(encoder.encode(`${HEADER}\n${rows.join("")}`));
		const reader = (await asked).body?.getReader();
		const first = new TextDecoder().decode((await reader?.read())?.value);
		expect(first).toContain('{"line":2,"outcome":"imported"}\n');
		await writer.close();
		const last = new TextDecoder().decode((await reader?.read())?.value);
		expect(last).toContain('"imported":1000');
	});

	it("whose report nobody reads comes in all the same", async () => {
		const rows = Array.from({ length: 2000 }, (_, index) => `r${index}@x.test,,,,,yes`);
		const response = await sendCsv(desk, [HEADER, ...rows].join("\n"));
		const count = "SELECT COUNT(*) AS n FROM subscribers";
		await vi.waitFor(async () => expect(await env.LEDGER.prepare(count).first("n")).toBe(2000), {
			timeout: 10_000,
		});
		await response.body?.cancel();
	});

	it("that meets a fault on our side says so, without its words", async () => {
		const imports = {
			look: async () => [],
			bring: () => Promise.reject(new Error("no room for anna@journal.test")),
		};
		const report = await importRows(openDesk({ imports }), ["anna@journal.test,,,,,yes"]);
		expect(report.stopped).toMatch(/^The fault is ours/);
		expect(report.sum).toMatchObject({ rows: 0, imported: 0 });
		expect(logged.join("\n").replaceAll("(address)", "")).toMatch(/import-stopped.*no room for/);
	});
});
