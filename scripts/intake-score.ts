// How well the intake reads the texts of test/releases/corpus: a table, the misses, and exit code 1
// where what it gives for kind or dates is right less often than it must be.
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { LANGUAGES } from "../src/shared/language.ts";
import { type Sample, SETS, type SetName, samplesIn } from "../test/releases/corpus/gold.ts";
import {
	FIELDS,
	type Judgement,
	judge,
	misses,
	PRECISE,
	precisionFaults,
	type Score,
	scoreOf,
	select,
} from "../test/releases/corpus/scoring.ts";

const folder = path.join(import.meta.dirname, "../test/releases/corpus");
const WIDTH = 17;

const samples = samplesIn(new Map(SETS.flatMap(filesOf)));
for (const set of SETS)
	report(
		set,
		samples.filter((sample) => sample.set === set),
	);

function filesOf(set: SetName): [string, string][] {
	const names = readdirSync(path.join(folder, set));
	return names.map((name) => [
		`${set}/${name}`,
		readFileSync(path.join(folder, set, name), "utf8"),
	]);
}

function report(set: SetName, texts: readonly Sample[]): void {
	const judgements = texts.flatMap(judge);
	console.log(`\n${set}: ${texts.length} texts; precision (right/given) recall (right/told)\n`);
	console.log(row("", ["all", ...LANGUAGES]));
	for (const field of FIELDS) {
		const scores = [null, ...LANGUAGES].map((language) =>
			cell(scoreOf(select(judgements, field, language))),
		);
		console.log(row(field, scores));
	}
	console.log("");
	for (const miss of misses(judgements)) console.log(described(miss));
	for (const fault of precisionFaults(judgements)) {
		console.log(`precision of ${fault} is under ${PRECISE}`);
		process.exitCode = 1;
	}
}

function row(name: string, cells: readonly string[]): string {
	return [name.padEnd(WIDTH), ...cells.map((text) => text.padEnd(WIDTH + 8))].join("").trimEnd();
}

function cell({ given, right, told, precision, recall }: Score): string {
	return `${figure(precision)} ${right}/${given}  ${figure(recall)} ${right}/${told}`;
}

function figure(ratio: number | null): string {
	return ratio === null ? "–" : ratio.toFixed(2);
}

function described({ name, field, gold, read, from }: Judgement): string {
	const words = read === null || from === null ? "" : ` from “${from}”`;
	return `${name}: ${field}: read ${read ?? "nothing"}${words}, the text says ${gold ?? "nothing"}`;
}
