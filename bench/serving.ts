// How fast feeds and pages are served, in a plain `workerd serve`: against a Worker that does one KV get,
// one that answers a constant, and one that builds the feed of all releases each time.
import { TEST_SETTINGS } from "../test/support/settings.ts";
import { type Bundle, bundleWorker, makeBundle } from "./support/bundle.ts";
import { publishForReaders } from "./support/documents.ts";
import { interleave, medianOf, ratiosOf } from "./support/measuring.ts";
import { judge, printTable, spreadOf } from "./support/table.ts";
import { type KvDocument, packForWorkerd, type Served, serveInWorkerd } from "./support/workerd.ts";
import { loadWithWrk, needWrk } from "./support/wrk.ts";

const ROUNDS = 9;
const ROUND_SECONDS = 1;
const FEED = "/rss.xml";
const HOME = "/en/";
/** What a feed reader or a browser may ask with. */
const ACCEPT = "application/rss+xml, text/html;q=0.9, application/xml;q=0.8, */*;q=0.5";
const TYPE = { "Content-Type": "text/plain" };
/** Where the bare Worker's KV has what it answers. */
const BARE_KEY = "bare";
/** Headers that are of the connection. */
const OF_CONNECTION = ["connection", "content-length", "date", "keep-alive", "transfer-encoding"];

/** A way to answer, and the headers that it is asked with. */
interface Way {
	readonly served: Served;
	readonly headers: Readonly<Record<string, string>>;
}

/** Prints what each way comes to, and judges ours. */
export async function bench(): Promise<void> {
	needWrk();
	const bundle = makeBundle();
	const { documents, page } = await publishForReaders(bundle);
	const ours = await serve(bundle, TEST_SETTINGS, documents);
	try {
		for (const path of [FEED, HOME, page]) await compare(ours, path, documents);
	} finally {
		ours.stop();
	}
}

async function serve(
	worker: Bundle,
	settings: Readonly<Record<string, string>>,
	documents: readonly KvDocument[],
): Promise<Served> {
	const packed = packForWorkerd(worker, settings, documents);
	try {
		return await serveInWorkerd(packed);
	} finally {
		packed.dispose();
	}
}

/** Compares what we answer at a path with the same bytes served in other ways. */
async function compare(
	ours: Served,
	path: string,
	documents: readonly KvDocument[],
): Promise<void> {
	const before = await ours.kvOperations();
	const answer = await fetch(ours.origin + path, { headers: { Accept: ACCEPT } });
	const text = await answer.text();
	const operations = (await ours.kvOperations()) - before;
	console.log(`${path}: ${answer.status}, ${Buffer.byteLength(text)} bytes\n`);
	// D1 and queues are not there: whoever asks them has no answer.
	judge({ what: `${path}: KV operations`, measured: operations, atMost: 1, unit: "a request" });
	if (answer.status !== 200) {
		console.error(`MISSED  ${path} cannot be answered from KV alone.\n`);
		process.exitCode = 1;
		return;
	}
	const own = [...answer.headers].filter(([name]) => !OF_CONNECTION.includes(name));
	const others = await serveOthers(path, text, Object.fromEntries(own), documents);
	try {
		const headers = { Accept: ACCEPT };
		const tag = { "If-None-Match": answer.headers.get("ETag") ?? "" };
		await race(path, {
			ours: { served: ours, headers },
			"ours, 304": { served: ours, headers: { ...headers, ...tag } },
			...Object.fromEntries(
				Object.entries(others).map(([name, served]): [string, Way] => [name, { served, headers }]),
			),
		});
	} finally {
		for (const other of Object.values(others)) other.stop();
	}
}

/** The baselines: a process each. The naive way is one to make a feed by. */
async function serveOthers(
	path: string,
	text: string,
	headers: Readonly<Record<string, string>>,
	documents: readonly KvDocument[],
): Promise<Record<string, Served>> {
	const bare = bundleWorker("bare-kv.ts");
	const kept = [{ name: BARE_KEY, value: text }];
	const bound = (answered: object) => ({ BARE_KEY, HEADERS: JSON.stringify(answered) });
	const constant = { CONSTANT_BYTES: String(Buffer.byteLength(text)) };
	return {
		"one KV get": await serve(bare, bound(TYPE), kept),
		"one KV get, our headers": await serve(bare, bound(headers), kept),
		"a constant": await serve(bundleWorker("constant.ts"), constant, []),
		...(path === FEED
			? { "the naive way": await serve(bundleWorker("naive.ts"), TEST_SETTINGS, documents) }
			: {}),
	};
}

async function race(path: string, ways: Readonly<Record<string, Way>>): Promise<void> {
	const speeds: Record<string, number[]> = {};
	const micros: Readonly<Record<string, readonly number[]>> = await interleave(
		Object.fromEntries(
			Object.entries(ways).map(([name, { served, headers }]) => [
				name,
				async () => {
					const before = served.cpuSeconds();
					const load = await loadWithWrk(served.origin + path, headers, ROUND_SECONDS);
					speeds[name] = [...(speeds[name] ?? []), load.perSecond];
					return ((served.cpuSeconds() - before) / load.requests) * 1e6;
				},
			]),
		),
		ROUNDS,
	);
	const cheaper = (name: string, other: string) =>
		ratiosOf(micros[other] ?? [], micros[name] ?? []);
	printTable(
		["", "requests/s", "CPU µs a request", "ours × as fast", "ours × as cheap"],
		Object.keys(ways).map((name) => [
			name,
			spreadOf(speeds[name] ?? [], 0),
			spreadOf(micros[name] ?? [], 0),
			spreadOf(ratiosOf(speeds.ours ?? [], speeds[name] ?? [])),
			spreadOf(cheaper("ours", name)),
		]),
	);
	const bar = (what: string, name: string, other: string, atLeast: number) =>
		judge({ what: `${path}: ${what}`, measured: medianOf(cheaper(name, other)), atLeast });
	bar("200 against one KV get", "ours", "one KV get", 0.9);
	bar("200 against one KV get with our headers", "ours", "one KV get, our headers", 0.9);
	bar("200 against a constant", "ours", "a constant", 0.6);
	bar("304 against our own 200", "ours, 304", "ours", 1.1);
	if (path === FEED) bar("200 against the naive way", "ours", "the naive way", 10);
	console.log();
}
