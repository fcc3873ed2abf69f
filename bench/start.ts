// How long a new process takes to its first answer, and what memory it has then: our bundle, which answers
// a feed, against a bare Worker with Hono.
import { TEST_SETTINGS } from "../test/support/settings.ts";
import { type Bundle, bundleWorker, makeBundle } from "./support/bundle.ts";
import { publishForReaders } from "./support/documents.ts";
import { interleave, medianOf, ratiosOf } from "./support/measuring.ts";
import { judge, printTable, spreadOf } from "./support/table.ts";
import { type KvDocument, serveInWorkerd } from "./support/workerd.ts";

const ROUNDS = 15;
const MIB = 2 ** 20;

/** What a start came to. */
interface Start {
	/** From the start of the process to the end of the first answer. */
	readonly ms: number;
	readonly cpuMs: number;
	readonly bytes: number;
}

/** Prints what a start comes to, and judges ours. */
export async function bench(): Promise<void> {
	const bundle = makeBundle();
	const { documents } = await publishForReaders(bundle);
	const workers = { ours: bundle, "bare Hono": bundleWorker("hono.ts") };
	const starts: Record<string, Start[]> = {};
	await interleave(
		Object.fromEntries(
			Object.entries(workers).map(([name, worker]) => [
				name,
				async () => {
					const start = await startOnce(worker, documents);
					starts[name] = [...(starts[name] ?? []), start];
					return start.ms;
				},
			]),
		),
		ROUNDS,
	);
	const list = (name: string, figure: keyof Start) =>
		(starts[name] ?? []).map((one) => one[figure]);
	printTable(
		["", "first answer, ms", "CPU ms", "private MiB"],
		Object.keys(workers).map((name) => [
			name,
			spreadOf(list(name, "ms"), 0),
			spreadOf(list(name, "cpuMs"), 0),
			spreadOf(
				list(name, "bytes").map((bytes) => bytes / MIB),
				1,
			),
		]),
	);
	const ratio = (figure: keyof Start) =>
		medianOf(ratiosOf(list("ours", figure), list("bare Hono", figure)));
	judge({ what: "cold start against a bare Hono Worker's", measured: ratio("ms"), atMost: 2 });
	judge({ what: "memory after the first feed", measured: ratio("bytes"), atMost: 1.3 });
}

async function startOnce(worker: Bundle, documents: readonly KvDocument[]): Promise<Start> {
	const before = performance.now();
	const served = await serveInWorkerd(worker, TEST_SETTINGS, documents);
	try {
		const answer = await fetch(`${served.origin}/rss.xml`);
		await answer.text();
		const ms = performance.now() - before;
		if (!answer.ok) throw new Error(`The first answer has the status ${answer.status}.`);
		return { ms, cpuMs: served.cpuSeconds() * 1000, bytes: served.privateBytes() };
	} finally {
		served.stop();
	}
}
