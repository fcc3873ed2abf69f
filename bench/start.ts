// How long a new process takes to its first answer, and what memory it has then: our bundle, which answers
// a feed, against a bare Worker with Hono.
import { TEST_SETTINGS } from "../test/support/settings.ts";
import { bundleWorker, makeBundle } from "./support/bundle.ts";
import { publishForReaders } from "./support/documents.ts";
import { interleave, medianOf, ratiosOf } from "./support/measuring.ts";
import { judge, printTable, spreadOf } from "./support/table.ts";
import { type Packed, packForWorkerd, serveInWorkerd } from "./support/workerd.ts";

const ROUNDS = 15;
const MIB = 2 ** 20;

/** What a start came to. */
interface Start {
	/** From the start of the process to the end of the first answer. */
	readonly ms: number;
	readonly cpuMs: number;
	readonly resident: number;
	/** What of it comes from no file: workerd's own code does. */
	readonly anonymous: number;
}

/** Prints what a start comes to, and judges ours. */
export async function bench(): Promise<void> {
	const bundle = makeBundle();
	const { documents } = await publishForReaders(bundle);
	const workers = {
		ours: packForWorkerd(bundle, TEST_SETTINGS, documents),
		"bare Hono": packForWorkerd(bundleWorker("hono.ts"), TEST_SETTINGS, documents),
	};
	try {
		tell(await startInTurn(workers));
	} finally {
		for (const packed of Object.values(workers)) packed.dispose();
	}
}

type Starts = Readonly<Record<string, readonly Start[]>>;

async function startInTurn(workers: Readonly<Record<string, Packed>>): Promise<Starts> {
	const starts: Record<string, Start[]> = {};
	await interleave(
		Object.fromEntries(
			Object.entries(workers).map(([name, worker]) => [
				name,
				async () => {
					const start = await startOnce(worker);
					starts[name] = [...(starts[name] ?? []), start];
					return start.ms;
				},
			]),
		),
		ROUNDS,
	);
	return starts;
}

function tell(starts: Starts): void {
	const list = (name: string, figure: keyof Start) =>
		(starts[name] ?? []).map((one) => one[figure]);
	const mebibytes = (name: string, figure: "resident" | "anonymous") =>
		spreadOf(
			list(name, figure).map((bytes) => bytes / MIB),
			1,
		);
	printTable(
		["", "first answer, ms", "CPU ms", "resident MiB", "of no file, MiB"],
		Object.keys(starts).map((name) => [
			name,
			spreadOf(list(name, "ms"), 0),
			spreadOf(list(name, "cpuMs"), 0),
			mebibytes(name, "resident"),
			mebibytes(name, "anonymous"),
		]),
	);
	const ratio = (figure: keyof Start) =>
		medianOf(ratiosOf(list("ours", figure), list("bare Hono", figure)));
	judge({ what: "cold start against a bare Hono Worker's", measured: ratio("ms"), atMost: 2 });
	judge({ what: "memory after the first feed", measured: ratio("resident"), atMost: 1.3 });
}

async function startOnce(worker: Packed): Promise<Start> {
	const before = performance.now();
	const served = await serveInWorkerd(worker);
	try {
		const answer = await fetch(`${served.origin}/rss.xml`);
		await answer.text();
		const ms = performance.now() - before;
		if (!answer.ok) throw new Error(`The first answer has the status ${answer.status}.`);
		return {
			ms,
			cpuMs: served.cpuSeconds() * 1000,
			resident: served.residentBytes(),
			anonymous: served.anonymousBytes(),
		};
	} finally {
		served.stop();
	}
}
