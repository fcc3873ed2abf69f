// How a digest's time grows with its readers: from due to the last message handed over, for a thousand of them
// and up to a million. Each edition is rendered once whatever their number, so that is measured by itself, by
// runs with one reader an edition, and taken off.
import { writeFileSync } from "node:fs";
import path from "node:path";
import { makeBundle } from "./support/bundle.ts";
import { EDITIONS, fillSubscribers, type House, openHouse, someRelease } from "./support/house.ts";
import { endProgress, medianOf, showProgress } from "./support/measuring.ts";
import { plotGrowth } from "./support/plot.ts";
import { startProvider } from "./support/provider.ts";
import { judge, printTable, spreadOf } from "./support/table.ts";

/** So many readers, and how many runs of each: the shorter a run is, the more chance there is in it. */
const SIZES = [
	{ size: 1_000, runs: 15 },
	{ size: 10_000, runs: 7 },
	{ size: 100_000, runs: 3 },
	{ size: 1_000_000, runs: 1 },
];
const FIXED_RUNS = 15;
const WARM_RUNS = 2;
/** How far the time for each may be from that of all sizes. */
const TOLERANCE = 0.15;
const PLOT = path.join(import.meta.dirname, "growth.svg");

/** Prints the time for each reader at each size, and writes the plot. */
export async function bench(): Promise<void> {
	const provider = await startProvider();
	// A run with so many more readers than the last would wait for a person.
	const house = await openHouse(makeBundle(), provider.url, { DIGEST_GROWTH: "99999" });
	try {
		await measure(house);
	} finally {
		await house.dispose();
		provider.stop();
	}
}

async function measure(house: House): Promise<void> {
	await runs(house, EDITIONS, WARM_RUNS);
	const fixed = medianOf(await runs(house, EDITIONS, FIXED_RUNS));
	console.log(
		`A run with one reader an edition takes ${fixed.toFixed(2)} s: ${EDITIONS} editions are rendered.`,
	);
	const measured = [];
	for (const { size, runs: count } of SIZES) {
		const seconds = await runs(house, size, count);
		measured.push({ size, all: seconds, seconds: medianOf(seconds) });
	}
	const each = measured.map(({ size, seconds }) => (seconds - fixed) / size);
	printTable(
		["readers", "runs", "seconds", "µs for each, but for rendering"],
		measured.map(({ size, all }, index) => [
			size.toLocaleString("en"),
			String(all.length),
			spreadOf(all),
			((each[index] ?? Number.NaN) * 1e6).toFixed(0),
		]),
	);
	const middle = (Math.max(...each) + Math.min(...each)) / 2;
	judge({
		what: "the furthest from the same time for each",
		measured: (100 * (Math.max(...each) - middle)) / middle,
		atMost: 100 * TOLERANCE,
		unit: "%",
	});
	writeFileSync(PLOT, plotGrowth("A digest's time, from due to handed over", measured));
	console.log(`The plot is in ${path.relative(process.cwd(), PLOT)}.`);
}

/** How long some runs take that tell so many readers, in seconds. */
async function runs(house: House, readers: number, count: number): Promise<number[]> {
	await fillSubscribers(house.ledger, readers);
	const seconds: number[] = [];
	for (let run = 1; run <= count; run += 1) {
		showProgress(`${readers.toLocaleString("en")} readers, run ${run} of ${count}`);
		await publishInAll(house);
		await house.strike();
		const { id, receipt } = await house.untilClosed();
		if (receipt.submitted !== readers) throw new Error(`${id} submitted ${receipt.submitted}.`);
		seconds.push(await secondsOfRun(house, id));
	}
	endProgress();
	return seconds;
}

let published = 0;

/** Something new in every language, so that every edition has something to tell. */
async function publishInAll(house: House): Promise<void> {
	published += 1;
	for (const language of ["en", "ru", "uz"]) {
		const answer = await house.publish(someRelease(published, language));
		if (answer.status !== 201) throw new Error(await answer.text());
	}
}

async function secondsOfRun({ ledger }: House, id: string): Promise<number> {
	const seconds = await ledger
		.prepare("SELECT (closed_at - created_at) / 1000.0 AS seconds FROM runs WHERE id = ?")
		.bind(id)
		.first<number>("seconds");
	return seconds ?? Number.NaN;
}
