// The production bundle at work in Miniflare, on real D1, KV and Queues, called through Miniflare's own API.
import { existsSync } from "node:fs";
import { convertV4MiniflareOptions, Miniflare } from "miniflare";
import { migrate } from "../../test/support/bundle.ts";
import { TEST_KEY, TEST_SETTINGS } from "../../test/support/settings.ts";
import type { Bundle } from "./bundle.ts";
import { childrenNamed, cpuSecondsOf } from "./processes.ts";

/** The bundle's name among the Workers. */
export const HOUSE = "communique";

/**
 * Linux's own file system in memory, where the databases are kept if there is one: how fast a disk takes
 * each commit says nothing of what is measured, nor of D1 on the platform.
 */
const MEMORY = "/dev/shm";

/** The clock's trigger, as wrangler.toml has it. */
const CLOCK = "* * * * *";
const DAY_MS = 24 * 60 * 60 * 1000;
/** Each look at how a run stands costs what is measured a millisecond or two. */
const POLL_MS = 250;
/** In the settings of the tests, daily digests are due at 09:00 in Tashkent. */
const DUE_HOUR_UTC = 4;

type Ledger = Awaited<ReturnType<Miniflare["getD1Database"]>>;

export interface House {
	readonly miniflare: Miniflare;
	readonly ledger: Ledger;
	/** Where it listens. */
	readonly origin: URL;
	/** How often it has logged each event so far. */
	readonly logged: ReadonlyMap<string, number>;
	/** Processor time that workerd has used so far, with D1, KV and Queues, in seconds. */
	cpuSeconds(): number;
	/** `POST /api/releases`; resolves when it is answered. */
	publish(fields: Readonly<Record<string, unknown>>): Promise<Response>;
	/** Lets the clock strike when the next day's digest is due; resolves when the tick is over. */
	strike(): Promise<void>;
	/** Waits until the newest daily run is closed, and returns its row. */
	untilClosed(): Promise<ClosedRun>;
	dispose(): Promise<void>;
}

export interface ClosedRun {
	readonly id: string;
	readonly receipt: Readonly<Record<string, number>>;
	readonly rows_read: number;
	readonly rows_written: number;
	readonly kv_operations: number;
	readonly queue_operations: number;
	/** In milliseconds since 1970 UTC. */
	readonly closed_at: number;
}

/** A Worker that a benchmark puts beside the bundle, on the same D1 database. */
export interface Guest {
	readonly name: string;
	/** An ES module. */
	readonly script: string;
}

/**
 * Opens a house whose mail goes to a provider (an address of {@link startProvider}).
 *
 * @param guests are called through `miniflare.getWorker(name)`; with them the inspector listens, too.
 */
export async function openHouse(
	bundle: Bundle,
	provider: string,
	settings: Readonly<Record<string, string>> = {},
	guests: readonly Guest[] = [],
): Promise<House> {
	if (existsSync(MEMORY)) process.env.TMPDIR = MEMORY;
	const before = childrenNamed("workerd");
	const logged = new Map<string, number>();
	const miniflare = new Miniflare(
		convertV4MiniflareOptions({
			...(guests.length > 0 ? { inspectorPort: 0 } : {}),
			handleStructuredLogs: ({ message }) => count(message, logged),
			workers: [optionsOf(bundle, provider, settings), ...guests.map(optionsOfGuest)],
		}),
	);
	await migrate(miniflare);
	const origin = await miniflare.ready;
	const pid = childrenNamed("workerd").find((one) => !before.includes(one)) ?? Number.NaN;
	const ledger = await miniflare.getD1Database("LEDGER");
	const worker = await miniflare.getWorker();
	const today = Math.floor(Date.now() / DAY_MS) * DAY_MS;
	let due = today + DUE_HOUR_UTC * 60 * 60 * 1000;
	const strike = async () => {
		await worker.scheduled({ cron: CLOCK, scheduledTime: new Date(due) });
		due += DAY_MS;
	};
	// The first stroke is of before there was anything to tell.
	await strike();
	return {
		miniflare,
		ledger,
		origin,
		logged,
		cpuSeconds: () => cpuSecondsOf(pid),
		publish: (fields) =>
			fetch(new URL("/api/releases", origin), {
				method: "POST",
				headers: { Authorization: `Bearer ${TEST_KEY}`, "Content-Type": "application/json" },
				body: JSON.stringify(fields),
			}),
		strike,
		untilClosed: () => untilClosed(ledger),
		dispose: () => miniflare.dispose(),
	};
}

function optionsOfGuest({ name, script }: Guest) {
	return {
		name,
		compatibilityDate: "2026-11-01",
		modules: [{ type: "ESModule" as const, path: "worker.js", contents: script }],
		d1Databases: ["LEDGER"],
	};
}

function optionsOf(bundle: Bundle, provider: string, settings: Readonly<Record<string, string>>) {
	return {
		name: HOUSE,
		compatibilityDate: "2026-11-01",
		modules: [
			{ type: "ESModule" as const, path: "worker.js", contents: bundle.script },
			...bundle.texts.map(({ name, contents }) => ({
				type: "Text" as const,
				path: name,
				contents,
			})),
		],
		bindings: {
			...TEST_SETTINGS,
			MAIL_TRANSPORT: "resend",
			MAIL_API: provider,
			RESEND_API_KEY: "re_of_the_benchmark",
			...settings,
		},
		ratelimits: Object.fromEntries(
			["PUBLISHER_LIMIT", "FAILURE_LIMIT", "SIGN_UP_LIMIT", "INCOMING_MAIL_LIMIT"].map((name) => [
				name,
				{ namespace_id: name, simple: { limit: 1_000_000, period: 60 as const } },
			]),
		),
		kvNamespaces: ["DOCUMENTS"],
		d1Databases: ["LEDGER"],
		queueProducers: { FEEDS_QUEUE: "communique-feeds", MAIL_QUEUE: "communique-mail" },
		queueConsumers: {
			"communique-feeds": { maxBatchSize: 100, maxBatchTimeout: 1, maxRetries: 10 },
			"communique-mail": { maxBatchSize: 1, maxBatchTimeout: 0, maxRetries: 10 },
		},
	};
}

async function untilClosed(ledger: Ledger): Promise<ClosedRun> {
	for (;;) {
		const run = await ledger
			.prepare("SELECT * FROM runs WHERE frequency = 'daily' ORDER BY period DESC LIMIT 1")
			.first<Omit<ClosedRun, "receipt"> & { state: string; holds: string; receipt: string }>();
		if (run?.state === "held") throw new Error(`The run is held: ${run.holds}`);
		if (run?.state === "closed") return { ...run, receipt: JSON.parse(run.receipt) };
		await new Promise((resolve) => setTimeout(resolve, POLL_MS));
	}
}

/** The Worker logs a line of JSON for each event. */
function count(line: string, logged: Map<string, number>): void {
	const event = /"event":"([^"]+)"/.exec(line)?.[1];
	if (event !== undefined) logged.set(event, (logged.get(event) ?? 0) + 1);
}

/** Combinations of kinds and languages: each is an edition of a run whose readers have heard the same. */
const LANGUAGES = ["en", "ru", "uz", "en,ru"];
const KINDS = ["consultation,meeting", "meeting", "consultation,meeting,announcement"];
export const EDITIONS = LANGUAGES.length * KINDS.length;
const FILLED_AT_ONCE = 50_000;

/** Puts active readers of daily digests into the table, each of {@link EDITIONS} editions as many; any that were there are gone. */
export async function fillSubscribers(ledger: Ledger, count: number): Promise<void> {
	await ledger.prepare("DELETE FROM subscribers").run();
	for (let from = 0; from < count; from += FILLED_AT_ONCE)
		await ledger
			.prepare(
				`WITH RECURSIVE numbers (number) AS (
					SELECT CAST(?1 AS INTEGER) UNION ALL SELECT number + 1 FROM numbers WHERE number + 1 < ?2)
				INSERT INTO subscribers (id, address, address_key, status, kinds, languages, frequency,
					consent_source, consent_evidence, signed_up_at, confirmed_at, heard_through, earlier)
				SELECT lower(format('%s-%s-4%s-a%s-%s', hex(randomblob(4)), hex(randomblob(2)),
						substr(hex(randomblob(2)), 2), substr(hex(randomblob(2)), 2), hex(randomblob(6)))),
					'reader-' || number || '@journal.example.org', 'reader-' || number || '@journal.example.org',
					'active', ?3 ->> (number / ${LANGUAGES.length} % ${KINDS.length}),
					?4 ->> (number % ${LANGUAGES.length}), 'daily', 'import', 'Asked on paper', 0, 0,
					(SELECT COALESCE(MAX(sequence), 0) FROM releases),
					json_array(json_array((SELECT COALESCE(MAX(sequence), 0) FROM releases), '', ''))
				FROM numbers`,
			)
			.bind(
				from,
				Math.min(from + FILLED_AT_ONCE, count),
				JSON.stringify(KINDS),
				JSON.stringify(LANGUAGES),
			)
			.run();
}

/** Fields of a release that all editions have, with a text that makes a mail of about 10 KB of it. */
export function someRelease(number: number, language = "en"): Record<string, unknown> {
	const words = "The parties will meet to hear of the state of the river and what is to be done. ";
	return {
		title: `Meeting no. ${number} on the waters of the lower valley (${language})`,
		summary: words,
		body: words.repeat(30),
		kind: "meeting",
		language,
		event: { starts: "2027-03-01", ends: "2027-03-02", place: "Tashkent" },
	};
}
