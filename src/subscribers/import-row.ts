import * as z from "zod";
import { timeZoneNamed } from "../shared/civil-time.ts";
import { type CsvRecord, readCell } from "../shared/csv.ts";
import type { FieldFault } from "../shared/fault.ts";
import { err, ok, type Result } from "../shared/result.ts";
import { foldSpace } from "../shared/text.ts";
import { type Preferences, signUpSchema } from "./subscriber.ts";

/** The columns that an import reads; it needs the first two and reads over all others. */
export const IMPORT_COLUMNS = [
	"email",
	"consent",
	"kinds",
	"languages",
	"frequency",
	"time_zone",
	"status",
] as const;
type Column = (typeof IMPORT_COLUMNS)[number];
const NEEDED: readonly Column[] = ["email", "consent"];
/** A batch of rows is one parameter to D1, which bounds its length. */
const LONGEST_EVIDENCE = 300;
const LISTS: readonly Column[] = ["kinds", "languages"];

/** What the first record of a file says: how many cells each row has, and where a column stands. */
export interface ImportHeader {
	readonly width: number;
	readonly places: ReadonlyMap<Column, number>;
}

/** One subscriber as a file has them. */
export interface ImportRow extends Preferences {
	readonly address: string;
	/** What shows that they asked for it. */
	readonly evidence: string;
}

/** Why a row stays out: it has to be mended, or it says that they have left. */
export interface Withheld {
	readonly outcome: "refused" | "ended";
	readonly reason: string;
}

export type ImportRowSchema = ReturnType<typeof importRowSchema>;

/** The schema of a row: a sign-up's, with the evidence of consent. */
export function importRowSchema(languages: Parameters<typeof signUpSchema>[0]) {
	return signUpSchema(languages)
		.omit({ form_language: true })
		.extend({
			time_zone: z.string().transform(toTimeZone).default(null),
			consent: z
				.string({ error: "is needed: say what shows that they asked for it" })
				.overwrite(foldSpace)
				.max(LONGEST_EVIDENCE, `must have ${LONGEST_EVIDENCE} characters or fewer`)
				.regex(/^\P{Cc}*$/u, "must not have control characters"),
			// An export has it: who left, or never confirmed, is not brought back by it.
			status: z
				.enum(["active", "pending", "ended"], { error: "must be active, pending or ended" })
				.default("active"),
		});
}

function toTimeZone(name: string, context: z.RefinementCtx): string | null {
	const zone = timeZoneNamed(name.trim());
	if (zone === null) context.addIssue("must be an IANA name, such as Asia/Tashkent");
	return zone;
}

/** Reads the names of the columns, in any order and without regard to case. */
export function readImportHeader({
	cells,
	fault,
}: CsvRecord): Result<ImportHeader, readonly FieldFault[]> {
	const names = cells.map((cell) => cell.trim().toLowerCase());
	const places = new Map(
		IMPORT_COLUMNS.filter((column) => names.includes(column)).map((column) => [
			column,
			names.indexOf(column),
		]),
	);
	const remedy = `The first line names the columns, with commas between: ${IMPORT_COLUMNS.join(",")}`;
	const faults = [
		...(fault === null ? [] : [{ field: "header", detail: fault, remedy }]),
		...NEEDED.filter((column) => !places.has(column)).map((column) => ({
			field: column,
			detail: `The column ${column} is missing.`,
			remedy,
		})),
		...IMPORT_COLUMNS.filter((column) => names.indexOf(column) !== names.lastIndexOf(column)).map(
			(column) => ({ field: column, detail: `The column ${column} is there twice.`, remedy }),
		),
	];
	return faults.length > 0 ? err(faults) : ok({ width: cells.length, places });
}

/** Reads a row; its fields are checked as a sign-up's are. */
export function readImportRow(
	{ cells, fault }: CsvRecord,
	{ width, places }: ImportHeader,
	schema: ImportRowSchema,
): Result<ImportRow, Withheld> {
	if (fault !== null) return refused(fault);
	if (cells.length !== width)
		return refused(`The row has ${cells.length} cells, the first line has ${width}.`);
	if (cells.some((cell) => cell.includes("\ufffd"))) return refused("The row is not UTF-8.");
	const parsed = schema.safeParse(fieldsOf(cells, places));
	if (!parsed.success) return refused(wordsOf(parsed.error));
	const { email, consent, time_zone: timeZone, status, ...rest } = parsed.data;
	if (status === "ended") return err({ outcome: "ended", reason: "The file says that they left." });
	if (status === "pending") return refused("The file says that they have not confirmed.");
	return ok({ address: email, evidence: consent, timeZone, ...rest });
}

/** The cells that say something, by column; an empty one is as good as not there. */
function fieldsOf(cells: readonly string[], places: ImportHeader["places"]) {
	const filled = [...places].map(([column, place]): [string, string] => [
		column,
		readCell(cells[place] ?? "").trim(),
	]);
	return Object.fromEntries(
		filled
			.filter(([, text]) => text !== "")
			.map(([column, text]) => [
				column,
				LISTS.includes(column as Column) ? text.split(/[\s,;]+/) : text,
			]),
	);
}

function refused(reason: string): Result<never, Withheld> {
	return err({ outcome: "refused", reason });
}

function wordsOf({ issues }: z.ZodError): string {
	const words = issues.map(({ path, message }) => `${String(path[0])} ${message}`);
	return `${[...new Set(words)].join("; ")}.`;
}
