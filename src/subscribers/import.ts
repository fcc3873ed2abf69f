import type { CsvRecord } from "../shared/csv.ts";
import type { Result } from "../shared/result.ts";
import {
	type ImportHeader,
	type ImportRow,
	type ImportRowSchema,
	readImportRow,
	type Withheld,
} from "./import-row.ts";
import type { ImportStore, Standing } from "./import-store.ts";
import type { ImportOutcome, ImportReportLine, ImportSum } from "./operator-answers.ts";
import { addressKey } from "./subscriber.ts";

/** How many rows a file may have. */
export const IMPORT_ROWS = 100_000;
/** How many rows come in together. */
export const BATCH_ROWS = 1000;

/** Why an import ends before its file does, in words for the operator. What came in before stays. */
export class ImportStopped extends Error {}

export interface Importing {
	readonly imports: ImportStore;
	readonly schema: ImportRowSchema;
	readonly hashAddress: (address: string) => Promise<string>;
	readonly newId: () => string;
	readonly clock: () => number;
}

type ReadRow = { readonly line: number; readonly row: Result<ImportRow, Withheld | Repeated> };
/** The address is in an earlier row of the file, which counts. */
type Repeated = { readonly outcome: "unchanged"; readonly reason: string };

/**
 * Brings the rows of a file in, batch by batch, and tells what became of each. Only a batch and the
 * addresses seen so far are held.
 *
 * @param records the rows, without the header.
 * @param how.explain says in words for the operator what stopped an import.
 * @returns the lines of the report, batch by batch: one for each row, in the order of the file, and last
 * the sum. A fault on the way ends it with a line that says so, and what came in before stays.
 */
export async function* importRows(
	importing: Importing,
	header: ImportHeader,
	records: AsyncIterable<CsvRecord>,
	{ isDryRun, explain }: { isDryRun: boolean; explain: (fault: unknown) => string },
): AsyncGenerator<ImportReportLine[]> {
	const sum: Record<ImportOutcome, number> = {
		imported: 0,
		updated: 0,
		unchanged: 0,
		refused: 0,
		suppressed: 0,
		ended: 0,
	};
	try {
		for await (const batch of batchesOf(importing, header, records)) {
			const lines = await settle(importing, batch, isDryRun);
			for (const { outcome } of lines) sum[outcome]++;
			yield lines;
		}
		yield [{ sum: toSum(sum, isDryRun) }];
	} catch (fault) {
		yield [{ stopped: explain(fault), sum: toSum(sum, isDryRun) }];
	}
}

async function* batchesOf(
	{ schema }: Importing,
	header: ImportHeader,
	records: AsyncIterable<CsvRecord>,
): AsyncGenerator<ReadRow[]> {
	const lines = new Map<string, number>();
	let batch: ReadRow[] = [];
	let rows = 0;
	for await (const record of records) {
		if (++rows > IMPORT_ROWS)
			throw new ImportStopped(
				`The file has more than ${IMPORT_ROWS} rows: send those from line ${record.line} on as a file of their own.`,
			);
		const row = readImportRow(record, header, schema);
		batch.push({ line: record.line, row: row.ok ? onlyFirst(row, record.line, lines) : row });
		if (batch.length < BATCH_ROWS) continue;
		yield batch;
		batch = [];
	}
	if (batch.length > 0) yield batch;
}

/** The row as it is, unless its address stands in an earlier one. */
function onlyFirst(
	row: { readonly ok: true; readonly value: ImportRow },
	line: number,
	lines: Map<string, number>,
): ReadRow["row"] {
	const key = addressKey(row.value.address);
	const earlier = lines.get(key);
	if (earlier === undefined) {
		lines.set(key, line);
		return row;
	}
	const reason = `The address is on line ${earlier} already.`;
	return { ok: false, error: { outcome: "unchanged", reason } };
}

async function settle(
	{ imports, hashAddress, newId, clock }: Importing,
	batch: readonly ReadRow[],
	isDryRun: boolean,
): Promise<{ line: number; outcome: ImportOutcome; reason?: string }[]> {
	const rows = await Promise.all(
		batch
			.flatMap(({ row }) => (row.ok ? [row.value] : []))
			.map(async (row) => ({ ...row, id: newId(), hash: await hashAddress(row.address) })),
	);
	const standings = isDryRun ? await imports.look(rows) : await imports.bring(rows, clock());
	let next = 0;
	return batch.map(({ line, row }) =>
		row.ok ? { line, outcome: outcomeOf(standings[next++] as Standing) } : { line, ...row.error },
	);
}

/** What becomes of a row whose address stands so. */
export function outcomeOf({ status, isSuppressed }: Standing): ImportOutcome {
	if (isSuppressed) return "suppressed";
	if (status === null) return "imported";
	return status === "pending" ? "updated" : status === "ended" ? "ended" : "unchanged";
}

function toSum(counts: Record<ImportOutcome, number>, isDryRun: boolean): ImportSum {
	const rows = Object.values(counts).reduce((all, one) => all + one, 0);
	return { rows, ...counts, dry_run: isDryRun };
}
