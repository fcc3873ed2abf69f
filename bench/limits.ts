// Past one machine: what one digest takes and costs on the platform at any number of subscribers, by what a
// run here was counted to ask for and the platform's limits and prices.
import { makeBundle } from "./support/bundle.ts";
import { countInvocations, type Fullest, fullestOf } from "./support/counted.ts";
import { fillSubscribers, type House, openHouse, someRelease } from "./support/house.ts";
import { LIMITS, PRICES, SES_A_MAIL } from "./support/platform.ts";
import { startProvider } from "./support/provider.ts";
import { judge, printTable } from "./support/table.ts";

/** More than one step of planning takes, so that a full one is among what is counted. */
const MEASURED = 450_000;
const PLANNED_A_STEP = 400_000;
const SIZES = [1e4, 1e5, 1e6, 1e7, 1e8];
const HOUR = 3600;
/** Digests a month of a publication that has one each working day. */
const DIGESTS_A_MONTH = 22;
const DIGESTS_A_YEAR = 12 * DIGESTS_A_MONTH;
/** A message that is delivered at once waits for about as long; planning's follow one another. */
const DELIVERY_SECONDS = 1;

/** What a run asks the platform for, for each recipient. */
interface Each {
	readonly rowsRead: number;
	readonly rowsWritten: number;
	readonly queueOperations: number;
	readonly invocations: number;
	readonly kvReads: number;
	/** Of the Worker and the database together, since one process has them here: neither has more. */
	readonly cpuSeconds: number;
	/** Planning, which goes on in one message after the other. */
	readonly planningSeconds: number;
	readonly bytes: number;
	/** What one digest leaves in the database. */
	readonly bytesLeft: number;
}

interface Measured {
	readonly each: Each;
	/** Whatever the number of recipients. */
	readonly kvWrites: number;
	readonly fullest: ReadonlyMap<string, Fullest>;
}

/** Prints time, money and what binds at each size, and judges that no invocation comes near a limit. */
export async function bench(): Promise<void> {
	const provider = await startProvider();
	const house = await openHouse(countInvocations(makeBundle()), provider.url);
	try {
		const measured = await measure(house);
		tellEach(measured);
		tellSizes(measured);
		tellInvocations(measured);
	} finally {
		await house.dispose();
		provider.stop();
	}
}

async function measure(house: House): Promise<Measured> {
	await fillSubscribers(house.ledger, MEASURED);
	// The first run also loads what it needs.
	for (const number of [1, 2]) {
		for (const language of ["en", "ru", "uz"]) await house.publish(someRelease(number, language));
		// Feeds and pages are made meanwhile, which is no part of a digest.
		await new Promise((resolve) => setTimeout(resolve, 4000));
		if (number === 1) await runOnce(house);
	}
	const bytesBefore = await sizeOf(house);
	const before = [...house.logged];
	const cpu = house.cpuSeconds();
	const { id, ...run } = await runOnce(house);
	const cpuSeconds = house.cpuSeconds() - cpu;
	const messages = [...house.logged].filter(([event]) => event.startsWith("counted "));
	const known = new Map(before);
	const invocations = messages.reduce(
		(sum, [event, times]) => sum + times - (known.get(event) ?? 0),
		0,
	);
	const { results, meta } = await house.ledger
		.prepare(
			`SELECT (planned_at - created_at) / 1000.0 AS seconds,
				(SELECT COUNT(*) FROM editions WHERE run = runs.id) AS editions
			FROM runs WHERE id = ?`,
		)
		.bind(id)
		.all<{ seconds: number; editions: number }>();
	const [facts] = results;
	if (!facts) throw new Error("The run is gone.");
	return {
		each: {
			rowsRead: run.rows_read / MEASURED,
			rowsWritten: run.rows_written / MEASURED,
			queueOperations: run.queue_operations / MEASURED,
			invocations: invocations / MEASURED,
			kvReads: (run.kv_operations - 2 * facts.editions) / MEASURED,
			cpuSeconds: cpuSeconds / MEASURED,
			planningSeconds: facts.seconds / MEASURED,
			bytes: bytesBefore / MEASURED,
			bytesLeft: (meta.size_after - bytesBefore) / MEASURED,
		},
		kvWrites: facts.editions,
		fullest: fullestOf(house),
	};
}

async function sizeOf({ ledger }: House): Promise<number> {
	return (await ledger.prepare("SELECT 1").all()).meta.size_after;
}

async function runOnce(house: House) {
	await house.strike();
	const run = await house.untilClosed();
	if (run.receipt.submitted !== MEASURED)
		throw new Error(`${run.id} submitted ${run.receipt.submitted} of ${MEASURED}.`);
	return run;
}

function tellEach({ each, kvWrites }: Measured): void {
	console.log(`Counted in a run of ${MEASURED.toLocaleString("en")} recipients, for each:`);
	printTable(
		[
			"rows read",
			"rows written",
			"queue operations",
			"invocations",
			"KV reads",
			"CPU µs",
			"D1 bytes",
			"left by a digest",
		],
		[
			[
				each.rowsRead.toFixed(2),
				each.rowsWritten.toFixed(3),
				each.queueOperations.toFixed(4),
				each.invocations.toFixed(4),
				each.kvReads.toFixed(4),
				(each.cpuSeconds * 1e6).toFixed(0),
				each.bytes.toFixed(0),
				each.bytesLeft.toFixed(0),
			],
		],
	);
	console.log(`and ${kvWrites} KV writes in all, one an edition.\n`);
}

function tellSizes({ each, kvWrites }: Measured): void {
	printTable(
		[
			"subscribers",
			"planning",
			"D1 at most",
			"in all",
			"binds first",
			"D1 size",
			"a digest, $",
			"a month, $",
			"of SES",
		],
		SIZES.map((size) => {
			const time = timeOf(each, size);
			const cost = costOf(each, kvWrites, size, 1);
			const bytes = each.bytes * size;
			return [
				size.toLocaleString("en"),
				inWords(time.planning),
				inWords(time.database),
				inWords(time.planning + Math.max(time.database, time.consumers)),
				bytes > LIMITS.d1Bytes ? "size of a database" : time.binding,
				`${(bytes / 1e9).toFixed(2)} GB`,
				cost.beyond.toFixed(4),
				costOf(each, kvWrites, size, DIGESTS_A_MONTH).billed.toFixed(2),
				`${((100 * cost.beyond) / (size * SES_A_MAIL)).toFixed(2)} %`,
			];
		}),
	);
	console.log(
		`"A digest": its operations at their prices, as if the plan included none. "A month": what ${DIGESTS_A_MONTH} digests add to the plan's $5.\n`,
	);
	const ten = timeOf(each, 1e7);
	judge({
		what: "one digest for 10,000,000 subscribers",
		measured: ten.planning + Math.max(ten.database, ten.consumers),
		atMost: HOUR,
		unit: "s",
	});
	judge({
		what: "the database with 10,000,000 subscribers and a run",
		measured: each.bytes * 1e7,
		atMost: LIMITS.d1Bytes,
		unit: "bytes",
	});
	const years = (LIMITS.d1Bytes - each.bytes * 1e6) / (each.bytesLeft * 1e6) / DIGESTS_A_YEAR;
	console.log(
		`Batches stay: with 1,000,000 subscribers a database is full after ${years.toFixed(1)} years of ${DIGESTS_A_YEAR} digests.`,
	);
	const within = SIZES.filter((size) => costOf(each, kvWrites, size, DIGESTS_A_MONTH).billed === 0);
	console.log(
		`Up to ${Math.max(...within).toLocaleString("en")} subscribers of these sizes a month of digests costs nothing beyond the plan.`,
	);
	const share = costOf(each, kvWrites, 1e6, 1).beyond / (1e6 * SES_A_MAIL);
	judge({
		what: "a digest's operations beyond what is included, of SES's charge",
		measured: 100 * share,
		atMost: 0.1,
		unit: "%",
	});
}

/** Seconds of a digest; the provider takes what it takes, and is left out. */
function timeOf(each: Each, size: number) {
	const pages = Math.ceil(size / PLANNED_A_STEP);
	const planning = each.planningSeconds * size + pages * DELIVERY_SECONDS;
	const database = each.cpuSeconds * size;
	const consumers = Math.max(
		(each.cpuSeconds * size) / LIMITS.consumers,
		(each.invocations * size) / LIMITS.messagesASecond,
	);
	return {
		planning,
		database,
		consumers,
		binding: database > consumers ? "D1's one writer" : "consumers",
	};
}

/** In dollars: as if nothing were included, and beyond what is, in a month of so many digests. */
function costOf(each: Each, kvWrites: number, size: number, digests: number) {
	const used: readonly [keyof typeof PRICES, number][] = [
		["invocation", each.invocations * size],
		["cpuMs", each.cpuSeconds * 1000 * size],
		["rowRead", each.rowsRead * size],
		["rowWritten", each.rowsWritten * size],
		["kvRead", each.kvReads * size],
		["kvWrite", kvWrites],
		["queueOperation", each.queueOperations * size],
	];
	const sum = (priceOf: (name: keyof typeof PRICES, count: number) => number) =>
		used.reduce((dollars, [name, count]) => dollars + priceOf(name, count), 0);
	return {
		beyond: sum((name, count) => count * PRICES[name].price),
		billed: sum(
			(name, count) => Math.max(count * digests - PRICES[name].included, 0) * PRICES[name].price,
		),
	};
}

function tellInvocations({ fullest }: Measured): void {
	printTable(
		["the fullest invocation of", "D1 statements", "KV operations", "subrequests"],
		[...fullest].map(([type, { d1, kv, fetch: calls }]) => [
			type,
			`${d1} of ${LIMITS.d1Queries}`,
			`${kv} of ${LIMITS.kvOperations}`,
			`${d1 + kv + calls} of ${LIMITS.subrequests}`,
		]),
	);
	const all = [...fullest.values()];
	const half = { atMost: 0.5, unit: "of the limit" };
	judge({
		what: "D1 statements",
		measured: Math.max(...all.map(({ d1 }) => d1)) / LIMITS.d1Queries,
		...half,
	});
	judge({
		what: "KV operations",
		measured: Math.max(...all.map(({ kv }) => kv)) / LIMITS.kvOperations,
		...half,
	});
}

function inWords(seconds: number): string {
	if (seconds < 120) return `${seconds.toFixed(0)} s`;
	return seconds < 2 * HOUR
		? `${(seconds / 60).toFixed(0)} min`
		: `${(seconds / HOUR).toFixed(1)} h`;
}
