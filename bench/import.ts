// How fast subscribers come in: by the import's own store, against inserts of 33 rows, which is what fits
// into the 100 bound parameters that a statement of D1 may have. In Miniflare's D1, called from Node.
import { createHmac } from "node:crypto";
import { convertV4MiniflareOptions, Miniflare } from "miniflare";
import { createCsvReader, readCsv } from "../src/shared/csv.ts";
import { BATCH_ROWS, importRows } from "../src/subscribers/import.ts";
import { importRowSchema, readImportHeader } from "../src/subscribers/import-row.ts";
import { createImportStore, type ImportedRow } from "../src/subscribers/import-store.ts";
import { migrate } from "../test/support/bundle.ts";
import { interleave, medianOf, ratiosOf, secondsOf } from "./support/measuring.ts";
import { judge, printTable, spreadOf } from "./support/table.ts";

const ROUNDS = 7;
const ROUND_ROWS = 9_900;
const INSERT_ROWS = 33;
const WHOLE_ROWS = 100_000;
const WANTED_RATIO = 3;

type Ledger = Parameters<typeof createImportStore>[0];
type Way = (ledger: Ledger, rows: readonly ImportedRow[]) => Promise<void>;

/** What is compared with as asked. */
const ASKED = "33-row inserts, a call each";

/** Each brings all rows in. The second has as many rows a call as the import. */
const WAYS: Readonly<Record<string, Way>> = {
	[ASKED]: async (ledger, rows) => {
		for (const some of parts(rows, INSERT_ROWS)) await insert(ledger, some).run();
	},
	"33-row inserts, 30 a call": async (ledger, rows) => {
		for (const some of parts(rows, INSERT_ROWS * 30))
			await ledger.batch(parts(some, INSERT_ROWS).map((few) => insert(ledger, few)));
	},
	"the import": async (ledger, rows) => {
		const imports = createImportStore(ledger);
		for (const some of parts(rows, BATCH_ROWS)) await imports.bring(some, Date.now());
	},
};

/** Prints how fast each way is, and ends with an error where the import's is not fast enough. */
export async function bench(): Promise<void> {
	const worker = { modules: true, script: "export default {};", d1Databases: ["LEDGER"] };
	const miniflare = new Miniflare(convertV4MiniflareOptions(worker));
	try {
		await migrate(miniflare);
		const ledger = (await miniflare.getD1Database("LEDGER")) as unknown as Ledger;
		await compare(ledger);
		await bringWhole(ledger);
	} finally {
		await miniflare.dispose();
	}
}

async function compare(ledger: Ledger): Promise<void> {
	const measured = await interleave(
		Object.fromEntries(
			Object.entries(WAYS).map(([name, way]) => [name, () => secondsOfWay(ledger, name, way)]),
		),
		ROUNDS,
	);
	const calls: number[] = [];
	for (let call = 0; call < 21; call++)
		calls.push(await secondsOf(() => ledger.prepare("SELECT 1").run()));
	const imported = measured["the import"] ?? [];
	printTable(
		[`${ROUND_ROWS} new subscribers`, "seconds", "times as long as the import"],
		Object.entries(measured).map(([name, seconds]) => [
			name,
			spreadOf(seconds, 3),
			spreadOf(ratiosOf(seconds, imported), 1),
		]),
	);
	console.log(`A call that does nothing takes ${(medianOf(calls) * 1000).toFixed(1)} ms.`);
	const ratio = medianOf(ratiosOf(measured[ASKED] ?? [], imported));
	judge({ what: `the import, against ${ASKED}`, measured: ratio, atLeast: WANTED_RATIO });
}

async function secondsOfWay(ledger: Ledger, name: string, way: Way): Promise<number> {
	const rows = makeRows(ROUND_ROWS);
	await ledger.prepare("DELETE FROM subscribers").run();
	const seconds = await secondsOf(() => way(ledger, rows));
	const count = await ledger.prepare("SELECT COUNT(*) AS n FROM subscribers").first("n");
	if (count !== rows.length) throw new Error(`${name} brought in ${count} rows`);
	return seconds;
}

/** The import from its first byte to its last, but for HTTP. */
async function bringWhole(ledger: Ledger): Promise<void> {
	await ledger.prepare("DELETE FROM subscribers").run();
	const importing = {
		imports: createImportStore(ledger),
		schema: importRowSchema(["en", "ru", "uz", "uz-Cyrl"]),
		hashAddress: async (address: string) =>
			createHmac("sha256", "a secret of the benchmark").update(address).digest("hex"),
		newId: () => crypto.randomUUID(),
		clock: Date.now,
	};
	for (const what of ["new", "active already"]) {
		let last = "";
		const seconds = await secondsOf(async () => {
			const records = readCsv(makeFile(), createCsvReader({ cell: 1000, cells: 100 }));
			const header = readImportHeader((await records.next()).value);
			if (!header.ok) throw new Error("The header is not taken.");
			const how = { isDryRun: false, explain: String };
			for await (const lines of importRows(importing, header.value, records, how))
				last = JSON.stringify(lines.at(-1));
		});
		const memory = Math.round(process.memoryUsage().rss / 2 ** 20);
		console.log(
			`${WHOLE_ROWS} rows of CSV, ${what}: ${seconds.toFixed(1)} s, ${memory} MiB\n  ${last}`,
		);
	}
}

async function* makeFile(): AsyncGenerator<Uint8Array> {
	const encoder = new TextEncoder();
	yield encoder.encode("email,kinds,languages,frequency,time_zone,consent\r\n");
	for (let from = 0; from < WHOLE_ROWS; from += 1000) {
		const rows = Array.from({ length: 1000 }, (_, index) => from + index).map(
			(number) =>
				`reader-${number}@journal-${number % 97}.example.org,meeting consultation,ru en,daily,Asia/Tashkent,"Form of 3 May 2026, no. ${number}"\r\n`,
		);
		yield encoder.encode(rows.join(""));
	}
}

function insert(ledger: Ledger, rows: readonly ImportedRow[]) {
	const places = rows.map(
		() =>
			"(?, ?, ?, 'active', 'consultation,meeting', 'en', 'daily', 'Asia/Tashkent', 'import', 'Asked', 0, 0, 0)",
	);
	return ledger
		.prepare(
			`INSERT INTO subscribers
				(id, address, address_key, status, kinds, languages, frequency, time_zone,
				consent_source, consent_evidence, signed_up_at, confirmed_at, heard_through)
			VALUES ${places.join(", ")}
			ON CONFLICT (address_key) DO NOTHING`,
		)
		.bind(...rows.flatMap(({ id, address }) => [id, address, address.toLowerCase()]));
}

function makeRows(count: number): ImportedRow[] {
	return Array.from({ length: count }, () => {
		const id = crypto.randomUUID();
		return {
			id,
			address: `${id}@journal.example.org`,
			kinds: ["consultation", "meeting"],
			languages: ["en"],
			frequency: "daily",
			timeZone: "Asia/Tashkent",
			evidence: "Asked",
			hash: id.replaceAll("-", "").repeat(2),
		};
	});
}

function parts<Item>(items: readonly Item[], length: number): Item[][] {
	return Array.from({ length: Math.ceil(items.length / length) }, (_, index) =>
		items.slice(index * length, (index + 1) * length),
	);
}
