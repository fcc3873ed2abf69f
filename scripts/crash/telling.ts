import type { JourneyEnd } from "./journey.ts";
import type { Verdict } from "./judge.ts";
import { BATCH_SIZE } from "./plan.ts";

/** Examples of a breach that are named. */
const NAMED = 5;

const COLUMNS = ["crash", "while", "accepted", "planned", "claimed", "settled", "unknown", "left"];

/** A line for each crash: where it hit, and what it left. */
export function toTable({ crashes, unknown }: JourneyEnd): string {
	const seen = new Set<string>();
	const rows = crashes.map(({ states, accepted, planned, claimed, settled, left }, index) => {
		// A crash may come before what the last one left was taken up.
		const fresh = claimed.filter((batch) => !seen.has(batch));
		for (const batch of fresh) seen.add(batch);
		const lost = unknown.filter(({ batch }) => fresh.includes(batch)).length;
		const most = fresh.length * BATCH_SIZE;
		const bounded = `${lost} (at most ${most})`;
		return [index + 1, states, accepted, planned, claimed.length, settled, bounded, left].map(
			String,
		);
	});
	return alignColumns([COLUMNS, ...rows]);
}

function alignColumns(rows: readonly (readonly string[])[]): string {
	const widths = COLUMNS.map((_, column) =>
		Math.max(...rows.map((row) => (row[column] ?? "").length)),
	);
	return rows
		.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  "))
		.map((line) => line.trimEnd())
		.join("\n");
}

/** A line for each promise that was broken, with some examples. */
export function tellBreaches(verdict: Verdict): string[] {
	const breaches: [string, readonly string[]][] = [
		["Accepted twice", verdict.twice],
		["Missed", verdict.missed],
		["Mailed after leaving", verdict.afterLeaving],
		["Told again though submitted", verdict.toldAgainInVain],
		["Unknown, and not told again", verdict.leftUnknown],
		["Receipt wrong", verdict.wrongReceipts],
	];
	return breaches.flatMap(([what, cases]) => {
		if (cases.length === 0) return [];
		const more = cases.length > NAMED ? ", …" : "";
		return [`${what}: ${cases.slice(0, NAMED).join(", ")}${more}`];
	});
}

export function toLastLine({ verdict, unknown, mostUnknown }: JourneyEnd, seed: number): string {
	return [
		`twice ${verdict.twice.length}`,
		`missed ${verdict.missed.length}`,
		`after leaving ${verdict.afterLeaving.length}`,
		`unknown ${unknown.length} (at most ${mostUnknown})`,
		`seed ${seed}`,
	].join(", ");
}
