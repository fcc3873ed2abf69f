import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createCsvReader, readCell, readCsv, writeCsvRow } from "../../src/shared/csv.ts";

const LIMITS = { cell: 20, cells: 5 };

function read(text: string, pieces = [text]) {
	const reader = createCsvReader(LIMITS);
	return [...pieces.flatMap((piece) => reader.read(piece)), ...reader.end()];
}

const cellsOf = (text: string) => read(text).map(({ cells }) => cells);

describe("a CSV reader", () => {
	it.each([
		["nothing", "", []],
		[
			"cells and rows",
			"a,b\r\nc,d\r\n",
			[
				["a", "b"],
				["c", "d"],
			],
		],
		[
			"a last row without a line end",
			"a,b\nc,d",
			[
				["a", "b"],
				["c", "d"],
			],
		],
		["line ends of any kind", "a\nb\r\nc\rd", [["a"], ["b"], ["c"], ["d"]]],
		[
			"empty cells",
			",\r\na,,b\r\n",
			[
				["", ""],
				["a", "", "b"],
			],
		],
		["lines with nothing on them", "a\r\n\r\n\n\rb", [["a"], ["b"]]],
		["quoted cells", '"a","b, c"\r\n"""d"""\r\n', [["a", "b, c"], ['"d"']]],
		["line ends in quotes", '"a\r\nb\nc"\r\nd', [["a\r\nb\nc"], ["d"]]],
		["a quoted cell with nothing in it", '""\r\n', [[""]]],
		["white space, as it stands", " a ,\tb", [[" a ", "\tb"]]],
	])("takes %s", (_, text, cells) => {
		expect(cellsOf(text)).toEqual(cells);
		expect(read(text).every(({ fault }) => fault === null)).toBe(true);
	});

	it("says on which line each record begins", () => {
		const text = 'a\r\n"b\r\nb"\r\n\r\nc\nd\re';
		expect(read(text).map(({ line }) => line)).toEqual([1, 2, 5, 6, 7]);
	});

	it.each([
		["a quote inside a cell", 'a"b,c\r\nd\r\n', /inside a cell/],
		["a quote after blank space", 'a, "b"\r\nd\r\n', /inside a cell/],
		["text behind a quoted cell", '"a"b\r\nd\r\n', /inside a cell/],
		["a cell that is too long", `${"x".repeat(21)}\r\nd\r\n`, /more than 20 characters/],
		["a quoted cell that is too long", `"${"x\n".repeat(21)}"\r\nd\r\n`, /more than 20/],
		["too many cells", ",,,,,\r\nd\r\n", /more than 5 cells/],
	])("faults a record with %s, and reads on", (_, text, words) => {
		const [faulty, next] = read(text);
		expect(faulty).toMatchObject({ line: 1, cells: [], fault: expect.stringMatching(words) });
		expect(next).toMatchObject({ cells: ["d"], fault: null });
	});

	it("faults a record whose quote is never closed", () => {
		expect(read('a\r\n"b,c\r\nd')).toMatchObject([
			{ cells: ["a"], fault: null },
			{ line: 2, cells: [], fault: "A quote is opened and never closed." },
		]);
	});

	it("reads the same however the file is cut into pieces", () => {
		const text = fc.string({ unit: fc.constantFrom("a", "b", '"', ",", "\r", "\n") });
		fc.assert(
			fc.property(text, fc.nat(), (whole, place) => {
				const at = place % (whole.length + 1);
				const [head, tail] = [whole.slice(0, at), whole.slice(at)];
				expect(read(whole, [head, tail])).toEqual(read(whole));
				expect(read(whole, [...whole])).toEqual(read(whole));
			}),
			{ numRuns: 2000 },
		);
	});

	it("reads UTF-8 however its bytes are cut, without a byte order mark", async () => {
		const bytes = new TextEncoder().encode("\ufeffAñ,Ж\r\n€");
		async function* one(): AsyncGenerator<Uint8Array> {
			for (const byte of bytes) yield Uint8Array.of(byte);
		}
		const records = await Array.fromAsync(readCsv(one(), createCsvReader(LIMITS)));
		expect(records.map(({ cells }) => cells)).toEqual([["Añ", "Ж"], ["€"]]);
	});

	it("shows what is not UTF-8 as U+FFFD", async () => {
		async function* bytes(): AsyncGenerator<Uint8Array> {
			yield Uint8Array.of(0x61, 0xff, 0x62);
			yield Uint8Array.of(0xd0);
		}
		const [record] = await Array.fromAsync(readCsv(bytes(), createCsvReader(LIMITS)));
		expect(record?.cells).toEqual(["a\ufffdb\ufffd"]);
	});
});

describe("a written row", () => {
	it("quotes what has to be quoted", () => {
		expect(writeCsvRow(["a", "b,c", 'd"e', "f\ng", ""])).toBe('a,"b,c","d""e","f\ng",\r\n');
	});

	it.each(["=1+1", "+a@b.test", "-2", "@SUM(A1)", "\tx", "\rx", "'=1", "''@a"])(
		"keeps %j from being a formula",
		(cell) => {
			const row = writeCsvRow([cell]);
			expect(row).toBe(`"'${cell}"\r\n`);
			expect(cellsOf(row).map(([only = ""]) => readCell(only))).toEqual([cell]);
		},
	);

	it("is read back as it was, whatever it says", () => {
		const reader = () => createCsvReader({ cell: 1000, cells: 1000 });
		const cell = fc.oneof(
			fc.string(),
			fc.string({ unit: fc.constantFrom("'", "=", '"', "\r", "a") }),
		);
		fc.assert(
			fc.property(fc.array(cell, { minLength: 2, maxLength: 5 }), (cells) => {
				const one = reader();
				const [record] = [...one.read(writeCsvRow(cells)), ...one.end()];
				expect(record?.cells.map(readCell)).toEqual(cells);
			}),
			{ numRuns: 2000 },
		);
	});
});
