/** A record of a CSV file: the line on which it begins, counted from 1, and its cells as they stand. */
export interface CsvRecord {
	readonly line: number;
	readonly cells: readonly string[];
	/** What is wrong with it, as a sentence; its cells are worth nothing then. Null where all is well. */
	readonly fault: string | null;
}

/** How much of a record is kept: what is longer is read over, and the record has a fault. */
export interface CsvLimits {
	/** Characters of a cell. */
	readonly cell: number;
	/** Cells of a record. */
	readonly cells: number;
}

export interface CsvReader {
	/** The records that a further piece of the file completes. */
	read(text: string): CsvRecord[];
	/** The record that the end of the file completes, if there is one. */
	end(): CsvRecord[];
}

const UNCLOSED = "A quote is opened and never closed.";
const QUOTE_INSIDE = 'A quote stands inside a cell: quote the cell, and double the quote as "".';

type Place = "cell start" | "plain" | "quoted" | "after quote";

/**
 * Reads a CSV file (RFC 4180) piece by piece, with line ends of any kind. It keeps the record it is in
 * and no more; a faulty record harms no other, but for an unclosed quote, which reaches to the end.
 */
export function createCsvReader(limits: CsvLimits): CsvReader {
	let place: Place = "cell start";
	let cells: string[] = [];
	let cell = "";
	let fault: string | null = null;
	let line = 1;
	let begins = 1;
	/** A line feed that comes next belongs to the carriage return before it. */
	let isAfterReturn = false;
	let done: CsvRecord[] = [];

	function keep(text: string): void {
		if (cell.length + text.length <= limits.cell) cell += text;
		else fault ??= `A cell has more than ${limits.cell} characters.`;
	}

	function endCell(): void {
		if (cells.length < limits.cells) cells.push(cell);
		else fault ??= `The row has more than ${limits.cells} cells.`;
		cell = "";
		place = "cell start";
	}

	function endRecord(): void {
		const isEmpty = cells.length === 0 && cell === "" && place === "cell start";
		if (!isEmpty || fault !== null) {
			endCell();
			done.push({ line: begins, cells: fault === null ? cells : [], fault });
		}
		[cells, cell, fault, place, begins] = [[], "", null, "cell start", line];
	}

	function take(character: string): void {
		if (place === "quoted") {
			if (character === '"') place = "after quote";
			else keep(character);
		} else if (character === '"') takeQuote();
		else if (character === ",") endCell();
		else endRecord();
	}

	function takeQuote(): void {
		if (place === "after quote") keep('"');
		else if (place === "plain") fault ??= QUOTE_INSIDE;
		if (place !== "plain") place = "quoted";
	}

	function takeText(text: string): void {
		if (text === "") return;
		if (place === "after quote") fault ??= QUOTE_INSIDE;
		if (place !== "quoted") place = "plain";
		keep(text);
	}

	function takeMark(mark: string): void {
		const isSecondHalf = mark === "\n" && isAfterReturn;
		isAfterReturn = mark === "\r";
		if (mark === "\r" || (mark === "\n" && !isSecondHalf)) line++;
		if (isSecondHalf && place !== "quoted") return;
		take(mark);
	}

	function drain(): CsvRecord[] {
		const records = done;
		done = [];
		return records;
	}

	return {
		read(text) {
			let from = 0;
			for (const { index, 0: mark } of text.matchAll(/[",\r\n]/g)) {
				if (index > from) isAfterReturn = false;
				takeText(text.slice(from, index));
				takeMark(mark);
				from = index + 1;
			}
			if (from < text.length) isAfterReturn = false;
			takeText(text.slice(from));
			return drain();
		},

		end() {
			if (place === "quoted") fault ??= UNCLOSED;
			endRecord();
			return drain();
		},
	};
}

/** The records of a file as its bytes come in; what is not UTF-8 is read as U+FFFD. */
export async function* readCsv(
	bytes: AsyncIterable<Uint8Array>,
	reader: CsvReader,
): AsyncGenerator<CsvRecord> {
	const decoder = new TextDecoder();
	for await (const chunk of bytes) yield* reader.read(decoder.decode(chunk, { stream: true }));
	yield* reader.read(decoder.decode());
	yield* reader.end();
}

/** What a spreadsheet would take for a formula, and what has been kept from being one. */
const FORMULA = /^'*[=+\-@\t\r]/;
const FORMULA_KEPT = /^'+[=+\-@\t\r]/;

/**
 * A row of a CSV file (RFC 4180). A cell that a spreadsheet would take for a formula begins with an
 * apostrophe, as OWASP ("CSV Injection") advises.
 */
export function writeCsvRow(cells: readonly string[]): string {
	return `${cells.map(writeCell).join(",")}\r\n`;
}

function writeCell(cell: string): string {
	const kept = FORMULA.test(cell) ? `'${cell}` : cell;
	return /[",\r\n]/.test(kept) || kept !== cell ? `"${kept.replaceAll('"', '""')}"` : kept;
}

/** What a cell said before {@link writeCsvRow} kept it from being a formula. */
export function readCell(cell: string): string {
	return FORMULA_KEPT.test(cell) ? cell.slice(1) : cell;
}
