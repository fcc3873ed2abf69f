// A burst of news: how long each post takes, against a Worker that only keeps what it is posted; how often
// what is made of releases is made anew; and that nothing is lost.
import { convertV4MiniflareOptions, Miniflare } from "miniflare";
import { makeBundle } from "./support/bundle.ts";
import { type House, openHouse, someRelease } from "./support/house.ts";
import { interleave, medianOf } from "./support/measuring.ts";
import { startProvider } from "./support/provider.ts";
import { judge, printTable, rangeOf } from "./support/table.ts";

const POSTS = 500;
/** Posts that are under way at a time. */
const AT_ONCE = 20;
const ROUNDS = 3;
const LANGUAGES = ["en", "ru", "uz"];
const PATIENCE_MS = 120_000;

/** Keeps a post as ours has to: a document in KV, a row in D1, a message in a queue. */
const BARE = `export default {
	async fetch(request, env) {
		const text = await request.text();
		const id = crypto.randomUUID();
		await env.DOCUMENTS.put(id, text);
		await env.LEDGER.prepare("INSERT INTO posts (id, length) VALUES (?, ?)").bind(id, text.length).run();
		await env.QUEUE.send({ id });
		return Response.json({ id }, { status: 201 });
	},
	async queue() {},
};`;

/** Prints how long posts take and what a burst costs, and ends with an error where one is lost. */
export async function bench(): Promise<void> {
	const provider = await startProvider();
	const house = await openHouse(makeBundle(), provider.url);
	const bare = await openBare();
	try {
		await compare(house, bare);
	} finally {
		await bare.dispose();
		await house.dispose();
		provider.stop();
	}
}

async function compare(house: House, bare: Bare): Promise<void> {
	const tails: Record<string, number[]> = { ours: [], bare: [] };
	const posted: string[] = [];
	let burst = 0;
	const seconds = await interleave(
		{
			ours: async () => {
				burst += 1;
				const number = burst;
				const times = await postAll(async (index) => {
					const language = LANGUAGES[index % LANGUAGES.length] ?? "en";
					const answer = await house.publish(someRelease(number * POSTS + index, language));
					const text = await answer.text();
					if (answer.status !== 201) throw new Error(`A post was answered ${text}`);
					posted.push(JSON.parse(text).release.slug);
				});
				tails.ours?.push(percentile(times, 0.99));
				return sumOf(times) / AT_ONCE;
			},
			bare: async () => {
				const times = await postAll(bare.post);
				tails.bare?.push(percentile(times, 0.99));
				return sumOf(times) / AT_ONCE;
			},
		},
		ROUNDS,
	);
	printTable(
		[`${POSTS} posts, ${AT_ONCE} at a time`, "seconds", "p99 in ms", "range of p99"],
		(["ours", "bare"] as const).map((way) => [
			way === "ours" ? "POST /api/releases" : "kept and no more",
			medianOf(seconds[way]).toFixed(2),
			medianOf(tails[way] ?? []).toFixed(0),
			rangeOf(tails[way] ?? [], 0),
		]),
	);
	const ratio = medianOf(tails.ours ?? []) / medianOf(tails.bare ?? []);
	console.log(`p99 is ${ratio.toFixed(1)} × that of keeping a post and no more.`);
	await tellWhatCameOfIt(house, posted);
}

async function tellWhatCameOfIt(house: House, posted: readonly string[]): Promise<void> {
	const began = performance.now();
	const missing = () => missingOf(house, posted);
	let lost = await missing();
	while (lost.length > 0 && performance.now() - began < PATIENCE_MS) {
		await new Promise((resolve) => setTimeout(resolve, 500));
		lost = await missing();
	}
	const rebuilds = house.logged.get("feeds-rebuilt") ?? 0;
	const seconds = (performance.now() - began) / 1000;
	console.log(
		`${posted.length} releases in ${ROUNDS} bursts: feeds rebuilt ${rebuilds} times; all of them in the feeds and ready as pages ${seconds.toFixed(1)} s after the last burst.`,
	);
	judge({ what: "releases lost", measured: lost.length, atMost: 0, unit: "releases" });
	judge({
		what: "feeds rebuilt, of as many posts",
		measured: rebuilds / posted.length,
		atMost: 0.1,
		unit: "a post",
	});
}

/** Releases that a reader who walks the feed and its archives does not find, or that have no ready page. */
async function missingOf(
	{ origin, miniflare }: House,
	posted: readonly string[],
): Promise<string[]> {
	const found = new Set<string>();
	for (let at: URL | null = new URL("/all/feed.json", origin); at; ) {
		const answer: Response = await fetch(at);
		if (!answer.ok) break;
		const feed = (await answer.json()) as { items: { url: string }[]; next_url?: string };
		for (const { url } of feed.items) found.add(new URL(url).pathname.split("/").at(-1) ?? "");
		at = feed.next_url ? new URL(new URL(feed.next_url).pathname, origin) : null;
	}
	const documents = await miniflare.getKVNamespace("DOCUMENTS");
	const ready = new Set<string>();
	for (let cursor: string | undefined, isWhole = false; !isWhole; ) {
		const page = await documents.list({ prefix: "page/releases/", ...(cursor ? { cursor } : {}) });
		for (const { name } of page.keys) ready.add(name.slice("page/releases/".length));
		isWhole = page.list_complete;
		cursor = page.list_complete ? undefined : page.cursor;
	}
	return posted.filter((slug) => !found.has(slug) || !ready.has(slug));
}

interface Bare {
	post(index: number): Promise<void>;
	dispose(): Promise<void>;
}

async function openBare(): Promise<Bare> {
	const miniflare = new Miniflare(
		convertV4MiniflareOptions({
			modules: true,
			script: BARE,
			kvNamespaces: ["DOCUMENTS"],
			d1Databases: ["LEDGER"],
			queueProducers: { QUEUE: "bare" },
			queueConsumers: { bare: { maxBatchSize: 100, maxBatchTimeout: 1 } },
		}),
	);
	const ledger = await miniflare.getD1Database("LEDGER");
	await ledger.prepare("CREATE TABLE posts (id TEXT PRIMARY KEY, length INTEGER) STRICT").run();
	const origin = await miniflare.ready;
	return {
		async post(index) {
			const answer = await fetch(origin, {
				method: "POST",
				body: JSON.stringify(someRelease(index)),
			});
			await answer.text();
			if (answer.status !== 201) throw new Error(`The bare Worker answered ${answer.status}.`);
		},
		dispose: () => miniflare.dispose(),
	};
}

/** Posts all, some at a time; how long each took, in milliseconds. */
async function postAll(post: (index: number) => Promise<void>): Promise<number[]> {
	const times: number[] = [];
	let next = 0;
	const work = async () => {
		for (let index = next++; index < POSTS; index = next++) {
			const before = performance.now();
			await post(index);
			times.push(performance.now() - before);
		}
	};
	await Promise.all(Array.from({ length: AT_ONCE }, work));
	return times;
}

function percentile(numbers: readonly number[], share: number): number {
	const sorted = numbers.toSorted((one, other) => one - other);
	return sorted[Math.ceil(sorted.length * share) - 1] ?? Number.NaN;
}

function sumOf(milliseconds: readonly number[]): number {
	return milliseconds.reduce((sum, number) => sum + number, 0) / 1000;
}
