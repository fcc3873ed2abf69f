import { type Context, Hono } from "hono";
import { mediaTypeOf } from "../releases/decoding.ts";
import { readQuery } from "../releases/request.ts";
import { createCsvReader, readCsv } from "../shared/csv.ts";
import type { Fault } from "../shared/fault.ts";
import { log, withoutAddresses } from "../shared/log.ts";
import { err, ok, type Result } from "../shared/result.ts";
import { toWaitingBody } from "../shared/streaming.ts";
import { type Importing, ImportStopped, importRows } from "./import.ts";
import { importRowSchema, readImportHeader } from "./import-row.ts";
import type { ImportReportLine } from "./operator-answers.ts";
import { importQuery } from "./operator-request.ts";
import { readUpload, UPLOAD_BYTES, UPLOAD_TOO_LARGE } from "./upload.ts";

export interface ImportRoutes extends Omit<Importing, "schema"> {
	readonly languages: Parameters<typeof importRowSchema>[0];
	/** Turns a fault into the answer. */
	readonly refuse: (fault: Fault) => Response;
}

/** No address and no evidence is so long, and no file has so many columns. */
const LIMITS = { cell: 1000, cells: 100 };

/** `POST /`: brings in a CSV file, and tells row by row what became of it. */
export function importRoutes(parts: ImportRoutes): Hono {
	const schema = importRowSchema(parts.languages);
	const routes = new Hono();
	routes.post("/", async (context) => {
		const query = readQuery(importQuery, context.req.query());
		if (!query.ok) return parts.refuse(query.error);
		const body = openUpload(context);
		if (!body.ok) return parts.refuse(body.error);
		const records = readCsv(readUpload(body.value), createCsvReader(LIMITS));
		const header = await readHeader(records);
		if (!header.ok) {
			await records.return(undefined);
			return parts.refuse(header.error);
		}
		const how = { isDryRun: query.value.dry_run, explain };
		const report = importRows({ ...parts, schema }, header.value, records, how);
		const type = { "Content-Type": "application/x-ndjson; charset=utf-8" };
		return new Response(toWaitingBody(toLines(report)), { headers: type });
	});
	return routes;
}

function openUpload({ req }: Context): Result<ReadableStream<Uint8Array>, Fault> {
	const type = req.header("Content-Type");
	const isUtf8 = !/charset=(?!"?utf-?8\b)/i.test(type ?? "");
	if (mediaTypeOf(type) !== "text/csv" || !isUtf8 || req.raw.body === null)
		return err({
			kind: "unsupported-type",
			detail:
				"Send a file as text/csv in UTF-8 (with curl: --data-binary @FILE -H 'Content-Type: text/csv').",
		});
	if (Number(req.header("Content-Length")) > UPLOAD_BYTES)
		return err({ kind: "too-large", detail: UPLOAD_TOO_LARGE });
	return ok(req.raw.body);
}

async function readHeader(records: ReturnType<typeof readCsv>) {
	try {
		const first = await records.next();
		const header = readImportHeader(first.value ?? { line: 1, cells: [], fault: null });
		if (header.ok) return header;
		const detail = "Mend the first line and send the file again.";
		return err<Fault>({ kind: "invalid", detail, faults: header.error });
	} catch (fault) {
		return err<Fault>({ kind: "malformed", detail: explain(fault) });
	}
}

function explain(fault: unknown): string {
	if (fault instanceof ImportStopped) return fault.message;
	log("error", "import-stopped", { fault: withoutAddresses(String(fault)) });
	return "The fault is ours and is logged. Send the file again: what is in stays as it is.";
}

async function* toLines(report: AsyncGenerator<ImportReportLine[]>): AsyncGenerator<string> {
	for await (const lines of report) yield lines.map((line) => `${JSON.stringify(line)}\n`).join("");
}
