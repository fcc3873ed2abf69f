// Planning a digest for a million readers in twelve editions, each of whom an earlier digest has told,
// against a bare Worker that reads the same columns of the same rows page by page and does nothing; then
// what a whole run counts, from the stroke of the clock to its receipt.
import { type Bundle, makeBundle } from "./support/bundle.ts";
import { watchHeap } from "./support/heap.ts";
import {
	EDITIONS,
	fillSubscribers,
	HOUSE,
	type House,
	openHouse,
	someRelease,
} from "./support/house.ts";
import {
	endProgress,
	interleave,
	medianOf,
	ratiosOf,
	secondsOf,
	showProgress,
} from "./support/measuring.ts";
import { startProvider } from "./support/provider.ts";
import { judge, printTable, spreadOf } from "./support/table.ts";
import { tellSubscribers } from "./support/told.ts";

const ROUNDS = 5;
const SUBSCRIBERS = [100_000, 1_000_000];
/** Readers of the run that is submitted, too. */
const SUBMITTED = 50_000;
const LANGUAGES = ["en", "ru", "uz"];
/** Rows of the bare read's pages: as many as one call of planning reads. */
const BARE_PAGE = 5000;
const POLL_MS = 20;
/**
 * No isolate may have more: V8 collects garbage only when it has to, and would let it grow to 80 MB. Of the
 * 128 MB that the platform gives it, it is half.
 */
const HEAP_MB = 64;

const BARE = {
	name: "bare",
	script: `const PAGE = "SELECT id, kinds, languages, heard_through AS heardThrough, earlier, batch FROM subscribers WHERE id > ? ORDER BY id LIMIT ${BARE_PAGE}";
export default { async fetch(_request, { LEDGER }) {
	let after = "";
	for (let rows = 0; ; ) {
		const { results } = await LEDGER.prepare(PAGE).bind(after).all();
		rows += results.length;
		if (results.length < ${BARE_PAGE}) return new Response(String(rows));
		after = results.at(-1).id;
	}
} };`,
};

/** Prints what planning takes and counts, and whether the bars are met. */
export async function bench(): Promise<void> {
	const bundle = makeBundle();
	const provider = await startProvider();
	process.env.MINIFLARE_WORKERD_V8_FLAGS = `--max-heap-size=${HEAP_MB}`;
	try {
		const planned: Planned[] = [];
		for (const count of SUBSCRIBERS) planned.push(await planMany(bundle, provider.url, count));
		tellPlanned(planned);
		await submitMany(bundle, provider.url);
	} finally {
		delete process.env.MINIFLARE_WORKERD_V8_FLAGS;
		provider.stop();
	}
}

interface Planned {
	readonly count: number;
	readonly planning: readonly number[];
	readonly bare: readonly number[];
	readonly planningCpu: readonly number[];
	readonly bareCpu: readonly number[];
	/** The most bytes of the isolate's heap in a run that was watched. */
	readonly heap: number;
	readonly batches: number;
}

/** Plans a run of so many readers several times; each is held for approval, so that nobody is mailed. */
async function planMany(bundle: Bundle, provider: string, count: number): Promise<Planned> {
	const house = await openHouse(bundle, provider, { DIGEST_APPROVAL: "required" }, [BARE]);
	try {
		await furnish(house, count);
		const cpu: Record<"planning" | "bare", number[]> = { planning: [], bare: [] };
		const timed = (name: keyof typeof cpu, act: () => Promise<unknown>) => async () => {
			const before = house.cpuSeconds();
			const seconds = await secondsOf(act);
			cpu[name].push(house.cpuSeconds() - before);
			await forgetHeld(house);
			return seconds;
		};
		const measured = await interleave(
			{
				planning: timed("planning", () => planOnce(house)),
				bare: timed("bare", () => readBare(house, count)),
			},
			ROUNDS,
		);
		const heap = await watchPlanning(house);
		const batches = await countBatches(house);
		return {
			count,
			...measured,
			planningCpu: cpu.planning,
			bareCpu: cpu.bare,
			heap,
			batches,
		};
	} finally {
		await house.dispose();
	}
}

async function watchPlanning(house: House): Promise<number> {
	const watch = await watchHeap(house.miniflare, HOUSE);
	await planOnce(house);
	watch.stop();
	return watch.peak();
}

async function furnish(house: House, count: number): Promise<void> {
	showProgress(`making ${count} subscribers`);
	await publishSome(house);
	await fillSubscribers(house.ledger, count);
	await tellSubscribers(house);
	await publishSome(house);
	endProgress();
}

async function publishSome(house: House): Promise<void> {
	for (const number of [1, 2])
		for (const language of LANGUAGES) {
			const title = `No. ${number} of ${performance.now()}`;
			const release = { ...someRelease(number, language), title };
			const { status } = await house.publish(release);
			if (status !== 201) throw new Error(`A release was answered ${status}.`);
		}
}

async function planOnce(house: House): Promise<void> {
	await house.strike();
	const state = "SELECT state FROM runs WHERE frequency = 'daily' ORDER BY period DESC LIMIT 1";
	while ((await house.ledger.prepare(state).first("state")) !== "held")
		await new Promise((resolve) => setTimeout(resolve, POLL_MS));
}

async function readBare({ miniflare }: House, count: number): Promise<void> {
	const bare = await miniflare.getWorker(BARE.name);
	const read = Number(await (await bare.fetch("http://bare/")).text());
	if (read !== count) throw new Error(`The bare read found ${read} rows.`);
}

async function countBatches({ ledger }: House): Promise<number> {
	const planned = await ledger
		.prepare(
			"SELECT COUNT(*) AS batches, COUNT(DISTINCT edition) AS editions FROM batches WHERE state = 'planned'",
		)
		.first<Record<"batches" | "editions", number>>();
	if (planned?.editions !== EDITIONS) throw new Error(`There are ${planned?.editions} editions.`);
	return planned.batches;
}

/** Takes away the held run, or its schedule would make no other. */
async function forgetHeld({ ledger }: House): Promise<void> {
	const held = "SELECT id FROM runs WHERE state = 'held'";
	for (const table of ["batches", "editions"])
		await ledger.prepare(`DELETE FROM ${table} WHERE run IN (${held})`).run();
	await ledger.prepare("DELETE FROM runs WHERE state = 'held'").run();
}
function tellPlanned(all: readonly Planned[]): void {
	console.log(`Planning ${EDITIONS} editions, ${ROUNDS} rounds in turn: median (range)`);
	printTable(
		[
			"subscribers",
			"planned in s",
			"bare read in s",
			"as fast",
			"CPU µs each",
			"bare",
			"heap MB",
			"batches",
		],
		all.map(({ count, planning, bare, planningCpu, bareCpu, heap, batches }) => [
			count.toLocaleString("en"),
			spreadOf(planning),
			spreadOf(bare),
			spreadOf(ratiosOf(bare, planning)),
			((medianOf(planningCpu) / count) * 1e6).toFixed(1),
			((medianOf(bareCpu) / count) * 1e6).toFixed(1),
			(heap / 1e6).toFixed(0),
			batches.toLocaleString("en"),
		]),
	);
	const most = all.at(-1);
	if (!most) return;
	judge({
		what: "planning's readers a second by the bare read's, of a million",
		measured: medianOf(ratiosOf(most.bare, most.planning)),
		atLeast: 0.8,
	});
	for (const { count, heap } of all)
		judge({
			what: `heap of the isolate that plans ${count.toLocaleString("en")}`,
			measured: heap / 1e6,
			atMost: HEAP_MB,
			unit: "MB",
		});
}

/** Makes and submits one run, and tells what all its steps have counted. */
async function submitMany(bundle: Bundle, provider: string): Promise<void> {
	const house = await openHouse(bundle, provider);
	try {
		await furnish(house, SUBMITTED);
		await house.strike();
		const run = await house.untilClosed();
		if (run.receipt.submitted !== SUBMITTED) throw new Error(JSON.stringify(run.receipt));
		const each = (count: number) => (count / SUBMITTED).toFixed(4);
		console.log(`\nA whole run of ${SUBMITTED.toLocaleString("en")}, by a recipient:`);
		printTable(
			["D1 rows read", "D1 rows written", "KV operations", "queue operations"],
			[[run.rows_read, run.rows_written, run.kv_operations, run.queue_operations].map(each)],
		);
		judge({
			what: "D1 rows written a recipient",
			measured: run.rows_written / SUBMITTED,
			atMost: 1.1,
			unit: "rows",
		});
		judge({
			what: "queue operations a recipient",
			measured: run.queue_operations / SUBMITTED,
			atMost: 0.03,
			unit: "operations",
		});
	} finally {
		await house.dispose();
	}
}
