import { medianOf } from "./measuring.ts";

/** The lowest and the highest, in words. */
export function rangeOf(numbers: readonly number[], digits = 3): string {
	return `${Math.min(...numbers).toFixed(digits)} to ${Math.max(...numbers).toFixed(digits)}`;
}

/** The median, and in brackets the range. */
export function spreadOf(numbers: readonly number[], digits = 2): string {
	return `${medianOf(numbers).toFixed(digits)} (${rangeOf(numbers, digits)})`;
}

/** Prints rows under their heading; columns of numbers stand to the right. */
export function printTable(heading: readonly string[], rows: readonly (readonly string[])[]): void {
	const widths = heading.map((_, column) =>
		Math.max(...[heading, ...rows].map((row) => (row[column] ?? "").length)),
	);
	const line = (row: readonly string[]) =>
		row
			.map((cell, column) =>
				column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
			)
			.join("  ")
			.trimEnd();
	console.log(line(heading));
	console.log(widths.map((width) => "-".repeat(width)).join("  "));
	for (const row of rows) console.log(line(row));
}

/** A bar that a benchmark has to meet. */
export interface Bar {
	readonly what: string;
	readonly measured: number;
	readonly atLeast?: number;
	readonly atMost?: number;
	/** What the numbers are in; a ratio by default. */
	readonly unit?: string;
}

/** Says whether a bar is met; one that is missed makes the benchmark end with an error. */
export function judge({ what, measured, atLeast, atMost, unit = "×" }: Bar): void {
	const isMet =
		(atLeast === undefined || measured >= atLeast) && (atMost === undefined || measured <= atMost);
	const wanted = [
		...(atLeast === undefined ? [] : [`at least ${atLeast}`]),
		...(atMost === undefined ? [] : [`at most ${atMost}`]),
	].join(" and ");
	console.log(
		`${isMet ? "met   " : "MISSED"}  ${what}: ${Number(measured.toPrecision(4))} ${unit} (${wanted})`,
	);
	if (!isMet) process.exitCode = 1;
}
